"""Tables and columns are marked up, not drawn with spaces (WCAG 1.3.1): a person must look."""

from __future__ import annotations

import re
from itertools import pairwise

from bs4 import Tag
from bs4.element import NavigableString

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import own_label, role_of

rule = Rule(
    __name__,
    title="Tables are not drawn with spaces",
    wcag=["1.3.1", "1.3.2"],
    impact="serious",
    who="People who use a screen reader or a braille display hear each line straight through all columns.",
    how="Use a table with header cells, or columns of the style sheet for text.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F34",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F33",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F48",
    ],
    messages={"cantTell": "In these {count} lines, spaces make columns. Is it a table, or text in columns?"},
)

LINES_MIN = 3
GAP_MIN = 2
"""Two spaces between columns: one stands between words."""
CODE_SHARE = 0.06
"""Texts have fewer of the signs that code is full of."""
_MOST_LINES = 300
_MOST_CHARS = 300
_CODE_SIGNS = re.compile(r"[{}<>=;$\\#`~^]")
_CODE_CLASS = re.compile(
    r"code|highlight|hljs|lang|prettyprint|terminal|console|shell|syntax|source|synopsis|listing", re.IGNORECASE
)
_CODE_LINE = re.compile(r".*[;{}]\s*$")
"""A line that ends as only those of programs do."""
_COMMENT = re.compile(r"\s*/\*")
"""How a comment of a program begins."""
_GAP = re.compile(r"[ \u00a0]{3,}")


@rule.targets
def texts_with_columns(page: PageView) -> list[Tag]:
    """Look at preformatted texts that are no code, and at texts with runs of spaces that do not break."""
    plain = [tag for tag in page.exposed("pre") if not _is_code(tag)]
    spaced = [tag for tag in page.exposed("p, div, td") if tag.find("br", recursive=False) is not None]
    found = [(tag, lines) for tag in (*plain, *spaced) if len(lines := _lines(tag)) >= LINES_MIN]
    return [tag for tag, lines in found if tag.name == "pre" or any(_GAP.search(line) for line in lines)]


@rule.expect
def has_no_columns(tag: Tag) -> Verdict:
    """Ask where three lines or more in a row have gaps in the same places."""
    if own_label(tag) and role_of(tag) == "img":
        return passed()
    count = (_lines_with_columns if tag.name == "pre" else _lines_with_gaps)(_lines(tag))
    return cant_tell(count=count) if count >= LINES_MIN else passed()


def _is_code(tag: Tag) -> bool:
    if tag.find(["code", "samp", "kbd"]) is not None or tag.find_parent(["code", "samp", "figure"]) is not None:
        return True
    around = [tag, *list(tag.parents)[:3]]
    text = tag.get_text()[: _MOST_LINES * _MOST_CHARS]
    is_named = any(_CODE_CLASS.search(attribute(holder, "class")) for holder in around)
    lines = [line for line in text.split("\n") if line.strip()]
    is_program = _COMMENT.match(text) or sum(1 for line in lines if _CODE_LINE.match(line)) > len(lines) / 2
    return is_named or bool(is_program) or len(_CODE_SIGNS.findall(text)) > CODE_SHARE * len("".join(text.split()))


def _lines(tag: Tag) -> list[str]:
    if tag.name == "pre":
        text = tag.get_text()
    else:
        parts: list[str] = []
        for child in tag.children:
            if isinstance(child, Tag):
                parts.append("\n" if child.name == "br" else _squeezed(child.get_text()))
            elif type(child) is NavigableString:
                parts.append(_squeezed(str(child)))
        text = "".join(parts)
    lines = [line.expandtabs()[:_MOST_CHARS].rstrip() for line in text.split("\n")]
    return [line for line in lines if line][:_MOST_LINES]


def _squeezed(text: str) -> str:
    """Return a text as a browser lays it out: usual white space is one space, spaces that do not break stay."""
    return re.sub(r"[ \t\r\n]+", " ", text)


def _lines_with_gaps(lines: list[str]) -> int:
    """Return how many lines in a row have the same number of gaps, one at least."""
    numbers = [len(_GAP.findall(line.strip())) for line in lines]
    best = run = 1 if numbers and numbers[0] else 0
    for before, now in pairwise(numbers):
        run = run + 1 if now and now == before else int(now > 0)
        best = max(best, run)
    return best


def _lines_with_columns(lines: list[str]) -> int:
    """Return how many lines in a row, at most, leave the same gap free, with words on both of its sides."""
    best = 0
    for first in range(len(lines) - LINES_MIN + 1):
        if len(lines) - first <= best:
            break
        gaps: set[int] | None = None
        for number, line in enumerate(lines[first:], start=1):
            own = _free_places(line)
            gaps = own if gaps is None else gaps & own
            if not gaps:
                break
            if number >= LINES_MIN:
                best = max(best, number)
    return best


def _free_places(line: str) -> set[int]:
    """Return the places where GAP_MIN spaces stand together between two words of a line."""
    begin = len(line) - len(line.lstrip())
    free = {at for at in range(begin + 1, len(line) - GAP_MIN) if not line[at : at + GAP_MIN].strip()}
    return free if re.search(r"\w", line) else set()


_TIMES = "Line    Monday   Sunday\n1       6:30     8:00\n2       6:45     9:00\n3       7:10     10:15"
_TWO_TEXTS = "Web content      of users, the user\nis widely used   must be able to\nby all sorts     read it"
_NBSP = "\u00a0" * 5
EXAMPLES = examples(
    passed=[
        "<pre>Roses are red,\n   violets are blue,\nsugar is sweet,\n   and so are you.</pre>",
        "<pre>Town hall\n1 High Street\nElm</pre>",
        f'<pre role="img" aria-label="Bus times: see the table">{_TIMES}</pre>',
        f"<p>Open:{_NBSP}9 to 12<br>We are closed on Sunday.<br>Call us.</p>",
    ],
    cant_tell=[
        f"<pre>{_TIMES}</pre>",
        f"<pre>{_TWO_TEXTS}</pre>",
        f"<p>Line{_NBSP}Monday<br>1{_NBSP}6:30<br>2{_NBSP}6:45</p>",
    ],
    inapplicable=[
        f"<pre><code>{_TIMES}</code></pre>",
        f'<div class="highlight"><pre>{_TIMES}</pre></div>',
        "<pre>/**\n * elm_test:\n * @one:  the first\n * @two:  the other\n * @all:  both of them\n */</pre>",
        "<pre>void  free_keys  (Style style);\nint   add_key    (Style style);\nint   get_key    (Style style);</pre>",
        "<pre>a    = 1;\nbee  = 2;\nc    = {3};</pre>",
        "<p>Town hall<br>1 High Street<br>Elm</p>",
        f'<pre aria-hidden="true">{_TIMES}</pre>',
    ],
)
