"""The message beside a field with an error says what is wrong (WCAG 3.3.1)."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute, is_exposed, text_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._field_labels import field_name, form_of
from checks.rules._heard import by_id, heard
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Error messages say what is wrong",
    wcag=["3.3.1"],
    impact="serious",
    who="People who use a screen reader, or find forms hard, learn that something is wrong, and not what.",
    how='Say it in words beside the field: "Enter a date after today" instead of "Error".',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/error-identification",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/36b590/",
    ],
    messages={
        "failed": 'All that this page says of the wrong value in "{field}" is "{says}".',
        "cantTell": 'The field "{field}" is marked as wrong, and no message is tied to it. Does the page say what is '
        "wrong?",
    },
)

_MESSAGE = re.compile(r"(?:^|[-_ ])(?:error|invalid|fehler|erreur|feedback|validation)", re.IGNORECASE)


@rule.targets
def fields_with_an_error(page: PageView) -> list[Tag]:
    """Look at fields that are marked as wrong, and at those with a message of an error tied to them."""
    fields = page.exposed("input, select, textarea, [aria-invalid]")
    shown = (field for field in fields if attribute(field, "type").lower() != "hidden")
    return [field for field in shown if _is_marked(field) or _is_tied_to_an_error(field)]


@rule.expect
def says_what_is_wrong(field: Tag) -> Verdict:
    """Fail where all messages of the field only say that there is an error; ask where none is tied to it."""
    name = field_name(field) or attribute(field, "name") or field.name
    said = [text for text in (heard(message) for message in [*_tied(field), *_beside(field)]) if text]
    if any(not _is_vague(text, name) for text in said):
        return passed()
    if said and not _is_told_elsewhere(field):
        return failed(field=name, says=said[0][:100])
    return cant_tell(field=name)


def _is_marked(field: Tag) -> bool:
    return attribute(field, "aria-invalid").strip().casefold() in ("true", "spelling", "grammar")


def _tied(field: Tag) -> list[Tag]:
    names = [*attribute(field, "aria-errormessage").split(), *attribute(field, "aria-describedby").split()]
    found = [by_id(field, name) for name in names[:10]]
    return [message for message in found if message is not None and is_exposed(message)]


def _is_tied_to_an_error(field: Tag) -> bool:
    return any(_is_called_an_error(message) and heard(message) for message in _tied(field))


def _is_called_an_error(message: Tag) -> bool:
    called = f"{attribute(message, 'id')} {attribute(message, 'class')}"
    return bool(_MESSAGE.search(called)) or plain(heard(message)) in words("error_words")["says_nothing"]


def _beside(field: Tag) -> list[Tag]:
    """Return what stands beside the field and calls itself an error."""
    place = field
    for parent in field.parents:
        if parent.name in ("form", "body") or len(parent.find_all(["input", "select", "textarea"], limit=2)) > 1:
            break
        place = parent
    tied = _tied(field)
    found = place.find_all(lambda tag: bool(_MESSAGE.search(f"{attribute(tag, 'id')} {attribute(tag, 'class')}")))
    return [tag for tag in found if is_exposed(tag) and tag is not field and tag not in tied]


def _is_vague(text: str, name: str) -> bool:
    said = plain(text).removeprefix(plain(name)).strip(" :-")
    return said in words("error_words")["says_nothing"]


def _is_told_elsewhere(field: Tag) -> bool:
    """Return whether a summary of errors, or an alert, may say more."""
    root = form_of(field) or field.find_parent("body")
    holder = root.parent if root is not None and root.parent is not None else root
    if holder is None:
        return False
    alerts = holder.select("[role=alert], [role=status], [aria-live=assertive], [aria-live=polite]")
    vague = words("error_words")["says_nothing"]
    return any(is_exposed(alert) and text_of(alert) and plain(text_of(alert)) not in vague for alert in alerts)


_AGE = '<label>Age <input aria-invalid="true" {}></label>'

EXAMPLES = examples(
    passed=[
        f'{_AGE.format("aria-describedby=e")}<p id="e" class="error">Enter a number of years, such as 42.</p>',
        f'{_AGE.format("aria-errormessage=e")}<p id="e">Error: the age is missing</p>',
        f'<div>{_AGE.format("")}<span class="invalid-feedback">Please enter your age.</span></div>',
    ],
    failed=[
        f'{_AGE.format("aria-describedby=e")}<p id="e">Error</p>',
        '<label for="a">Age</label><input id="a" aria-describedby="e"><p id="e" class="error">Invalid value.</p>',
        f'<div>{_AGE.format("")}<span class="field-error">Ungültige Eingabe</span></div>',
    ],
    cant_tell=[
        _AGE.format(""),
        f'<p role="alert">Age must be a number.</p><form>{_AGE.format("aria-describedby=e")}<p id="e">Error</p></form>',
    ],
    inapplicable=[
        '<label>Age <input aria-describedby="e"></label><p id="e">Your age in years.</p>',
        '<label>Age <input aria-invalid="false"></label>',
        '<label>Age <input aria-describedby="e"></label><p id="e" class="error" data-curbcut-hidden>Error</p>',
    ],
)
