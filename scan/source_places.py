"""Where in an HTML file an element stands that was found in the browser: the line and column of its opening tag.

Each opening tag of the source is marked with its number, and the marked source is parsed as the checks parse pages. So
the selector of a finding leads to a tag of the source. What scripts add or move is found again by what its opening tag
says, and not at all when no tag of the source says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from html import unescape

from bs4 import BeautifulSoup, Tag

from reports.ci.model import SourcePlace
from styleguide.input.html import MARKUP, TAG_NAME, TAG_REST

MAX_CHARS = 3_000_000
"""Of a source: a longer one is data, and its findings stand at the file alone."""

WORDS_WITHIN_CHARS = 20_000
"""How far behind an element's tag its words are looked for."""

_OUTERMOST = re.compile(r"(?:html > )?body > ")
_MARK = "data-curbcut-at"
_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_CHANGING = frozenset({"class", "style", "aria-expanded", "tabindex", "value"})
"""Attributes that scripts set while a page opens: a tag that differs in nothing else is the same."""


class SourceIndex:
    """The opening tags of one HTML source."""

    def __init__(self, source: str) -> None:
        self._source = source[:MAX_CHARS]
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", self._source))]
        self._tags = list(_opening_tags(self._source))
        self._alike: defaultdict[tuple[str, frozenset[tuple[str, str]]], list[int]] = defaultdict(list)
        for number, (start, end, name) in enumerate(self._tags):
            self._alike[name, _says(self._source[start:end])].append(number)
        self._seen: Counter[tuple[str, str]] = Counter()
        self._soup: BeautifulSoup | None = None

    def place(self, target: tuple[str, ...], snippet: str, rule: str) -> SourcePlace | None:
        """Return where the element of a finding stands; None when that is not in this source.

        Findings come in the order of the page: of tags that say the same, the first that a rule names is the first.
        """
        end = TAG_REST.match(snippet, 1)
        wanted = snippet[: end.end()] if end and snippet.startswith("<") else ""
        found = self._by_selector(target, wanted) if len(target) == 1 else None
        if found is not None:
            return self._place(found, is_exact=True) if wanted else self._words(found, snippet)
        name = TAG_NAME.match(wanted)
        if name is None:
            return None
        alike = self._alike.get((name[1].lower(), _says(wanted)), [])
        at = self._seen[rule, wanted]
        self._seen[rule, wanted] += 1
        return self._place(alike[min(at, len(alike) - 1)], is_exact=len(alike) == 1) if alike else None

    def _words(self, number: int, snippet: str) -> SourcePlace:
        """Return where words stand in an element: where the source has them as they are shown, else the element."""
        after = self._tags[number][1]
        shown = snippet.strip("… ")
        at = self._source.find(shown, after, after + WORDS_WITHIN_CHARS) if shown else -1
        if at < 0:
            return self._place(number, is_exact=True)
        return SourcePlace(*self._line_and_column(at), *self._line_and_column(at + len(shown)))

    def _by_selector(self, target: tuple[str, ...], wanted: str) -> int | None:
        element = self._select(target[0])
        if element is None and _OUTERMOST.match(target[0]):
            # A browser puts in the <body> that a source leaves out; this parser does so in part of the cases.
            element = self._select(_OUTERMOST.sub("", target[0]))
        if element is None or not str(element.get(_MARK, "")).isdigit():
            return None
        number = int(str(element[_MARK]))
        start, end, _ = self._tags[number]
        # A finding about words shows text, not a tag; its selector is all there is.
        return number if not wanted or _agree(self._source[start:end], wanted) else None

    def _select(self, selector: str) -> Tag | None:
        try:
            return self._parsed().select_one(selector)
        except Exception:  # noqa: BLE001 - a selector that this engine cannot read, in whichever way it says so
            return None

    def _parsed(self) -> BeautifulSoup:
        if self._soup is None:
            pieces: list[str] = []
            position = 0
            for number, (start, _, name) in enumerate(self._tags):
                after = start + 1 + len(name)
                pieces += (self._source[position:after], f' {_MARK}="{number}"')
                position = after
            self._soup = BeautifulSoup("".join((*pieces, self._source[position:])), "lxml")
        return self._soup

    def _place(self, number: int, *, is_exact: bool) -> SourcePlace:
        start, end, _ = self._tags[number]
        return SourcePlace(*self._line_and_column(start), *self._line_and_column(end), is_exact)

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _opening_tags(source: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name) of each opening tag, comments and raw text left out; in linear time."""
    position = 0
    while (found := MARKUP.search(source, position)) is not None:
        if found.group() == "<!--":
            closed = source.find("-->", found.end())
            position = len(source) if closed < 0 else closed + 3
            continue
        name = TAG_NAME.match(source, found.start())
        rest = TAG_REST.match(source, name.end() if name else found.end())
        if rest is None:
            return  # a tag that never ends swallows the rest, as in a browser
        position = rest.end()
        if name is None or source[found.start() + 1] == "/":
            continue
        yield found.start(), position, name[1].lower()
        if name[1].lower() in _RAW:
            closing = re.compile(rf"</{re.escape(name[1])}(?=[\s/>])", re.I).search(source, position)
            position = closing.start() if closing else len(source)


def _attributes(tag: str) -> dict[str, str]:
    """Return the attributes of an opening tag; the first of a name counts, as in a browser."""
    name = TAG_NAME.match(tag)
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag, name.end() if name else 1, len(tag) - 1):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].lower(), " ".join(unescape(value).split()))
    return found


def _says(tag: str) -> frozenset[tuple[str, str]]:
    """Return what an opening tag says that scripts seldom change."""
    return frozenset((name, value) for name, value in _attributes(tag).items() if name not in _CHANGING)


def _agree(tag: str, wanted: str) -> bool:
    """Return whether two opening tags may be the same element: one name, and no other value of a shared attribute."""
    names = (TAG_NAME.match(tag), TAG_NAME.match(wanted))
    if not all(names) or names[0][1].lower() != names[1][1].lower():  # type: ignore[index]
        return False
    one, other = dict(_says(tag)), dict(_says(wanted))
    return all(other[name] == value for name, value in one.items() if name in other)
