"""The page's language attribute names the language the page is written in (WCAG 3.1.1)."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import text_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._text_blocks import Block, language_of, text_blocks
from language import Guess, detect, english_name, is_known, is_same

rule = Rule(
    __name__,
    title="The page says which language it is written in",
    wcag=["3.1.1"],
    impact="serious",
    who="Screen readers speak the page with the sounds of the wrong language, which nobody understands.",
    how='Write the code of the language the page is in on the html element: <html lang="de"> for German.',
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/language-of-page"],
    messages={
        "failed": 'The page says it is in {declared} (lang="{code}"), but it is written in {written}.',
        "cantTell": 'The page says it is in {declared} (lang="{code}"). Its words look like {written}. Which is it?',
    },
)

SURE_WORDS = 8
SURE = 0.95
"""py3langid's confidences are calibrated: at 0.95 and a sentence, what is left are closely related languages."""
LIKELY = 0.35
MAX_SHARE = 0.1
"""With more of its words in the declared language, a page has two languages, and which one leads is for people."""
_QUOTED = re.compile(r"[\"“”„«»][^\"“”„«»\s]+(?: [^\"“”„«»\s]+){0,2}[\"“”«»]")
"""Up to three words in quotation marks are often spoken of, and may be of any language."""
_NAME_WORDS = 2
"""A title of so few words is mostly a name, which tells no language beside a text."""
_OWN_GUESS_WORDS = 5  # shorter blocks are too uncertain to count for a language


@rule.targets
def pages_in_a_known_language(page: PageView) -> list[Tag]:
    """Look at a page that declares a language which can be recognised, and has text in its default language."""
    root = page.soup.find("html")
    if not isinstance(root, Tag) or not is_known(language_of(root)):
        return []
    return [root] if _guess(root) is not None else []


@rule.expect
def language_is_the_one_written(root: Tag) -> Verdict:
    """Fail a page that is certainly in another language; ask about few words, or text in two languages."""
    code, guess = language_of(root), _guess(root)
    if guess is None or guess.lang == "la" or is_same(guess.lang, code) or guess.confidence < LIKELY:
        return passed()  # Latin is what designers fill in until there is text
    evidence = {"declared": english_name(code), "code": code, "written": english_name(guess.lang)}
    share = _share(root, code)
    if guess.confidence >= SURE and guess.words >= SURE_WORDS and share <= MAX_SHARE:
        return failed(**evidence)
    return cant_tell(**evidence) if share <= MAX_SHARE else passed()


def is_wrong(root: Tag) -> bool:
    """Return whether the page's own language is in question, so that nothing can be said of its parts."""
    return is_known(language_of(root)) and bool(language_is_the_one_written(root).message)


def _default_blocks(root: Tag) -> list[Block]:
    return [block for block in once_a_page(root, text_blocks).blocks if block.holder is root]


def _guess(root: Tag) -> Guess | None:
    return once_a_page(root, _guess_of_document)


def _guess_of_document(document: Tag) -> Guess | None:
    root = document.find("html")
    if not isinstance(root, Tag):
        return None
    title = root.find("title")
    texts = [block.text for block in _default_blocks(root)]
    if isinstance(title, Tag) and not language_of(title):
        named = text_of(title)
        if not texts or len(named.split()) > _NAME_WORDS:
            texts.insert(0, named)
    # Sentences first: they tell more than menus, and only the beginning of a text is read.
    text = ". ".join(sorted(dict.fromkeys(filter(None, texts)), key=len, reverse=True))
    return detect(_QUOTED.sub(" ", text)) or detect(text)


def _share(root: Tag, code: str) -> float:
    """Return how much of the text in the default language is recognised as that language, by words."""
    guesses = [g for block, g in once_a_page(root, text_blocks).guesses if g is not None and block.holder is root]
    told = [guess for guess in guesses if guess.words >= _OWN_GUESS_WORDS and guess.confidence >= LIKELY]
    words = sum(guess.words for guess in told)
    return sum(guess.words for guess in told if is_same(guess.lang, code)) / words if words else 0.0


def _page(lang: str, body: str) -> str:
    return f'<html lang="{lang}"><head><title></title></head><body>{body}</body></html>'


_ENGLISH = "<p>The council meets on the first Monday of each month, and everybody may ask questions.</p>"
_GERMAN = "<p>Der Rat tagt am ersten Montag des Monats, und alle Menschen der Stadt dürfen Fragen stellen.</p>"

EXAMPLES = examples(
    passed=[
        _page("en", _ENGLISH),
        _page("de-AT", _GERMAN),
        _page("en", _ENGLISH + f'<div lang="de">{_GERMAN * 3}</div>'),
        _page("de", _ENGLISH + _GERMAN.replace("Der", "Jeder")),
        _page("en", "<p>Marie Dupont, Jean-Claude Lefebvre, Pierre Martin</p>"),
        _page("en", "<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor</p>"),
        _page("nb", "<p>Kommunestyret møtes den første mandagen i hver måned, og alle kan stille spørsmål.</p>"),
    ],
    failed=[
        _page("en", _GERMAN),
        _page("fr", _ENGLISH + '<p lang="de">Guten Tag</p>'),
        _page("de", "<p>Nobody knows what „gemütlich“ means in their own language.</p>"),
        _page("de", '<p lang="de">Guten Tag</p><img src="x" alt="Map of bus stops"><div lang="">x</div>' + _ENGLISH),
    ],
    cant_tell=[_page("en", "<p>Öffnungszeiten und Anfahrt</p>"), _page("de", "<p>How to find us</p>")],
    inapplicable=[
        _page("en", ""),
        _page("", _GERMAN),
        _page("tlh", _GERMAN),
        _page("en", "<p>Elm</p><pre>Der Rat tagt am ersten Montag des Monats</pre>"),
    ],
)
