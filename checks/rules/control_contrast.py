"""Fields and icons stand out from what is around them (WCAG 1.4.11)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Fields and icons stand out from their background",
    kind="rendered",
    probe="controls_in_pixels",
    wcag=["1.4.11"],
    impact="serious",
    who="People with low vision do not see where to write or what to press.",
    how="Give the border or the fill of the field, or the icon, a contrast of at least 3 to 1 to what is around it.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/non-text-contrast"],
    messages={
        "failed": "Nothing shows that there is a field: it has no border, fill, label or words that can be seen.",
        "cantTell": "The edge of this field has a contrast of {ratio} to 1. Can people see in another way where it is?",
        "cantTell.icon": "This icon has a contrast of {ratio} to 1 at most. Does anything else show what to press?",
    },
)

NEEDS = 3.0
"""WCAG 2.2, success criterion 1.4.11. What is measured 0.1 below may be the rounding of soft edges."""
SOFT = 0.1
INVISIBLE = 1.05


@rule.targets
def measured_controls(view: ProbeView) -> list[Seen]:
    """Look at one of each kind of field that the page has styled, and of icons that stand alone in a control."""
    return [*view.seen("fields"), *view.seen("icons")]


@rule.expect
def stands_out(control: Seen) -> Verdict:
    """Ask about weak edges and icons, as labels or shapes around them may do; fail fields that nothing shows at all."""
    ratio = float(control.data.get("ratio", NEEDS))
    if ratio >= NEEDS - SOFT:
        return passed()
    if control.data.get("isIcon"):
        return cant_tell("cantTell.icon", ratio=ratio)
    if ratio < INVISIBLE and not control.data.get("hints"):
        return failed()
    return cant_tell(ratio=ratio)


_ICON = '<svg width="20" height="20"><circle cx="10" cy="10" r="8" fill="{}"/></svg>'


def _field(style: str, more: str = "") -> str:
    return f'<p><label for="a">Name</label></p><div><input id="a" style="{style}" {more}></div>'


EXAMPLES = examples(
    passed=[
        _field("border: 1px solid #767676"),
        _field("border: 0; border-bottom: 1px solid #555"),
        _field("border: 0; background: #666; color: #fff"),
        '<div style="border: 1px solid #333; display: inline-block"><input aria-label="Name" style="border: 0"></div>',
        f'<button aria-label="Send">{_ICON.format("#333")}</button>',
    ],
    failed=[
        '<p>Write to us</p><div><input aria-label="Name" style="border: 0"></div>',
        '<p>Write to us</p><div><textarea aria-label="Message" style="border: 1px solid white"></textarea></div>',
    ],
    cant_tell=[
        _field("border: 1px solid #ccc"),
        _field("border: 0"),
        _field("border: 0; background: #f4f4f4", 'placeholder="Your name"'),
        f'<button aria-label="Send" style="border: 0; background: #fff">{_ICON.format("#bbb")}</button>',
    ],
    inapplicable=[
        '<input aria-label="Name"><input type="checkbox" aria-label="Yes">',
        '<input aria-label="Name" disabled style="border: 1px solid #ccc">',
        '<button style="border: 0; background: #fff">Send</button>',
        '<div role="combobox" aria-label="Line" aria-expanded="false" aria-controls="b" tabindex="0">Line 4</div>',
    ],
)
