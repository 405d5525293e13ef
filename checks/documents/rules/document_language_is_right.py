"""A document is in the language that it says it is in (WCAG 3.1.1)."""

from __future__ import annotations

from dataclasses import dataclass

from checks.documents.model import Document, Place
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx, epub, odf, w_p, xlsx
from checks.documents.samples.pdf import paragraph, pdf
from checks.rule import Verdict, cant_tell, examples, failed, passed
from language import Guess, detect, english_name, is_known, is_same

rule = DocumentRule(
    __name__,
    reads=Document,
    title="Documents are in the language that they say they are in",
    wcag=["3.1.1"],
    impact="serious",
    who="Screen readers speak the text with the sounds of the wrong language, which nobody understands.",
    how="Set the language of the whole text in the word processor and export again, or set it in the PDF's properties.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF16",
        "https://www.w3.org/WAI/WCAG22/Understanding/language-of-page",
    ],
    messages={
        "failed": 'The document says it is in {declared} ("{code}"), but it is written in {written}.',
        "cantTell": 'The document says it is in {declared} ("{code}"). Much of it looks like {written}. Which is it?',
    },
)

SURE = 0.95
SURE_WORDS = 50
"""Half a page: a shorter text may be names and headings."""

CHUNK_CHARS = 1_500
CHUNKS = 6
"""Parts that are looked at, from the beginning: a document in two languages shows both within some pages."""


@dataclass(frozen=True, slots=True)
class Written:
    """The language a document declares, the languages it marks parts as, and what its parts are written in."""

    place: Place
    code: str
    marked: tuple[str, ...]
    guesses: tuple[Guess, ...]


@rule.targets
def documents_in_a_known_language(document: Document) -> list[Written]:
    """Look at documents that declare a language which can be recognised, and hold some sentences."""
    code = document.language.default
    if not is_known(code):
        return []
    found = [guess for chunk in _chunks(document.text) if (guess := detect(chunk)) is not None]
    sure = tuple(guess for guess in found if guess.confidence >= SURE and guess.lang != "la")
    return [Written(document.place, code, document.language.parts, sure)] if _words(sure) >= SURE_WORDS else []


@rule.expect
def is_the_one_written(written: Written) -> Verdict:
    """Fail a document all of which is in one other language; ask where most of it is."""
    others = [guess for guess in written.guesses if not is_same(guess.lang, written.code)]
    langs = {guess.lang for guess in others}
    if not others or any(is_same(part, lang) for part in written.marked for lang in langs):
        return passed()
    lang = others[0].lang
    evidence = {"declared": english_name(written.code), "code": written.code, "written": english_name(lang)}
    if len(others) == len(written.guesses) and len(langs) == 1:
        return failed(**evidence)
    return cant_tell(**evidence) if _words(others) > _words(written.guesses) / 2 else passed()


def _words(guesses: list[Guess] | tuple[Guess, ...]) -> int:
    return sum(guess.words for guess in guesses)


def _chunks(texts: list[str]) -> list[str]:
    """Return the beginning of the text in parts of some sentences each."""
    chunks = [""]
    for text in texts:
        if len(chunks[-1]) + len(text) > CHUNK_CHARS and chunks[-1]:
            if len(chunks) == CHUNKS:
                break
            chunks.append("")
        chunks[-1] += text[:CHUNK_CHARS] + ". "
    return chunks


_ENGLISH = (
    "The council met in the town hall and talked about the harbour wall, which has to be mended before the winter. "
    "Residents can write to us until the end of October, and their letters will be read before the council votes. "
)
_GERMAN = (
    "Der Rat der Stadt hat beschlossen, dass die Mauer am Hafen noch vor dem Winter ausgebessert werden soll. "
    "Alle Einwohnerinnen und Einwohner können bis Ende Oktober schreiben, und ihre Briefe werden vorher gelesen. "
)
_ENGLISH_LONG, _GERMAN_LONG = [_ENGLISH] * 12, [_GERMAN] * 12

EXAMPLES = examples(
    passed=[
        pdf(*[paragraph(t) for t in _ENGLISH_LONG], lang="en-GB"),
        docx(*[w_p(t) for t in _GERMAN_LONG], lang="de-AT"),
        pdf(*[paragraph(t) for t in [*_ENGLISH_LONG, _GERMAN]], lang="en"),
        docx(*[w_p(t, lang="de-DE") for t in _GERMAN_LONG], lang="en-US"),
    ],
    failed=[
        pdf(*[paragraph(t) for t in _GERMAN_LONG], lang="en-US"),
        pdf(*[paragraph(t) for t in _GERMAN_LONG], lang="en-US", tagged=False),
        docx(*[w_p(t) for t in _GERMAN_LONG], lang="en-US"),
        odf(*[f"<text:p>{t}</text:p>" for t in _ENGLISH_LONG], lang="fr"),
    ],
    cant_tell=[
        pdf(*[paragraph(t) for t in [*_GERMAN_LONG, *_GERMAN_LONG, *_ENGLISH_LONG]], lang="en"),
        docx(*[w_p(t) for t in [*_GERMAN_LONG, *_GERMAN_LONG, *_ENGLISH_LONG]], lang="en"),
    ],
    inapplicable=[
        pdf(paragraph("Hafenmauer"), lang="en"),
        pdf(*[paragraph(t) for t in _GERMAN_LONG], lang="xx"),
        epub("<p>Rathaus</p>"),
        xlsx(),
    ],
)
