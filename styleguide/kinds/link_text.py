"""Links whose words do not say where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checks.model import Outcome
from styleguide.blocks import BOILERPLATE_REGIONS, Block
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term
from styleguide.yaml_entries import Entry

_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Link texts by language: those that say nothing, those that may, and openings that waste the first words."""

    empty: Mapping[str, frozenset[str]]
    vague: Mapping[str, frozenset[str]]
    openings: Mapping[str, tuple[str, ...]]


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Phrases, tuple[Term, ...]]:
    def phrases(key: str) -> dict[str, frozenset[str]]:
        by_lang = entry.entry(key)
        return {lang: frozenset(_plain(text) for text in by_lang.texts(lang)) for lang in by_lang}

    openings = {lang: tuple(f"{text} " for text in sorted(texts)) for lang, texts in phrases("openings").items()}
    return Phrases(phrases("empty"), phrases("vague"), openings), ()


def _plain(text: str) -> str:
    """Return the words alone, in small letters: arrows, dots and quotation marks do not make a link clearer."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    phrases: Phrases = rule.parameters
    for block in reading.blocks(rule):
        said = _plain((block.name or block.text)[:200])
        message_id, outcome = _judge(said, block, phrases)
        if not message_id:
            continue
        yield Hit(
            rule,
            block,
            0,
            len(block.text),
            key=said,
            context=f"{said} {block.element.get('href', '')}",
            message_id=message_id,
            arguments={"text": (block.name or block.text)[:200]},
            outcome=outcome,
        )


def _judge(said: str, block: Block, phrases: Phrases) -> tuple[str, Outcome]:
    lang = block.lang
    if said in phrases.empty.get(lang, ()):
        return "failed", Outcome.FAILED
    if said.startswith(phrases.openings.get(lang, ("\0",))):
        return "opening", Outcome.FAILED
    # In a menu “Details” or “Documents” is the name of a part of the site.
    if said in phrases.vague.get(lang, ()) and block.region not in BOILERPLATE_REGIONS:
        return "cantTell", Outcome.CANT_TELL
    return "", Outcome.PASSED


KIND = Kind("link-text", ("empty", "vague", "openings"), ("text",), _read, _find)
