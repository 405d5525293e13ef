"""What rules of the kind `site` compare: facts of each page, taken when it is judged, and the places they point to.

Facts are small plain data, kept with each page, so that a site of any size is compared page by page at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from checks.elements import attribute, is_exposed, selector_of, snippet_of, text_of
from checks.model import digest
from checks.page_parts import absolute, parts
from checks.rule import PageView
from checks.rules._asked import is_taken_over, purpose_of
from checks.rules._field_labels import field_name, form_of, is_search, text_fields
from checks.rules._heard import name_of, picture_name
from checks.words import plain, words

MAX_NAVS = 6
MAX_LINKS = 40
MAX_HELP = 12
MAX_SEARCHES = 4
MAX_ASKED = 30
MAX_TEXT_CHARS = 80
_NAMED = "nav, [role=navigation]"
_TOP = "header, [role=banner], footer, [role=contentinfo], nav, [role=navigation]"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of one page. `same_as` is its `rel=canonical` address where that names another page."""

    url_id: int
    url: str
    title: str
    lang: str
    content_hash: str
    same_as: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule of the kind `site` found something: a page, an element on it, and what names the finding.

    `key` names what one mend would reach (a menu, a link's address); `data` is the evidence, for the expectation.
    """

    page: PageFacts
    key: str
    data: Mapping[str, Any] = field(default_factory=dict)
    target: tuple[str, ...] = ()
    snippet: str = ""

    def fingerprint(self, rule: str) -> str:
        """Return what names this finding on its page in a later scan, on whatever host the site stands then."""
        parts = urlsplit(self.page.url)
        return digest(rule, self.key.replace(f"{parts.scheme}://{parts.netloc}", ""))


@dataclass(frozen=True, slots=True)
class SiteView:
    """All checked pages of a scan, by address. `pages` reads them anew each time: a site may not fit in memory."""

    pages: Callable[[], Iterable[PageFacts]]


def facts(view: PageView) -> dict[str, Any]:
    """Return the facts of one page as plain JSON data."""
    address = view.page.final_url or view.page.url
    offered = parts(view)
    return {
        "navs": [_nav(nav, address) for nav in view.exposed(_NAMED)[:MAX_NAVS]],
        "frame": _frame_links(view, address),
        "help": _help(view, address),
        "search": _has_search(view),
        "searches": _searches(view, address),
        "sitemap": _has_sitemap(view),
        "skip": _skip_link(view.soup),
        "parts": offered,
        "asked": _asked(view) if offered["step"] else [],
    }


def _links(within: Tag, address: str) -> list[list[str]]:
    links = [a for a in within.find_all("a", href=True) if isinstance(a, Tag) and is_exposed(a)]
    return [[text_of(a)[:MAX_TEXT_CHARS], absolute(address, attribute(a, "href"))] for a in links[:MAX_LINKS]]


def _nav(nav: Tag, address: str) -> dict[str, Any]:
    label = attribute(nav, "aria-label") or attribute(nav, "id") or " ".join(attribute(nav, "class").split()[:2])
    region = nav.find_parent(["header", "footer", "main", "aside"])
    return {
        "key": f"{region.name if region else ''} {label}".strip(),
        "links": _links(nav, address),
        "target": list(selector_of(nav)),
        "snippet": snippet_of(nav)[:200],
    }


def _frame_links(view: PageView, address: str) -> list[list[str]]:
    """Return name and address of the links in header, footer and menus, which pages of a site share."""
    found: dict[int, list[str]] = {}
    for part in view.exposed(_TOP):
        for link in part.find_all("a", href=True):
            if not isinstance(link, Tag) or id(link) in found or not is_exposed(link) or len(found) >= 2 * MAX_LINKS:
                continue
            name = attribute(link, "aria-label") or text_of(link) or _alt(link)
            target = absolute(address, attribute(link, "href"))
            if name and target.startswith("http"):
                found[id(link)] = [name[:MAX_TEXT_CHARS], target]
    return list(found.values())


def _alt(link: Tag) -> str:
    image = link.find("img")
    return attribute(image, "alt") if isinstance(image, Tag) else ""


def _help(view: PageView, address: str) -> list[list[str]]:
    """Return the ways to get help outside the main content, in the order in which they stand."""
    known = words("ways")["help"]
    found: list[list[str]] = []
    for link in view.exposed("a[href]"):
        if link.find_parent("main") is not None:
            continue
        href = attribute(link, "href").strip()
        kind = "phone" if href.startswith("tel:") else "mail" if href.startswith("mailto:") else ""
        if not kind and plain(text_of(link)) in known:
            kind = f"page {absolute(address, href)}"
        if kind and kind not in [entry[0] for entry in found]:
            found.append([kind, text_of(link)[:MAX_TEXT_CHARS]])
    return found[:MAX_HELP]


def _has_search(view: PageView) -> bool:
    if view.exposed("[role=search], search, input[type=search]"):
        return True
    known = words("ways")["search"]
    named = view.select("a[href], button, input[type=submit], input[placeholder], label")
    return any(plain(text_of(t) or attribute(t, "aria-label") or attribute(t, "value")) in known for t in named)


def _searches(view: PageView, address: str) -> list[dict[str, Any]]:
    """Return the forms with one search field: where they lead, what field and button are called, and where they are."""
    by_form: dict[int, list[Tag]] = {}
    for asked in text_fields(view.soup):
        by_form.setdefault(id(form_of(asked)), []).append(asked)
    found: dict[str, dict[str, Any]] = {}
    for asked, *others in by_form.values():
        form = form_of(asked)
        if form is None or others or len(found) >= MAX_SEARCHES or not is_search(asked):
            continue
        action = absolute(address, attribute(form, "action") or address)
        names = {"field": field_name(asked) or attribute(asked, "placeholder"), "button": _button(form)}
        place = {"target": list(selector_of(asked)), "snippet": snippet_of(asked)[:200]}
        found.setdefault(action, {part: name[:MAX_TEXT_CHARS] for part, name in names.items()} | place)
    return [{"action": action, **entry} for action, entry in found.items()]


def _asked(view: PageView) -> list[dict[str, Any]]:
    """Return what a step of a process asks people for: purpose, label and place, and whether it is filled in."""
    found: list[dict[str, Any]] = []
    for asked in text_fields(view.soup):
        form, purpose = form_of(asked), purpose_of(asked)
        is_aside = is_search(asked) or asked.find_parent(["header", "footer", "nav"]) is not None
        if form is None or is_aside or not purpose or len(found) >= MAX_ASKED:
            continue
        is_filled = bool(attribute(asked, "value").strip()) or asked.has_attr("readonly") or is_taken_over(form)
        place = {"target": list(selector_of(asked)), "snippet": snippet_of(asked)[:200]}
        found.append({"purpose": purpose, "label": field_name(asked)[:MAX_TEXT_CHARS], "is_filled": is_filled, **place})
    return found


def _button(form: Tag) -> str:
    """Return the name of a form's first button that people meet."""
    for button in form.find_all(["button", "input"]):
        kind = attribute(button, "type").casefold()
        if is_exposed(button) and (button.name == "button" or kind in ("submit", "image")):
            return picture_name(button) if kind == "image" else name_of(button) or attribute(button, "value") or ""
    return ""


def _has_sitemap(view: PageView) -> bool:
    known = words("ways")["sitemap"]
    return any(plain(text_of(link)) in known for link in view.select("a[href]"))


def _skip_link(soup: BeautifulSoup) -> dict[str, Any]:
    """Return the first link when it leads into its own page: where to, and whether that place is there."""
    body = soup.body
    first = body.find("a", href=True) if body else None
    if not isinstance(first, Tag):
        return {}
    href = attribute(first, "href").strip()
    if len(href) < 2 or not href.startswith("#"):
        return {}
    name = href[1:]
    there = soup.find(id=name) is not None or soup.find("a", attrs={"name": name}) is not None
    return {
        "text": text_of(first)[:MAX_TEXT_CHARS],
        "to": name[:MAX_TEXT_CHARS],
        "there": there,
        "target": list(selector_of(first)),
        "snippet": snippet_of(first)[:200],
    }
