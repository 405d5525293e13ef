"""Makes small PDFs: tagged paragraphs, figures, tables, links and fields, each with the flaw that an example needs."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from checks.documents.rule import Build, Sample

WORDS = "The council met in the town hall and talked about the harbour wall, the budget and the school roof. "
Item = Callable[["Page"], None]

REGULAR, BOLD = "/F1", "/F2"
NAME = "spring-newsletter.pdf"


@dataclass
class Page:
    """A page in the making. `tags` are structure elements of the whole file, in reading order."""

    pdf: pikepdf.Pdf
    obj: Any
    tags: list[Any]
    drawn: bytearray
    mcid: int = 0
    y: int = 800

    def mark(self, role: str, painted: bytes, **more: Any) -> Any:
        """Paint within marked content; return the structure element that holds it."""
        self.drawn += b"/%s <</MCID %d>> BDC\n%s\nEMC\n" % (role.encode(), self.mcid, painted)
        node = self.element(role, Array([self.mcid]), **more)
        self.mcid += 1
        return node

    def element(self, role: str, kids: Any, **more: Any) -> Any:
        """Return a structure element."""
        entries = {f"/{key}": value for key, value in more.items()}
        return self.pdf.make_indirect(
            Dictionary({"/Type": Name.StructElem, "/S": Name("/" + role), "/Pg": self.obj, "/K": kids, **entries})
        )

    def words(self, words: str, size: float = 11, font: str = REGULAR) -> bytes:
        """Return the instructions that paint a line of words."""
        self.y -= 20
        escaped = words.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        return b"BT %s %g Tf 50 %d Td (%s) Tj ET" % (font.encode(), size, self.y, escaped)


def paragraph(words: str = WORDS, role: str = "P", size: float = 11, bold: bool = False, **more: Any) -> Item:
    """A tagged paragraph or heading."""
    return lambda page: page.tags.append(page.mark(role, page.words(words, size, BOLD if bold else REGULAR), **more))


def untagged(words: str = WORDS) -> Item:
    """Words that no tag holds."""
    return lambda page: page.drawn.extend(page.words(words) + b"\n")


def artifact(words: str) -> Item:
    """Words marked as decoration."""
    return lambda page: page.drawn.extend(b"/Artifact BMC %s EMC\n" % page.words(words))


def picture(share: float = 0.1, *, tagged: bool = False, **more: Any) -> Item:
    """An image over a part of the page. Tagged, it is a figure and `more` are its entries, such as Alt."""

    def add(page: Page) -> None:
        image = page.pdf.make_stream(
            b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )  # fmt: skip
        page.obj.Resources.XObject["/Im1"] = image
        painted = b"q %g 0 0 842 0 0 cm /Im1 Do Q" % (595 * share)
        if tagged:
            page.tags.append(page.mark("Figure", painted, **more))
        else:
            page.drawn.extend(painted + b"\n")

    return add


def figure(alt: str | None = None, words: str = "", caption: str = "") -> Item:
    """A tagged figure of an image, or of `words` painted as text."""

    def add(page: Page) -> None:
        more: dict[str, Any] = {} if alt is None else {"Alt": String(alt)}
        if words:
            page.tags.append(page.mark("Figure", page.words(words), **more))
            return
        picture(tagged=True, **more)(page)
        if caption:
            note = page.mark("Caption", page.words(caption))
            page.tags[-1]["/K"].append(note)

    return add


def table(rows: Sequence[Sequence[str]], header: str = "TH", bold: bool = False) -> Item:
    """A tagged table; `header` is the role of the first row's cells, which `bold` sets in bold."""

    def add(page: Page) -> None:
        lines = []
        for number, row in enumerate(rows):
            font = BOLD if bold and not number else REGULAR
            cells = [page.mark(header if not number else "TD", page.words(cell, font=font)) for cell in row]
            lines.append(page.element("TR", Array(cells)))
        page.tags.append(page.element("Table", Array(lines)))

    return add


def link(words: str = "Read the budget", tagged: bool = True, uri: str = "https://elm.example/budget") -> Item:
    """A link; tagged, a structure element holds its words and its area."""

    def add(page: Page) -> None:
        area = page.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[50, page.y - 24, 200, page.y - 8],
                       A=Dictionary(S=Name.URI, URI=String(uri)))
        )  # fmt: skip
        _annotate(page, area)
        node = page.mark("Link" if tagged else "P", page.words(words) if words else b"0 0 1 1 re f")
        if tagged:
            node["/K"].append(Dictionary(Type=Name.OBJR, Obj=area))
        page.tags.append(node)

    return add


