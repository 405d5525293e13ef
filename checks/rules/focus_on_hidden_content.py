"""The Tab key stops at nothing that people cannot see (WCAG 2.4.7)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="The keyboard focus does not go to content that cannot be seen",
    kind="rendered",
    probe="focus_walk",
    wcag=["2.4.7"],
    impact="serious",
    who="People who see and use a keyboard lose the focus: it is on something that is not shown.",
    how="Take hidden controls out of the order (display: none, inert), or show them with the focus.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/focus-visible",
        "https://www.w3.org/WAI/WCAG22/Techniques/css/C45",
    ],
    messages={
        "failed": "The Tab key stops at this {tag}, which cannot be seen ({how}), and nothing in the window changes.",
        "cantTell": "The Tab key stops at this {tag}, which cannot be seen ({how}). Does it send the focus on?",
    },
)

_CONTROLS = ("a", "button", "input", "select", "textarea", "summary")
_WITHOUT_A_BOX = "area"
"""A part of an image map is shown by its image: it has a shape there, and no box of its own."""

_HOW = {
    "outside": "it lies outside the window",
    "small": "it has no size",
    "transparent": "it is transparent",
    "cut off": "the box around it cuts it off",
}


@rule.targets
def stops(view: ProbeView) -> list[Seen]:
    """Look at every stop with a box; those that cannot be seen have had a second, slower look."""
    boxed = [stop for stop in view.seen("stops") if stop.element.tag != _WITHOUT_A_BOX]
    return [stop for stop in boxed if not stop.data.get("hidden") or "visible" in stop.data]


@rule.expect
def is_seen(stop: Seen) -> Verdict:
    """Fail for a hidden control that does not come into view and moves nothing; ask about other elements."""
    hidden = str(stop.data.get("hiddenThen", ""))
    if stop.data.get("visible", True) or not hidden:
        return passed()
    how = _HOW.get(hidden, hidden)
    if stop.element.tag in _CONTROLS and (stop.element.text or stop.element.attributes):
        return failed(tag=stop.element.tag, how=how)
    return cant_tell(tag=stop.element.tag, how=how)


EXAMPLES = examples(
    passed=[
        "<style>.skip { position: absolute; top: -99px } .skip:focus { top: 0 }</style>"
        '<a class="skip" href="#m">To the content</a><p id="m">Text',
        "<style>.skip { position: absolute; top: -99px; transition: top .2s } .skip:focus { top: 0 }</style>"
        '<a class="skip" href="#m">To the content</a><p id="m">Text',
        "<style>input { opacity: 0; position: absolute } input:focus + b { outline: 3px solid }</style>"
        '<label><input type="checkbox"><b>Agree</b></label>',
        '<p style="height: 2000px">Text</p><a href="#a">Further down</a>',
    ],
    failed=[
        '<a href="/" style="position: absolute; top: -999em">Home</a><p>Text</p>',
        '<div style="height: 0; overflow: clip"><button>Closed menu</button></div><p>Text</p>',
        '<button style="opacity: 0">Share</button><p>Text</p>',
    ],
    cant_tell=[
        '<div tabindex="0" style="position: absolute; left: -9999px"></div><p>Text</p>',
        '<span tabindex="0" style="width: 1px; height: 0; position: absolute"></span><p>Text</p>',
    ],
    inapplicable=[
        "<p>Text</p>",
        '<a style="display: none" href="#a">Not shown</a>',
        '<img src="data:," alt="Two schools" width="200" height="90" usemap="#m">'
        '<map name="m"><area shape="circle" coords="50,40,20" href="#a" alt="Mill Lane School"></map>',
    ],
)
