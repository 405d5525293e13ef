"""Reads Word files (ECMA-376, WordprocessingML)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from checks.documents.model import Block, Facts, Language, Picture, Place, Table
from checks.documents.office.model import SNIPPET_CHARS, Contents, OfficeDocument, can_be_heading
from checks.documents.office.ooxml import alternative_of, core_property, is_decorative, without_fallbacks
from checks.documents.package import Package, attribute, descendants, local, text_of

MAIN = "word/document.xml"
MAX_STYLE_PARENTS = 20
LARGER_HALF_POINTS = 4  # two points more than the body text are seen as a heading
_OFF = ("0", "false", "off")
_GRAPHICS = ("pic", "chart", "relIds")


class _Styles:
    """What styles say of headings, bold and sizes."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = {attribute(s, "styleId") or "": s for s in descendants(root, "style")}
        self.default = next((s for s in descendants(root, "docDefaults")), None)
        self.root = root

    def lineage(self, style_id: str) -> Iterator[etree._Element]:
        """Yield a style and those it is based on."""
        for _ in range(MAX_STYLE_PARENTS):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            based = next((n for n in style if local(n) == "basedOn"), None)
            style_id = (attribute(based, "val") or "") if based is not None else ""

    def is_heading(self, style_id: str) -> bool:
        """Return whether a paragraph style is a heading or the title, by its built-in name or outline level."""
        for style in self.lineage(style_id):
            name = next((attribute(n, "val") or "" for n in style if local(n) == "name"), "").casefold()
            if name.startswith("heading ") or name == "title" or _has_outline(style):
                return True
        return style_id.casefold().startswith("heading") and style_id not in self._styles

    def property(self, style_id: str, name: str) -> str | None:
        """Return a run property (`b`, `sz`) of a style; None where no style says."""
        for style in self.lineage(style_id):
            for properties in (n for n in style if local(n) == "rPr"):
                if (value := _property(properties, name)) is not None:
                    return value
        return None


def read_docx(package: Package, file_format: str, file_name: str) -> OfficeDocument:
    """Return a Word file. Raises NotCheckableError."""
    body = package.xml(MAIN)
    styles = _Styles(package.xml_if_any("word/styles.xml"))
    blocks = _blocks(body, styles)
    words = sum(len(block.text.split()) for block in blocks)
    facts = Facts(title=core_property(package, "title"), lang=_default_language(styles), words=words,
                  producer=_program(package))  # fmt: skip
    extra = [n for prefix in ("word/header", "word/footer") for n in package.names(prefix, ".xml")]
    pictures: list[Picture] = []
    for part in (MAIN, *extra):
        pictures += _pictures(package, part, len(pictures))
    contents = Contents(facts, _language(body, styles), tuple(pictures), tuple(_tables(body, styles)), tuple(blocks))
    return OfficeDocument(file_format, file_name, contents)


def _program(package: Package) -> str:
    return next((text_of(n)[:100] for n in descendants(package.xml_if_any("docProps/app.xml"), "Application")), "")


def _default_language(styles: _Styles) -> str:
    for node in descendants(styles.default, "lang"):
        return attribute(node, "val") or attribute(node, "eastAsia") or ""
    for style in styles.lineage("Normal"):
        for node in descendants(style, "lang"):
            return attribute(node, "val") or ""
    return ""


def _language(body: etree._Element, styles: _Styles) -> Language:
    runs = [run for run in descendants(body, "r") if any(text_of(t) for t in descendants(run, "t"))]
    langs = [next((attribute(n, "val") or "" for n in descendants(run, "lang")), "") for run in runs]
    parts = tuple(dict.fromkeys(lang for lang in langs if lang))[:50]
    return Language(_default_language(styles), parts, covers_text=bool(langs) and all(langs))


def _blocks(body: etree._Element, styles: _Styles) -> list[Block]:
    paragraphs = [p for p in descendants(body, "p") if local(p.getparent()) in ("body", "sdtContent")]
    read = [(p, " ".join("".join(t.text or "" for t in descendants(p, "t")).split())) for p in paragraphs]
    read = [(p, words) for p, words in read if words]
    sizes: Counter[int] = Counter()
    bold: Counter[bool] = Counter()
    for paragraph, words in read:
        is_bold, size = _looks(paragraph, styles)
        sizes[size] += len(words)
        bold[is_bold] += len(words)
    body_size = sizes.most_common(1)[0][0] if sizes else 0
    blocks = []
    for paragraph, words in read:
        is_bold, size = _looks(paragraph, styles)
        stands_out = size >= body_size + LARGER_HALF_POINTS or (is_bold and not bold[True] > bold[False])
        is_listed = any(True for _ in descendants(paragraph, "numPr"))
        place = Place("", words[:SNIPPET_CHARS], words[:SNIPPET_CHARS])
        blocks.append(
            Block(place, words, _is_heading(paragraph, styles), stands_out and can_be_heading(words) and not is_listed)
        )
    return blocks


