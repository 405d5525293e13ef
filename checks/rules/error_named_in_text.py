"""A form that finds an error says in text which field is wrong (WCAG 3.3.1)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Errors in forms are named in text",
    kind="rendered",
    probe="form_errors",
    wcag=["3.3.1"],
    impact="serious",
    who="People who do not see colours, or who use a screen reader, cannot find the field that is wrong.",
    how="Write beside each wrong field what is wrong with it, and tie that text to the field with aria-describedby.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/error-identification",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/36b590/",
    ],
    messages={
        "failed": (
            'With wrong values, this form only changes the look or state of its fields ("{field}"). '
            "No text says what is wrong."
        ),
        "cantTell": (
            'With wrong values, this form says "{says}". That does not seem to name each field that it marks. '
            "Can people tell which fields are wrong, and why?"
        ),
        "cantTell.marked": (
            'With wrong values, this form marks the field "{field}", and no new text was seen. '
            "Does anything else say what is wrong?"
        ),
    },
)


@rule.targets
def forms(view: ProbeView) -> list[Seen]:
    """Look at forms that found the errors themselves, without their server."""
    return view.seen("forms")


@rule.expect
def names_its_errors(form: Seen) -> Verdict:
    """Fail only where nothing but looks changed; ask where a text names no field, or something else changed."""
    data = form.data
    field = str(data.get("unnamed") or "")
    says = str(data.get("says") or data.get("dialog") or "")
    if data.get("isNative") or (data.get("isNamed") and not field):
        return passed()
    if says:
        return cant_tell(says=says)
    return failed(field=field) if data.get("isSilent") and field else cant_tell("cantTell.marked", field=field)


_FORM = (
    '<form novalidate onsubmit="event.preventDefault(); {}"><label for="n">Surname</label> '
    '<input id="n" name="n" required aria-describedby="e"><p id="e"></p></form>'
).replace("</form>", "<button>Send</button></form>")
_TWO = (
    '<form novalidate onsubmit="event.preventDefault(); {}"><p><label>Surname <input id="n" required></label></p>'
    + ('<p><label>Town <input id="t" required></label></p><button>Send</button></form><p id="e"></p>')
)

EXAMPLES = examples(
    passed=[
        '<form><label>Surname <input name="n" required></label><button>Send</button></form>',
        _FORM.format("e.textContent = 'Please fill this in.'; n.style.borderColor = 'red'"),
        _FORM.format("n.style.borderColor = 'red'; setTimeout(() => e.textContent = 'Missing.', 1200)"),
        _TWO.format("e.textContent = 'Surname and Town are missing.'; n.style.borderColor = 'red'"),
        _TWO.format(
            "e.innerHTML = '<a href=#n>Enter what you are called</a> <a href=#t>Enter where you live</a>'; "
            "n.style.borderColor = t.style.borderColor = 'red'"
        ),
    ],
    failed=[
        _FORM.format("n.style.borderColor = 'red'"),
        _TWO.format("n.setAttribute('aria-invalid', 'true'); t.setAttribute('aria-invalid', 'true')"),
    ],
    cant_tell=[
        _TWO.format("e.textContent = 'Fill in all marked places.'; n.style.borderColor = 'red'"),
        _TWO.format("alert('Something is missing.')"),
        _FORM.format("n.style.borderColor = 'red'; n.title = 'Fill this in'"),
        _FORM.format("n.style.borderColor = 'blue'"),
        _FORM.format("n.style.borderColor = 'red'; n.setCustomValidity('Missing'); n.reportValidity()"),
        _FORM.format("n.style.borderColor = 'red'; e.textContent = '✗✗✗'"),
        _FORM.format("n.style.borderColor = 'red'; n.value = 'Missing'"),
    ],
    inapplicable=[
        '<form novalidate><label>Surname <input name="n" required></label><button>Send</button></form>',
        '<form role="search"><label>Find <input name="q" required></label><button>Search</button></form>',
        '<form><label>Surname <input name="n"></label><button>Send</button></form>',
        "<p>No form.</p>",
    ],
)
