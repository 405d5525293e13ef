"""What takes the focus and reacts to clicks says what it is (WCAG 4.1.2)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Controls made by scripts say what they are",
    kind="rendered",
    probe="script_events",
    wcag=["4.1.2"],
    impact="serious",
    who="People who use a screen reader hear only text, and do not know that they can press it.",
    how="Use a button or a link, or give the element the role of what it is.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/name-role-value",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F59",
    ],
    messages={
        "failed": 'This {tag} takes the focus and reacts to clicks like a button, but has no role: "{name}".',
        "cantTell": 'This {tag} takes the focus and listens for clicks, but has no role of a control: "{name}". '
        "Is it a control?",
    },
)

_WITHOUT_ROLE = ("div", "span", "p", "i", "b", "svg")
"""Elements whose own role says nothing of a control, so that nothing else can be meant."""
_WITH_ANOTHER_ROLE = ("li", "td", "th", "tr", "img", "h1", "h2", "h3", "h4", "h5", "h6")
_MOST_NAME_CHARS = 60
"""A longer text is content, such as an area that scrolls and counts what people press."""


@rule.targets
def focusable_listeners(view: ProbeView) -> list[Seen]:
    """Look at elements that take the focus, listen for clicks themselves, and hold no other control."""
    known = (*_WITHOUT_ROLE, *_WITH_ANOTHER_ROLE)
    return [element for element in view.seen("clicks") if element.data.get("self") and element.element.tag in known]


@rule.expect
def says_what_it_is(element: Seen) -> Verdict:
    """Fail what looks like a control, by its pointer and short text, and has no role at all."""
    data, tag = element.data, element.element.tag
    name = str(data.get("name", ""))
    if data.get("role") or not data.get("pointer") or not 0 < len(name) <= _MOST_NAME_CHARS:
        return passed()
    return failed(tag=tag, name=name) if tag in _WITHOUT_ROLE else cant_tell(tag=tag, name=name)


_SHOW = """onclick="more.hidden = false" tabindex="0" style="cursor: pointer\""""
_MORE = '<p id="more" hidden>More</p>'
_TEXT = "The council meets on the first Monday of each month, and everybody may come and listen to it."

EXAMPLES = examples(
    passed=[
        f'<div {_SHOW} role="button">More</div>{_MORE}',
        f"<div {_SHOW}>{_TEXT}</div>{_MORE}",
        f'<div onclick="more.hidden = false" tabindex="0">Bins</div>{_MORE}',
    ],
    failed=[f"<div {_SHOW}>More</div>{_MORE}", f"<p>Bins <span {_SHOW}>Show all</span></p>{_MORE}"],
    cant_tell=[f"<h3 {_SHOW}>Opening hours</h3>{_MORE}", f"<ul><li {_SHOW}>Bins</li></ul>{_MORE}"],
    inapplicable=[
        f"<button {_SHOW}>More</button>{_MORE}",
        f'<div {_SHOW}><a href="/more">More</a></div>{_MORE}',
        '<div onclick="dataLayer.push(1)" tabindex="0" style="cursor: pointer">Map</div>',
        f'<span onclick="more.hidden = false">More</span>{_MORE}',
        f"<details><summary><span {_SHOW}>More</span></summary><p>Bins</p></details>{_MORE}",
        "<p>Text</p>",
    ],
)
