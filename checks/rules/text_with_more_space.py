"""Text with more space between its letters, words and lines is not cut off (WCAG 1.4.12)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._lost_text import arguments_of, fate_of

rule = Rule(
    __name__,
    title="No text is lost when people set more space in text",
    kind="rendered",
    probe="resized_text",
    wcag=["1.4.12"],
    impact="serious",
    who="People with dyslexia or low vision who set wider spacing can no longer read all of the text.",
    how="Let boxes grow with their text: use min-height in place of height, and leave out overflow: hidden.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/text-spacing",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F104",
    ],
    messages={
        "failed": 'With wider text spacing this text is cut off: "{text}".',
        "failed.over": 'With wider text spacing this text lies over other text: "{text}" and "{other}".',
        "cantTell": 'With wider text spacing this text is cut off: "{text}". Can people read all of it in another way?',
        "cantTell.gone": 'With wider text spacing this text has gone: "{text}". Can people still find it on the page?',
        "cantTell.over": 'With wider spacing this text lies over other text: "{text}", "{other}". Can both be read?',
    },
)


@rule.targets
def lost_text(view: ProbeView) -> list[Seen]:
    """Look at each text that is lost, else at the page. What is cut off at every size is the affair of 1.4.4."""
    return [text for text in view.seen("spaced") if text.data.get("kind") != "always"] or view.seen("page")


@rule.expect
def is_all_there(text: Seen) -> Verdict:
    """Fail text that is cut off or covered and was not before."""
    fate = fate_of(text)
    if not fate:
        return passed()
    return failed(fate, **arguments_of(text)) if fate.startswith("failed") else cant_tell(fate, **arguments_of(text))


_SENTENCE = "Everybody who lives in the town may come to the meetings of the council"

_SHORTENED = "overflow: hidden; white-space: nowrap; text-overflow: ellipsis"
_PART = '<span style="display: inline-block">'

EXAMPLES = examples(
    passed=[
        '<div style="overflow: hidden; height: 60px">Two words</div>',
        f"<p>{_SENTENCE}.</p>",
        f'<a href="/all" style="display: block; width: 520px; {_SHORTENED}">{_SENTENCE}</a>',
        '<div style="overflow: hidden; white-space: nowrap; width: 50px">The council meets on the first Monday</div>',
    ],
    failed=[
        f'<div style="overflow: hidden; width: 520px; height: 20px">{_SENTENCE}</div>',
        f'<button style="overflow: hidden; white-space: nowrap; width: 520px">{_SENTENCE}</button>',
    ],
    cant_tell=[
        f'<div style="overflow: hidden; width: 520px; height: 20px">{_SENTENCE}</div><button>Show all</button>',
        f'<div style="overflow: hidden; height: 20px; width: 300px">{_PART}The council of the town</span> {_PART}meets'
        " on Mondays</span></div>",
    ],
    inapplicable=["", "<p hidden>Nothing is shown.</p>"],
)
