"""Reads a PDF's structure tree (its tags): roles mapped to standard ones, alternatives, and the content they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from checks.documents.model import Limits
from checks.documents.pdf.content import ContentKey
from checks.documents.pdf.values import dictionary, integer, items, key_of, name, text

STANDARD_ROLES = frozenset(
    """Document DocumentFragment Part Art Sect Div Aside BlockQuote Caption TOC TOCI Index NonStruct Private Title
    FENote P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Sub Em Strong Quote Note Reference
    BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form Artifact""".split()  # noqa: SIM905 - a list of words
)
"""Standard structure types of ISO 32000-1 (14.8.4) and ISO 32000-2."""

HEADINGS = frozenset({"H", "Title", *(f"H{n}" for n in range(1, 7))})
_OWN_NAMESPACES = ("http://iso.org/pdf/ssn", "http://iso.org/pdf2/ssn")


@dataclass(eq=False, slots=True)
class Node:
    """One structure element. `role` is the standard type its own type stands for; empty if it stands for none."""

    role: str
    own_role: str
    page: int
    alternative: str | None = None
    actual_text: str | None = None
    lang: str = ""
    scope: str = ""
    has_header_ids: bool = False
    row_span: int = 1
    column_span: int = 1
    is_foreign: bool = False
    depth: int = 0
    kids: list[Node] = field(default_factory=list)
    contents: list[ContentKey] = field(default_factory=list)
    objects: list[tuple[int, int]] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield this element and all below it, in reading order."""
        todo = [self]
        while todo:
            node = todo.pop()
            yield node
            todo.extend(reversed(node.kids))

    def find(self, *roles: str) -> Iterator[Node]:
        """Yield the elements below this one that have one of these roles."""
        return (node for node in self.walk() if node.role in roles and node is not self)


@dataclass(frozen=True, slots=True)
class Tree:
    """The whole structure tree. `root` has no role of its own. `loops` are roles that are mapped in a circle."""

    root: Node
    is_cut: bool = False
    loops: tuple[str, ...] = ()

    @property
    def nodes(self) -> Iterator[Node]:
        """Every structure element in reading order."""
        return (node for node in self.root.walk() if node is not self.root)


class _Reader:
    def __init__(self, pages: Mapping[tuple[int, int], int], roles: Mapping[str, str], limits: Limits) -> None:
        self.pages = pages
        self.roles = roles
        self.limits = limits
        self.seen: set[tuple[int, int]] = set()
        self.n_nodes = 0
        self.is_cut = False

    def read(self, start: Any) -> Node:
        root = Node("", "", 0)
        # Each entry: an entry of /K, the element it belongs to, and the page that holds for it.
        todo: list[tuple[Any, Node, tuple[int, int]]] = [
            (kid, root, (0, 0)) for kid in reversed(items(dictionary(start).get("/K")))
        ]
        while todo:
            value, parent, page = todo.pop()
            self.n_nodes += 1
            if self.n_nodes > self.limits.nodes:
                self.is_cut = True
                break
            if isinstance(value, pikepdf.Dictionary):
                todo += self._entry(value, parent, page)
            elif not isinstance(value, pikepdf.Object):  # a number: marked content of the element's page
                parent.contents.append((page, integer(value)))
        return root

    def _entry(self, value: Any, parent: Node, page: tuple[int, int]) -> list[tuple[Any, Node, tuple[int, int]]]:
        kind = name(value.get("/Type"))
        own_page = value.get("/Pg")
        if isinstance(own_page, pikepdf.Dictionary):
            page = key_of(own_page)
        if kind == "MCR" or ("/MCID" in value and "/S" not in value):
            stream = value.get("/Stm")
            owner = key_of(stream) if isinstance(stream, pikepdf.Stream) else page
            parent.contents.append((owner, integer(value.get("/MCID"), -1)))
            return []
        if kind == "OBJR" or ("/Obj" in value and "/S" not in value):
            parent.objects.append(key_of(value.get("/Obj")))
            return []
        key = key_of(value)
        if key != (0, 0) and key in self.seen:
            return []
        self.seen.add(key)
        if parent.depth >= self.limits.depth:
            self.is_cut = True
            return []
        node = self._node(value, page, parent.depth + 1)
        parent.kids.append(node)
        return [(kid, node, page) for kid in reversed(items(value.get("/K")))]

    def _node(self, value: Any, page: tuple[int, int], depth: int) -> Node:
        own = name(value.get("/S"))
        namespace = text(dictionary(value.get("/NS")).get("/NS"))
        node = Node(self.roles.get(own, own), own, self.pages.get(page, 0), depth=depth)
        node.is_foreign = bool(namespace) and not namespace.startswith(_OWN_NAMESPACES)
        if node.role not in STANDARD_ROLES:
            node.role = ""
        if isinstance(value.get("/Alt"), pikepdf.String):
            node.alternative = text(value.get("/Alt"))
        if isinstance(value.get("/ActualText"), pikepdf.String):
            node.actual_text = text(value.get("/ActualText"))
        node.lang = text(value.get("/Lang"))
        for attributes in items(value.get("/A")):
            table = dictionary(attributes)
            node.scope = node.scope or name(table.get("/Scope"))
            node.has_header_ids = node.has_header_ids or bool(items(table.get("/Headers")))
            node.row_span = max(node.row_span, integer(table.get("/RowSpan"), 1))
            node.column_span = max(node.column_span, integer(table.get("/ColSpan"), 1))
        return node


def read_tree(pdf: pikepdf.Pdf, pages: Mapping[tuple[int, int], int], limits: Limits) -> Tree | None:
    """Return the structure tree, or None if the file has none. `pages` gives the number of each page object."""
    start = pdf.Root.get("/StructTreeRoot")
    if not isinstance(start, pikepdf.Dictionary):
        return None
    roles, loops = _role_map(start)
    reader = _Reader(pages, roles, limits)
    root = reader.read(start)
    return Tree(root, reader.is_cut, loops)


def _role_map(start: Any) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the standard role of each mapped one, and the roles that lead round in a circle."""
    given = {str(k)[1:]: name(v) for k, v in dictionary(start.get("/RoleMap")).items()}
    found: dict[str, str] = {}
    loops: list[str] = []
    for own in given:
        role, seen = own, {own}
        while role not in STANDARD_ROLES and role in given:
            role = given[role]
            if role in seen:
                loops.append(own)
                break
            seen.add(role)
        if own not in STANDARD_ROLES:
            found[own] = role
    return found, tuple(sorted(loops))
