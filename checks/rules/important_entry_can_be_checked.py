"""What binds, costs or deletes can be checked, corrected or taken back first (WCAG 3.3.4): a person must look."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute, is_exposed, text_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import name_of
from checks.words import plain, words

rule = Rule(
    __name__,
    title="People can check what binds them before it is final",
    wcag=["3.3.4"],
    impact="serious",
    who="People with dyslexia, a tremor or low vision make more slips, and these have legal or financial consequences.",
    how="Show what was entered before it is sent for good, with a way back, or let people withdraw it for a while.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/error-prevention-legal-financial-data",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G98",
    ],
    messages={
        "cantTell.button": 'The button "{button}" seems to be final. Can people check and correct what they entered '
        "first, or take it back?",
        "cantTell.money": 'This form asks for "{what}", which moves money. Can people check and correct it first, or '
        "take it back?",
        "cantTell.declares": 'This form says "{what}", which binds people. Can they check and correct what they '
        "entered first, or take it back?",
    },
)

_BUTTONS = "button, input[type=submit], input[type=button], input[type=image], [role=button]"
_ACCOUNT = re.compile(r"\biban\b|\bkontonummer\b|\bsort[ _-]?code\b|\baccount[ _-]?number\b", re.IGNORECASE)
MAX_FORMS = 50


@rule.targets
def forms_that_bind(page: PageView) -> list[Tag]:
    """Look at forms that pay, declare something with legal force, or delete what is kept of people."""
    return [form for form in page.exposed("form")[:MAX_FORMS] if _why(form)[0]]


@rule.expect
def can_be_checked(form: Tag) -> Verdict:
    """Pass a form that leads to a step for checking, or speaks of one; ask about the others."""
    known = words("submissions")["checked"]
    names = [plain(_name(button)) for button in form.select(_BUTTONS) if is_exposed(button)]
    texts = plain(text_of(form))
    if any(name.startswith(phrase) for name in names for phrase in known):
        return passed()
    if any(f" {phrase}" in f" {texts}" for phrase in known if " " in phrase or len(phrase) > _LONG_CHARS):
        return passed()
    message, value = _why(form)
    return cant_tell(message, **{"button" if message == "cantTell.button" else "what": value[:100]})


_LONG_CHARS = 7
"""Shorter words such as "next" say nothing in running text, only on a button."""


def _why(form: Tag) -> tuple[str, str]:
    """Return which message tells why a form binds people, and the words that show it; empty texts when it does not."""
    known = words("submissions")
    for button in form.select(_BUTTONS):
        if is_exposed(button) and plain(_name(button)) in known["binding"]:
            return "cantTell.button", _name(button)
    for field in form.select("input, select"):
        purpose = attribute(field, "autocomplete").casefold().split()[-1:]
        if purpose in (["cc-number"], ["cc-csc"]):
            return "cantTell.money", purpose[0]
        said = " ".join(attribute(field, name) for name in ("name", "id", "aria-label"))
        if attribute(field, "type").casefold() != "hidden" and (match := _ACCOUNT.search(said.replace("_", " "))):
            return "cantTell.money", match[0]
    text = plain(text_of(form))
    found = next((phrase for phrase in sorted(known["declares"]) if phrase in text), "")
    return ("cantTell.declares", found) if found else ("", "")


def _name(button: Tag) -> str:
    return attribute(button, "value") if button.name == "input" else name_of(button)


_CARD = '<label>Card number <input autocomplete="cc-number"></label>'

EXAMPLES = examples(
    passed=[
        f"<form>{_CARD}<button>Continue</button></form>",
        "<form><p>You can withdraw your order for two weeks.</p><button>Buy now</button></form>",
        "<form><p>I declare that this is true.</p><button>Check and send</button></form>",
        "<form><label>IBAN <input name='iban'></label><button>Weiter</button></form>",
    ],
    cant_tell=[
        f"<form>{_CARD}<button>Send</button></form>",
        "<form><label>Name <input></label><button>Zahlungspflichtig bestellen</button></form>",
        "<form><label>Name <input></label><input type='submit' value='Delete my account'></form>",
        "<form><label>Account <input name='iban'></label><button>Send</button></form>",
        "<form><label><input type='checkbox'> I declare that this is true.</label><button>Send</button></form>",
    ],
    inapplicable=[
        "<form><label>Find <input name='q'></label><button>Search</button></form>",
        "<form><label>Comment <textarea></textarea></label><button>Send</button></form>",
        "<button>Buy now</button>",
        "<form><label>Your account <input name='account'></label><button>Sign in</button></form>",
    ],
)
