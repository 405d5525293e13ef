"""A form's message about a value in the wrong form says how to put it right (WCAG 3.3.3)."""

from __future__ import annotations

import re

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, passed
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Error messages say how to put the value right",
    kind="rendered",
    probe="form_errors",
    wcag=["3.3.3"],
    impact="moderate",
    who="People with learning or memory difficulties do not know what the form wants of them.",
    how="Say what the value must look like, with an example such as name@example.org.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/error-suggestion"],
    messages={
        "cantTell": (
            'With a wrong value in "{field}", the page says "{says}" (tied to the field: {tied}). '
            "Does it say how to put the value right?"
        ),
    },
)

_SHOWS_FORM = re.compile(r"[@\d]")


@rule.targets
def fields(view: ProbeView) -> list[Seen]:
    """Look at fields that were given a value in the wrong form, and of which the page then said something."""
    return view.seen("fields")


@rule.expect
def suggests(field: Seen) -> Verdict:
    """Pass the browser's own messages and those with an example, a number or a word of advice; ask about others."""
    says = str(field.data.get("says"))
    if field.data.get("isNative") or _SHOWS_FORM.search(says):
        return passed()
    spoken = f" {plain(says)}"
    if any(f" {word}" in spoken for word in words("error_words")["suggests"]):
        return passed()
    tied = "yes" if field.data.get("isTied") else "no"
    return cant_tell(field=str(field.data.get("label")), says=says, tied=tied)


_FORM = (
    '<form novalidate onsubmit="event.preventDefault(); e.textContent = \'{}\'"><label for="m">E-mail</label> '
    '<input type="email" id="m" {}><p id="e"></p><button>Send</button></form>'
)

EXAMPLES = examples(
    passed=[
        '<form><label>E-mail <input type="email" name="m"></label><button>Send</button></form>',
        _FORM.format("Write it like name@elm.example.", 'aria-describedby="e"'),
        _FORM.format("Beispiel: name at elm", ""),
    ],
    cant_tell=[
        _FORM.format("Invalid e-mail.", 'aria-describedby="e"'),
        _FORM.format("Das ist falsch.", ""),
    ],
    inapplicable=[
        '<form><label>Surname <input name="n" required></label><button>Send</button></form>',
        '<form novalidate><label>E-mail <input type="email" name="m"></label><button>Send</button></form>',
        "<p>No form.</p>",
    ],
)
