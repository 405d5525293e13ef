"""A field for something of one's own says its purpose in code (WCAG 1.3.5)."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._fields import fields, label_of, language_of, purpose_in, token_of

rule = Rule(
    __name__,
    title="Fields for one's own data have a purpose that programs can read",
    wcag=["1.3.5"],
    impact="moderate",
    who="People who have trouble remembering or typing cannot have the field filled in, or shown with a picture.",
    how='Add the autocomplete attribute with the purpose, such as autocomplete="email".',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/identify-input-purpose",
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H98",
    ],
    messages={
        "failed": 'The field "{label}" asks for the reader\'s own data and has no autocomplete="{token}".',
        "cantTell": 'The field "{label}" has no autocomplete="{token}". Does it ask for the reader\'s own data?',
    },
)


@rule.targets
def fields_for_known_purposes(page: PageView) -> list[Tag]:
    """Look at fields whose label names one of the purposes that WCAG lists."""
    return [field for field in fields(page) if purpose_in(label_of(field), language_of(field))[0]]


@rule.expect
def has_its_purpose_marked(field: Tag) -> Verdict:
    """Fail where the label itself says whose data it is and nothing tells the purpose; ask about other fields."""
    token, is_own = purpose_in(label_of(field), language_of(field))
    given = token_of(field)
    if given not in ("", "off", "on"):
        return passed()
    # A type of email or tel tells part of it, and "off" may be meant for a shared computer.
    is_told = given == "off" or attribute(field, "type").casefold() in ("email", "tel")
    label = label_of(field)[:100]
    return failed(label=label, token=token) if is_own and not is_told else cant_tell(label=label, token=token)


EXAMPLES = examples(
    passed=[
        '<label>Your email <input type="email" autocomplete="email"></label>',
        '<label>First name * <input autocomplete="section-a given-name"></label>',
    ],
    failed=[
        "<label>Your name <input></label>",
        '<html lang="de"><body><label for="v">Ihr Vorname *</label><input id="v"></body></html>',
    ],
    cant_tell=[
        "<label>First name (required) <input></label>",
        '<label>Your email <input type="email"></label>',
        '<label>Your name <input autocomplete="off"></label>',
    ],
    inapplicable=[
        "<label>Name of the street <input></label>",
        '<label>Your name <input type="checkbox"></label>',
        "<label>Your name <input data-curbcut-hidden></label>",
        "<label>Your name <input readonly></label>",
    ],
)
