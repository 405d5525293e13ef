"""Text in another language than the page's is marked with its language (WCAG 3.1.2)."""

from __future__ import annotations

from bs4 import Tag

from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._text_blocks import Block, text_blocks
from checks.rules.page_language_is_right import is_wrong
from language import Guess, detect, english_name, is_known, is_same

rule = Rule(
    __name__,
    title="Text in another language says so",
    wcag=["3.1.2"],
    impact="moderate",
    who="Screen readers speak this text with the sounds of the wrong language, which nobody understands.",
    how='Write the language\'s code on the element that holds the text: <p lang="fr"> for French.',
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/language-of-parts"],
    messages={
        "failed": 'This text is in {written}, but the markup says {declared} (lang="{code}").',
        "cantTell": 'This text looks like {written}, but the markup says {declared} (lang="{code}"). Is it a name, or '
        "does it need a lang attribute?",
    },
)

SURE_WORDS = 14
SURE_MARKED_WORDS = 9
"""Where the markup names a language for this part of the page, nobody has left it out for a name or a quotation."""
ASK_WORDS = 7
"""Fewer words are names, titles and phrases that other languages use too, which the criterion leaves out."""
SURE = 0.95
HALF_SURE = 0.75


@rule.targets
def sentences(page: PageView) -> list[Tag]:
    """Look at blocks of text long enough to tell their language, in a language that can be recognised."""
    root = page.soup.find("html")
    if not isinstance(root, Tag):
        return []
    page_is_doubtful = is_wrong(root)
    told = once_a_page(page.soup, _told)
    return [block.tag for block, _ in told.values() if not (page_is_doubtful and block.holder is root)]


@rule.expect
def language_is_marked(tag: Tag) -> Verdict:
    """Fail a long text that is in another language from its beginning to its end; ask about shorter ones."""
    block, guess = once_a_page(tag, _told)[id(tag)]
    if guess.lang == "la" or is_same(guess.lang, block.lang) or guess.confidence < SURE:
        return passed()
    evidence = {"declared": english_name(block.lang), "code": block.lang, "written": english_name(guess.lang)}
    least = SURE_WORDS if block.holder is None or block.holder.name == "html" else SURE_MARKED_WORDS
    is_sure = guess.words >= least and all(_is_in(half, guess.lang) for half in _halves(block.text))
    return failed(**evidence) if is_sure else cant_tell(**evidence)


def _told(root: Tag) -> dict[int, tuple[Block, Guess]]:
    """Return the blocks by their element's identity: bs4 compares elements by what they hold."""
    return {
        id(block.tag): (block, guess)
        for block, guess in once_a_page(root, text_blocks).guesses
        if guess is not None and guess.words >= ASK_WORDS and is_known(block.lang)
    }


def _halves(text: str) -> tuple[str, str]:
    words = text.split()
    middle = len(words) // 2
    return " ".join(words[:middle]), " ".join(words[middle:])


def _is_in(text: str, lang: str) -> bool:
    guess = detect(text)
    return guess is not None and is_same(guess.lang, lang) and guess.confidence >= HALF_SURE


_ENGLISH = "The council meets on the first Monday of each month, and everybody may come and ask questions."
_GERMAN = "Der Rat tagt am ersten Montag des Monats, und alle Menschen der Stadt dürfen kommen und Fragen stellen."
_SHORT = "Alle Menschen der Stadt dürfen zum Rat kommen und ihre Fragen stellen"
_LEAD = f"<p>{_ENGLISH} You can write to the clerk before the meeting. We answer every letter.</p>"

EXAMPLES = examples(
    passed=[
        f"{_LEAD}<p lang='de'>{_GERMAN}</p>",
        f"{_LEAD}<p>You can read this page as <span lang='de'>{_GERMAN}</span></p>",
        f"{_LEAD}<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor</p>",
        f"{_LEAD}<ul><li>Jean-Claude Lefebvre, Marie-Claire Dupont, Pierre Martin, Anne-Sophie Durand</li></ul>",
    ],
    failed=[f"{_LEAD}<p>{_GERMAN}</p>", f"{_LEAD}<p lang='fr'>{_ENGLISH}</p>", f"{_LEAD}<p lang='fr'>{_SHORT}</p>"],
    cant_tell=[
        f"{_LEAD}<p>Alle Menschen der Stadt dürfen kommen und Fragen stellen</p>",
        f"{_LEAD}<h2>Chacun peut venir et poser des questions au conseil</h2>",
    ],
    inapplicable=[
        "<p>Bus times</p><p>Fahrplan</p>",
        f"<pre>{_GERMAN}</pre>",
        f'<html lang="de"><head></head><body><p>{_ENGLISH}</p></body></html>',
        '<nav><a href="/de">Deutsch</a> <a href="/fr">Français</a></nav>',
    ],
)