def _is_heading(paragraph: etree._Element, styles: _Styles) -> bool:
    return _has_outline(paragraph) or styles.is_heading(_style(paragraph))


def _has_outline(element: etree._Element) -> bool:
    level = next((attribute(n, "val") for n in descendants(element, "outlineLvl")), None)
    return level is not None and level.isdigit() and int(level) < 9  # 9 is body text


def _style(paragraph: etree._Element) -> str:
    return next((attribute(n, "val") or "" for n in descendants(paragraph, "pStyle")), "Normal")


def _looks(paragraph: etree._Element, styles: _Styles) -> tuple[bool, int]:
    """Return whether all of a paragraph's text is bold, and its smallest size in half points."""
    style = _style(paragraph)
    style_bold = styles.property(style, "b")
    style_size = styles.property(style, "sz") or "22"
    bolds, sizes = [], []
    for run in descendants(paragraph, "r"):
        if not any(text_of(t) for t in descendants(run, "t")):
            continue
        properties = next((n for n in run if local(n) == "rPr"), None)
        own = _property(properties, "b") if properties is not None else None
        value = own if own is not None else style_bold
        bolds.append(value is not None and value not in _OFF)
        size = (_property(properties, "sz") if properties is not None else None) or style_size
        sizes.append(int(size) if size.isdigit() else 22)
    return bool(bolds) and all(bolds), min(sizes, default=22)


def _property(properties: etree._Element, name: str) -> str | None:
    for node in properties:
        if local(node) == name:
            return attribute(node, "val") or "true"
    return None


def _pictures(package: Package, part: str, before: int) -> list[Picture]:
    targets = package.targets(part)
    found: list[Picture] = []
    for node in without_fallbacks(package.xml(part)):
        if local(node) in ("inline", "anchor"):
            graphics = next(descendants(node, *_GRAPHICS), None)
            properties = next((n for n in node if local(n) == "docPr"), None)
            if graphics is None or properties is None:
                continue  # a shape or text box: its text is text
            found.append(_picture(node, properties, targets, before + len(found) + 1, part))
        elif local(node) == "imagedata":  # VML, as old files have it
            shape = node.getparent()
            number = before + len(found) + 1
            file = targets.get(attribute(node, "id") or "", "")
            place = Place(_where(number, part), f"picture {number}", file.rsplit("/", 1)[-1])
            found.append(Picture(place, shape.get("alt") if shape is not None else None, file_name=place.snippet))
    return found


def _picture(
    node: etree._Element, properties: etree._Element, targets: dict[str, str], number: int, part: str
) -> Picture:
    embed = next((attribute(blip, "embed") or "" for blip in descendants(node, "blip")), "")
    file = targets.get(embed, "").rsplit("/", 1)[-1]
    place = Place(_where(number, part), f"picture {number}", properties.get("name", "")[:SNIPPET_CHARS])
    return Picture(place, alternative_of(properties), is_decorative(properties), file_name=file)


def _where(number: int, part: str) -> str:
    return f"picture {number}" + (" (in a header or footer)" if part != MAIN else "")


def _tables(body: etree._Element, styles: _Styles) -> Iterator[Table]:
    for number, table in enumerate(descendants(body, "tbl"), 1):
        rows = [row for row in table if local(row) == "tr"]
        cells = [[c for c in row if local(c) == "tc"] for row in rows]
        look = next(descendants(table, "tblLook"), None)
        first = " ".join(text_of(cell) for cell in cells[0]) if cells else ""
        yield Table(
            Place(f"table {number}", f"table {number}", first[:SNIPPET_CHARS]),
            rows=len(rows),
            columns=max(map(len, cells), default=0),
            has_headers=any(attribute(n, "val") not in _OFF for row in rows[:1] for n in descendants(row, "tblHeader")),
            styled_header=_is_styled(look),
            first_row_stands_out=_first_row_stands_out(cells, styles),
            for_layout=any(True for cell in descendants(table, "tc") for _ in descendants(cell, "tbl")),
        )


def _is_styled(look: etree._Element | None) -> bool:
    if look is None:
        return False
    first_row = attribute(look, "firstRow")
    if first_row is not None:
        return first_row not in _OFF
    value = attribute(look, "val") or "0"
    try:
        return bool(int(value, 16) & 0x0020)  # ECMA-376-1, 17.4.56: the first row is styled
    except ValueError:
        return False


def _first_row_stands_out(cells: list[list[etree._Element]], styles: _Styles) -> bool:
    if len(cells) < 2:
        return False

    def bold(row: list[etree._Element]) -> list[bool]:
        return [_looks(p, styles)[0] for cell in row for p in descendants(cell, "p") if text_of(p)]

    first, rest = bold(cells[0]), [b for row in cells[1:] for b in bold(row)]
    return bool(first) and all(first) and bool(rest) and sum(rest) < len(rest) / 2