def field(tooltip: str = "", own_name: str = "Text1", kind: str = "Tx", caption: str = "", flags: int = 0) -> Item:
    """A form field with its widget."""

    def add(page: Page) -> None:
        entries: dict[str, Any] = {
            "/Type": Name.Annot, "/Subtype": Name.Widget, "/FT": Name("/" + kind), "/T": String(own_name),
            "/Rect": Array([50, 50, 200, 70]), "/Ff": flags,
        }  # fmt: skip
        if tooltip:
            entries["/TU"] = String(tooltip)
        if caption:
            entries["/MK"] = Dictionary(CA=String(caption))
        widget = page.pdf.make_indirect(Dictionary(entries))
        _annotate(page, widget)
        if "/AcroForm" not in page.pdf.Root:
            page.pdf.Root["/AcroForm"] = Dictionary(Fields=Array([]))
        page.pdf.Root.AcroForm.Fields.append(widget)

    return add


def shapes(count: int) -> Item:
    """Painted shapes: what letters turned into outlines are."""
    return lambda page: page.drawn.extend(b"0 0 1 1 re f\n" * count)


def font_text(font: dict[str, Any], shown: bytes, role: str = "P") -> Item:
    """Codes shown in a font of its own."""

    def add(page: Page) -> None:
        label = f"/X{len(page.obj.Resources.Font.keys())}"
        page.obj.Resources.Font[label] = page.pdf.make_indirect(Dictionary(font))
        page.y -= 20
        page.tags.append(page.mark(role, b"BT %s 11 Tf 50 %d Td <%s> Tj ET" % (label.encode(), page.y,
                                                                               shown.hex().encode())))  # fmt: skip

    return add


def _annotate(page: Page, value: Any) -> None:
    if "/Annots" not in page.obj:
        page.obj["/Annots"] = Array([])
    page.obj.Annots.append(value)


def pdf(
    *items: Item,
    title: str | None = "Spring newsletter of Elm",
    lang: str | None = "en",
    tagged: bool = True,
    marked: bool = True,
    suspects: bool = False,
    shows_title: bool = True,
    pages: int = 1,
    bookmarks: bool = False,
    tabs: str | None = "S",
    role_map: dict[str, str] | None = None,
    root_lang: str = "",
    name: str = NAME,
    encryption: pikepdf.Encryption | None = None,
) -> Build:
    """Return what makes a PDF: every page holds the items (a tagged paragraph by default)."""

    def build() -> Sample:
        file = pikepdf.new()
        tags: list[Any] = []
        for _ in range(pages):
            _page(file, items or (paragraph(),), tags, tabs)
        if title is not None:
            file.docinfo["/Title"] = String(title)
        if lang is not None:
            file.Root["/Lang"] = String(lang)
        if shows_title:
            file.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
        if bookmarks:
            entry = file.make_indirect(Dictionary(Title=String("Start")))
            file.Root["/Outlines"] = file.make_indirect(Dictionary(First=entry, Last=entry, Count=1))
        if tagged:
            _tag(file, tags, role_map, root_lang, marked=marked, suspects=suspects)
        stream = io.BytesIO()
        file.save(stream, encryption=encryption or False, deterministic_id=encryption is None)
        return Sample(stream.getvalue(), name)

    return build


def joined(*builds: Build) -> Build:
    """Return what makes one PDF of the pages of several; tags are not taken along."""

    def build() -> Sample:
        whole = pikepdf.new()
        for part in builds:
            with pikepdf.open(io.BytesIO(part().data)) as file:
                whole.pages.extend(file.pages)
        stream = io.BytesIO()
        whole.save(stream, deterministic_id=True)
        return Sample(stream.getvalue(), NAME)

    return build


def _page(file: pikepdf.Pdf, items: Sequence[Item], tags: list[Any], tabs: str | None) -> None:
    file.add_blank_page(page_size=(595, 842))
    obj = file.pages[-1].obj
    fonts = {
        label: Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(base), Encoding=Name.WinAnsiEncoding)
        for label, base in ((REGULAR, "/Helvetica"), (BOLD, "/Helvetica-Bold"))
    }
    obj["/Resources"] = Dictionary(Font=Dictionary(fonts), XObject=Dictionary())
    if tabs:
        obj["/Tabs"] = Name("/" + tabs)
    page = Page(file, obj, tags, bytearray())
    for item in items:
        item(page)
    obj["/Contents"] = file.make_stream(bytes(page.drawn))


def _tag(
    file: pikepdf.Pdf, tags: list[Any], roles: dict[str, str] | None, root_lang: str, *, marked: bool, suspects: bool
) -> None:
    entries: dict[str, Any] = {"/Type": Name.StructElem, "/S": Name.Document, "/K": Array(tags)}
    if root_lang:
        entries["/Lang"] = String(root_lang)
    document = file.make_indirect(Dictionary(entries))
    root: dict[str, Any] = {"/Type": Name.StructTreeRoot, "/K": document if tags else Array([])}
    if roles:
        root["/RoleMap"] = Dictionary({f"/{own}": Name("/" + standard) for own, standard in roles.items()})
    file.Root["/StructTreeRoot"] = file.make_indirect(Dictionary(root))
    file.Root["/MarkInfo"] = Dictionary(Marked=marked, Suspects=suspects)
