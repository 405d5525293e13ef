"""What a page offers: heading, forms, kinds of content, documents, links into a process, a step's number.

Kept with the facts of each page (`checks.site`), so that pages can be chosen for a closer evaluation after the scan.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import Tag
from bs4.element import Comment, NavigableString

from checks.elements import attribute, is_exposed, text_of
from checks.rule import PageView
from checks.words import plain, words

MAX_FORMS = 6
MAX_FILES = 12
MAX_ONWARD = 6
MAX_CHARS = 120
FILES = frozenset("pdf doc docx odt rtf xls xlsx ods ppt pptx odp epub".split())  # noqa: SIM905 - reads better
_NAMES_FILE = re.compile(rf"\.(?:{'|'.join(sorted(FILES))})", re.IGNORECASE)
"""Most links name none, and to work out where each leads is slow."""

_IGNORED = str.maketrans("", "", "\t\n\r")
"""What browsers leave out of an address, wherever it stands in it."""

_UNSEEN_TYPES = ("hidden", "submit", "button", "reset", "image")
_TWO_NUMBERS = re.compile(r"\d\D{1,16}\d|\d\D{0,3}\d{1,2}\D")
MAX_NUMBERED = 200
"""Texts with two numbers that are looked at; a step's number stands near the top."""

MAX_STEP_CHARS = 80
MAX_STEPS = 30

KINDS = {
    "form": "form",
    "table": "table",
    "video": "video",
    "audio": "audio",
    "frame": "iframe",
    "dialogue": "dialog, [role=dialog]",
    "tabs": "[role=tablist]",
    "accordion": "details, [aria-expanded][aria-controls]",
    "map or drawing": "canvas, map, object",
}
"""Kinds of content that make pages differ, and the elements that show them."""


def parts(view: PageView) -> dict[str, Any]:
    """Return what the page offers as plain JSON data."""
    address = view.page.final_url or view.page.url
    main = view.exposed("main, [role=main]")[:1]
    heading = next((text_of(h) for h in view.exposed("h1") if text_of(h)), "")
    return {
        "h1": heading[:MAX_CHARS],
        "forms": _forms(view, address),
        "kinds": [name for name, selector in KINDS.items() if _has(view, selector, main)],
        "files": _files(view, address),
        "onward": _onward(main[0], address) if main else [],
        "step": _step(view),
    }


def _has(view: PageView, selector: str, main: list[Tag]) -> bool:
    """Return whether the page's own content has such an element; a search in the header is on every page."""
    return any(not main or any(parent is main[0] for parent in tag.parents) for tag in view.exposed(selector))


def _forms(view: PageView, address: str) -> list[dict[str, Any]]:
    return [_form(form, address) for form in view.exposed("form")[:MAX_FORMS]]


def _form(form: Tag, address: str) -> dict[str, Any]:
    fields = [
        tag
        for tag in form.find_all(["input", "select", "textarea"])
        if attribute(tag, "type").lower() not in _UNSEEN_TYPES and is_exposed(tag)
    ]
    types = {attribute(tag, "type").lower() for tag in fields}
    is_search = attribute(form, "role") == "search" or "search" in types or form.find_parent("search") is not None
    return {
        "to": absolute(address, attribute(form, "action")) or address,
        "method": attribute(form, "method").lower() or "get",
        "fields": len(fields),
        "password": "password" in types,
        "text": any(tag.name == "textarea" for tag in fields),
        "search": is_search,
    }


def _files(view: PageView, address: str) -> list[list[str]]:
    found: dict[str, str] = {}
    for link in view.exposed("a[href]"):
        href = attribute(link, "href").translate(_IGNORED)
        target = absolute(address, href) if _NAMES_FILE.search(href) else ""
        ending = urlsplit(target).path.rsplit(".", 1)[-1].lower() if target else ""
        if ending in FILES:
            found.setdefault(target, text_of(link)[:MAX_CHARS])
        if len(found) >= MAX_FILES:
            break
    return [[text, target] for target, text in found.items()]


def _onward(main: Tag, address: str) -> list[list[str]]:
    """Return the links of the content that begin or continue a process."""
    known = words("steps")["start"]
    found: dict[str, str] = {}
    for link in main.find_all("a", href=True):
        text = text_of(link)
        if plain(text) in known and is_exposed(link) and len(found) < MAX_ONWARD:
            target = absolute(address, attribute(link, "href"))
            if target.startswith("http"):
                found.setdefault(target, text[:MAX_CHARS])
    return [[text, target] for target, text in found.items()]


def _step(view: PageView) -> list[int]:
    """Return which step of how many the page says that it is; empty if it says none."""
    for current in view.exposed('[aria-current="step"]'):
        row = current if current.name == "li" else current.find_parent("li")
        if isinstance(row, Tag) and row.parent is not None:
            rows = row.parent.find_all("li", recursive=False)
            return [[id(one) for one in rows].index(id(row)) + 1, len(rows)]
    strings = (node for node in view.soup.descendants if isinstance(node, NavigableString))
    texts = islice((text for text in strings if _TWO_NUMBERS.search(text)), MAX_NUMBERED)
    told = [str(text) for text in texts if not isinstance(text, Comment) and len(text) <= MAX_STEP_CHARS]
    for line in (view.page.title, *told):
        found = step_in(line)
        if found:
            return found
    return []


def step_in(text: str) -> list[int]:
    """Return the two numbers of "Step 2 of 4" in any of the languages; empty if the text says no such thing."""
    for pattern in _patterns():
        match = pattern.search(text.casefold())
        if match:
            number, of = int(match["n"]), int(match["of"])
            if 1 <= number <= of <= MAX_STEPS and of > 1:
                return [number, of]
    return []


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    step = "|".join(sorted(map(re.escape, words("steps")["step"]), key=len, reverse=True))
    of = "|".join(sorted(map(re.escape, words("steps")["of"]), key=len, reverse=True))
    between = rf"\s*(?:/|{of})\s*"
    return (
        re.compile(rf"(?<!\w)(?:{step})\s*:?\s*(?P<n>\d{{1,2}})\.?{between}(?P<of>\d{{1,2}})(?!\d)"),
        re.compile(rf"(?<!\d)(?P<n>\d{{1,2}})\.?\s*(?:{step}){between}(?P<of>\d{{1,2}})(?!\d)"),
    )


def absolute(address: str, href: str) -> str:
    """Return where a link leads, without its fragment; empty for what is no address."""
    try:
        return urldefrag(urljoin(address, href.strip()))[0][:500]
    except ValueError:
        return ""
