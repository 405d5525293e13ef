"""What appears under the mouse can be reached by the mouse and dismissed (WCAG 1.4.13)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="What appears under the mouse stays, and can be dismissed",
    kind="rendered",
    probe="hovered",
    wcag=["1.4.13"],
    impact="moderate",
    who="People who magnify the screen move the mouse to read, and lose the content or what lies under it.",
    how="Keep the content while the mouse is on it, leave no gap before it, and let the Escape key remove it.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/content-on-hover-or-focus",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F95",
    ],
    messages={
        "failed": 'What the mouse shows here goes away when the mouse moves onto it: "{text}".',
        "failed.dismiss": 'What the mouse shows here covers "{covers}", and Escape does not remove it: "{text}".',
        "cantTell": 'What the mouse shows here covers "{covers}", and Escape does not remove it: "{text}". '
        "Can people remove it in another way?",
        "cantTell.far": 'What the mouse shows here goes away before the mouse is there: "{text}". Must it stay?',
    },
)

MOST_GAP_PX = 60
"""Content further away may be a part of the page that changes, and not something to move onto."""


@rule.targets
def shown_on_hover(view: ProbeView) -> list[Seen]:
    """Look at each element that showed something when the mouse came."""
    return view.seen("shown")


@rule.expect
def is_hoverable_and_dismissible(trigger: Seen) -> Verdict:
    """Fail content the mouse cannot reach, and what styles alone show over other text; ask where scripts show it."""
    data = trigger.data
    text, covers = str(data.get("text", "")), str(data.get("covers", ""))
    if not data.get("canReach"):
        return failed(text=text) if float(data.get("gap", 0)) <= MOST_GAP_PX else cant_tell("cantTell.far", text=text)
    if not covers or data.get("canDismiss"):
        return passed()
    # Nothing but moving the mouse ends what a style shows; a script may have a way that was not found.
    return (
        failed("failed.dismiss", text=text, covers=covers)
        if data.get("isStyle")
        else cant_tell(text=text, covers=covers)
    )


_TIP = ".tip { display: none; position: absolute; background: gold; width: 200px; height: 60px }"
_UNDER = '<p style="margin: 0">Other text of the page that is under it.</p>'


def _shown(style: str, under: str = "", script: str = "") -> str:
    fee = '<p style="margin: 0"><b class="a">Fee <span class="tip">Paid once a year</span></b></p>'
    return f"<style>{_TIP} {style}</style>{fee}{under}{script}"


_SCRIPT = """<script>
const [trigger, tip] = [document.querySelector(".a"), document.querySelector(".tip")];
trigger.addEventListener("mouseenter", () => { tip.style.display = "block"; });
trigger.addEventListener("mouseleave", () => { tip.style.display = "none"; });
</script>"""
_ESCAPE = (
    '<script>addEventListener("keydown", (e) => { if (e.key === "Escape") tip.style.display = "none"; });</script>'
)

EXAMPLES = examples(
    passed=[
        _shown(".a:hover .tip { display: block }"),
        _shown("", _UNDER, _SCRIPT + _ESCAPE),
        _shown(".tip { position: static } .a:hover .tip { display: inline-block }", _UNDER),
    ],
    failed=[
        _shown(".tip { left: 20px; top: 60px } .a:hover .tip { display: block }"),
        _shown(".tip { pointer-events: none; left: 60px; top: 0 } .a:hover .tip { display: block }"),
        _shown(".a:hover .tip { display: block; left: 8px }", _UNDER),
    ],
    cant_tell=[
        _shown("", _UNDER, _SCRIPT),
        _shown(".tip { left: 8px }", _UNDER * 2, _SCRIPT),
        _shown(".tip { top: 400px } .a:hover .tip { display: block }"),
    ],
    inapplicable=[
        '<style>a:hover { color: red }</style><a href="/">Home</a>',
        '<p title="A tip of the browser itself">Text</p>',
    ],
)
