"""Radio buttons that answer one question are tied to that question (WCAG 1.3.1): a person must look."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute, is_exposed, text_of
from checks.index import index_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import by_id, own_label, role_of

rule = Rule(
    __name__,
    title="Choices are tied to their question",
    wcag=["1.3.1"],
    impact="moderate",
    who='People who use a screen reader hear "yes" and "no", and not what they answer.',
    how="Put the choices into a fieldset, and the question into its legend.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H71",
        "https://www.w3.org/WAI/WCAG22/Techniques/aria/ARIA17",
    ],
    messages={
        "cantTell": 'These {count} choices ("{first}" ...) are in no group with a name. Does each say by itself what '
        "it answers?",
    },
)

_GROUPS = frozenset({"radiogroup", "group", "listbox", "menu", "table", "grid"})
MAX_RADIOS = 500


@rule.targets
def sets_of_choices(page: PageView) -> list[Tag]:
    """Look at the first of the radio buttons that belong together."""
    return [buttons[0] for buttons in _sets(page.soup) if len(buttons) > 1]


@rule.expect
def has_a_question(first: Tag) -> Verdict:
    """Pass choices that stand in a named group, or are described by a text; ask about the others."""
    buttons = next(found for found in _sets(first) if found[0] is first)
    if all(_has_a_named_group(button) or _is_described(button) for button in buttons):
        return passed()
    return cant_tell(count=len(buttons), first=_name(first)[:60])


def _sets(root: Tag) -> list[list[Tag]]:
    return once_a_page(root, _find_sets)


def _find_sets(root: Tag) -> list[list[Tag]]:
    found: dict[tuple[int, str], list[Tag]] = {}
    for button in index_of(root).exposed("input[type=radio][name]")[:MAX_RADIOS]:
        form = button.find_parent("form")
        found.setdefault((id(form), attribute(button, "name")), []).append(button)
    return list(found.values())


def _has_a_named_group(button: Tag) -> bool:
    for parent in button.parents:
        if parent.name in ("form", "body"):
            return False
        legend = parent.find("legend") if parent.name == "fieldset" else None
        if isinstance(legend, Tag) and text_of(legend) and is_exposed(legend):
            return True
        if parent.name == "table":  # in a table of questions, the headers of row and column ask
            return parent.find("th") is not None
        is_group = role_of(parent) in _GROUPS or parent.name == "fieldset"
        if is_group and (own_label(parent) or attribute(parent, "title").strip()):
            return True
    return False


def _is_described(button: Tag) -> bool:
    names = [*attribute(button, "aria-describedby").split(), *attribute(button, "aria-labelledby").split()]
    texts = [found for found in (by_id(button, name) for name in names[:10]) if found is not None]
    return any(text_of(text) for text in texts)


def _name(button: Tag) -> str:
    label = button.find_parent("label")
    if isinstance(label, Tag):
        return text_of(label)
    given = attribute(button, "id")
    own = next((tag for tag in index_of(button).select("label[for]") if given and attribute(tag, "for") == given), None)
    return own_label(button) or (text_of(own) if own is not None else attribute(button, "value"))


_RADIOS = '<label><input type="radio" name="a"> Yes</label> <label><input type="radio" name="a"> No</label>'

EXAMPLES = examples(
    passed=[
        f"<fieldset><legend>Do you live in Elm?</legend>{_RADIOS}</fieldset>",
        f'<p id="q">Do you live in Elm?</p><div role="radiogroup" aria-labelledby="q">{_RADIOS}</div>',
        '<h2 id="q">Elm?</h2><input type="radio" name="a" aria-labelledby="q y"><span id="y">Yes</span>'
        '<input type="radio" name="a" aria-labelledby="q n"><span id="n">No</span>',
        '<table><tr><th>Bus<td><input type="radio" name="a"><td><input type="radio" name="a"></table>',
    ],
    cant_tell=[
        f"<p>Do you live in Elm?</p>{_RADIOS}",
        f"<fieldset><h3>Do you live in Elm?</h3>{_RADIOS}</fieldset>",
    ],
    inapplicable=[
        '<label><input type="radio" name="a"> I live in Elm</label>',
        '<label><input type="checkbox" name="a"> Yes</label>',
        f"<div data-curbcut-hidden>{_RADIOS}</div>",
    ],
)
