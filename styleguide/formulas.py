"""The readability formula of each language, with its source: which is used, what it gives, and for whom a text is.

textstat 0.7.13 counts sentences with a regular expression that merges list items and splits at decimals, and fetches
CMUdict from the network for English syllables. Its formulas are sound, so they are run with our counts: each is the
library's own code, bound to counters that read a `Counts` instead of a string. Nothing global is changed, so threads
do not disturb each other. Formulas that textstat lacks are written out here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import FunctionType
from typing import Any

from styleguide.counts import Counts
from styleguide.syllables import count_syllables
from styleguide.words import list_words

SMOG_SENTENCES = 30
"""McLaughlin (1969) counts the long words of thirty sentences; with fewer there is no SMOG."""


def _per(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _words_per_sentence(counts: Counts) -> float:
    return counts.words_per_sentence


def _sentences(counts: Counts, *_: object) -> float:
    """Return how many sentences all words would make, so that fragments do not change their length."""
    return _per(counts.words, counts.words_per_sentence)


def _syllables_per_word(counts: Counts, *_: object) -> float:
    return _per(counts.syllables, counts.words)


_COUNTERS: dict[str, Callable[..., float]] = {
    "count_words": lambda counts, *_, **__: counts.words,
    "count_sentences": _sentences,
    "count_syllables": lambda counts, *_, **__: counts.syllables,
    "count_long_words": lambda counts, *_, **__: counts.long_words,
    "count_monosyllable_words": lambda counts, *_, **__: counts.monosyllables,
    "count_polysyllable_words": lambda counts, *_, **__: counts.polysyllables,
    "count_difficult_words": lambda counts, *_, **__: counts.difficult,
    "words_per_sentence": _words_per_sentence,
    "sentences_per_word": lambda counts: _per(1, counts.words_per_sentence),
    "syllables_per_word": _syllables_per_word,
    "chars_per_word": lambda counts: _per(counts.characters, counts.words),
}
"""textstat's counters by name, reading a `Counts`. A formula can reach no other: its globals are these and no more."""

_ARITHMETIC = ("get_lang_cfg", "get_lang_root")


@lru_cache(maxsize=1)
def statistics_class() -> Any:
    """Make the class when it is first needed: importing textstat takes most of a second, as it imports nltk."""
    from textstat.backend import metrics  # noqa: PLC0415
    from textstat.textstat import textstatistics  # noqa: PLC0415

    def bind(formula: Any) -> Any:
        code = formula.__wrapped__
        kept = {name: code.__globals__[name] for name in _ARITHMETIC if name in code.__globals__}
        return FunctionType(code.__code__, {"__builtins__": __builtins__, **kept, **_COUNTERS}, code.__name__)

    reading_ease = bind(metrics.flesch_reading_ease)
    grade = bind(metrics.flesch_kincaid_grade)
    smog = bind(metrics.smog_index)
    lix = bind(metrics.lix)
    wiener = bind(metrics.wiener_sachtextformel)
    gulpease = bind(metrics.gulpease_index)
    fernandez_huerta = bind(metrics.fernandez_huerta)
    szigriszt = bind(metrics.szigriszt_pazos)

    class PageStatistics(textstatistics):  # type: ignore[misc] # textstat has no types
        """textstat's formulas for one language; the methods take a `Counts` where textstat's take a string."""

        def __init__(self, lang: str) -> None:
            super().__init__()
            # Methods that are not bound below would fetch CMUdict for "en"; textstat does not know "en-GB" as English.
            self.set_lang("en-GB" if lang == "en" else lang)
            self.lang = lang

        def syllable_count(self, text: str, lang: str | None = None) -> int:
            """Return the syllables of a text from our own counter, never from the network."""
            return sum(count_syllables(word, lang or self.lang) for word in list_words(text))

        def flesch_reading_ease(self, text: Counts) -> float:
            """Return the reading ease with the language's own constants."""
            return float(reading_ease(text, self.lang))

        def flesch_kincaid_grade(self, text: Counts) -> float:
            """Return the US school grade."""
            return float(grade(text, self.lang))

        def smog_index(self, text: Counts) -> float:
            """Return the SMOG grade."""
            return float(smog(text, self.lang))

        def lix(self, text: Counts) -> float:
            """Return the läsbarhetsindex."""
            return float(lix(text))

        def wiener_sachtextformel(self, text: Counts, variant: int = 1) -> float:
            """Return the Austrian school grade."""
            return float(wiener(text, variant, self.lang))

        def gulpease_index(self, text: Counts) -> float:
            """Return the Gulpease index."""
            return float(gulpease(text))

        def fernandez_huerta(self, text: Counts) -> float:
            """Return the Spanish reading ease."""
            return float(fernandez_huerta(text, self.lang))

        def szigriszt_pazos(self, text: Counts) -> float:
            """Return the Spanish perspicuity."""
            return float(szigriszt(text, self.lang))

    return PageStatistics


