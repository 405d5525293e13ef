"""How hard the site's texts are: the middle page, the spread, the longest and the hardest, per language.

Only sentence length is compared across languages; a grade belongs to one formula and is never mixed with another's.
"""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from sqlalchemy import Connection, select

from checks.model import Readability
from reports.analysis.issues import STREAM_ROWS
from reports.analysis.sections import Sections, SectionSummary, Tally
from reports.wording import number, say
from store.schema import State, page, url

BAND_EDGES = (10, 15, 20, 25)
"""Words a sentence, on average. Plain-language guides call 25 words the most for one sentence
(https://www.gov.uk/guidance/content-design/writing-for-gov-uk); the other edges only show the spread below it."""

TOP_PAGES = 20
MIN_WORDS_TO_RANK = 100
"""Shorter texts are left out of the hardest pages: one long sentence would decide alone."""


@dataclass(frozen=True, slots=True)
class TextBand:
    """How many pages have sentences of this average length, in words."""

    label: str
    n_pages: int


@dataclass(frozen=True, slots=True)
class PageText:
    """One page's text in numbers, for the lists of the longest and hardest pages."""

    page_id: int
    url: str
    title: str
    readability: Readability


@dataclass(frozen=True, slots=True)
class LanguageSummary:
    """The texts of one language. Medians are None where no page has the number; `formula` is the most used one,
    `school_age` the middle page's by it.

    `n_no_score` pages have no grade or reading ease; each page's own row says why.
    """

    lang: str
    n_pages: int
    n_words: int
    median_words: float
    median_words_per_sentence: float | None
    median_grade: float | None
    median_reading_ease: float | None
    school_age: str
    formula: str
    bands: tuple[TextBand, ...]
    n_no_score: int


@dataclass(frozen=True, slots=True)
class TextSummary:
    """The texts of a whole scan. `n_without_text` pages carry no numbers at all."""

    n_pages: int
    n_without_text: int
    n_words: int
    median_words_per_sentence: float | None
    bands: tuple[TextBand, ...]
    languages: tuple[LanguageSummary, ...]
    sections: tuple[SectionSummary, ...]
    longest: tuple[PageText, ...]
    hardest: tuple[PageText, ...]


@dataclass(slots=True)
class _Numbers:
    """One language's numbers while the pages stream by: eight bytes a number, never the pages."""

    words: array[float] = field(default_factory=lambda: array("d"))
    sentence: array[float] = field(default_factory=lambda: array("d"))
    grades: dict[str, array[float]] = field(default_factory=dict)
    ease: dict[str, array[float]] = field(default_factory=dict)
    n_no_score: int = 0
    tally: Tally = field(default_factory=Tally)


class _Top:
    """The pages with the highest score so far."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, PageText]] = []

    def add(self, score: float, text: PageText) -> None:
        entry = (score, -text.page_id, text)  # equal scores: the page found first stays
        if len(self._heap) < TOP_PAGES:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heappushpop(self._heap, entry)

    def best(self) -> tuple[PageText, ...]:
        return tuple(text for _, _, text in sorted(self._heap, reverse=True))


def readability_summary(connection: Connection, scan_id: int) -> TextSummary:
    """Sum up the readability of a scan's checked pages in one pass."""
    by_lang: dict[str, _Numbers] = {}
    longest, hardest, sections = _Top(), _Top(), Sections()
    n_without = 0
    for text in _texts(connection, scan_id):
        if text is None:
            n_without += 1
            continue
        numbers = text.readability
        _add(by_lang.setdefault(numbers.lang, _Numbers()), numbers)
        sections.add(text.url, numbers)
        longest.add(numbers.words, text)
        if numbers.words_per_sentence is not None and numbers.words >= MIN_WORDS_TO_RANK:
            hardest.add(numbers.words_per_sentence, text)
    languages = tuple(_language(lang, found) for lang, found in by_lang.items())
    sentences = array("d", (value for found in by_lang.values() for value in found.sentence))
    return TextSummary(
        n_pages=sum(language.n_pages for language in languages),
        n_without_text=n_without,
        n_words=sum(language.n_words for language in languages),
        median_words_per_sentence=_median(sentences),
        bands=_bands(sentences),
        languages=tuple(sorted(languages, key=lambda found: (-found.n_pages, found.lang))),
        sections=sections.summaries(),
        longest=longest.best(),
        hardest=hardest.best(),
    )


def _texts(connection: Connection, scan_id: int) -> Iterator[PageText | None]:
    statement = (
        select(page.c.url_id, url.c.url, page.c.title, page.c.readability)
        .select_from(page.join(url, url.c.id == page.c.url_id))
        .where(page.c.scan_id == scan_id, url.c.state == str(State.CHECKED))
        .order_by(page.c.url_id)
    )
    rows = connection.execute(statement, execution_options={"yield_per": STREAM_ROWS})
    for page_id, address, title, numbers in rows:
        yield PageText(page_id, address, title, Readability(**numbers)) if numbers else None


def _add(found: _Numbers, numbers: Readability) -> None:
    found.tally.add(numbers)
    found.words.append(numbers.words)
    if numbers.words_per_sentence is not None:
        found.sentence.append(numbers.words_per_sentence)
    if numbers.grade is not None:
        found.grades.setdefault(numbers.formula, array("d")).append(numbers.grade)
    if numbers.reading_ease is not None:
        found.ease.setdefault(numbers.formula, array("d")).append(numbers.reading_ease)
    if numbers.no_score_reason:
        found.n_no_score += 1


def _language(lang: str, found: _Numbers) -> LanguageSummary:
    formulas = {**found.ease, **found.grades}
    formula = max(formulas, key=lambda name: len(formulas[name]), default="")
    return LanguageSummary(
        lang=lang,
        n_pages=len(found.words),
        n_words=int(sum(found.words)),
        median_words=median(found.words),
        median_words_per_sentence=_median(found.sentence),
        median_grade=_median(found.grades.get(formula, ())),
        median_reading_ease=_median(found.ease.get(formula, ())),
        school_age=found.tally.school_age,
        formula=formula,
        bands=_bands(found.sentence),
        n_no_score=found.n_no_score,
    )


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def _bands(values: Sequence[float]) -> tuple[TextBand, ...]:
    """Return how many values lie under 10, from 10 to under 15, and so on, to 25 and more."""
    counts = Counter(sum(value >= edge for edge in BAND_EDGES) for value in values)
    labels = [say("under %(n)s", n=number(BAND_EDGES[0]))]
    labels += [
        say("%(low)s to under %(high)s", low=number(low), high=number(high)) for low, high in pairwise(BAND_EDGES)
    ]
    labels.append(say("%(n)s and more", n=number(BAND_EDGES[-1])))
    return tuple(TextBand(label, counts[index]) for index, label in enumerate(labels))
