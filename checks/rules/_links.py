"""Links, and the words around them that say with them where they lead."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from bs4 import Tag

from checks.elements import attribute, text_of
from checks.index import index_of
from checks.once import once_a_page
from checks.rules._heard import by_id, name_of, role_of

CONTEXT_BLOCKS = frozenset(("p", "li", "td", "th", "dd", "dt", "figcaption", "blockquote", "caption", "summary"))
_BOXES = frozenset(
    ("div", "section", "article", "aside", "main", "header", "footer", "nav", "form", "fieldset", "body")
)
_SCRIPTED = re.compile(r"location(?:\.href)?\s*=\s*(['\"])([^'\"]{1,500})\1")
_HEADING = re.compile(r"h[1-6]")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")


MANY_LINKS = 50
"""A block with so many links is a menu, in which no words belong to one of them."""


def links(root: Tag) -> list[Tag]:
    """Return the document's links that people meet and that lead somewhere."""
    return once_a_page(root, _links)


def _links(root: Tag) -> list[Tag]:
    found = index_of(root).exposed('a[href], area[href], [role="link"]')
    return [link for link in found if role_of(link) in ("", "link") and destination(link)]


def destination(link: Tag) -> str:
    """Return where a link leads, as written: its address, or the one that its own script goes to."""
    if href := attribute(link, "href").strip():
        return href
    scripted = _SCRIPTED.search(attribute(link, "onclick"))
    return scripted[2] if scripted else ""


def lead_alike(one: str, other: str) -> bool:
    """Return whether two addresses, as written on one page, are spellings of one: without tracking and index files."""
    first, second = _parts(one), _parts(other)
    if first is None or second is None:
        return one == other
    (host, path, rest), (other_host, other_path, other_rest) = first, second
    if rest != other_rest or (host and other_host and host != other_host):
        return False
    if host and other_host:
        return path == other_path
    # One is relative: it may go on from wherever the page is.
    return path == other_path or path.endswith("/" + other_path) or other_path.endswith("/" + path)


def _parts(address: str) -> tuple[str, str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)])
    path = re.sub(r"(^|/)(?:index|default)\.\w{3,5}$", r"\1", parts.path).rstrip("/")
    scheme = "" if parts.scheme in ("", "http", "https") else parts.scheme + ":"
    host = parts.netloc.casefold().removeprefix("www.")
    return scheme + host, path if host else path.removeprefix("./"), f"{query}#{parts.fragment}"


def block_of(link: Tag) -> Tag | None:
    """Return the paragraph, list item or cell a link stands in, or the box around it where there is none."""
    for parent in link.parents:
        if parent.name in CONTEXT_BLOCKS or parent.name in _BOXES or _HEADING.fullmatch(parent.name or ""):
            return parent
    return None


def words_beside(link: Tag, block: Tag) -> str:
    """Return the text of a block that belongs to none of its links; of a menu, nothing."""
    others = block.find_all("a", limit=MANY_LINKS)
    if len(others) == MANY_LINKS:
        return ""
    own = {id(part) for other in [link, *others] for part in other.find_all(string=True)}
    texts = [str(part) for part in block.find_all(string=True) if id(part) not in own]
    return " ".join(" ".join(texts).split())


def description_of(link: Tag) -> str:
    """Return what `aria-describedby` or `title` adds to a link's name."""
    parts = [by_id(link, name) for name in attribute(link, "aria-describedby").split()[:10]]
    described = " ".join(text_of(part) for part in parts if part is not None)
    title = attribute(link, "title").strip()
    return described or (title if title.casefold() != name_of(link).casefold() else "")


def headings_before(root: Tag) -> dict[int, int]:
    """Return, by the identity of each link, the identity of the heading it stands under."""
    under: dict[int, int] = {}
    heading = 0
    for tag in root.find_all(True):
        if _HEADING.fullmatch(tag.name):
            heading = id(tag)
        elif heading and (tag.name in ("a", "area") or role_of(tag) == "link"):
            under[id(tag)] = heading
    return under
