"""A control that opens, ticks or chooses something says its new state (WCAG 4.1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Controls say when their state changes",
    kind="rendered",
    probe="pressed",
    wcag=["4.1.2"],
    impact="serious",
    who="People who use a screen reader hear the old state, so they do not know that their press has done anything.",
    how="Change aria-expanded, aria-pressed, aria-checked or aria-selected in the script that changes the page.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/name-role-value",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F79",
        "https://www.w3.org/WAI/WCAG22/Techniques/aria/ARIA5",
    ],
    messages={
        "failed": 'A press on "{name}" {does}, and the control still says {state}.',
        "cantTell": 'A press on "{name}" changes the page or the look of the control, which still says {state}. '
        "Is that the right state?",
        "cantTell.untold": 'The button "{name}" shows and hides "{text}", and says neither that it does nor which of '
        "both is the case. Do people who use a screen reader get to know it?",
    },
)


@rule.targets
def pressed_controls(view: ProbeView) -> list[Seen]:
    """Look at controls that were pressed and changed something, while what they say of themselves did not change."""
    return view.seen("controls")


@rule.expect
def says_its_state(control: Seen) -> Verdict:
    """Fail a state that stays while its own part opens or closes, and comes back with a second press; ask about others.

    A press that cannot be undone by another one may do something that is no state.
    """
    data = control.data
    name, state = str(data.get("name", "")), str(data.get("state", ""))
    if not data.get("isTold"):
        is_disclosure = data.get("isOwn") and data.get("isBack") and not data.get("isSwitched")
        return cant_tell("cantTell.untold", name=name, text=str(data.get("text", ""))) if is_disclosure else passed()
    does, is_plain = _what_it_does(state, data)
    if not does:
        return passed()
    return failed(name=name, state=state, does=does) if is_plain else cant_tell(name=name, state=state)


def _what_it_does(state: str, data: Mapping[str, Any]) -> tuple[str, bool]:
    """Return what a press did that the state should tell, empty for nothing, and whether it can be nothing else."""
    if "aria-expanded" in state:
        does = "opens what belongs to it" if data.get("hasOpened") else "closes what belongs to it"
        return (does if data.get("isOwn") else ""), bool(data.get("isBack"))
    if "aria-selected" in state:
        does = "shows its part" if data.get("isOwn") or data.get("isSwitched") else ""
        return does, bool(state == "aria-selected=false" and data.get("isSwitched"))
    does = "changes its look, as a second one does again" if state and data.get("hasNewLook") else ""
    return does, bool(data.get("isBack") and not data.get("hasContent"))


_PART = '<p id="bits" hidden>All prices of the baths</p>'
_FLIP = "bits.hidden = !bits.hidden;"
_SAYS = "this.setAttribute('aria-expanded', !bits.hidden)"
_LATE = "setTimeout(() => b.setAttribute('aria-expanded', !bits.hidden), 300)"
_LOOK = "<style>.on { background: black; color: white }</style>"
_TABS = """<div role="tablist"><button role="tab" aria-selected="true">One</button>
<button role="tab" aria-selected="false" id="two">Two</button></div><p id="p1">First part</p>
<p id="p2" hidden>Second part</p>"""

EXAMPLES = examples(
    passed=[
        f"{_LOOK}<button onclick=\"bits.hidden = false; this.classList.add('on')\">Prices</button>"
        f"<h2>Baths</h2><div><h3>More</h3>{_PART}</div>",
        f'<button onclick="bits.hidden = false">Prices</button>{_PART}',
    ],
    failed=[
        f'<button aria-expanded="false" onclick="{_FLIP}">Prices</button>{_PART}',
        f'<h2><button aria-expanded="true" aria-controls="bits" onclick="{_FLIP}">Prices</button></h2>'
        f"{_PART.replace(' hidden', '')}",
        f'{_LOOK}<div role="checkbox" tabindex="0" aria-checked="false" onclick="this.classList.toggle(\'on\')">'
        "I agree</div>",
        f'{_LOOK}<button aria-pressed="false" onclick="this.classList.toggle(\'on\')">Bold</button>',
        f"{_TABS}<script>two.onclick = () => {{ p1.hidden = true; p2.hidden = false; }}</script>",
    ],
    cant_tell=[
        f'<button onclick="{_FLIP}">Prices</button>{_PART}',
        f'<button aria-expanded="false" onclick="bits.hidden = false">Prices</button>{_PART}',
        f'{_LOOK}<button aria-pressed="false" onclick="this.classList.add(\'on\')">Bold</button>',
    ],
    inapplicable=[
        f'<button aria-expanded="false" onclick="{_FLIP} {_SAYS}">Prices</button>{_PART}',
        f'<button aria-expanded="false" onclick="{_FLIP} {_LATE}" id="b">Prices</button>{_PART}',
        f"<button onclick=\"{_FLIP} this.textContent = bits.hidden ? 'Show' : 'Hide'\">Show</button>{_PART}",
        "<details><summary>Prices</summary><p>All prices</p></details>",
        '<button onclick="dataLayer.push(1)">Prices</button>',
        f'<form><button aria-expanded="false" onclick="{_FLIP}">Send</button></form>{_PART}',
    ],
)
