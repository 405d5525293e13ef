"""The sign of the keyboard focus stands out by 3:1 (WCAG 1.4.11)."""

from __future__ import annotations

from dataclasses import replace

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, passed

rule = Rule(
    __name__,
    title="The sign of the keyboard focus has enough contrast",
    kind="rendered",
    probe="focus_walk",
    wcag=["1.4.11"],
    impact="moderate",
    who="People with low vision do not see where the focus is.",
    how="Give the outline, border or background of the focused element a contrast of 3:1 with what was there before.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/non-text-contrast"],
    messages={
        "cantTell": "What changes when this {tag} gets the focus has a contrast of {ratio}:1, which is little. "
        "Kinds of elements on this page with less than 3:1: {kinds}. Is another part of the change clearer?",
    },
)

_LEAST_RATIO = 3.0
"""WCAG 1.4.11: visual information that is needed to identify a state."""


@rule.targets
def measured(view: ProbeView) -> list[Seen]:
    """Look at one stop of each look; of those that are too weak, at the weakest. The browser's own ring is left out."""
    stops = [stop for stop in view.seen("stops") if stop.data.get("measured") and "ratio" in stop.data]
    stops = [stop for stop in stops if not stop.data.get("ringOfBrowser")]
    weak = [stop for stop in stops if float(stop.data["ratio"]) < _LEAST_RATIO]
    if not weak:
        return stops
    weakest = min(weak, key=lambda stop: float(stop.data["ratio"]))
    return [replace(weakest, data={**weakest.data, "kinds": len(weak)})]


@rule.expect
def stands_out(stop: Seen) -> Verdict:
    """Ask where the strongest part of the change stays below 3:1: one question a page, as one style is the cause."""
    ratio = float(stop.data["ratio"])
    if ratio >= _LEAST_RATIO:
        return passed()
    return cant_tell(tag=stop.element.tag, ratio=f"{ratio:.1f}", kinds=int(stop.data.get("kinds", 1)))


EXAMPLES = examples(
    passed=[
        '<style>a:focus { outline: 3px solid #000 }</style><a href="#a">One</a>',
        '<style>a:focus { outline: 0; background: #fd0; box-shadow: 0 4px #000 }</style><a href="#a">One</a>',
    ],
    cant_tell=[
        '<style>a:focus { outline: 2px solid #ccc }</style><a href="#a">One</a>',
        "<style>button { border: 0; background: #eee } button:focus { outline: 0; background: #ddd }</style>"
        "<button>B</button>",
    ],
    inapplicable=["<p>Text</p>", '<a href="#a">The browser draws this ring</a>'],
)
