"""What a tagged PDF says, in reading order: headings, paragraphs and links, as a web page to be read on.

Only tags tell a heading from a paragraph, and in which order a page is read. A PDF without them has no outline: what
could be made of it would be a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from checks.documents.pdf.document import PdfDocument
from checks.documents.pdf.tree import HEADINGS, Node
from checks.documents.pdf.values import dictionary, text

MAX_PARAGRAPHS = 2_000
"""Paragraphs that are kept: the longest statements have a few hundred."""

MAX_PARAGRAPH_CHARS = 5_000
_WHOLE = HEADINGS | {"P", "LI", "TD", "TH", "Caption", "Note", "FENote", "TOCI", "BlockQuote"}
"""Elements whose text is one paragraph, with all that is in it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading (`level` 1 to 6) or other text (0). `links` are words and address of each."""

    text: str
    level: int = 0
    stands_out: bool = False
    links: tuple[tuple[str, str], ...] = ()


def outline_of(document: PdfDocument) -> tuple[Paragraph, ...]:
    """Return the text by its tags; nothing for a file without tags, or whose fonts leave characters unknown."""
    if document.tree is None or not document.text:
        return ()
    bold = {block.text for block in document.blocks if block.stands_out and not block.is_heading}
    found: list[Paragraph] = []
    for node in _paragraphs(document.tree.root):
        words = " ".join(document.text_of(node).split())[:MAX_PARAGRAPH_CHARS]
        if words and len(found) < MAX_PARAGRAPHS:
            found.append(Paragraph(words, _level(node.role), words in bold, tuple(_links(document, node))))
    return tuple(found)


def as_html(title: str, lang: str, paragraphs: tuple[Paragraph, ...]) -> str:
    """Return an outline as a web page."""
    body = "".join(map(_html, paragraphs))
    language = f' lang="{escape(lang)}"' if lang else ""
    return f"<!doctype html><html{language}><title>{escape(title)}</title><body><main>{body}</main></body></html>"


def _paragraphs(root: Node) -> Iterator[Node]:
    """Yield the innermost elements that are a paragraph each, in reading order."""
    todo = [root]
    while todo:
        node = todo.pop()
        holds_more = node.role in ("LI", "TD", "BlockQuote") and any(
            True for _ in node.find("P", "LI", *sorted(HEADINGS))
        )
        if node.role == "Artifact":
            continue
        if node is not root and not holds_more and (node.role in _WHOLE or node.contents):
            yield node
        else:
            todo.extend(reversed(node.kids))


def _level(role: str) -> int:
    if role not in HEADINGS:
        return 0
    return int(role[1]) if role[1:].isdigit() else 1


def _links(document: PdfDocument, node: Node) -> Iterator[tuple[str, str]]:
    for inner in node.walk():
        for key in inner.objects:
            address = text(dictionary(dictionary(document.pdf.get_object(key)).get("/A")).get("/URI"))
            if address:
                yield " ".join(document.text_of(inner).split()), address


def _html(paragraph: Paragraph) -> str:
    words = escape(paragraph.text)
    for name, address in paragraph.links:
        shown = escape(name or address)
        link = f'<a href="{escape(address)}">{shown}</a>'
        words = words.replace(shown, link, 1) if shown in words else f"{words} {link}"
    if paragraph.level:
        return f"<h{paragraph.level}>{words}</h{paragraph.level}>"
    return f"<p><strong>{words}</strong></p>" if paragraph.stands_out else f"<p>{words}</p>"
