"""What has the keyboard focus is not wholly behind content that stays in place (WCAG 2.4.11)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Sticky headers and banners do not cover the keyboard focus",
    kind="rendered",
    probe="focus_walk",
    wcag=["2.4.11"],
    impact="serious",
    who="People who see and use a keyboard do not see which element they are on.",
    how="Set scroll-padding to the height of the sticky content, or do not let it stay in place.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/focus-not-obscured-minimum",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F110",
    ],
    messages={
        "failed": 'When this {tag} gets the focus (stop {number} with the Tab key), it is wholly behind "{cover}".',
        "cantTell": 'This {tag} gets the focus behind "{cover}", which covers most of the window. '
        "Can people close it first?",
    },
)

_MOST_OF_THE_WINDOW = 0.6
"""A cover of that size is a dialog or a curtain, which people may have to close first."""


@rule.targets
def stops(view: ProbeView) -> list[Seen]:
    """Look at every stop that can be seen when nothing is in front of it."""
    return [stop for stop in view.seen("stops") if not stop.data.get("hidden")]


@rule.expect
def is_in_front(stop: Seen) -> Verdict:
    """Fail where every place on the element is behind the same kind of content, and no pixel near it changes."""
    if not stop.data.get("covered"):
        return passed()
    cover = str(stop.data.get("cover", ""))
    if float(stop.data.get("coverShare", 0)) > _MOST_OF_THE_WINDOW:
        return cant_tell(tag=stop.element.tag, cover=cover)
    return failed(tag=stop.element.tag, number=int(stop.data["number"]), cover=cover)


_BAR = "<style>.bar { position: fixed; left: 0; right: 0; bottom: 0; height: %s; background: #ddd }</style>"

EXAMPLES = examples(
    passed=[
        '<a href="#a">One</a>',
        (_BAR % "60px")
        + "<style>html { scroll-padding-bottom: 80px }</style>"
        + '<p style="height: 850px">Text</p><a href="#a">Two</a><p style="height: 400px"></p>'
        '<div class="bar"><button>Agree</button></div>',
        (_BAR % "80px").replace("#ddd", "#ddd8")
        + '<div style="height: 850px">Text</div><a href="#a">Two</a><div class="bar">See-through</div>',
    ],
    failed=[
        (_BAR % "80px")
        + '<div style="height: 840px">Text</div><a href="#a">Two</a><div class="bar">We use cookies</div>',
        '<style>nav { position: fixed; inset: 0 0 auto 0; height: 70px; background: #fff }</style><a href="#a">One</a>'
        "<nav>Town of Elm</nav><p>Text</p>",
    ],
    cant_tell=[
        (_BAR % "95%") + '<p style="height: 400px">Text</p><a href="#a">One</a><div class="bar">We use cookies</div>',
        '<style>b { position: fixed; inset: 0; background: #fff }</style><a href="#a">One</a><b>Wait</b>',
    ],
    inapplicable=["<p>Text</p>", '<div style="position: sticky; top: 0">Text</div>'],
)
