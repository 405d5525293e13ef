"""Writes a draft as accessible HTML or as Markdown. All that comes from a site or a person is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from monitoring.statement.draft import Anchor, Blank, Draft, Foreign, Inline, Part

SAFE_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!~])")
ITEM = -1


def to_html(draft: Draft) -> str:
    """Return a whole page: one main heading, sections in order, blanks marked for people."""
    body = "\n".join(_html_blocks(draft.parts))
    return (
        f'<!doctype html>\n<html lang="{draft.text.lang}" dir="{draft.text.direction}">\n'
        '<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(draft.title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def to_markdown(draft: Draft) -> str:
    """Return the same as Markdown; blanks are in bold and in brackets."""
    blocks: list[str] = []
    for is_item, group in groupby(draft.parts, key=lambda part: part.level == ITEM):
        lines = [_markdown_line(part) for part in group]
        blocks += ["\n".join(lines)] if is_item else lines
    return "\n\n".join(blocks) + "\n"


def _html_blocks(parts: tuple[Part, ...]) -> Iterator[str]:
    for is_item, group in groupby(parts, key=lambda part: part.level == ITEM):
        if is_item:
            yield "<ul>\n" + "\n".join(f"<li>{_html(part.content)}</li>" for part in group) + "\n</ul>"
            continue
        for part in group:
            tag = f"h{part.level}" if part.level else "p"
            yield f"<{tag}>{_html(part.content)}</{tag}>"


def _html(content: tuple[Inline, ...]) -> str:
    return "".join(_html_piece(piece) for piece in content)


def _html_piece(piece: Inline) -> str:
    if isinstance(piece, Blank):
        lang = f' lang="{escape(piece.lang)}"' if piece.lang else ""
        return f"<mark{lang}>[{escape(piece.hint)}]</mark>"
    if isinstance(piece, Foreign):
        return f'<span lang="{escape(piece.lang)}">{escape(piece.text)}</span>'
    if isinstance(piece, Anchor):
        text = escape(piece.text)
        return f'<a href="{escape(piece.url)}">{text}</a>' if _is_safe(piece.url) else text
    return escape(piece)


def _markdown_line(part: Part) -> str:
    lead = "- " if part.level == ITEM else "#" * part.level + " " if part.level else ""
    return lead + "".join(_markdown_piece(piece) for piece in part.content)


def _markdown_piece(piece: Inline) -> str:
    if isinstance(piece, Blank):
        return f"**\\[{_bare(piece.hint)}\\]**"
    if isinstance(piece, Anchor):
        text = _bare(piece.text)
        return f"[{text}](<{piece.url.replace('>', '%3E')}>)" if _is_safe(piece.url) else text
    return _bare(piece.text if isinstance(piece, Foreign) else piece)


def _bare(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split(" ")).replace("\n", " "))


def _is_safe(url: str) -> bool:
    return url.lower().startswith(SAFE_SCHEMES) and not re.search(r"[\x00-\x20]", url)
