"""Labels of form fields say what to enter (WCAG 2.4.6)."""

from __future__ import annotations

import re
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from checks.elements import attribute, is_exposed
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._facts import has_fact
from checks.rules._field_labels import field_name, form_of, group_of, seen_label, text_fields
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Labels of form fields say what to enter",
    wcag=["2.4.6"],
    impact="serious",
    who="People who use a screen reader, or lose the thread easily, do not know what this field is for.",
    how='Name what people enter: "Date of birth" instead of "Info". Give groups of fields a legend or heading.',
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/headings-and-labels"],
    messages={
        "failed": 'The label of this field is a placeholder: "{label}".',
        "failed.known": 'The code of this page says that this field is for {purpose}. Its label says only "{label}".',
        "failed.again": 'Another field here is called "{label}" too. What tells them apart, "{one}" and "{other}", is '
        "moved out of sight, so only screen readers say it.",
        "failed.button": 'People see no label of this field but "{seen}". Its name "{label}" is hidden from them.',
        "cantTell": 'The label of this field says little: "{label}". Do people know what to enter?',
        "cantTell.again": 'Another field here is called "{label}" too, and no heading or legend that people see tells '
        "them apart. Do people know which is which?",
        "cantTell.button": 'The name of this field is "{label}", but people see only "{seen}". Is that enough?',
    },
)

_NUMBER = re.compile(r"\s*\d+$")
"""What form builders add to their placeholders: "Text field 3"."""

_PURPOSES = {
    **dict.fromkeys(("email", "mail", "emailaddress"), "an e-mail address"),
    **dict.fromkeys(("tel", "phone", "phonenumber", "telephone", "mobile"), "a telephone number"),
    **dict.fromkeys(("fname", "firstname", "givenname", "forename", "vorname", "prenom"), "a first name"),
    **dict.fromkeys(("lname", "lastname", "surname", "familyname", "nachname"), "a last name"),
    **dict.fromkeys(("dob", "dateofbirth", "birthdate", "birthday", "bday", "geburtsdatum"), "a date of birth"),
    **dict.fromkeys(("zip", "zipcode", "postcode", "postalcode", "plz"), "a postcode"),
    **dict.fromkeys(("streetaddress", "street", "strasse"), "a street"),
}
"""Names that programmers give to fields, and tokens of autocomplete (https://www.w3.org/TR/WCAG22/#input-purposes)."""


@rule.targets
def labelled_fields(page: PageView) -> list[Tag]:
    """Look at fields that people type into, or choose from a list in, and that have a label."""
    return [field for field in text_fields(page.soup) if field_name(field)]


@rule.expect
def label_describes(field: Tag) -> Verdict:
    """Fail what form builders leave there; ask about general labels, and the same label twice in one group."""
    label, known = field_name(field), words("field_labels")
    if plain(label) in known["leftover"]:
        return failed(label=label)
    if plain(_NUMBER.sub("", label)) in {*known["leftover"], *known["general"]}:
        purpose = _purpose_in_code(field)
        return failed("failed.known", purpose=purpose, label=label) if purpose else cant_tell(label=label)
    seen = seen_label(field)
    if seen and plain(seen) in known["general"]:
        message = "cantTell.button" if _has_more_to_see(field, seen) else "failed.button"
        return (cant_tell if message.startswith("cantTell") else failed)(message, label=label, seen=seen)
    first = once_a_page(field, _repeated).get(id(field))
    if first is None:
        return passed()
    one, other = _unseen_group(first), _unseen_group(field)
    if one and other and one != other and not _is_text_between(first, field):
        return failed("failed.again", label=label, one=one[:100], other=other[:100])
    return cant_tell("cantTell.again", label=label)


def _has_more_to_see(field: Tag, seen: str) -> bool:
    """Return whether people may have more to go by than the label they see: other text, a hint, a picture."""
    if any(attribute(field, name).strip() for name in ("placeholder", "title", "value", "aria-describedby")):
        return True
    place = form_of(field) or field.find_parent("body")
    if place is None or len(place.find_all(["input", "select", "textarea"], limit=2)) > 1:
        return True
    texts = [str(text) for text in place.find_all(string=True) if _is_read(text)]
    empty = place.find(
        lambda tag: tag.name in ("img", "svg", "i", "canvas") or (tag.name == "span" and not tag.contents)
    )
    return plain(" ".join(texts)) != plain(seen) or empty is not None


