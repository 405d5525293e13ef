"""A script that leaves the page after some time lets people turn that off or have more time (WCAG 2.2.1)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples

rule = Rule(
    __name__,
    title="Time limits in scripts can be extended",
    kind="rendered",
    probe="script_timers",
    wcag=["2.2.1"],
    impact="serious",
    who="People who read or type slowly lose the page, and what they had entered, before they are done.",
    how="Leave the time limit out, or warn people and let them have more time with one simple action.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/timing-adjustable",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F40",
    ],
    messages={
        "cantTell": (
            "A script of this page opens another page or ends the session after {seconds} seconds ({does}). "
            "Can people turn that off, or get more time?"
        ),
    },
)


@rule.targets
def timers(view: ProbeView) -> list[Seen]:
    """Look at timers in the page's own scripts that lead elsewhere."""
    return view.seen("timers")


@rule.expect
def can_be_extended(timer: Seen) -> Verdict:
    """Ask: the script does not tell whether people are warned, or start the timer themselves."""
    return cant_tell(seconds=int(timer.data["seconds"]), does=str(timer.data["does"]))


EXAMPLES = examples(
    cant_tell=[
        "<p>Text</p><script>setTimeout(() => { window.location.href = '/out' }, 20 * 60 * 1000)</script>",
        "<p>Text</p><script>setTimeout(function () { location.reload(); }, 300000);</script>",
        "<p>Text</p><script>setTimeout(\"location.href = '/out'\", 60000)</script>",
    ],
    inapplicable=[
        "<p>Text</p><script>setTimeout(() => { document.title = location.href }, 60000)</script>",
        "<p>Text</p><script>setTimeout(() => { if (location.href == '/a') run() }, 60000)</script>",
        "<p>Text</p><script>if (false) setTimeout(() => location.replace('/b'), 100)</script>",
        "<p>Text</p><script>setTimeout(() => { run() }, 60000); function go() { location.href = '/c' }</script>",
        "<p>Text</p><script>function later() { setTimeout(() => show(), 5000) }</script>",
    ],
)
