"""A field's autocomplete purpose is the one that its label names (WCAG 1.3.5)."""

from __future__ import annotations

from bs4 import Tag

from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._fields import fields, label_of, language_of, purpose_in, token_of

rule = Rule(
    __name__,
    title="The purpose in code is the purpose in the label",
    wcag=["1.3.5"],
    impact="moderate",
    who="People who have fields filled in by a program get the wrong data in this one.",
    how="Write the autocomplete token that stands for what the label asks for.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F107",
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H98",
    ],
    messages={
        "failed": 'The field "{label}" is marked as autocomplete="{token}", which is for something else.',
        "cantTell": 'The field "{label}" is marked as autocomplete="{token}". Is that what it asks for?',
    },
)

# Purposes by what they are about: a label of one family and a token of another contradict each other.
_FAMILIES = {
    "name": {
        "name",
        "given-name",
        "additional-name",
        "family-name",
        "honorific-prefix",
        "honorific-suffix",
        "nickname",
    },
    "email": {"email"},
    "tel": {"tel", "tel-national", "tel-local", "tel-country-code", "tel-area-code", "tel-extension"},
    "place": {
        "street-address",
        "address-line1",
        "address-line2",
        "address-line3",
        "postal-code",
        "country-name",
        "country",
    }
    | {"address-level1", "address-level2", "address-level3", "address-level4"},
    "bday": {"bday", "bday-day", "bday-month", "bday-year"},
}
# Within a family these are as far apart.
_EXACT = frozenset({"given-name", "family-name", "postal-code", "country"})
# Tokens that are about something else altogether. What is no token at all is axe-core's affair.
_OTHERS = frozenset(
    {"username", "organization", "organization-title", "url", "photo", "sex", "language", "impp", "one-time-code"}
    | {"cc-name", "cc-number", "cc-exp", "cc-csc", "cc-type", "new-password", "current-password"}
)
_KNOWN = _OTHERS.union(*_FAMILIES.values())
_SAME = {"country": {"country", "country-name"}}


@rule.targets
def fields_with_both(page: PageView) -> list[Tag]:
    """Look at fields whose label names a purpose and whose autocomplete attribute names one too."""
    known = [field for field in fields(page) if token_of(field) in _KNOWN]
    return [field for field in known if purpose_in(label_of(field), language_of(field))[0]]


@rule.expect
def purposes_agree(field: Tag) -> Verdict:
    """Fail where both are known and differ; ask where the token is of another kind."""
    wanted = purpose_in(label_of(field), language_of(field))[0]
    given = token_of(field)
    if given == wanted or given in _SAME.get(wanted, ()):
        return passed()
    label = label_of(field)[:100]
    families = [next((name for name, tokens in _FAMILIES.items() if token in tokens), "") for token in (wanted, given)]
    if all(families) and (families[0] != families[1] or {wanted, given} <= _EXACT):
        return failed(label=label, token=given)
    if families[0] == families[1]:
        return passed()
    return cant_tell(label=label, token=given)


EXAMPLES = examples(
    passed=[
        '<label>Email address <input autocomplete="work email"></label>',
        '<label>Name <input autocomplete="given-name"></label>',
        '<label>Country <select autocomplete="country-name"><option>Elm</select></label>',
    ],
    failed=[
        '<label>Email <input autocomplete="tel"></label>',
        '<label>First name <input autocomplete="family-name"></label>',
        '<html lang="de"><body><label>PLZ <input autocomplete="bday"></label></body></html>',
    ],
    cant_tell=[
        '<label>Email <input autocomplete="username"></label>',
        '<label>Name <input autocomplete="organization"></label>',
    ],
    inapplicable=[
        '<label>Company <input autocomplete="organization"></label>',
        "<label>Email <input></label>",
        '<label>Email <input autocomplete="off"></label>',
        '<label>Email <input autocomplete="invalid"></label>',
    ],
)
