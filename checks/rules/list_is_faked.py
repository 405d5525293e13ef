"""A list is marked up as one (WCAG 1.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString

from checks.elements import is_exposed
from checks.index import index_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._heard import heard

rule = Rule(
    __name__,
    title="Lists are marked up as lists",
    wcag=["1.3.1"],
    impact="moderate",
    who="People who use a screen reader are not told that this is a list, how long it is and where each item begins.",
    how="Make it a ul or ol with one li an item, and leave the mark to the style sheet.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H48",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F2",
    ],
    messages={
        "failed": 'These {count} lines begin with "{mark}" like a list, but are not marked up as one.',
        "cantTell": 'These {count} lines begin with "{mark}". Are they a list?',
        "cantTell.places": 'These {count} lines begin with "{mark}". With them, lines in {places} places of this page '
        "begin with a number, letter or dash. Are they lists?",
    },
)

ITEMS_MIN = 3
"""Two lines with a dash may be a dialogue; three in a row with one mark are seldom anything but a list."""
_BULLET = re.compile(r"([•‣▪●○■◦⁃]|·(?=\s))\s*(?=\S)")
_OTHER_MARK = re.compile(r"([-–—*✓✔►»](?=\s)|\(?(?:\d{1,2}|[a-z])[.)](?=\s))\s*(?=\S)")
_BLOCKS = ("p", "div")
_LINES_MAX = 500


@rule.targets
def runs_of_lines(page: PageView) -> list[Tag]:
    """Look at texts of three lines or more, and at the first of three paragraphs or more in a row, outside lists."""
    return once_a_page(page.soup, _runs)


@rule.expect
def is_no_list(tag: Tag) -> Verdict:
    """Fail three bullets in a row; ask about dashes and numbers, once a page, at the first of them."""
    count, mark = _longest_run(_texts(tag), _BULLET)
    if count >= ITEMS_MIN:
        return failed(count=count, mark=mark)
    asked = once_a_page(tag, _doubtful)
    if not asked or asked[0] is not tag:
        return passed()
    count, mark = _longest_run(_texts(tag), _OTHER_MARK)
    if len(asked) > 1:
        return cant_tell("cantTell.places", places=len(asked), count=count, mark=mark)
    return cant_tell(count=count, mark=mark)


def _runs(root: Tag) -> list[Tag]:
    index = index_of(root)
    broken = [tag for tag in index.exposed("p, div, td, dd, section, article") if len(_lines(tag)) >= ITEMS_MIN]
    rows = [tag for tag in index.exposed("p, div") if _begins_a_row(tag)]
    return [tag for tag in (*broken, *rows) if tag.find_parent(["pre", "code", "blockquote"]) is None]


def _doubtful(root: Tag) -> list[Tag]:
    """Return the runs of a page that only a person can tell from lists: whoever knows one of them knows the others."""
    runs = [tag for tag in once_a_page(root, _runs) if _longest_run(_texts(tag), _BULLET)[0] < ITEMS_MIN]
    return [tag for tag in runs if _longest_run(_texts(tag), _OTHER_MARK)[0] >= ITEMS_MIN]


def _texts(tag: Tag) -> list[str]:
    lines = _lines(tag)
    return lines if len(lines) >= ITEMS_MIN else [heard(block) for block in _row_from(tag)]


def _longest_run(lines: list[str], pattern: re.Pattern[str]) -> tuple[int, str]:
    """Return how many lines in a row begin with marks of one kind, at most, and the first of these marks."""
    best, mark, count, previous, first = 0, "", 0, "", ""
    for line in lines:
        match = pattern.match(line)
        kind = "" if match is None else re.sub(r"\w+", "1", match[1])
        if match is None or kind != previous:
            count, first = 0, match[1] if match is not None else ""
        count += int(match is not None)
        previous = kind
        if count > best:
            best, mark = count, first
    return best, mark


def _lines(tag: Tag) -> list[str]:
    """Return the lines that `br` elements make of an element's own text; none where it holds other blocks."""
    if tag.find("br", recursive=False) is None:
        return []
    lines = [""]
    for child in tag.children:
        if isinstance(child, Tag) and child.name == "br":
            lines.append("")
        elif isinstance(child, Tag):
            lines[-1] += " " + (heard(child) if is_exposed(child) else "")
        elif type(child) is NavigableString:
            lines[-1] += str(child)
        if len(lines) > _LINES_MAX:
            break
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _is_item(tag: Tag) -> bool:
    if tag.name not in _BLOCKS or tag.find(["p", "div", "ul", "ol", "table", "br"]) is not None:
        return False
    text = heard(tag)[:200]
    return bool(_BULLET.match(text) or _OTHER_MARK.match(text))


def _begins_a_row(tag: Tag) -> bool:
    if not _is_item(tag):
        return False
    before = tag.find_previous_sibling(True)
    is_first = not (isinstance(before, Tag) and before.name == tag.name and _is_item(before))
    return is_first and sum(1 for _ in _row_from(tag)) >= ITEMS_MIN


def _row_from(tag: Tag) -> Iterator[Tag]:
    current: Tag | None = tag
    for _ in range(_LINES_MAX):
        if current is None or current.name != tag.name or not _is_item(current):
            return
        yield current
        following = current.find_next_sibling(True)
        current = following if isinstance(following, Tag) else None


EXAMPLES = examples(
    passed=[
        "<p>Town hall<br>1 High Street<br>Elm</p>",
        "<p>- Who is there?<br>- Me.<br>Nobody else.</p>",
        "<p>Open: 9 - 12<br>Closed: 12 - 2<br>Open: 2 - 5</p>",
    ],
    failed=[
        "<p>Bring:<br>• your passport<br>• a photo<br>• the form</p>",
        "<div><p>• your passport</p><p>• a photo</p><p>• the form</p></div>",
    ],
    cant_tell=[
        "<p>- your passport<br>- a photo<br>- the form</p>",
        "<p>1. Fill in the form</p><p>2. Sign it</p><p>3. Send it</p>",
        "<p>a. Bread</p><p>b. Milk</p><p>c. Eggs</p><h2>More</h2><p>a. Tea</p><p>b. Jam</p><p>c. Ham</p>",
    ],
    inapplicable=[
        "<ul><li>• your passport</li><li>• a photo</li><li>• the form</li></ul>",
        "<p>• your passport • a photo • the form</p>",
        "<pre><p>- a<br>- b<br>- c</p></pre>",
        "<p>3. May is a holiday.</p>",
    ],
)
