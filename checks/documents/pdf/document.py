"""A PDF as rules see it: what the file says of itself, its structure tree, and how far that reaches."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf

from checks.documents.model import Block, Document, Facts, Language, Limits, NotCheckableError, Picture, Place, Table
from checks.documents.package import descendants, parse_xml, text_of
from checks.documents.pdf.content import Content, ContentKey, PageContent, Piece, Reader
from checks.documents.pdf.tables import table_of
from checks.documents.pdf.tree import HEADINGS, Node, Tree, read_tree
from checks.documents.pdf.values import dictionary, key_of, text

CHARS_PER_WORD = 6
"""How many characters count as a word: enough for saying whether a text is long. PDFs often hold no spaces."""

LARGER = 1.15  # times the size of the body text: smaller differences are not seen as a heading
HEADING_CHARS = (3, 120)  # headings are short
SNIPPET_CHARS = 120
XMP_BYTES = 1024 * 1024
_NO_HEADINGS_IN = frozenset({"Table", "L", "TOC", "Caption", "Figure", "Link", "Form", "Formula", "Note", "FENote"})


@dataclass(frozen=True, slots=True)
class Outside:
    """Text and pictures that are painted but that no tag holds, though they are not marked as artifacts either."""

    place: Place
    n_chars: int
    n_images: int
    share: float
    pages: tuple[int, ...]
    repeats: bool


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font and how much of the text it sets: codes with no known character, and codes that only it can tell."""

    place: Place
    label: str
    n_chars: int
    n_unknown: int
    n_unsure: int
    share: float
    is_symbols: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """A page without readable text. `is_picture` when a picture covers it; else its shapes may be letters."""

    place: Place
    is_picture: bool
    has_alternative: bool
    whole_file: bool


