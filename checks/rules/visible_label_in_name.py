"""The words that people see on a control are in its accessible name (WCAG 2.5.3)."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from bs4 import Tag

from checks.elements import attribute, text_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._facts import fact, has_fact
from checks.rules._field_labels import labels_of
from checks.rules._heard import by_id, own_label, role_of

rule = Rule(
    __name__,
    title="The words people see on a control are in its name",
    wcag=["2.5.3"],
    impact="serious",
    who='People who steer by voice say what they see ("click Search"). Nothing happens if the name is another.',
    how="Start the accessible name with the visible words, in the same order, or remove aria-label.",
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/failures/F96"],
    messages={
        "failed": 'People see "{shown}", but the accessible name is "{name}".',
        "cantTell": 'People see "{shown}", but the accessible name is "{name}". Does it hold the label?',
    },
)

LABEL_MAX_WORDS = 8
"""A control that shows more words is a card or a paragraph: which of its words are the label, a person must say."""
ABBREVIATION_MIN_CHARS = 3
CODE_MAX_CHARS = 3
"""One short token alone may stand for a longer word: EN for English, Mo for Monday."""

_CONTROLS = "a[href], button, summary, input, select, textarea, [role]"
_NAMED_BY_CONTENT = frozenset(
    ("button", "checkbox", "link", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio", "switch", "tab")
) | {"treeitem"}
_NATIVE = frozenset(("a", "button", "summary"))
_FIELDS = frozenset(("input", "select", "textarea"))
_WORDED_INPUTS = frozenset(("submit", "button", "reset"))
_BRACKETS = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_TOKEN = re.compile(r"\w+\.?")
_JOINT = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011'’](?=\w)")
_BLOCKS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "dl", "table"))


@rule.targets
def controls_named_by_attributes(page: PageView) -> list[Tag]:
    """Look at controls that show words and get their name from aria-label or aria-labelledby."""
    return [tag for tag in page.exposed(_CONTROLS) if _is_control(tag) and own_label(tag) and _tokens(_shown(tag))]


@rule.expect
def name_has_the_words(control: Tag) -> Verdict:
    """Fail a name without the visible words in a row; ask where they may be shortened, or more than a label."""
    shown, name = _shown(control), own_label(control)
    candidates = (shown, text_of(control)) if control.name not in _FIELDS else (shown,)
    if any(_is_in(_tokens(text), _tokens(name)) for text in candidates):
        return passed()
    words = _tokens(shown)
    is_short_code = len(words) == 1 and len(words[0]) <= CODE_MAX_CHARS and words[0].isalpha()
    is_card = len(words) > LABEL_MAX_WORDS or len(control.find_all(_BLOCKS, limit=2)) > 1
    if is_short_code or is_card or _is_shortened(words, _tokens(name)):
        return cant_tell(shown=shown, name=name)
    return failed(shown=shown, name=name)


def _is_control(tag: Tag) -> bool:
    role = role_of(tag)
    return role in _NAMED_BY_CONTENT if role else tag.name in _NATIVE or tag.name in _FIELDS


def _shown(control: Tag) -> str:
    """Return the words people see as the control's label: as the browser noted them, or from the markup without one."""
    if control.name == "input" and attribute(control, "type").casefold() in _WORDED_INPUTS:
        return attribute(control, "value")
    if control.name not in _FIELDS:
        return _as_seen(control)
    label = next(iter(labels_of(control)), None)
    # A label that aria-labelledby points to is part of the name already, in whatever words.
    return "" if label is None or _is_referred(control, label) else _as_seen(label)


def _as_seen(tag: Tag) -> str:
    if has_fact(tag, "offscreen"):
        return ""
    return fact(tag, "shown") if has_fact(tag, "shown") else text_of(tag)


def _is_referred(field: Tag, label: Tag) -> bool:
    referred = [by_id(field, name) for name in attribute(field, "aria-labelledby").split()[:20]]
    return any(found is label or (found is not None and label in found.parents) for found in referred)


