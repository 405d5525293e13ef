"""People see where the keyboard focus is (WCAG 2.4.7)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="The keyboard focus can be seen",
    kind="rendered",
    probe="focus_walk",
    wcag=["2.4.7"],
    impact="serious",
    who="People who see and use a keyboard do not know where they are on the page.",
    how="Give the element a clear outline in :focus-visible. Write no outline: none without something in its place.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/focus-visible",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/oj04fd/",
    ],
    messages={
        "failed": "Nothing in the window changes when this {tag} gets the focus (stop {number} with the Tab key).",
        "cantTell.faint": "Hardly anything changes when this {tag} gets the focus (stop {number} with the Tab key): "
        "{pixels} pixels, by a contrast of {ratio}:1 with what was there before. Can people see it?",
        "cantTell": "The Tab key stops at this {tag}, which has no role of its own, and nothing changes. "
        "Do people need to get there?",
    },
)

_ROLELESS = ("div", "span", "p", "section", "ul", "ol", "pre", "table", "main", "article", "body", "html")


@rule.targets
def visible_stops(view: ProbeView) -> list[Seen]:
    """Look at the stops that can be seen themselves, where pictures or a blinking caret tell."""
    stops = [stop for stop in view.seen("stops") if "visible" in stop.data]
    return [stop for stop in stops if stop.data["visible"] or not (stop.data["hiddenThen"] or stop.data.get("covered"))]


@rule.expect
def has_indicator(stop: Seen) -> Verdict:
    """Fail where not a pixel of the window changes; ask about a trace of a change, and about boxes that only scroll."""
    data = stop.data
    if data["visible"]:
        return passed()
    if data.get("faintPixels"):
        ratio = f"{data['faintRatio']:.2f}"
        return cant_tell(
            "cantTell.faint",
            tag=stop.element.tag,
            number=int(data["number"]),
            pixels=int(data["faintPixels"]),
            ratio=ratio,
        )
    is_control = data.get("isOwn") and (stop.element.tag not in _ROLELESS or "role" in stop.element.attributes)
    if is_control:
        return failed(tag=stop.element.tag, number=int(data["number"]))
    return cant_tell(tag=stop.element.tag)


_NONE = "<style>:focus { outline: none }</style>"

EXAMPLES = examples(
    passed=[
        '<a href="#a">The browser draws a ring</a>',
        f'{_NONE}<style>a:focus {{ text-decoration: none }}</style><a href="#a">The line goes</a>',
        f"{_NONE}<style>a:focus + i {{ background: #000 }} i {{ padding: 5px; position: absolute; top: 400px }}</style>"
        '<a href="#a">A mark elsewhere</a><i></i>',
        f"{_NONE}<label>Name <input></label>",
        f"{_NONE}<style>input {{ opacity: 0 }} input:focus + b {{ outline: 3px solid }}</style>"
        '<label><input type="checkbox"><b>Agree</b></label>',
        f'{_NONE}<style>a {{ transition: all .2s }} a:focus {{ background: #fd0 }}</style><a href="#a">In time</a>',
    ],
    failed=[
        f'{_NONE}<a href="#a">One</a> <a href="#b">Two</a>',
        f"{_NONE}<button>Save</button>",
        '<style>a:focus { outline: 3px solid #fff }</style><a href="#a">White on white</a>',
    ],
    cant_tell=[
        '<style>a:focus { outline: 2px solid #f4f4f4 }</style><a href="#a">A trace of grey on white</a>',
        f"{_NONE}<style>button {{ background: #eee }} :focus {{ background: #e8e8e8 }}</style><button>B</button>",
        f'{_NONE}<div tabindex="0">Text</div>',
        '<style>div:focus { outline: 2px solid #f4f4f4 }</style><div tabindex="0">Text</div>',
        f'{_NONE}<div style="height: 40px; overflow: auto"><p>One<p>Two<p>Three<p>Four</div>',
    ],
    inapplicable=["<p>Text</p>", '<a tabindex="-1" href="#a">Not with Tab</a>'],
)
