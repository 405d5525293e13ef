"""What a form field asks people for: the purpose that its autocomplete attribute or its label names."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute, text_of
from checks.rules._field_labels import field_name, group_of
from checks.rules._fields import language_of, purpose_in
from checks.words import plain, words

_NO_PURPOSE = frozenset(("", "on", "off"))
_NEVER_ALIKE = frozenset(("new-password", "current-password", "one-time-code"))
_PARTS_OF_ADDRESSES = frozenset(("shipping", "billing"))
_WORD = re.compile(r"[\w-]+")


def purpose_of(field: Tag) -> str:
    """Return what a field asks for, by its autocomplete attribute, or else by its label; empty where neither tells.

    A section names another person, so a field in one has no purpose here; nor have passwords and codes.
    """
    tokens = _tokens(field)
    if any(token.startswith("section-") for token in tokens):
        return ""
    purpose = [token for token in tokens if token not in _PARTS_OF_ADDRESSES]
    if purpose and purpose[-1] not in _NO_PURPOSE:
        return "" if purpose[-1] in _NEVER_ALIKE else " ".join(purpose)
    if attribute(field, "type").casefold() == "password":
        return ""
    return purpose_in(_without_asking_again(field_name(field)), language_of(field))[0]


def is_marked(field: Tag) -> bool:
    """Return whether the autocomplete attribute, and not only the label, tells the purpose."""
    tokens = _tokens(field)
    return bool(tokens) and tokens[-1] not in _NO_PURPOSE


def is_asked_again(field: Tag) -> bool:
    """Return whether a label says that the same is to be entered once more, as "Confirm your e-mail"."""
    return any(_says_again(word) for word in _WORD.findall(plain(field_name(field))))


def is_for_an_address(field: Tag) -> bool:
    """Return whether a field stands under a heading or legend for one address of several, as "Delivery address"."""
    known = words("field_labels")["one_address"]
    return any(word.startswith(tuple(known)) for word in _WORD.findall(group_of(field).casefold()))


def is_taken_over(form: Tag) -> bool:
    """Return whether a form offers to use what was entered before, as "The bill goes to the same address"."""
    text = text_of(form).casefold()
    return any(phrase in text for phrase in words("field_labels")["same_as"])


def _tokens(field: Tag) -> list[str]:
    """Return the words of the autocomplete attribute; "webauthn" says nothing of the purpose."""
    return [word for word in attribute(field, "autocomplete").casefold().split() if word != "webauthn"]


def _without_asking_again(label: str) -> str:
    """Return a label without the words that ask for something once more, or itself where there is none."""
    parts = _WORD.findall(plain(label))
    if not any(map(_says_again, parts)):
        return label
    filling = words("field_labels")["asking"]
    return " ".join(word for word in parts if not _says_again(word) and word not in filling)


def _says_again(word: str) -> bool:
    return word.startswith(tuple(words("field_labels")["again"]))