def _tokens(text: str) -> list[str]:
    """Return the words and numbers of a text for comparing; one lone letter is taken for a picture (X for close)."""
    folded = unicodedata.normalize("NFKC", _BRACKETS.sub(" ", text)).casefold()
    found: list[str] = _TOKEN.findall(_JOINT.sub("", folded))
    tokens = [token if _is_abbreviation(token) else token.rstrip(".") for token in found]
    return [] if len(tokens) == 1 and len(tokens[0]) == 1 and tokens[0].isalpha() and tokens[0].isascii() else tokens


def _is_abbreviation(token: str) -> bool:
    return token.endswith(".") and token[:-1].isalpha()


def _is_in(words: list[str], name: list[str]) -> bool:
    if not words:
        return True
    plain_name = [word.rstrip(".") for word in name]
    if any(_has_no_spaces(word) for word in words):
        return "".join(words) in "".join(name)
    starts = range(len(name) - len(words) + 1)
    return any(all(_matches(w, plain_name[start + at]) for at, w in enumerate(words)) for start in starts)


def _matches(word: str, named: str) -> bool:
    stem = word.rstrip(".")
    return stem == named or (word.endswith(".") and named.startswith(stem))


def _is_shortened(words: list[str], name: list[str]) -> bool:
    """Return whether each visible word begins a word of the name, in order: "31 Jan" for "31 January"."""
    places: list[int] = []
    for word in words:
        stem = word.rstrip(".")
        least = 1 if stem.isdecimal() else ABBREVIATION_MIN_CHARS
        fits = (at for at, named in enumerate(name) if named == stem or (len(stem) >= least and named.startswith(stem)))
        place = next((at for at in fits if not places or at > places[-1]), None)
        if place is None:
            return False
        places.append(place)
    is_cut = any(word.rstrip(".") != name[place].rstrip(".") for word, place in zip(words, places, strict=True))
    has_letters = all(not word.isdecimal() or name[place] == word for word, place in zip(words, places, strict=True))
    return is_cut and has_letters and all(one + 1 == other for one, other in pairwise(places))


def _has_no_spaces(word: str) -> bool:
    return any("\u2e80" <= char <= "\ufaff" or "\u0e00" <= char <= "\u0e7f" for char in word)


EXAMPLES = examples(
    passed=[
        '<a href="/x" aria-label="Read more about bus times">Read more</a>',
        '<button aria-label="Search this site">🔍 SEARCH</button>',
        '<button aria-label="Next page">Next…</button>',
        '<button aria-label="Date">Date (DD-MM-YYYY)</button>',
        '<a href="/x" aria-label="St. Martin Avenue">St Martin Ave.</a>',
        '<a href="/x" aria-label="E-mail the clerk">Email the clerk</a>',
        '<a href="/x" id="a" aria-labelledby="a b">Details</a> <span id="b">of the budget</span>',
        '<label for="t">Town</label> <input id="t" aria-label="Town (as on your letter)">',
    ],
    failed=[
        '<button aria-label="Open navigation">Menu</button>',
        '<a href="/x" aria-label="Get the form">Get form</a>',
        '<button aria-label="on Monday closed">Closed on Monday</button>',
        '<a href="/x" aria-label="one">2</a>',
        '<label for="t">Town</label> <input id="t" aria-label="City">',
        '<input type="submit" value="Send" aria-label="Finish">',
    ],
    cant_tell=[
        '<a href="/de" aria-label="Deutsch">DE</a>',
        '<a href="/x" aria-label="31 January">31 Jan</a>',
        '<a href="/x" aria-label="Bus times"><h3>Buses in Elm</h3><p>All lines and stops</p></a>',
    ],
    inapplicable=[
        "<button>Menu</button>",
        '<button aria-label="Close">X</button>',
        '<nav aria-label="Main">Menu</nav>',
        '<a href="/x" aria-label="Home"><img src="logo.png" alt="Town of Elm"></a>',
        '<label data-curbcut-shown="" for="t">Town</label> <input id="t" aria-label="City">',
    ],
)
