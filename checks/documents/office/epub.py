"""Reads EPUBs: a package of XHTML with metadata and navigation (EPUB 3.3, and EPUB 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from checks.documents.model import Block, Facts, Language, NotCheckableError, Picture, Place, Table
from checks.documents.office.epub_looks import PLAIN, Look, Looks
from checks.documents.office.model import SNIPPET_CHARS, Contents, EpubDocument, can_be_heading
from checks.documents.package import Package, attribute, descendants, local, parse_html, resolve, text_of

CONTAINER = "META-INF/container.xml"
MAX_CHAPTERS = 2_000
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HTML = ("application/xhtml+xml", "text/html")
_NCX = "application/x-dtbncx+xml"
_PRESENTATIONAL = ("presentation", "none")
_NO_LINES = ("table", "li", "figure", "blockquote", "nav")
"""In these a bold line is a label, a caption or an emphasis."""

LARGER = 1.2
"""How much larger than most of the text a line is that looks like a heading."""


def read_epub(package: Package, file_format: str, file_name: str) -> EpubDocument:
    """Return an EPUB. Raises NotCheckableError."""
    rights = package.xml_if_any("META-INF/encryption.xml")
    path = next((n.get("full-path", "") for n in descendants(package.xml(CONTAINER), "rootfile")), "")
    opf = package.xml(path)
    items = {n.get("id", ""): n for n in descendants(opf, "item")}
    spine = [items[i] for n in descendants(opf, "itemref") if (i := n.get("idref", "")) in items]
    chapters = [resolve(path, n.get("href", "")) for n in spine if n.get("media-type") in _HTML]
    protected = {attribute(n, "URI") for n in descendants(rights, "CipherReference")}
    if protected & set(chapters):
        raise NotCheckableError("encrypted", "It is protected by a rights management system.")
    reader = _Reader()
    for number, part in enumerate(chapters[:MAX_CHAPTERS], 1):
        if package.has(part):
            root = parse_html(package.read(part), part, package.limits)
            reader.styles(package, part, root)
            reader.chapter(root, number)
    default = next((text_of(n) for n in descendants(opf, "language")), "")
    title = next((text_of(n) for n in descendants(opf, "title")), "")
    properties = [p for n in descendants(opf, "meta") if (p := n.get("property") or n.get("name"))]
    contents = Contents(
        Facts(len(chapters), title, default, words=reader.words),
        Language(
            default,
            tuple(dict.fromkeys(lang for lang in reader.langs if lang))[:50],
            bool(reader.langs) and all(reader.langs),
        ),
        tuple(reader.pictures),
        tuple(reader.tables),
        tuple(reader.blocks()),
    )
    return EpubDocument(
        file_name,
        contents,
        n_chapters=len(chapters),
        has_navigation=any(
            "nav" in (n.get("properties") or "").split() or n.get("media-type") == _NCX for n in items.values()
        ),
        accessibility=frozenset(p.removeprefix("schema:") for p in properties if p.startswith("schema:")),
    )


class _Reader:
    """Gathers what the chapters hold."""

    def __init__(self) -> None:
        self.langs: list[str] = []
        self.pictures: list[Picture] = []
        self.tables: list[Table] = []
        self.words = 0
        self._lines: list[tuple[Block, Look, bool]] = []
        self._looks = Looks()
        self._sheets: set[str] = set()

    def styles(self, package: Package, part: str, root: etree._Element | None) -> None:
        """Read the style sheets of a chapter, each once."""
        for node in root.iter("style", "link") if root is not None else ():
            name = resolve(part, node.get("href", "")) if node.tag == "link" else ""
            if not name:
                self._looks.read(node.text or "")
            elif "stylesheet" in (node.get("rel") or "") and name not in self._sheets and package.has(name):
                self._sheets.add(name)
                self._looks.read(package.read(name).decode("utf-8", "replace"))

    def blocks(self) -> Iterator[Block]:
        """Yield headings and paragraphs; a line stands out that is larger or bolder than most of the text."""
        chars: Counter[bool] = Counter()
        sizes: Counter[float] = Counter()
        for block, (is_bold, size), _ in self._lines:
            chars[is_bold] += len(block.text)
            sizes[size] += len(block.text)
        body = sizes.most_common(1)[0][0] if sizes else 1.0
        for block, (is_bold, size), is_line in self._lines:
            is_other = size >= body * LARGER or (is_bold and chars[True] <= chars[False])
            yield replace(block, stands_out=is_line and is_other and can_be_heading(block.text))

    def chapter(self, root: etree._Element | None, number: int) -> None:
        """Read one chapter."""
        if root is None:
            return
        where = f"chapter {number}"
        self.langs.append(_language(root))
        images = [n for n in root.iter("img") if _is_exposed(n)]
        for index, image in enumerate(images, 1):
            self.pictures.append(_picture(image, where, index))
        for index, table in enumerate(root.iter("table"), 1):
            self.tables.append(_table(table, where, index))
        for node in root.iter("p", *HEADINGS):
            if words := text_of(node):
                self.words += len(words.split())
                place = Place(where, words[:SNIPPET_CHARS], words[:SNIPPET_CHARS])
                is_heading = node.tag in HEADINGS
                look = PLAIN if is_heading else self._looks.of(node)
                is_line = not is_heading and not any(n.tag in _NO_LINES for n in node.iterancestors())
                self._lines.append((Block(place, words, is_heading), look, is_line))


def _language(root: etree._Element) -> str:
    for name in ("lang", "xml:lang"):
        if value := root.get(name):
            return str(value)
    return attribute(root, "lang") or ""


def _picture(image: etree._Element, where: str, number: int) -> Picture:
    named = image.get("aria-label") or image.get("title")
    alternative = image.get("alt")
    decorative = alternative is not None and not alternative.strip()
    file = (image.get("src") or "").rsplit("/", 1)[-1]
    label = f"{where}, picture {number}"
    return Picture(Place(label, label, file[:SNIPPET_CHARS]), alternative or named, decorative, file_name=file)


def _is_exposed(image: etree._Element) -> bool:
    lineage: Iterator[etree._Element] = (image, *image.iterancestors())  # type: ignore[assignment]
    return image.get("role") not in _PRESENTATIONAL and not any(n.get("aria-hidden") == "true" for n in lineage)


def _table(table: etree._Element, where: str, number: int) -> Table:
    rows = list(table.iter("tr"))
    label = f"{where}, table {number}"
    return Table(
        Place(label, label, text_of(rows[0])[:SNIPPET_CHARS] if rows else ""),
        rows=len(rows),
        columns=max((sum(local(c) in ("td", "th") for c in row) for row in rows), default=0),
        has_headers=any(True for _ in table.iter("th")),
        for_layout=table.get("role") in _PRESENTATIONAL or any(t is not table for t in table.iter("table")),
    )
