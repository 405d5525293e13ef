"""Signing in asks people to remember or copy nothing without help (WCAG 3.3.8)."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute, is_exposed, text_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._field_labels import form_of
from checks.words import words

rule = Rule(
    __name__,
    title="People can sign in without remembering or copying by hand",
    wcag=["3.3.8"],
    impact="serious",
    who="People with dyslexia, a poor memory or a tremor cannot type a password or a code without help.",
    how="Let people paste, and let password managers fill in (autocomplete). Offer a way in without a puzzle.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/accessible-authentication-minimum"],
    messages={
        "cantTell": "People cannot paste here. Can a password manager fill it in, or is there another way in?",
        "cantTell.off": 'Password managers are asked not to fill in this field (autocomplete="{given}"). Do they?',
        "cantTell.captcha": "People must read characters off this picture to sign in. Is there another way?",
    },
)

_FIELDS = 'input[type="password"], input[autocomplete~="one-time-code"], input[autocomplete~="current-password"]'
MAX_FIELDS = 50  # nobody signs in with more
_BLOCKS = re.compile(r"return\s+false|preventDefault")
_REFUSALS = frozenset(("off", "false", "nope", "no", "none", "disabled"))


@rule.targets
def secrets(page: PageView) -> list[Tag]:
    """Look at password and code fields, and at pictures to read characters from in the forms that hold one."""
    fields = [field for field in page.exposed(_FIELDS)[:MAX_FIELDS] if not _is_new(field)]
    forms = {id(form): form for field in fields if (form := form_of(field)) is not None}
    pictures = [tag for form in forms.values() for tag in form.find_all(["img", "canvas"]) if _is_captcha(tag)]
    return [*fields, *(picture for picture in pictures if is_exposed(picture))]


@rule.expect
def help_is_allowed(tag: Tag) -> Verdict:
    """Ask where pasting or filling in is blocked, or characters must be read off a picture."""
    if _offers_another_way(tag):
        return passed()
    if tag.name != "input":
        return cant_tell("cantTell.captcha")
    if _BLOCKS.search(attribute(tag, "onpaste")):
        return cant_tell()
    given = (attribute(tag, "autocomplete") or _of_form(tag)).strip().casefold()
    return cant_tell("cantTell.off", given=given) if given in _REFUSALS else passed()


def _is_new(field: Tag) -> bool:
    """Return whether a password is being made up here: a form with two password fields, or one that says so."""
    if "new-password" in attribute(field, "autocomplete"):
        return True
    form = form_of(field)
    return form is not None and len(form.select('input[type="password"]')) > 1


def _is_captcha(tag: Tag) -> bool:
    text = " ".join(attribute(tag, name) for name in ("src", "id", "class", "alt")).casefold()
    return any(part in text for part in words("authentication")["captcha"])


def _of_form(field: Tag) -> str:
    form = form_of(field)
    return attribute(form, "autocomplete") if form is not None else ""


def _offers_another_way(tag: Tag) -> bool:
    around = tag.find_parent(["main", "dialog", "body"])
    text = text_of(around).casefold() if isinstance(around, Tag) else ""
    return any(phrase in text for phrase in words("authentication")["other_way"])


EXAMPLES = examples(
    passed=[
        '<form><label>Password <input type="password" autocomplete="current-password"></label></form>',
        '<form><label>Password <input type="password" onpaste="count()"></label></form>',
        '<form><label>Password <input type="password" autocomplete="off"></label></form><a href="/k">Use a passkey</a>',
    ],
    cant_tell=[
        '<form><label>Password <input type="password" onpaste="return false"></label></form>',
        '<form><label>Password <input type="password" autocomplete="off"></label></form>',
        '<form autocomplete="off"><label>Password <input type="password"></label></form>',
        '<form><input type="password" aria-label="Password"><img src="/captcha.php?1" alt="Code"><input></form>',
    ],
    inapplicable=[
        '<form><label>Name <input onpaste="return false"></label></form>',
        '<form><input type="password" autocomplete="new-password" onpaste="return false"></form>',
        '<form><input type="password"><input type="password" autocomplete="off"></form>',
    ],
)