def flesch_kincaid(counts: Counts) -> float:
    """Return the US school grade from the length of sentences and words."""
    return float(_statistics("en").flesch_kincaid_grade(counts))


def dale_chall(counts: Counts) -> float:
    """Return Dale and Chall's score. textstat adds the constant only from five unfamiliar words in a hundred, which
    makes one word weigh two grades there; the formula of 1948 always has it.
    """
    return 0.1579 * 100 * _per(counts.difficult, counts.words) + 0.0496 * _words_per_sentence(counts) + 3.6365


_DALE_CHALL_GRADES = ((5.0, 5.0), (6.0, 7.0), (7.0, 9.0), (8.0, 11.0), (9.0, 13.0), (10.0, 16.0))
"""Where the school grades of Dale and Chall's table begin: a score of 5.0 to 5.9 is for grades 5 and 6, and so on."""


def dale_chall_grade(counts: Counts) -> float:
    """Return Dale and Chall's score as a school grade: their table, with straight lines between its steps."""
    score = dale_chall(counts)
    steps = list(pairwise(_DALE_CHALL_GRADES))
    (low, first), (high, last) = next((step for step in steps if score < step[1][0]), steps[-1])
    return first + (last - first) * (score - low) / (high - low)


def school_grade(counts: Counts) -> float:
    """Return the US school grade: the mean of Flesch and Kincaid's and of Dale and Chall's."""
    return (flesch_kincaid(counts) + dale_chall_grade(counts)) / 2


def flesch_martins(counts: Counts) -> float:
    """Return the Portuguese reading ease: Flesch's, raised by 42 as Portuguese words are longer."""
    return 248.835 - 1.015 * _words_per_sentence(counts) - 84.6 * _syllables_per_word(counts)


def fog_pl(counts: Counts) -> float:
    """Return the years of schooling by Gunning's Fog with hard words of four syllables, as Polish words are longer."""
    return 0.4 * (_words_per_sentence(counts) + 100 * _per(counts.four_syllables, counts.words))


def wiio(counts: Counts) -> float:
    """Return the Finnish school grade from the share of words with four or more syllables."""
    return 2.7 + 0.3 * 100 * _per(counts.four_syllables, counts.words)


def flesch_kincaid_cs(counts: Counts) -> float:
    """Return the school grade by Flesch and Kincaid's formula as fitted to Czech."""
    return 0.52 * _words_per_sentence(counts) + 9.133 * _syllables_per_word(counts) - 16.393


def flesch_cs(counts: Counts) -> float:
    """Return the reading ease by Flesch's formula as fitted to Czech."""
    return 206.935 - 1.672 * _words_per_sentence(counts) - 62.18 * _syllables_per_word(counts)


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula. `gives` is `grade` (a school year, higher is harder), `ease` (0 to 100, higher is easier) or
    `index` (higher is harder). `run` is a method of textstat's by name, or our own function.
    """

    name: str
    gives: str
    run: str | Callable[[Counts], float]
    source: str
    least_sentences: int = 1

    def score(self, counts: Counts, lang: str) -> float:
        """Return the formula's value for these counts in a language."""
        if isinstance(self.run, str):
            return float(getattr(_statistics(lang), self.run)(counts))
        return self.run(counts)

    @property
    def is_higher_harder(self) -> bool:
        """Whether more of it means a harder text."""
        return self.gives != "ease"


@lru_cache(maxsize=32)
def _statistics(lang: str) -> Any:
    return statistics_class()(lang)


