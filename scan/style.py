"""Judges drafts and pages for their language: from bytes to the plain data that the writers of `reports.style` show."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bs4.element import NavigableString

from reports.style.model import HardSentence, Place, PlacedFinding, Section, ShownBlock, StyleText
from styleguide.blocks import Block, BlockKind
from styleguide.check import find, find_hits
from styleguide.input import Draft, Location
from styleguide.text import MAX_BLOCK_CHARS, MAX_BLOCKS, normalise

if TYPE_CHECKING:
    from bs4 import Tag

    from checks.model import Readability
    from scan.style_across import Across
    from styleguide.guides import Guide
    from styleguide.rules import Hit

MAX_SECTIONS = 200
"""Sections of one text that get a score of their own; a text with more has headings for something else."""

MAX_LINKS_PLACED = 200
"""Links of one paragraph that are marked within it."""

PICTURED_KINDS = frozenset({BlockKind.HEADING, BlockKind.LINK, BlockKind.BUTTON})
"""What must be seen on its page to be judged; a sentence is as well read in the report."""

_GROUPS = {
    **dict.fromkeys(("length", "metric", "readability"), "length"),
    **dict.fromkeys(("structure", "link-text", "occurrence", "capitalisation"), "structure"),
}
"""What a reader tells apart, by kind of rule; all other kinds are about words."""


def judge(draft: Draft, guide: Guide, across: Across | None = None) -> StyleText:
    """Return what `guide` finds in a draft, in order of place; its readability comes from `with_readability`.

    `across` is told what the draft has that others may have, too.
    """
    result = find(draft.document, guide, draft.name)
    if across is not None:
        across.add(draft, result.facts, guide)
    rules = {rule.id: rule for rule in guide.rules}
    placed = [
        PlacedFinding(
            finding,
            _place(draft.locate(hit.block, hit.start, hit.end)),
            rules[finding.rule].severity if finding.rule in rules else "warning",
            hit.block.text[hit.start : hit.end],
            (hit.start, hit.end),
            _GROUPS.get(hit.rule.kind.name, "words"),
        )
        for finding, hit in zip(result.findings, result.hits, strict=True)
    ]
    placed.sort(key=lambda found: (found.place.start, found.place.block, found.span))
    title = next((block.text for block in draft.document.blocks if block.kind is BlockKind.TITLE), "")
    return StyleText(
        draft.name,
        title,
        draft.document.lang,
        tuple(placed),
        notes=(*result.notes, *_cuts(draft)),
        blocks=tuple(shown_blocks(draft.document.blocks)),
    )


def _cuts(draft: Draft) -> Iterator[str]:
    """Say what was left unread, so that nobody takes silence for praise."""
    longest = MAX_BLOCK_CHARS - 2  # a space and a line break at its end are gone
    if any(len(block.text) >= longest for block in draft.document.blocks):
        yield f"A paragraph of more than {MAX_BLOCK_CHARS:,} characters was read up to there only."
    if len(draft.document.blocks) >= MAX_BLOCKS:
        yield f"The text has more than {MAX_BLOCKS:,} parts; those behind were not read."


def with_readability(text: StyleText, draft: Draft, *, sections: bool = False) -> StyleText:
    """Return the text with its readability and the sentences that cost most; by section where asked."""
    from styleguide.readability import costly_sentences, measure  # noqa: PLC0415 # takes a while; findings come first

    hard = []
    for costly in costly_sentences(draft.document):
        place = draft.locate(costly.block, costly.sentence.start, costly.sentence.end)
        hard.append(HardSentence(costly.sentence.text, costly.words, round(costly.cost, 2), place.block, place.line))
    return replace(
        text,
        readability=measure(draft.document),
        hard_sentences=tuple(hard),
        sections=_sections(draft) if sections else (),
    )


def _sections(draft: Draft) -> tuple[Section, ...]:
    from styleguide.readability import count_prose, score  # noqa: PLC0415

    def readability(blocks: list[Block]) -> Readability:
        return score(count_prose(blocks, draft.document.lang), draft.document.lang)

    found: list[Section] = []
    heading, first, current = "", 1, list[Block]()
    for number, block in enumerate(draft.document.blocks, 1):
        if block.kind is BlockKind.HEADING and not block.region.startswith(("header", "nav", "footer")):
            if current:
                found.append(Section(heading, first, readability(current)))
            heading, first, current = block.text, number, []
        else:
            current.append(block)
    if current:
        found.append(Section(heading, first, readability(current)))
    return tuple(section for section in found if section.readability.words)[:MAX_SECTIONS]


def _place(where: Location) -> Place:
    return Place(*where)


def shown_blocks(blocks: Sequence[Block]) -> Iterator[ShownBlock]:
    """Yield the blocks as the HTML view shows them, each with what only its element tells."""
    holders = _holders(blocks)
    rows: dict[int, int] = {}
    for number, block in enumerate(blocks, 1):
        name = block.element.name
        level = int(name[1]) if block.kind is BlockKind.HEADING and name[:1] == "h" and name[1:].isdigit() else 0
        marker = _marker(block.element) if block.kind is BlockKind.LIST_ITEM else ""
        row = block.element.find_parent("tr") if block.kind is BlockKind.TABLE_CELL else None
        row_number = rows.setdefault(id(row), len(rows) + 1) if row is not None else 0
        holder, at = holders.get(number, (0, 0))
        yield ShownBlock(
            *(number, str(block.kind), block.text, block.lang, block.region, level),
            *(marker, row_number, holder, at),
        )


def _holders(blocks: Sequence[Block]) -> dict[int, tuple[int, int]]:
    """Return for links, by number, the block that their words stand in and from which character on.

    A link ends before the paragraph that holds it, and so comes before it.
    """
    found: dict[int, tuple[int, int]] = {}
    waiting: list[tuple[int, Block]] = []
    for number, block in enumerate(blocks, 1):
        if block.kind is BlockKind.LINK:
            waiting.append((number, block))
        elif block.kind is not BlockKind.ALTERNATIVE:
            for link_number, link in waiting[:MAX_LINKS_PLACED]:
                if any(parent is block.element for parent in link.element.parents):
                    at = _place_of_link(link, block)
                    if at >= 0:
                        found[link_number] = (number, at)
            waiting.clear()
    return found


def _place_of_link(link: Block, holder: Block) -> int:
    """Return where a link's words begin in the text that holds it, or -1: the same words may stand before it, too."""
    before: list[str] = []
    for node in holder.element.descendants:
        if node is link.element:
            break
        if isinstance(node, NavigableString):
            before.append(str(node))
    at = -1
    for _ in range(normalise("".join(before)).count(link.text) + 1):
        following = holder.text.find(link.text, at + 1)
        if following < 0:
            return at
        at = following
    return at


