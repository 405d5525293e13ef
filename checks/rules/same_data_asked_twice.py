"""What people have entered once they need not enter again (WCAG 3.3.7)."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._asked import is_asked_again, is_for_an_address, is_marked, is_taken_over, purpose_of
from checks.rules._field_labels import field_name, form_of, text_fields

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


@rule.targets
def fields_with_a_purpose(page: PageView) -> list[Tag]:
    """Look at fields in forms whose autocomplete attribute or label says what they are for."""
    return [field for field in text_fields(page.soup) if form_of(field) is not None and purpose_of(field)]


@rule.expect
def is_asked_once(field: Tag) -> Verdict:
    """Ask where an earlier field of the form has the same purpose for the same person, and nothing takes it over."""
    form = form_of(field)
    if form is None or id(field) not in once_a_page(field, _repeated):
        return passed()
    if is_taken_over(form):
        return passed()
    return cant_tell(label=field_name(field) or attribute(field, "name") or purpose_of(field))


def _repeated(root: Tag) -> frozenset[int]:
    """Return the identities of fields that an earlier field of the same form has asked for.

    Labels alone may mean two people ("Name" of a child and of a parent): they count where one of them asks to enter the
    same again, or names one of several addresses.
    """
    met: dict[tuple[int, str], bool] = {}
    again: set[int] = set()
    for field in text_fields(root):
        key, marked = (id(form_of(field)), purpose_of(field)), is_marked(field)
        if not key[1]:
            continue
        if key in met and ((marked and met[key]) or is_asked_again(field) or is_for_an_address(field)):
            again.add(id(field))
        elif not field.has_attr("readonly"):
            met[key] = met.get(key, False) or marked
    return frozenset(again)


_EMAIL = '<label>{} <input type="email" autocomplete="email"></label>'

EXAMPLES = examples(
    passed=[
        f"<form>{_EMAIL.format('Email')}</form><form>{_EMAIL.format('Email')}</form>",
        "<form><fieldset><legend>Child</legend><label>Full name <input></label></fieldset>"
        "<fieldset><legend>Parent</legend><label>Full name <input></label></fieldset></form>",
        '<form><label>Your email <input></label><label>Confirm password <input type="password"></label></form>',
        '<form><input autocomplete="home tel" aria-label="Home"><input autocomplete="work tel" title="Work"></form>',
        '<form><input autocomplete="shipping street-address"><label><input type="checkbox"> The bill goes to the same '
        'address</label><input autocomplete="billing street-address"></form>',
    ],
    cant_tell=[
        f"<form>{_EMAIL.format('Email')}{_EMAIL.format('Confirm your email')}</form>",
        "<form><label>Email address <input></label><label>Please re-enter your email address <input></label></form>",
        '<html lang="de"><body><form><label>E-Mail <input type="email" autocomplete="email"></label>'
        '<label>E-Mail wiederholen <input type="email" autocomplete="off"></label></form></body></html>',
        "<form><fieldset><legend>Delivery address</legend><label>Postcode <input></label></fieldset>"
        "<fieldset><legend>Billing address</legend><label>Postcode <input></label></fieldset></form>",
        '<form><label>Street <input autocomplete="shipping street-address"></label>'
        '<label>Street <input autocomplete="billing street-address"></label></form>',
    ],
    inapplicable=[
        "<form><label>Confirm <input></label><label>Confirm your choice <input></label></form>",
        '<form><input name="email"><input name="email2"></form>',
        '<form><input autocomplete="section-a name"><input autocomplete="section-b name"></form>',
        '<form><input type="password" autocomplete="new-password"></form>',
    ],
)
