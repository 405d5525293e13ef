"""Reads what a PDF's pages paint: text with its fonts and sizes, pictures, and which marked content holds them.

Nothing is drawn and no position is worked out: rules need to know what there is and what the tags reach.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from checks.documents.model import Limits
from checks.documents.pdf.fonts import Font, read_font
from checks.documents.pdf.values import dictionary, integer, items, key_of, name, number

OPERATORS = "q Q cm BT Tf Tm Td TD T* Tr Tj TJ ' \" Do BMC BDC EMC f F f* B B* b b* S s BI ID EI"
SHOWING = frozenset({"Tj", "TJ", "'", '"'})
PATHS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
PIECE_CHARS = 4_000
"""Text kept of one piece: enough for a snippet and for telling a heading from a paragraph."""
WORD_GAP = -180  # thousandths of the font size in TJ: a wider gap is a space that was never written
INVISIBLE = 3  # text rendering mode: how recognised text lies behind a scanned picture

Matrix = tuple[float, float, float, float]
ContentKey = tuple[tuple[int, int], int]
"""Names marked content: the page's or form's object, and the MCID."""


@dataclass(slots=True)
class Piece:
    """Text of one marked content (or of none). `sizes` counts characters by their size in points."""

    page: int
    parts: list[str] = field(default_factory=list)
    kept: int = 0
    n_chars: int = 0
    n_bold: int = 0
    sizes: Counter[float] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """The text in one line."""
        return " ".join("".join(self.parts).split())

    @property
    def size(self) -> float:
        """The size most of the text is set in."""
        return self.sizes.most_common(1)[0][0] if self.sizes else 0.0

    @property
    def is_bold(self) -> bool:
        """Whether nearly all of it is bold."""
        return self.n_chars > 0 and self.n_bold >= 0.9 * self.n_chars


@dataclass(slots=True)
class PageContent:
    """What one page paints. `image_share` is the part of the page under its largest picture."""

    number: int
    n_chars: int = 0
    n_invisible: int = 0
    n_artifact_chars: int = 0
    n_images: int = 0
    n_paths: int = 0
    image_share: float = 0.0
    outside: Piece | None = None
    images_outside: int = 0
    was_read: bool = True


@dataclass(slots=True)
class Content:
    """What all pages paint. `pieces` are by marked content; `used` counts each font's codes in text people get."""

    pages: list[PageContent] = field(default_factory=list)
    pieces: dict[ContentKey, Piece] = field(default_factory=dict)
    images: Counter[ContentKey] = field(default_factory=Counter)
    fonts: dict[tuple[int, int] | int, Font] = field(default_factory=dict)
    used: dict[tuple[int, int] | int, Counter[int]] = field(default_factory=dict)
    cut_short: list[str] = field(default_factory=list)

    @property
    def all_pieces(self) -> list[Piece]:
        """All text but that in artifacts."""
        return [*self.pieces.values(), *(page.outside for page in self.pages if page.outside is not None)]

    @property
    def n_chars(self) -> int:
        """All characters painted."""
        return sum(page.n_chars for page in self.pages)


@dataclass(slots=True)
class _Marked:
    """One level of marked content. `key` is None for content that no tag can name."""

    key: ContentKey | None = None
    artifact: bool = False
    replaced: bool = False


@dataclass(slots=True)
class _State:
    """The part of the graphics state that matters here."""

    ctm: Matrix = (1, 0, 0, 1)
    font: Font | None = None
    font_key: tuple[int, int] | int = 0
    size: float = 0.0
    mode: int = 0


