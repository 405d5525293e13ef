"""A box to tick that only its label stands for can be reached with the keyboard (WCAG 2.1.1)."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute, is_exposed
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._facts import fact
from checks.rules._heard import name_of
from checks.words import plain

rule = Rule(
    __name__,
    title="Boxes to tick are hidden in a way that leaves them to the keyboard",
    wcag=["2.1.1"],
    impact="critical",
    who="People who use a keyboard or a screen reader cannot tick this box: only a click on its label does.",
    how="Do not take the field away with display: none. Make it see-through (opacity: 0) over its label instead.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/keyboard",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F54",
    ],
    messages={
        "failed": 'The field behind the label "{label}" (type {type}) is not displayed, so no key reaches it.',
        "cantTell": 'The field behind the label "{label}" (type {type}) is not displayed, so no key reaches it. '
        "Does a control near it do the same?",
    },
)

_FOCUSABLE = ["a", "button", "input", "select", "textarea", "summary", "iframe"]
_AROUND = 2
"""How far around its label a control that does the same may stand."""


@rule.targets
def labels_that_stand_in(page: PageView) -> list[Tag]:
    """Look at labels of fields to tick, and to choose a file with, that are themselves not displayed."""
    return [label for label in page.exposed("label") if fact(label, "pressed")]


@rule.expect
def keys_reach_it(label: Tag) -> Verdict:
    """Fail where nothing in, around or near the label takes the focus; ask where something near it does."""
    if any(_takes_focus(tag) for tag in (label, *label.find_all(True), *label.parents) if isinstance(tag, Tag)):
        return passed()
    name, kind = name_of(label)[:80], fact(label, "pressed")
    holders = [tag for tag in list(label.parents)[:_AROUND] if tag.name not in ("body", "main", "html", "[document]")]
    is_near = any(_may_do_the_same(tag) for holder in holders for tag in holder.find_all(True))
    is_elsewhere = bool(name) and plain(name) in once_a_page(label, _names_of_controls)
    is_doubtful = is_near or is_elsewhere
    return cant_tell(label=name, type=kind) if is_doubtful else failed(label=name, type=kind)


def _takes_focus(tag: Tag) -> bool:
    index = attribute(tag, "tabindex").strip()
    if re.fullmatch(r"-?\d+", index):
        return not index.startswith("-")
    if tag.name not in _FOCUSABLE or not is_exposed(tag) or tag.has_attr("disabled"):
        return False
    return tag.has_attr("href") if tag.name == "a" else attribute(tag, "type") != "hidden"


def _may_do_the_same(tag: Tag) -> bool:
    """Return whether this may be what a script made of the field: no link, and no button that sends the form."""
    if not _takes_focus(tag) or not is_exposed(tag) or tag.name in ("a", "input", "select", "textarea", "iframe"):
        return False
    sends = tag.name == "button" and attribute(tag, "type") != "button" and tag.find_parent("form") is not None
    return not sends


def _names_of_controls(root: Tag) -> set[str]:
    found = root.find_all(["a", "button", "summary"])
    return {plain(name_of(tag)) for tag in found if _takes_focus(tag) and is_exposed(tag)}


_BOX = '<input type="checkbox" id="c" data-curbcut-hidden>'
_LABEL = '<label for="c" data-curbcut-pressed="checkbox">'
EXAMPLES = examples(
    passed=[
        f'<p>{_BOX}<label for="c" data-curbcut-pressed="checkbox" tabindex="0">Agree</label></p>',
        f'<p>{_BOX}{_LABEL}<span role="checkbox" tabindex="0">Agree</span></label></p>',
        f'<div tabindex="0">{_BOX}<p>{_LABEL}Drop a file</label></p></div>',
    ],
    failed=[
        f"<p>{_BOX}{_LABEL}Agree</label> <a href='/rules'>The rules</a></p>",
        f"<form><p>{_BOX}{_LABEL}Agree to the rules</label></p><p><button>Send</button></p></form>",
        '<label data-curbcut-pressed="file"><input type="file" data-curbcut-hidden>Choose a file</label>',
    ],
    cant_tell=[
        f'<p>{_BOX}{_LABEL}Choose a file</label> <button type="button">Choose</button></p>',
        f'<p>{_BOX}<span role="checkbox" tabindex="0"></span>{_LABEL}Agree</label></p>',
        f"<div><div><div>{_BOX}{_LABEL}Menu</label></div></div></div><button>Menu</button>",
    ],
    inapplicable=[
        '<input type="checkbox" id="c"><label for="c">Agree</label>',
        f"<div data-curbcut-hidden>{_BOX}{_LABEL}Agree</label></div>",
        "<label>Name <input></label>",
    ],
)
