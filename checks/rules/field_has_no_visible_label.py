"""Fields have a label or instruction that people see, and go on seeing (WCAG 3.3.2)."""

from __future__ import annotations

import re
from itertools import takewhile

from bs4 import Tag

from checks.elements import attribute, text_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._field_labels import is_search, is_seen, seen_label, text_fields

rule = Rule(
    __name__,
    title="Fields have a label that stays in sight",
    wcag=["3.3.2"],
    impact="moderate",
    who="People who forget quickly, zoom in or are interrupted do not know any more what the field is for.",
    how="Put a label before the field. Keep the placeholder for an example, or leave it out.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/labels-or-instructions"],
    messages={
        "cantTell": 'Only the placeholder "{placeholder}" says what to enter, and it goes away when people type. '
        "Is there a label that stays?",
        "cantTell.none": "No label in sight says what to enter here. Is there one?",
    },
)

_WORD = re.compile(r"[^\W\d_]{2,}")
_NEAR_BOXES = 2


@rule.targets
def fields_to_type_into(page: PageView) -> list[Tag]:
    """Look at fields that people type into or choose from a list in; a search field is known by its button."""
    return [field for field in text_fields(page.soup) if not is_search(field)]


@rule.expect
def label_is_in_sight(field: Tag) -> Verdict:
    """Ask where neither a label nor words right beside the field can be seen."""
    if seen_label(field) or _has_words_beside(field):
        return passed()
    placeholder = attribute(field, "placeholder").strip()
    if _WORD.search(placeholder):
        return cant_tell(placeholder=placeholder)
    shows_its_choice = field.name == "select" and _WORD.search(text_of(field)) is not None
    return passed() if shows_its_choice else cant_tell("cantTell.none")


def _has_words_beside(field: Tag) -> bool:
    """Return whether words that people see stand in the same small box, cell or row as the field and no other field."""
    if field.find_parent("tr") is not None:
        return True  # rows and columns have headers; the rules on tables look at those
    boxes = [parent for parent in field.parents if parent.name not in ("form", "body", "html", "main", "[document]")]
    for box in boxes[:_NEAR_BOXES]:
        fields = box.find_all(["input", "select", "textarea"])
        if sum(attribute(one, "type") != "hidden" for one in fields) > 1:
            return False
        if _WORD.search(_words(box)):
            return True
    return False


def _words(box: Tag) -> str:
    """Return what people see in a box, without what buttons and the fields themselves hold."""
    texts = []
    for part in box.find_all(string=True):
        inside = {parent.name for parent in takewhile(lambda parent: parent is not box, part.parents)}
        if inside & {"button", "select", "textarea", "option", "script", "style"}:
            continue
        if part.parent is not None and is_seen(part.parent):
            texts.append(str(part))
    return " ".join(texts)


EXAMPLES = examples(
    passed=[
        '<label for="a">Town</label><input id="a" placeholder="Elm">',
        '<div>Town <input aria-label="Town"></div>',
        "<table><tr><th>Town</th><td><input aria-label='Town'></td></tr></table>",
        '<select aria-label="Language"><option>English</option><option>Deutsch</option></select>',
    ],
    cant_tell=[
        '<form><input placeholder="Your town"><button>Send</button></form>',
        '<div><label class="visually-hidden" for="a">Town</label><input id="a" placeholder="Town"></div>',
        '<form><input aria-label="Town"></form>',
    ],
    inapplicable=[
        '<form role="search"><input placeholder="Search this site"><button>Search</button></form>',
        '<input type="search" aria-label="Bus stops">',
        '<input type="checkbox"> <input type="submit" value="Send">',
    ],
)
