"""Text over images, gradients and shadows has enough contrast, measured from pixels (WCAG 1.4.3)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Text over images and gradients stands out",
    kind="rendered",
    probe="text_on_pictures",
    wcag=["1.4.3"],
    impact="serious",
    who="People with low vision, and everybody in the sun, cannot read the text.",
    how="Put a plain, opaque colour behind the text, or darken or lighten the whole picture under it.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F83",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/afw4f7/",
    ],
    messages={
        "failed": "The contrast of this text to what is behind it is {high} to 1 at best. It needs {need} to 1.",
        "failed.part": "In {percent} % of this text, the contrast to what is behind it is {high} to 1 at best. It "
        "needs {need} to 1.",
        "cantTell": "The contrast of this text is from {low} to {high} to 1, less than {need} in {percent} % of it. "
        "Can it be read well?",
    },
)

MEASURING_SLACK = 0.05
"""Of a contrast ratio: what rounding of colours to whole steps can make."""
SHARE_OF_LETTERS = 0.25
"""W3C's ACT rule asks it of each letter, at its best place; where a quarter is lost, nobody need look closely."""
SHARE_OF_NOISE = 0.05
"""Of a text's pixels: fewer are the odd spot under a letter."""


@rule.targets
def measured_texts(view: ProbeView) -> list[Seen]:
    """Look at each text over a picture that could be measured."""
    return view.seen("texts")


@rule.expect
def stands_out(text: Seen) -> Verdict:
    """Fail text of which all, or many letters, have too little contrast even at their best; ask about the rest."""
    data = text.data
    need, low, high, below = (float(data.get(name, 0)) for name in ("need", "low", "high", "below"))
    if below <= SHARE_OF_NOISE:
        return passed()
    if high < need - MEASURING_SLACK and not data.get("isFaded"):
        return failed(high=high, need=need)
    weak = float(data.get("weak", 0))
    if weak >= SHARE_OF_LETTERS and not data.get("isFaded"):
        return failed("failed.part", percent=round(100 * weak), high=float(data["weakHigh"]), need=need)
    return cant_tell(low=low, high=high, need=need, percent=round(100 * below))


def _on(background: str, colour: str, more: str = "") -> str:
    return f'<p style="background: {background}; color: {colour}; width: 300px; {more}">Some text that is read</p>'


EXAMPLES = examples(
    passed=[
        _on("linear-gradient(to right, #fff, #eee)", "#333"),
        _on("linear-gradient(#000, #222)", "#fff"),
        _on("linear-gradient(to right, #888, #fff)", "#333", "padding-left: 300px; width: 150px"),
        _on("linear-gradient(#767676, #6a6a6a)", "#fff"),
    ],
    failed=[
        _on("linear-gradient(to right, #fff, #00f)", "#aaa"),
        _on("linear-gradient(#ddd, #eee)", "#fff", "font-size: 30px"),
        _on("linear-gradient(to right, #000 40px, #777 40px)", "#aaa"),
        '<div style="position: relative"><svg width="300" height="40"><rect width="300" height="40" fill="#eee"/></svg>'
        '<span style="position: absolute; left: 4px; top: 8px; color: #aaa">Some text that is read</span></div>',
        '<p style="color: #666; text-shadow: #aaa 2px 2px 4px, #aaa -2px 2px 4px, #aaa 2px -2px 4px,'
        ' #aaa -2px -2px 4px">'
        "Some text that is read</p>",
    ],
    cant_tell=[
        _on("linear-gradient(to right, #fff 125px, #000 125px)", "#000", "width: 170px"),
        _on("repeating-linear-gradient(to right, #000 0 5px, #777 5px 10px)", "#aaa"),
    ],
    inapplicable=[
        _on("#fff", "#aaa"),
        '<button disabled style="background: linear-gradient(#fff, #eee); color: #ccc">Send</button>',
        '<p class="logo" style="background: linear-gradient(#fff, #eee); color: #ccc">Elm</p>',
        '<p style="background: linear-gradient(#fff, #eee); color: #ccc" aria-hidden="true">Some text</p>',
    ],
)
