"""Text grows when people zoom in (WCAG 1.4.4)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, examples, failed, passed

rule = Rule(
    __name__,
    title="Text grows when people zoom in",
    kind="rendered",
    probe="narrow_window",
    wcag=["1.4.4"],
    impact="serious",
    who="People with low vision zoom in, and these letters stay as small as they are.",
    how="Do not size letters by the width of the window alone (vw): add a part that grows, as in calc(1rem + 1vw).",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F94",
        "https://www.w3.org/WAI/WCAG22/Understanding/resize-text",
    ],
    messages={
        "failed": 'Zooming in does not make this text larger: "{text}". Its letters are {was} pixels high, and {now} '
        "in a window a quarter as wide, which is what zooming in to 400 % makes of it.",
    },
)


@rule.targets
def texts(view: ProbeView) -> list[Seen]:
    """Look at the first text that zooming in does not make larger, else at the page."""
    return view.seen("fixed") or view.seen("page")


@rule.expect
def grows(text: Seen) -> Verdict:
    """Fail letters that get smaller as fast as zooming in makes them larger."""
    if "was" not in text.data:
        return passed()
    return failed(text=str(text.data["text"]), was=int(text.data["was"]), now=float(text.data["now"]))


_TEXT = "<p>The council meets on the first Monday of every month.</p>"
EXAMPLES = examples(
    passed=[
        _TEXT,
        f"<style>p {{ font-size: calc(1rem + 1vw) }}</style>{_TEXT}",
        f"<style>p {{ font-size: clamp(16px, 3vw, 40px) }}</style>{_TEXT}",
        f"<style>p {{ font-size: 48px }} @media (max-width: 600px) {{ p {{ font-size: 20px }} }}</style>{_TEXT}",
        f"<style>p {{ font-size: 2vw }} @media (max-width: 900px) {{ p {{ font-size: 16px }} }}</style>{_TEXT}",
    ],
    failed=[
        f"<style>p {{ font-size: 2vw }}</style>{_TEXT}",
        f"<style>html {{ font-size: 1.5vw }} p {{ font-size: 1rem }}</style>{_TEXT}",
    ],
    inapplicable=["", "<p hidden>Nothing is shown.</p>"],
)