class PdfDocument(Document):
    """A PDF that has been opened and read."""

    def __init__(self, pdf: pikepdf.Pdf, file_name: str, limits: Limits, content: Content, tree: Tree | None) -> None:
        self.pdf = pdf
        self.limits = limits
        self.content = content
        self.tree = tree
        root = pdf.Root
        mark = dictionary(root.get("/MarkInfo"))
        self.is_marked = _is_true(mark.get("/Marked"))
        self.has_suspects = _is_true(mark.get("/Suspects"))
        self.has_tags = tree is not None and any(True for _ in tree.nodes)
        self.shows_title = _is_true(dictionary(root.get("/ViewerPreferences")).get("/DisplayDocTitle"))
        self.has_bookmarks = "/First" in dictionary(root.get("/Outlines"))
        facts = Facts(
            pages=len(pdf.pages),
            title=_title(pdf, limits),
            lang=text(root.get("/Lang")),
            tagged=self.has_tags,
            words=content.n_chars // CHARS_PER_WORD,
            producer=text(dictionary(_info(pdf)).get("/Producer"))[:100],
        )
        cut = list(content.cut_short)
        if tree is not None and tree.is_cut:
            cut.append("Only a part of the tags was read; there are more, or deeper ones, than the limit.")
        super().__init__("pdf", file_name, facts, cut)

    @cached_property
    def page_keys(self) -> dict[int, tuple[int, int]]:
        """The object of each page, by its number."""
        return {number: key for key, number in page_numbers(self.pdf).items()}

    @property
    def text_pages(self) -> list[PageContent]:
        """The pages whose content could be read."""
        return [page for page in self.content.pages if page.was_read]

    @cached_property
    def body_size(self) -> float:
        """The size most of the text is set in."""
        sizes: Counter[float] = Counter()
        for piece in self.content.pieces.values():
            sizes.update(piece.sizes)
        return sizes.most_common(1)[0][0] if sizes else 0.0

    @cached_property
    def body_is_bold(self) -> bool:
        """Whether most of the text is bold, so that bold says nothing."""
        pieces = self.content.pieces.values()
        return sum(p.n_bold for p in pieces) > 0.5 * sum(p.n_chars for p in pieces)

    def pieces_of(self, node: Node) -> list[Piece]:
        """Return the text that an element holds, in reading order."""
        keys = [key for inner in node.walk() for key in inner.contents]
        return [piece for key in keys if (piece := self.content.pieces.get(key)) is not None]

    def text_of(self, node: Node) -> str:
        """Return an element's text, its replacement text where it has one."""
        if node.actual_text:
            return node.actual_text
        return " ".join(t for piece in self.pieces_of(node) if (t := piece.text))

    def has_picture(self, node: Node) -> bool:
        """Return whether an image is painted within an element."""
        return any(key in self.content.images for inner in node.walk() for key in inner.contents)

    @cached_property
    def pictures(self) -> list[Picture]:
        """Figures, and formulas that are images."""
        found: list[Picture] = []
        per_page: Counter[tuple[int, str]] = Counter()
        for node in self._outermost("Figure", "Formula"):
            has_image = self.has_picture(node)
            words = self.text_of(node)
            is_empty = not node.kids and not node.contents and not node.objects
            if is_empty or (node.role == "Formula" and not has_image):
                continue
            noun = node.role.lower()
            page = self._page_of(node)
            per_page[page, noun] += 1
            place = Place(
                f"page {page}, {noun} {per_page[page, noun]}" if page else f"{noun} {len(found) + 1}",
                f"{noun} {len(found) + 1}",
                words[:SNIPPET_CHARS],
            )
            alternative = node.alternative if node.alternative is not None else node.actual_text
            captioned = any(True for _ in node.find("Caption"))
            found.append(Picture(place, alternative, has_text=bool(words) and not has_image, captioned=captioned))
        return found

    @cached_property
    def tables(self) -> list[Table]:
        """Tables that are tagged as such."""
        nodes = [node for node in self.tree.nodes if node.role == "Table"] if self.tree else []
        found: list[Table] = []
        per_page: Counter[int] = Counter()
        for number, node in enumerate(nodes, 1):
            page = self._page_of(node)
            per_page[page] += 1
            where = f"page {page}, table {per_page[page]}" if page else f"table {number}"
            found.append(table_of(self, node, where, f"table {number}"))
        return found

    @cached_property
    def blocks(self) -> list[Block]:
        """Paragraphs and headings by their tags."""
        if self.tree is None:
            return []
        found: list[Block] = []
        skipped_below: int | None = None
        for node in self.tree.nodes:
            if skipped_below is not None and node.depth > skipped_below:
                continue
            skipped_below = None
            if node.role in HEADINGS:
                found.append(self._block(node, len(found), is_heading=True))
                skipped_below = node.depth
            elif node.role in _NO_HEADINGS_IN:
                skipped_below = node.depth
            elif node.role == "P" or (node.contents and node.role != "Artifact"):
                found.append(self._block(node, len(found), is_heading=False))
                skipped_below = node.depth
        return [block for block in found if block.text]

    @cached_property
    def language(self) -> Language:
        """The catalogue's language and those of elements; the outermost elements may cover all text."""
        parts = [node.lang for node in self.tree.nodes if node.lang] if self.tree else []
        outer = self.tree.root.kids if self.tree else []
        covers = bool(outer) and all(node.lang or node.role == "Artifact" for node in outer)
        return Language(self.facts.lang, tuple(dict.fromkeys(parts))[:50], covers)

    @property
    def text(self) -> list[str]:
        """The text as it is painted; empty where fonts do not say what many of their characters are."""
        doubtful = sum(use.n_unknown + use.n_unsure for use in self.font_uses)
        if doubtful > MOST_DOUBTFUL * sum(use.n_chars for use in self.font_uses):
            return []
        return [piece.text for piece in self.content.all_pieces]

    @cached_property
    def outside(self) -> Outside | None:
        """What no tag holds; None for a file without tags, and where tags hold everything."""
        if self.tree is None or not self.has_tags:
            return None
        held = {key for node in self.tree.nodes for key in node.contents}
        pieces: list[Piece] = [page.outside for page in self.text_pages if page.outside is not None]
        pieces += [p for key, p in self.content.pieces.items() if not self._is_held(key, p, held)]
        pieces = [piece for piece in pieces if piece.n_chars]
        n_images = sum(page.images_outside for page in self.text_pages)
        n_chars = sum(piece.n_chars for piece in pieces)
        if not n_chars and not n_images:
            return None
        pages = tuple(sorted({p.page for p in pieces} | {p.number for p in self.text_pages if p.images_outside}))
        texts = Counter(piece.text for piece in pieces)
        repeats = sum(n for n in texts.values() if n > 1) > len(pieces) / 2
        shown = max(pieces, key=lambda p: p.n_chars).text[:SNIPPET_CHARS] if pieces else ""
        place = Place("", "outside", shown)
        return Outside(place, n_chars, n_images, n_chars / max(1, self.content.n_chars), pages, repeats)

    @cached_property
    def scans(self) -> list[Scan]:
        """Pages that show something and hold no text."""
        bare = [p for p in self.text_pages if p.n_chars == 0 and (p.n_images or p.n_paths >= MANY_PATHS)]
        whole = len(bare) == len(self.text_pages) == self.facts.pages
        described = {
            self._page_of(node)
            for node in (self.tree.nodes if self.tree else ())
            if (node.alternative or node.actual_text)
        }
        return [
            Scan(
                Place("" if whole and len(bare) == 1 else f"page {p.number}", f"page without text {index}"),
                is_picture=p.image_share >= PICTURE_SHARE,
                has_alternative=p.number in described,
                whole_file=whole,
            )
            for index, p in enumerate(bare, 1)
            if p.image_share >= PICTURE_SHARE or p.n_paths >= MANY_PATHS
        ]

    @cached_property
    def font_uses(self) -> list[FontUse]:
        """Each font that sets text people should get."""
        total = sum(counter.total() for counter in self.content.used.values()) or 1
        found: dict[str, FontUse] = {}
        for key, codes in self.content.used.items():
            font = self.content.fonts[key]
            maps = {code: font.maps(code) for code in codes}
            unknown = sum(n for code, n in codes.items() if maps[code] is False)
            unsure = sum(n for code, n in codes.items() if maps[code] is None)
            before = found.get(font.label)
            n_chars = codes.total()
            if before is not None:  # several subsets of one font
                unknown, unsure = unknown + before.n_unknown, unsure + before.n_unsure
                n_chars += before.n_chars
            place = Place("", f"font {font.label}", font.label)
            found[font.label] = FontUse(place, font.label, n_chars, unknown, unsure, unknown / total, font.is_symbols)
        return list(found.values())

    def _outermost(self, *roles: str) -> Iterable[Node]:
        """Yield the elements of these roles that no described or matching element holds, and no artifact."""
        todo = [self.tree.root] if self.tree else []
        while todo:
            node = todo.pop()
            if node.role in roles:
                yield node
            elif node.role != "Artifact" and not node.alternative and not node.actual_text:
                todo.extend(reversed(node.kids))

    def _page_of(self, node: Node) -> int:
        for inner in node.walk():
            for key in inner.contents:
                if key in self.content.pieces:
                    return self.content.pieces[key].page
            if inner.page:
                return inner.page
        return 0

    def _block(self, node: Node, index: int, *, is_heading: bool) -> Block:
        pieces = [piece for piece in self.pieces_of(node) if piece.n_chars]
        words = self.text_of(node)
        page = pieces[0].page if pieces else node.page
        place = Place(f"page {page}" if page else "", f"{words[:SNIPPET_CHARS]}", words[:SNIPPET_CHARS])
        return Block(place, words, is_heading, self._stands_out(pieces, words))

    def _stands_out(self, pieces: list[Piece], words: str) -> bool:
        shortest, longest = HEADING_CHARS
        if not pieces or not shortest <= len(words) <= longest or words.endswith((".", ",", ";")):
            return False
        if all(piece.size >= LARGER * self.body_size for piece in pieces):
            return True
        is_bold = all(piece.is_bold and piece.size >= self.body_size for piece in pieces)
        return is_bold and not self.body_is_bold

    def _is_held(self, key: ContentKey, piece: Piece, held: set[ContentKey]) -> bool:
        """Some programs put a page's marked content into forms without saying so in the tags."""
        return key in held or (self.page_keys.get(piece.page, (0, 0)), key[1]) in held


