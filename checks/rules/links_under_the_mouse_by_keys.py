"""Links and controls that appear under the mouse can be reached with the keyboard (WCAG 2.1.1)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="What opens under the mouse opens with the keyboard, too",
    kind="rendered",
    probe="hovered",
    wcag=["2.1.1"],
    impact="critical",
    who="People who cannot use a mouse never get to these links.",
    how="Let a button open the menu, or show it while the focus is in it (:focus-within).",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/keyboard",
        "https://www.w3.org/WAI/tutorials/menus/flyout/",
    ],
    messages={
        "failed": 'Only the mouse shows these links or controls: "{text}". Nothing near them that takes the focus '
        "opens them.",
        "cantTell": 'Only the mouse shows these links or controls: "{text}". Is all of it also on the page that '
        "opens here, {leads}?",
        "cantTell.far": 'Near these links or controls, only the mouse shows them: "{text}". Does another button of the '
        'page open them, such as "{button}"?',
    },
)


@rule.targets
def shown_with_controls(view: ProbeView) -> list[Seen]:
    """Look at what the mouse showed where it has links or controls."""
    return [trigger for trigger in view.seen("shown") if trigger.data.get("controls")]


@rule.expect
def keys_open_it(trigger: Seen) -> Verdict:
    """Fail what only a mouse opens; ask where the trigger leads to a page that may have the same links, and where
    another button may open it.
    """
    data = trigger.data
    if data.get("keys") or data.get("elsewhere"):
        return passed()
    text, leads, far = str(data.get("text", "")), str(data.get("leads", "")), data.get("far")
    if leads:
        return cant_tell(text=text, leads=leads)
    return failed(text=text) if far is None else cant_tell("cantTell.far", text=text, button=str(far)[:100])


_MENU = '<ul class="menu"><li><a href="/waste">Waste</a></li><li><a href="/water">Water</a></li></ul>'
_HIDDEN = "<style>.menu { display: none }</style>"
_SHOWN = "<style>.menu { display: none } li:hover > .menu, .open > .menu { display: block }</style>"
_TOGGLE = """<script>
toggle.addEventListener("click", () => toggle.parentElement.classList.toggle("open"));
</script>"""
_SCRIPT = """<script>
const [entry, menu] = [document.querySelector(".entry"), document.querySelector(".menu")];
entry.addEventListener("mouseenter", () => { menu.style.display = "block"; });
entry.addEventListener("mouseleave", () => { menu.style.display = "none"; });
</script>"""
_LATE = """<script>
entry.addEventListener("focusin", () => setTimeout(() => { menu.style.display = "block"; }, 250));
</script>"""

_FAR = """<script>
far.addEventListener("click", () => { menu.style.display = "block"; });
</script>"""

EXAMPLES = examples(
    passed=[
        f"{_SHOWN}<style>li:focus-within > .menu {{ display: block }}</style>"
        f'<ul><li><a href="/services">Services</a>{_MENU}</li></ul>',
        f'{_SHOWN}<ul><li><button id="toggle">Services</button>{_MENU}</li></ul>{_TOGGLE}',
        f'{_HIDDEN}<nav><div class="entry"><a href="/services">Services</a>{_MENU}</div></nav>{_SCRIPT}{_LATE}',
        f'{_SHOWN}<ul><li>Services{_MENU}</li></ul><p><a href="/water">Water</a> <a href="/waste">Waste</a></p>',
        "<style>.menu { opacity: 0 } li:hover > .menu, .menu:focus-within { opacity: 1 }</style>"
        f'<ul><li><a href="/services">Services</a>{_MENU}</li></ul>',
    ],
    failed=[
        f"{_SHOWN}<ul><li>Services{_MENU}</li></ul>",
        f'{_HIDDEN}<nav><div class="entry"><button>Services</button>{_MENU}</div></nav>{_SCRIPT}',
    ],
    cant_tell=[
        f'{_SHOWN}<ul><li><a href="/services">Services</a>{_MENU}</li></ul>',
        f'{_HIDDEN}<nav><div class="entry"><a href="/services">Services</a>{_MENU}</div></nav>{_SCRIPT}',
        f'<header><button id="far">Menu</button></header>{_HIDDEN}<nav><div class="entry">Services{_MENU}</div></nav>'
        f"{_SCRIPT}{_FAR}",
    ],
    inapplicable=[
        "<style>b span { display: none } b:hover span { display: inline }</style><b>Fee <span>10 euros</span></b>",
        '<p><a href="/services">Services</a></p>',
    ],
)
