"""A text that should be a page's own: its title, its description. Compared across the pages of a site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from styleguide.reading import Reading
from styleguide.rules import Counts, Kind, Rule, SiteHit, Source, Term
from styleguide.yaml_entries import Entry

if TYPE_CHECKING:
    from styleguide.site import PageFacts

MAX_CHARS = 300
"""Kept of a title or description; who writes a longer one has another problem."""


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[None, tuple[Term, ...]]:
    return None, ()


def _note(rule: Rule, reading: Reading, counts: Counts) -> Mapping[str, Any]:
    block = next((block for block in reading.document.blocks if rule.reads(block)), None)
    if block is None or not counts(block, 0, len(block.text)):
        return {}
    return {"text": " ".join(block.text.split())[:MAX_CHARS], "target": list(block.target)}


def _compare(rule: Rule, pages: Callable[[], Iterable[PageFacts]]) -> Iterator[SiteHit]:
    """Yield each page whose text another page has too; two addresses of one page are one."""
    seen: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for page in pages():
        note = page.notes.get(rule.id)
        if note:
            seen[page.lang, str(note["text"]).casefold()].setdefault(page.identity or page.url, page.url)
    for page in pages():
        note = page.notes.get(rule.id)
        same = seen[page.lang, str(note["text"]).casefold()] if note else {}
        if not note or len(same) < 2:
            continue
        text = str(note["text"])
        other = next(url for identity, url in same.items() if identity != (page.identity or page.url))
        arguments: dict[str, str | int | float] = {"phrase": text[:200], "pages": len(same), "other": other}
        key = f"{page.lang} {text.casefold()}"
        target = tuple(note["target"])
        yield SiteHit(rule, page.url, key, _path(page.url), "failed", arguments, target, text)


def _path(url: str) -> str:
    """Return what names a page on whatever host its site stands."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.path}?{parts.query}"


KIND = Kind("unique", (), ("phrase", "pages", "other"), _read, note=_note, compare=_compare)
