"""Puts a statement's blocks under the headings of the Decision's model, in whichever language it is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from checks.statement.blocks import FAKED_LEVEL, Block
from checks.statement.matching import contains, likeness, plain, words_of
from checks.statement.model import Section
from checks.statement.phrases import HEADINGS, Language, heading_index, languages, title_index

LIKE = 0.66
"""Share of words that a heading must have in common with the model's: two of three."""

SURE = 3
"""Headings in the model's very words that settle the language."""

INTRO = "intro"
OTHER = ""


def sections_of(blocks: Sequence[Block], language: Language) -> tuple[Section, ...]:
    """Return the sections in order; what stands before the first heading of the model is the `intro`."""
    found: list[tuple[str, str, int, list[Block]]] = [(INTRO, "", 1, [])]
    for block in blocks:
        kind = kind_of(block, language)
        _, _, level, own = found[-1]
        if kind and kind == found[-1][0] and (block.level > level or not own):
            own.append(block)  # "Non-conformités" below "Contenus non accessibles"; a heading below its tab
        elif kind:
            found.append((kind, block.text, block.level, []))
        elif 1 < block.level <= min(level, FAKED_LEVEL - 1) and found[-1][0] != INTRO:
            found.append((OTHER, block.text, block.level, []))
        else:
            own.append(block)
    return tuple(Section(kind, heading, tuple(own)) for kind, heading, _, own in found)


def kind_of(block: Block, language: Language) -> str:
    """Return the kind of section that a heading begins; an empty string for other headings and other text."""
    if not block.level:
        return ""
    words = words_of(block.text)
    if block.level == 1 and plain(language.title) in (name := " ".join(words)) and name not in heading_index():
        return ""  # the title, with the body's name: much like "Preparation of this accessibility statement"
    whole = _kind(words, language.code)
    if whole or ":" not in block.text:
        return whole
    parts = (words_of(part) for part in block.text.split(":", 1))  # "Barrieren melden: Kontakt zu ..."
    return next((kind for part in parts if (kind := _kind(part, language.code))), "")


@lru_cache(maxsize=16_384)
def _kind(words: tuple[str, ...], code: str) -> str:
    groups = languages()[code].groups
    scores = {kind: max(likeness(phrase, words) for phrase in groups[kind]) for kind in HEADINGS}
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= LIKE else ""


def reason_blocks(section: Section, reason: str, language: Language) -> tuple[Block, ...]:
    """Return what a section on non-accessible content says under a reason: `burden` or `out_of_scope`.

    The blocks under a heading with the reason's words, or else the blocks that hold them.
    """
    under: list[Block] = []
    level = 0
    for block in section.blocks:
        if block.level:
            if contains(language.groups[reason], block.text, max_gap=3):
                level = block.level
                continue
            if block.level <= level:
                level = 0
        elif level:
            under.append(block)
    if under or level:
        return tuple(under)
    return tuple(b for b in section.blocks if not b.level and contains(language.groups[reason], b.text, max_gap=3))


def has_reason(section: Section, reason: str, language: Language) -> bool:
    """Return whether a section names a reason at all, in a heading or in its text."""
    return any(contains(language.groups[reason], block.text, max_gap=3) for block in section.blocks)


def language_of(blocks: Sequence[Block], declared: str) -> Language:
    """Return the language whose words the statement uses: most headings and titles, the declared one on a tie."""
    headings = [words for block in blocks if block.level and (words := words_of(block.text))]
    scores = dict.fromkeys(languages(), 0.0)
    for words in headings:
        for told in (title_index().get(" ".join(words)), heading_index().get(" ".join(words))):
            if told is not None:
                scores[told[0]] += 1
    if max(scores.values()) < SURE:
        for code in scores:
            scores[code] += len({_kind(words, code) for words in headings} - {""})
    if declared in scores:
        scores[declared] += 0.5
    best = max(scores, key=lambda code: scores[code])
    return languages()[best if scores[best] > 0 else declared if declared in scores else "en"]
