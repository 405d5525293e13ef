"""Content reflows at 320 CSS pixels without scrolling sideways (WCAG 1.4.10)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Content fits a window 320 pixels wide",
    kind="rendered",
    probe="narrow_window",
    wcag=["1.4.10"],
    impact="serious",
    who="People who zoom in to 400 %, or read on a small screen, must scroll sideways for every line.",
    how="Let the content wrap: use relative widths, max-width: 100 %, and flexible layouts in place of fixed widths.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/reflow"],
    messages={
        "failed": "At 320 pixels wide this {tag} reaches to {right} pixels, so people who zoom must scroll sideways.",
        "cantTell": "This {tag} is wider than a 320 pixel window. Does its {inside} need two dimensions, or can it wrap?",
    },
)


@rule.targets
def wide_boxes(view: ProbeView) -> list[Seen]:
    """Look at the innermost elements that stick out when the page scrolls sideways for them; else at the page."""
    wide = view.seen("wide") if view.probed.data.get("scrolls") else []
    return wide or view.seen("page")


@rule.expect
def fits(box: Seen) -> Verdict:
    """Fail what need not be wide; ask about tables, pictures and the like, which the criterion leaves out."""
    if "right" not in box.data:
        return passed()
    inside = str(box.data.get("inside", ""))
    if inside or box.element.tag in ("img", "input", "select", "textarea"):
        return cant_tell(tag=box.element.tag, inside=inside or box.element.tag)
    return failed(tag=box.element.tag, right=int(box.data["right"]))


EXAMPLES = examples(
    passed=[
        "<p>Short text that wraps where it must.</p>",
        '<p style="width: 320px; box-sizing: border-box; margin-left: -8px">As wide as the window.</p>',
        '<div style="overflow-x: auto"><table><tr><td style="min-width: 900px">Scrolls in its own box.</td></tr></table></div>',
    ],
    failed=[
        '<p style="width: 900px">A fixed width makes people scroll for every line of this text.</p>',
        '<nav style="min-width: 600px"><ul style="display: flex"><li>One</li><li>Two</li></ul></nav><p>Text</p>',
    ],
    cant_tell=[
        '<table><tr><td style="min-width: 400px">1</td><td style="min-width: 400px">2</td></tr></table>',
        '<p>A map:</p><svg width="800" height="80" role="img" aria-label="Map"><rect width="800" height="80"/></svg>',
    ],
    inapplicable=["", "<p hidden>Nothing is shown.</p>"],
)