def _marker(element: Tag) -> str:
    """Return the number of a numbered list's item, or ""."""
    item = element if element.name == "li" else element.find_parent("li")
    parent = item.parent if item is not None else None
    if item is None or parent is None or parent.name != "ol":
        return ""
    return f"{1 + sum(1 for before in item.find_previous_siblings('li'))}."


def mend(draft: Draft, guide: Guide) -> tuple[str, int]:
    """Return the draft's source with every unambiguous substitution made, and how many there are.

    Unambiguous is: English, one better word in the form that is found, the words as they stand in the source, no
    article before it that would have to change, and no capitals of its own but the first letter: “In Order To Ltd” is a
    name. In other languages articles and endings hang on the word: “die Antragstellung”, but “der Antrag”.
    """
    changes: dict[int, tuple[int, str]] = {}
    for hit in find_hits(draft.document, guide, draft.name):
        better = _better(hit)
        if not better:
            continue
        where = draft.locate(hit.block, hit.start, hit.end)
        if where.is_exact and draft.source[where.start : where.end] == hit.block.text[hit.start : hit.end]:
            changes[where.start] = (where.end, better)
    pieces: list[str] = []
    position = made = 0
    for start in sorted(changes):
        end, better = changes[start]
        if start < position:
            continue
        pieces += [draft.source[position:start], better]
        position = end
        made += 1
    return "".join([*pieces, draft.source[position:]]), made


def _better(hit: Hit) -> str:
    """Return the one thing to write for the hit's words, or ""."""
    if hit.rule.kind.name != "substitution" or hit.block.lang.split("-")[0] != "en":
        return ""
    phrase = hit.block.text[hit.start : hit.end]
    named = ((term, form) for term in hit.rule.terms for form in term.forms if form.lower() == phrase.lower())
    term, form = next(named, (None, ""))
    if term is None or len(term.replace) != 1 or term.confidence != "high":
        return ""
    better = hit.suggestion
    fits = form == term.forms[0] or better != term.replace[0]  # or nothing says that the plain form can stand there
    if not fits or any(char in better for char in "()[]/…,;|") or phrase[1:] != form[1:]:
        return ""
    if phrase[0].isupper() and not term.case_sensitive:
        better = better[0].upper() + better[1:]
    index = bisect_right([token.start for token in hit.block.tokens], hit.start) - 1
    before = hit.block.tokens[index - 1].word if index > 0 else ""
    if before in ("a", "an") and _opens_with_vowel(phrase) != _opens_with_vowel(better):
        return ""
    return better


def _opens_with_vowel(word: str) -> bool:
    return word[:1].lower() in "aeiou"