LIX = Formula("LIX", "index", "lix", "C. H. Björnsson, Läsbarhet, Stockholm: Liber, 1968")
_FLESCH = "flesch_reading_ease"

FORMULAS: dict[str, tuple[Formula, ...]] = {
    "en": (
        Formula(
            "Flesch-Kincaid and Dale-Chall",
            "grade",
            school_grade,
            "The mean of the two formulas below; our choice, as grades of one text differ by years from formula to "
            "formula (AHRQ, TalkingQuality, tip 6): one counts syllables, the other unfamiliar words",
        ),
        Formula(
            "Flesch-Kincaid",
            "grade",
            "flesch_kincaid_grade",
            "J. P. Kincaid and others, Derivation of new readability formulas, Naval Technical Training, 1975",
        ),
        Formula("Flesch", "ease", _FLESCH, "R. Flesch, A new readability yardstick, J. Applied Psychology 32, 1948"),
        Formula(
            "SMOG",
            "grade",
            "smog_index",
            "G. H. McLaughlin, SMOG grading: a new readability formula, Journal of Reading 12, 1969",
            least_sentences=SMOG_SENTENCES,
        ),
        Formula(
            "Dale-Chall",
            "index",
            dale_chall,
            "E. Dale and J. S. Chall, A formula for predicting readability, Educational Research Bulletin 27, 1948",
        ),
    ),
    "de": (
        Formula(
            "Wiener Sachtextformel",
            "grade",
            "wiener_sachtextformel",
            "R. Bamberger and E. Vanecek, Lesen, Verstehen, Lernen, Schreiben, Wien: Jugend und Volk, 1984 (first)",
        ),
        Formula(
            "Flesch-Amstad",
            "ease",
            _FLESCH,
            "T. Amstad, Wie verständlich sind unsere Zeitungen?, Universität Zürich, 1978",
        ),
    ),
    "es": (
        Formula(
            "Fernández Huerta",
            "ease",
            "fernandez_huerta",
            "J. Fernández Huerta, Medidas sencillas de lecturabilidad, Consigna 214, 1959",
        ),
        Formula(
            "Szigriszt",
            "ease",
            "szigriszt_pazos",
            "F. Szigriszt Pazos, Sistemas predictivos de legibilidad del mensaje escrito, U. Complutense, 1993",
        ),
    ),
    "it": (
        Formula(
            "Gulpease",
            "ease",
            "gulpease_index",
            "P. Lucisano and M. E. Piemontese, Gulpease: una formula per la predizione della difficoltà, 1988",
        ),
    ),
    "fr": (
        Formula(
            "Kandel-Moles",
            "ease",
            _FLESCH,
            "L. Kandel and A. Moles, Application de l'indice de Flesch à la langue française, 1958",
        ),
    ),
    "nl": (
        Formula("Flesch-Douma", "ease", _FLESCH, "W. H. Douma, De leesbaarheid van landbouwbladen, Wageningen, 1960"),
    ),
    "pt": (
        Formula(
            "Flesch-Martins",
            "ease",
            flesch_martins,
            "T. B. F. Martins and others, Readability formulas applied to textbooks in Brazilian Portuguese, USP, 1996",
        ),
    ),
    "pl": (
        Formula(
            "Fog-PL",
            "grade",
            fog_pl,
            "W. Gruszczyński and others, Measuring readability of Polish texts, IPI PAN, 2015; after R. Gunning, 1952",
        ),
    ),
    "fi": (Formula("Wiio", "grade", wiio, "O. A. Wiio, Readability, comprehension and readership, Tampere, 1968"),),
    "cs": (
        Formula(
            "Flesch-Kincaid (Czech)",
            "grade",
            flesch_kincaid_cs,
            "K. Bendová and S. Cinková, Adaptation of classic readability metrics to Czech, TSD 2021",
        ),
        Formula(
            "Flesch (Czech)",
            "ease",
            flesch_cs,
            "K. Bendová and S. Cinková, Adaptation of classic readability metrics to Czech, TSD 2021",
        ),
    ),
    **dict.fromkeys(("sv", "da", "nb", "nn", "no"), (LIX,)),
}
"""For each language its formulas, the one that a school age is told from first."""
