"""What people have entered once they need not enter again (WCAG 3.3.7)."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute, text_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._field_labels import field_name, form_of, text_fields
from checks.words import words

rule = Rule(
    __name__,
    title="People need not enter the same again",
    wcag=["3.3.7"],
    impact="moderate",
    who="People who forget quickly, or type slowly or with pain, make mistakes or give up.",
    how='Fill in what is known, or offer "same as above". Do not ask to type an e-mail address twice.',
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/redundant-entry"],
    messages={
        "cantTell": 'This form asks for the same again: "{label}". Can people take over what they entered before?',
    },
)

_NEVER_ALIKE = frozenset(("", "on", "off", "new-password", "current-password", "one-time-code"))
_PARTS_OF_ADDRESSES = frozenset(("shipping", "billing"))


@rule.targets
def fields_with_a_purpose(page: PageView) -> list[Tag]:
    """Look at fields in forms whose autocomplete attribute says what they are for."""
    return [field for field in text_fields(page.soup) if form_of(field) is not None and _purpose(field)]


@rule.expect
def is_asked_once(field: Tag) -> Verdict:
    """Ask where an earlier field of the form has the same purpose for the same person, and nothing takes it over."""
    form = form_of(field)
    if form is None or id(field) not in once_a_page(field, _repeated):
        return passed()
    text = text_of(form).casefold()
    if any(phrase in text for phrase in words("field_labels")["same_as"]):
        return passed()
    return cant_tell(label=field_name(field) or attribute(field, "name") or _purpose(field))


def _purpose(field: Tag) -> str:
    """Return the autofill field name; a section names another person, so a field in one counts for itself."""
    tokens = attribute(field, "autocomplete").casefold().split()
    if any(token.startswith("section-") for token in tokens):
        return ""
    purpose = [token for token in tokens if token not in _PARTS_OF_ADDRESSES | {"webauthn"}]
    name = " ".join(purpose)
    return "" if not purpose or purpose[-1] in _NEVER_ALIKE else name


def _repeated(root: Tag) -> frozenset[int]:
    """Return the identities of fields that an earlier field of the same form has asked for."""
    met: set[tuple[int, str]] = set()
    again: set[int] = set()
    for field in text_fields(root):
        key = id(form_of(field)), _purpose(field)
        if key in met:
            again.add(id(field))
        elif not field.has_attr("readonly"):
            met.add(key)
    return frozenset(again)


_EMAIL = '<label>{} <input type="email" autocomplete="email"></label>'

EXAMPLES = examples(
    passed=[
        f"<form>{_EMAIL.format('Email')}</form><form>{_EMAIL.format('Email')}</form>",
        '<form><input autocomplete="home tel" aria-label="Home"><input autocomplete="work tel" title="Work"></form>',
        '<form><input autocomplete="shipping street-address"><label><input type="checkbox"> The bill goes to the same '
        'address</label><input autocomplete="billing street-address"></form>',
    ],
    cant_tell=[
        f"<form>{_EMAIL.format('Email')}{_EMAIL.format('Confirm your email')}</form>",
        '<form><label>Street <input autocomplete="shipping street-address"></label>'
        '<label>Street <input autocomplete="billing street-address"></label></form>',
    ],
    inapplicable=[
        '<form><input name="email"><input name="email2"></form>',
        '<form><input autocomplete="section-a name"><input autocomplete="section-b name"></form>',
        '<form><input type="password" autocomplete="new-password"></form>',
    ],
)
