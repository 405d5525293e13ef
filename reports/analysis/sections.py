"""How hard the texts are in each section of a site: the first part of a page's path names its section.

Where nearly all pages stand in one folder, or a first part only names a language (`/en/`), the second part counts too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median_low
from urllib.parse import urlsplit

from checks.model import Readability

MAX_SECTIONS = 500
"""Folders that are told apart while the pages stream by; a site with more names its pages, not its sections."""

MAX_SHOWN = 50
MAX_NAME_CHARS = 80

MAX_SHARE = 0.8
"""A folder with more of a host's pages than this says nothing about where a text is hard: its folders do."""

TOP = "/"
OTHERS = "all other sections"


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """The texts of one section in one language. `school_age` is the middle page's, of those that have a score."""

    section: str
    lang: str
    n_pages: int
    n_words: int
    median_words_per_sentence: float | None
    school_age: str
    formula: str
    n_no_score: int


@dataclass(slots=True)
class Tally:
    """Numbers of some pages of one language: how often each value was met, never the pages."""

    n_pages: int = 0
    n_words: int = 0
    n_no_score: int = 0
    lengths: Counter[float] = field(default_factory=Counter)
    scores: dict[str, Counter[tuple[float, str]]] = field(default_factory=dict)

    def add(self, numbers: Readability) -> None:
        """Count one page."""
        self.n_pages += 1
        self.n_words += numbers.words
        if numbers.words_per_sentence is not None:
            self.lengths[numbers.words_per_sentence] += 1
        score = numbers.scores.get(numbers.formula)
        if numbers.school_age and score is not None:
            self.scores.setdefault(numbers.formula, Counter())[score, numbers.school_age] += 1
        else:
            self.n_no_score += 1

    def join(self, other: Tally) -> None:
        """Count another's pages too."""
        self.n_pages += other.n_pages
        self.n_words += other.n_words
        self.n_no_score += other.n_no_score
        self.lengths += other.lengths
        for formula, scores in other.scores.items():
            self.scores[formula] = self.scores.get(formula, Counter()) + scores

    @property
    def formula(self) -> str:
        """The formula that scored most of the pages."""
        return max(self.scores, key=lambda name: (self.scores[name].total(), name), default="")

    @property
    def school_age(self) -> str:
        """The school age of the middle page by that formula, or ""."""
        scores = self.scores.get(self.formula)
        return median_low(sorted(scores.elements()))[1] if scores else ""

    @property
    def words_per_sentence(self) -> float | None:
        """The middle page's."""
        return median_low(self.lengths.elements()) if self.lengths else None


class Sections:
    """Counts pages by host, first and second folder, and by language."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str, str], Tally] = {}

    def add(self, url: str, numbers: Readability) -> None:
        """Count one page."""
        key = (*_folders(url), numbers.lang)
        if key not in self._found and len(self._found) >= MAX_SECTIONS:
            key = ("", OTHERS, "", numbers.lang)
        self._found.setdefault(key, Tally()).add(numbers)

    def summaries(self) -> tuple[SectionSummary, ...]:
        """Return the sections, those with most pages first. None for a site that is all one section."""
        of_host: Counter[str] = Counter()
        of_first: Counter[tuple[str, str]] = Counter()
        for (host, first, _, _), tally in self._found.items():
            of_host[host] += tally.n_pages
            of_first[host, first] += tally.n_pages
        joined: dict[tuple[str, str], Tally] = {}
        hosts = set(filter(None, of_host))
        for (host, first, second, lang), tally in self._found.items():
            is_language = bool(lang) and first.lower().replace("_", "-").split("-")[0] == lang
            is_wide = is_language or of_first[host, first] > MAX_SHARE * of_host[host]
            name = first if not host else _name(first, second if is_wide else "")
            shown = f"{host}{name}" if len(hosts) > 1 and host else name
            joined.setdefault((shown, lang), Tally()).join(tally)
        if len({name for name, _ in joined}) < 2:
            return ()
        rows = sorted(joined.items(), key=lambda item: (-item[1].n_pages, item[0]))
        return tuple(_summary(name, lang, tally) for (name, lang), tally in rows[:MAX_SHOWN])


def _summary(name: str, lang: str, tally: Tally) -> SectionSummary:
    return SectionSummary(
        name,
        lang,
        tally.n_pages,
        tally.n_words,
        tally.words_per_sentence,
        tally.school_age,
        tally.formula,
        tally.n_no_score,
    )


def _folders(url: str) -> tuple[str, str, str]:
    """Return host, first and second folder of an address; a page in no folder has none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", OTHERS, ""
    folders = [folder[:MAX_NAME_CHARS] for folder in parts.path.split("/")[:-1] if folder]
    first, second, *_ = (*folders, "", "")
    return parts.netloc, first, second


def _name(first: str, second: str) -> str:
    return TOP + "".join(f"{folder}/" for folder in (first, second) if folder)