MANY_PATHS = 200
"""Shapes on a page without text from which it may be text turned into outlines: a line of text has some 50."""

MOST_DOUBTFUL = 0.05
"""The part of the text that may have unknown characters before nothing can be said of its words."""

PICTURE_SHARE = 0.5
"""The part of a page that a picture covers when the page is a scan: margins may be left out, half is no logo."""

STREAM = re.compile(r"^stream <_io\.BytesIO object at 0x[0-9a-f]+>:?\s*")


def open_pdf(data: bytes, file_name: str, limits: Limits) -> PdfDocument:
    """Open and read a PDF. Raises NotCheckableError."""
    try:
        pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise NotCheckableError("encrypted", "It opens with a password only.") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise NotCheckableError("broken", _fault(error)) from error
    try:
        root = pdf.Root
        if not isinstance(root, pikepdf.Dictionary) or not len(pdf.pages):
            raise NotCheckableError("broken", "It has no pages.")
        if "/Collection" in root:
            raise NotCheckableError("portfolio")
        if _is_true(root.get("/NeedsRendering")):
            raise NotCheckableError("dynamic_form")
        content = Reader(limits).read(pdf)
        if not any(page.was_read for page in content.pages):
            raise NotCheckableError("broken", content.cut_short[0])
        tree = read_tree(pdf, page_numbers(pdf), limits)
        return PdfDocument(pdf, file_name, limits, content, tree)
    except pikepdf.PdfError as error:
        raise NotCheckableError("broken", _fault(error)) from error


def _fault(error: Exception) -> str:
    """Return the library's words on one line, without the memory address that it calls the file by."""
    return STREAM.sub("", " ".join(str(error).split()))[:200]


def page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """Return the number of each page, by what names its object."""
    return {key_of(page.obj): number for number, page in enumerate(pdf.pages, 1)}


def _is_true(value: Any) -> bool:
    return isinstance(value, bool) and value


def _info(pdf: pikepdf.Pdf) -> Any:
    return pdf.trailer.get("/Info")


def _title(pdf: pikepdf.Pdf, limits: Limits) -> str:
    """Return the title: the document information's, else that of the XMP metadata."""
    title = text(dictionary(_info(pdf)).get("/Title"))
    metadata = pdf.Root.get("/Metadata")
    if title or not isinstance(metadata, pikepdf.Stream):
        return title
    try:
        root = parse_xml(metadata.read_bytes()[:XMP_BYTES], "XMP metadata", limits)
    except (NotCheckableError, pikepdf.PdfError):
        return ""  # metadata that nobody can read gives no title
    return next((words for node in descendants(root, "title") if (words := text_of(node))), "")
