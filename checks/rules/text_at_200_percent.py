"""Text at 200 % is not cut off, and does not lie over other text (WCAG 1.4.4)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._lost_text import arguments_of, fate_of

rule = Rule(
    __name__,
    title="No text is lost when the page is zoomed to 200 %",
    kind="rendered",
    probe="resized_text",
    wcag=["1.4.4"],
    impact="serious",
    who="People with low vision who make text bigger can no longer read all of it.",
    how="Let boxes grow with their text: use min-height in place of height, and leave out overflow: hidden.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/resize-text",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/59br37/",
    ],
    messages={
        "failed": 'At 200 % this text is cut off: "{text}".',
        "failed.over": 'At 200 % this text lies over other text: "{text}" and "{other}".',
        "cantTell": 'At 200 % this text is cut off: "{text}". Can people read all of it in another way?',
        "cantTell.gone": 'At 200 % this text has gone: "{text}". Can people still find it on the page?',
        "cantTell.over": 'At 200 % this text lies over other text: "{text}" and "{other}". Can both be read?',
    },
)


@rule.targets
def lost_text(view: ProbeView) -> list[Seen]:
    """Look at each text that is lost, else at the page."""
    return view.seen("zoomed") or view.seen("page")


@rule.expect
def is_all_there(text: Seen) -> Verdict:
    """Fail text that is cut off or covered and was not before, or that no size shows."""
    fate = fate_of(text)
    if not fate:
        return passed()
    return failed(fate, **arguments_of(text)) if fate.startswith("failed") else cant_tell(fate, **arguments_of(text))


_LONG = "The council meets on the first Monday of every month, and everybody in the town may come and speak. " * 2
_SHORTENED = "overflow: hidden; white-space: nowrap; text-overflow: ellipsis"
_UNSEEN = "position: absolute; width: 1px; height: 1px; overflow: hidden"

EXAMPLES = examples(
    passed=[
        f'<div style="overflow: hidden; min-height: 1.5em">{_LONG}</div>',
        f'<div style="overflow: auto; height: 1.5em">{_LONG}</div>',
        f'<section style="height: 3em; width: 500px; overflow: hidden">{_LONG * 3}</section>',
        f'<a href="/all" style="display: block; {_SHORTENED}">{_LONG}</a>',
        f'<p>Bus <span style="{_UNSEEN}">times of the line</span> 4</p>',
        "<style>@media (max-width: 700px) { nav { display: none } }</style><nav>All pages of the town</nav><p>Text</p>",
    ],
    failed=[
        f'<div style="overflow: hidden; height: 2.4em">{_LONG}</div>',
        '<div style="overflow: hidden; height: 12vh">One<br>Two<br>Three<br>Four<br>Five</div>',
        '<div style="overflow: hidden; white-space: nowrap; width: 50px">The council meets on the first Monday</div>',
        f'<div style="height: 2.4em">{_LONG}</div><p style="margin: 0">Come to the town hall.</p>',
    ],
    cant_tell=[
        f'<div style="overflow: hidden; height: 2.4em">{_LONG}</div><a href="/all">Read it all</a>',
        f'<div style="{_SHORTENED}; width: 90vw">{_LONG[:120]}</div>',
        '<ul style="overflow: hidden; height: 1.2em; margin: 0; list-style: none">'
        + "".join(f'<li style="float: left; width: 150px">Page {n}</li>' for n in range(7))
        + "</ul>",
    ],
    inapplicable=["", "<p hidden>Nothing is shown.</p>"],
)
