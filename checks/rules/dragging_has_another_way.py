"""What is dragged can also be moved by single presses (WCAG 2.5.7)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, passed

rule = Rule(
    __name__,
    title="Dragging has another way",
    kind="rendered",
    probe="drawn_paths",
    wcag=["2.5.7"],
    impact="serious",
    who="People with a tremor, or who use a head pointer or eye tracking, cannot hold and move at the same time.",
    how="Add buttons that do the same, such as up and down, plus and minus, or a menu with the places to move to.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/dragging-movements",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F108",
    ],
    messages={
        "cantTell": (
            "This {tag} can be dragged, and no button was found in it or beside it. "
            "Can people do the same with single presses?"
        ),
    },
)


@rule.targets
def dragged(view: ProbeView) -> list[Seen]:
    """Look at elements that scripts let people drag."""
    return view.seen("dragged")


@rule.expect
def has_buttons(seen: Seen) -> Verdict:
    """Ask where nothing in the element or beside it can be pressed."""
    return passed() if seen.data.get("hasButtons") else cant_tell(tag=seen.element.tag)


_DROP = "<script>document.addEventListener('drop', (event) => event.preventDefault())</script>"
_FOLLOW = (
    "<script>k.addEventListener('pointerdown', () => "
    "k.addEventListener('pointermove', (event) => k.style.left = event.clientX + 'px'))</script>"
)

EXAMPLES = examples(
    passed=[
        "<ul><li draggable=true>One <button>Up</button></li><li draggable=true>Two <button>Up</button></li></ul>"
        + _DROP,
        f"<div><span id=k>Volume</span><button>Louder</button><button>Softer</button></div>{_FOLLOW}",
    ],
    cant_tell=[
        f"<ul><li draggable=true>One</li><li draggable=true>Two</li></ul>{_DROP}",
        f"<div><span id=k>Volume</span></div>{_FOLLOW}",
    ],
    inapplicable=[
        "<p draggable=true>Nothing listens for it.</p>",
        '<label>Volume <input type="range"></label>',
        "<p id=k>Text</p><script>k.addEventListener('mousemove', (event) => k.title = event.clientX)</script>",
    ],
)