class Reader:
    """Reads pages one after the other, within one budget of instructions."""

    def __init__(self, limits: Limits) -> None:
        self.content = Content()
        self._limits = limits
        self._left = limits.instructions

    def read(self, pdf: pikepdf.Pdf) -> Content:
        """Read every page within the bounds and return all content."""
        for index, page in enumerate(pdf.pages):
            if index >= self._limits.pages or self._left <= 0:
                self.content.cut_short.append(
                    f"Only the first {index} pages were read for their content; the file is longer than the limit."
                )
                break
            self._page(index, page)
        return self.content

    def _page(self, index: int, page: pikepdf.Page) -> None:
        found = PageContent(index + 1)
        self.content.pages.append(found)
        try:
            box = [number(v) for v in page.mediabox]
            area = abs((box[2] - box[0]) * (box[3] - box[1])) or 1.0
            walk = _Walk(self.content, found, area, self._limits)
            self._left -= walk.stream(page.obj, page.obj.get("/Resources"), key_of(page.obj), self._left)
        except (pikepdf.PdfError, ValueError, TypeError, IndexError, KeyError, AttributeError, OverflowError) as error:
            found.was_read = False
            self.content.cut_short.append(f"The content of page {index + 1} could not be read: {str(error)[:120]}")


class _Walk:
    """One page's instructions, with those of the forms it draws."""

    def __init__(self, content: Content, page: PageContent, area: float, limits: Limits) -> None:
        self.content = content
        self.page = page
        self.area = area
        self.limits = limits
        self.state = _State()
        self.marked: list[_Marked] = []
        self.scale = 1.0

    def stream(self, source: Any, resources: Any, owner: tuple[int, int], budget: int, depth: int = 0) -> int:
        """Read one content stream; return how many instructions of the budget that took."""
        instructions = pikepdf.parse_content_stream(source, OPERATORS)
        used = min(len(instructions), budget)
        stack: list[_State] = []
        level = len(self.marked)
        resources = dictionary(resources)
        for instruction in instructions[:budget]:
            operator = str(instruction.operator)
            operands = instruction.operands
            if operator == "q" and len(stack) < self.limits.depth:
                stack.append(_copy(self.state))
            elif operator == "Q" and stack:
                self.state = stack.pop()
            elif operator == "cm":
                self.state.ctm = _times(_matrix(operands), self.state.ctm)
            elif operator in ("BMC", "BDC"):
                self._begin(operands, resources, owner)
            elif operator == "EMC" and len(self.marked) > level:
                self.marked.pop()
            elif operator == "Do" and operands:
                used += self._draw(operands[0], resources, budget - used, depth)
            elif operator == "INLINE IMAGE":
                self._image()
            elif operator in PATHS:
                self.page.n_paths += 1
            else:
                self._text_operator(operator, operands, resources)
        del self.marked[level:]
        return used

    def _begin(self, operands: Any, resources: Any, owner: tuple[int, int]) -> None:
        outer = self.marked[-1] if self.marked else _Marked()
        tag = name(operands[0]) if operands else ""
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = dictionary(resources.get("/Properties")).get(str(properties))
        properties = dictionary(properties)
        mcid = properties.get("/MCID")
        key = (owner, integer(mcid)) if mcid is not None else outer.key
        replaced = outer.replaced or "/ActualText" in properties
        self.marked.append(_Marked(key, outer.artifact or tag == "Artifact", replaced))

    def _draw(self, drawn: Any, resources: Any, budget: int, depth: int) -> int:
        form = dictionary(resources.get("/XObject")).get(str(drawn))
        if not isinstance(form, pikepdf.Stream):
            return 0
        kind = name(form.get("/Subtype"))
        if kind == "Image":
            self._image()
            return 0
        if kind != "Form" or depth >= self.limits.form_depth or budget <= 0:
            return 0
        kept = _copy(self.state)
        matrix = items(form.get("/Matrix"))
        if len(matrix) == 6:
            self.state.ctm = _times(_matrix(matrix), self.state.ctm)
        used = self.stream(form, form.get("/Resources", resources), key_of(form), budget, depth + 1)
        self.state = kept
        return used

    def _image(self) -> None:
        a, b, c, d = self.state.ctm
        share = min(1.0, abs(a * d - b * c) / self.area)
        self.page.n_images += 1
        self.page.image_share = max(self.page.image_share, share)
        inside = self.marked[-1] if self.marked else _Marked()
        if inside.artifact:
            return
        if inside.key is None:
            self.page.images_outside += 1
        else:
            self.content.images[inside.key] += 1

    def _text_operator(self, operator: str, operands: Any, resources: Any) -> None:
        if operator == "Tf" and len(operands) == 2:
            self._set_font(operands, resources)
        elif operator == "BT":
            self.scale = 1.0
            self._gap("\n")
        elif operator == "Tm" and len(operands) == 6:
            a, b, c, d = _matrix(operands)
            self.scale = math.sqrt(abs(a * d - b * c))
            self._gap(" ")
        elif operator == "T*" or (operator in ("Td", "TD") and len(operands) == 2 and number(operands[1])):
            self._gap(" ")
        elif operator == "Tr" and operands:
            self.state.mode = integer(operands[0])
        elif operator in SHOWING and operands:
            self._show_all(operator, operands)

    def _show_all(self, operator: str, operands: Any) -> None:
        if operator != "TJ":
            if operator != "Tj":  # the two quotes begin a new line
                self._gap(" ")
            self._show(operands[-1])
            return
        for item in items(operands[0]):
            if isinstance(item, pikepdf.String):
                self._show(item)
            elif number(item) < WORD_GAP:
                self._gap(" ")

    def _set_font(self, operands: Any, resources: Any) -> None:
        font = dictionary(resources.get("/Font")).get(str(operands[0]))
        key: tuple[int, int] | int = key_of(font)
        if key == (0, 0):
            key = hash((str(operands[0]), self.page.number))
        if key not in self.content.fonts:
            self.content.fonts[key] = read_font(font)
        self.state.font, self.state.font_key = self.content.fonts[key], key
        self.state.size = abs(number(operands[1]))

    def _gap(self, blank: str) -> None:
        piece = self._piece()
        if piece is not None and piece.parts and piece.kept < PIECE_CHARS:
            piece.parts.append(blank)

    def _piece(self) -> Piece | None:
        """Return the piece that text goes into now; None for text in artifacts."""
        inside = self.marked[-1] if self.marked else _Marked()
        if inside.artifact:
            return None
        if inside.key is None:
            if self.page.outside is None:
                self.page.outside = Piece(self.page.number)
            return self.page.outside
        if inside.key not in self.content.pieces:
            self.content.pieces[inside.key] = Piece(self.page.number)
        return self.content.pieces[inside.key]

    def _show(self, shown: Any) -> None:
        font = self.state.font
        if font is None or not isinstance(shown, pikepdf.String):
            return
        codes = font.codes(bytes(shown))
        text = font.text(codes)
        n_chars = len("".join(text.split()))
        self.page.n_chars += n_chars
        if self.state.mode == INVISIBLE:
            self.page.n_invisible += n_chars
        piece = self._piece()
        if piece is None:
            self.page.n_artifact_chars += n_chars
            return
        if not self.marked or not self.marked[-1].replaced:
            self.content.used.setdefault(self.state.font_key, Counter()).update(codes)
        piece.n_chars += n_chars
        piece.n_bold += n_chars if font.is_bold else 0
        if piece.kept < PIECE_CHARS:
            piece.parts.append(text)
            piece.kept += len(text)
        if n_chars:
            a, b, c, d = self.state.ctm
            size = self.state.size * self.scale * math.sqrt(abs(a * d - b * c))
            piece.sizes[round(size, 1)] += n_chars


def _copy(state: _State) -> _State:
    return _State(state.ctm, state.font, state.font_key, state.size, state.mode)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d = (number(v) for v in list(operands)[:4])
    return (a, b, c, d)


def _times(one: Matrix, two: Mapping[int, float] | Matrix) -> Matrix:
    a, b, c, d = one
    e, f, g, h = two[0], two[1], two[2], two[3]
    return (a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h)
