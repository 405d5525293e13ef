"""Puts generated text between the markers of a page that is otherwise written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]

_PART = "<!-- generated: {name} -->\n{text}\n<!-- end of generated part -->"
_PATTERN = re.compile(r"<!-- generated: ([\w-]+) -->\n.*?<!-- end of generated part -->", re.DOTALL)


def with_parts(path: str, parts: Mapping[str, str]) -> str:
    """Return the text of the page at `path` with each of its marked parts renewed from `parts`.

    A part begins with the line `<!-- generated: name -->` and ends with `<!-- end of generated part -->`. ValueError
    if the page lacks a part, has one twice, or has one that is not in `parts`.
    """
    page = (ROOT / path).read_text(encoding="utf-8")
    marked = _PATTERN.findall(page)
    if sorted(marked) != sorted(parts):
        raise ValueError(f"{path} marks the parts {sorted(marked)}, but these are generated: {sorted(parts)}.")
    return _PATTERN.sub(lambda match: _PART.format(name=match[1], text=parts[match[1]].strip()), page)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a cell's line breaks become spaces and its bars are escaped."""
    lines = [list(headers), ["---"] * len(headers), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")
