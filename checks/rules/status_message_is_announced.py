"""Messages that appear while people fill in a field are announced to screen readers (WCAG 4.1.3)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, passed

rule = Rule(
    __name__,
    title="Messages that appear are announced",
    kind="rendered",
    probe="inputs",
    wcag=["4.1.3"],
    impact="moderate",
    who="People who use a screen reader do not learn that the message is there.",
    how='Put the message into an element with role="status" (role="alert" for errors) that is there from the start.',
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/status-messages"],
    messages={
        "cantTell": (
            'When "{field}" was changed, this text appeared or changed: "{says}". No role announces it. '
            "Is it a message?"
        ),
    },
)


@rule.targets
def messages(view: ProbeView) -> list[Seen]:
    """Look at short texts that appeared outside live regions, and at the fields that were changed."""
    return view.seen("messages") or [field for field in view.seen("fields") if field.data.get("changed")]


@rule.expect
def is_announced(seen: Seen) -> Verdict:
    """Ask about each text: only a person can say whether it tells a result, a state or an error."""
    if "says" not in seen.data:
        return passed()
    return cant_tell(field=str(seen.data["field"])[:60], says=str(seen.data["says"]))


_COUNTS = "c.textContent = 200 - this.value.length + ' characters left'"

EXAMPLES = examples(
    passed=[
        f'<label>Text <textarea oninput="{_COUNTS}"></textarea></label><p id="c" role="status"></p>',
        f'<label>Text <textarea oninput="{_COUNTS}" aria-describedby="c"></textarea></label><p id="c"></p>',
        "<label>Name <input></label>",
    ],
    cant_tell=[
        f'<label>Text <textarea oninput="{_COUNTS}"></textarea></label><p id="c"></p>',
        '<label>Find <input oninput="c.hidden = false"></label><p id="c" hidden>3 results found</p>',
    ],
    inapplicable=["<p>No field.</p>", '<p id="c"></p><script>c.textContent = "3 results"</script>'],
)