def _is_read(text: object) -> bool:
    """Return whether people see this piece of text."""
    if type(text) is not NavigableString or not text.strip() or text.parent is None:
        return False
    return is_exposed(text.parent) and not any(
        has_fact(part, "offscreen") for part in (text.parent, *text.parent.parents)
    )


def _unseen_group(field: Tag) -> str:
    """Return the heading or legend of a field's group that the page has moved out of sight, or an empty string."""
    for parent in field.parents:
        if parent.name in ("form", "body", "main"):
            break
        named = parent.find(["legend", *_HEADINGS])
        if isinstance(named, Tag):
            is_moved = is_exposed(named) and has_fact(named, "offscreen")
            return " ".join(named.get_text(" ").split()) if is_moved else ""
    return ""


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BETWEEN_MAX = 300


def _is_text_between(first: Tag, field: Tag) -> bool:
    """Return whether people see anything between two fields but labels: it may tell them apart."""
    for node in islice(first.next_elements, _BETWEEN_MAX):
        if node is field:
            return False
        if isinstance(node, Tag) and node.name in ("img", "svg", "canvas", "hr") and is_exposed(node):
            return True
        if _is_read(node) and node.find_parent("label") is None:
            return True
    return True


def _purpose_in_code(field: Tag) -> str:
    """Return what a field is for as its code says: by its type, its autocomplete attribute, or its name in the form.

    Only purposes of one person's data count, which no general word can stand for, and only where people have nothing
    else to go by: no group, placeholder, title or description.
    """
    if any(attribute(field, name) for name in ("placeholder", "title", "aria-describedby")) or group_of(field).strip(
        "|"
    ):
        return ""
    said = [attribute(field, "type"), *attribute(field, "autocomplete").split()]
    named = [re.sub(r"[^a-z]", "", attribute(field, name).casefold()) for name in ("name", "id")]
    return next((_PURPOSES[word] for word in [*map(str.casefold, said), *named] if word in _PURPOSES), "")


def _repeated(root: Tag) -> dict[int, Tag]:
    """Return, by the identity of each field with the name, form and visible group of earlier ones, the first one."""
    met: dict[tuple[str, int, str], Tag] = {}
    again: dict[int, Tag] = {}
    for field in text_fields(root):
        form, name = form_of(field), plain(field_name(field))
        key = (name, id(form) if form is not None else 0, group_of(field))
        if name and met.setdefault(key, field) is not field:
            again[id(field)] = met[key]
    return again


def _field(label: str) -> str:
    return f'<label>{label} <input name="a"></label>'


EXAMPLES = examples(
    passed=[
        _field("First name"),
        f"<h2>Delivery</h2>{_field('Name')}<h2>Bill</h2>{_field('Name')}",
        f"<fieldset><legend>You</legend>{_field('Name')}</fieldset><fieldset><legend>Guest</legend>{_field('Name')}</fieldset>",
        f"<form>{_field('Search this site')}</form><form>{_field('Search this site')}</form>",
        "<label>More information about your trip <textarea></textarea></label>",
    ],
    failed=[
        '<label>Info <input type="email"></label>',
        '<label for="a">Menu</label><input id="a" name="first_name">',
        _field("Label"),
        _field("Untitled field:"),
        '<input aria-label="undefined">',
        f"<fieldset><h3 data-curbcut-offscreen>Delivery</h3>{_field('Town')}</fieldset>"
        f"<fieldset><h3 data-curbcut-offscreen>Bill</h3>{_field('Town')}</fieldset>",
        '<span id="s" data-curbcut-hidden>Name</span><input aria-labelledby="b s"><button id="b">OK</button>',
    ],
    cant_tell=[
        _field("Info:"),
        _field("Text field 3"),
        _field("Menu"),
        '<h2>Your e-mail address</h2><label>Enter here <input type="email"></label>',
        f'<h2 class="sr-only">Delivery</h2>{_field("Name")}<h2 class="sr-only">Bill</h2>{_field("Name")}',
        '<span id="s" data-curbcut-hidden>Find</span><p>Bus</p><input aria-labelledby="b s"><button id="b">Go</button>',
        '<span id="s" data-curbcut-hidden>Find</span><input aria-labelledby="b s"><button id="b">Go <svg></svg>',
        f"<fieldset><h3 data-curbcut-offscreen>Delivery</h3>{_field('Town')}</fieldset><p>The same for the bill:</p>"
        f"<fieldset><h3 data-curbcut-offscreen>Bill</h3>{_field('Town')}</fieldset>",
    ],
    inapplicable=['<input name="a">', '<label>Info <input type="checkbox"></label>', '<label for="x">Info</label>'],
)
