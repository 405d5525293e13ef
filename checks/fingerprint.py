"""Names for barriers that last: `fingerprint` for one barrier, `component` for what one mend would fix.

A fingerprint must be the same after another crawl, with attributes in another order, generated ids and class names,
other indentation, or the element moved; two different barriers must not share one. So it is made of what an author
wrote on the element, never of where it stands. A component is made of where it stands, never of what it says: the
same place in a template is one component on every page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from checks.model import digest

TEXT_MAX_CHARS = 80
PATH_MAX_STEPS = 5  # nearest ancestors that count: enough to tell two slots of a template apart
CLASSES_MAX = 3

# What an author gives an element to say which one it is, in the order of our digest.
NAMING_ATTRIBUTES = (
    "role",
    "type",
    "name",
    "for",
    "alt",
    "title",
    "aria-label",
    "placeholder",
    "value",
    "lang",
    "autocomplete",
    "headers",
    "scope",
    "http-equiv",
    "content",
)
_TOKEN_ATTRIBUTES = ("id", "name", "for", "headers")
_URL_ATTRIBUTES = ("href", "src", "action")

# Elements whose text is that of other elements: it says nothing of which one this is.
_CONTAINERS = frozenset(
    {
        "html",
        "head",
        "body",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "section",
        "article",
        "form",
        "fieldset",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "ul",
        "ol",
        "dl",
        "menu",
        "select",
        "datalist",
        "iframe",
        "frame",
        "object",
        "video",
        "audio",
        "svg",
        "dialog",
        "details",
    }
)
_FRAMES = frozenset({"iframe", "frame"})
_ROLE_REGIONS = {
    "banner": "header",
    "contentinfo": "footer",
    "navigation": "nav",
    "main": "main",
    "complementary": "aside",
}
_TAG_REGIONS = frozenset({"nav", "main", "aside"})
_PAGE_TAG_REGIONS = frozenset({"header", "footer"})  # a region only outside sectioning content (HTML-AAM 1.0, 3.5)
_SECTIONING = frozenset({"article", "aside", "main", "nav", "section"})
_NEUTRAL = frozenset({"div", "span", "curbcut-shadow", "html", "body", "tbody", "thead"})

# Class tokens that say what state an element is in, not which one it is.
_STATES = frozenset(
    {
        "active",
        "current",
        "selected",
        "open",
        "opened",
        "closed",
        "collapsed",
        "expanded",
        "hover",
        "focus",
        "focused",
        "focus-visible",
        "visited",
        "disabled",
        "enabled",
        "hidden",
        "visible",
        "show",
        "shown",
        "first",
        "last",
        "odd",
        "even",
        "loaded",
        "loading",
        "lazyload",
        "lazyloaded",
        "lazy",
        "in",
        "fade",
        "animated",
        "aos-init",
        "aos-animate",
    }
)
_STATE_PREFIX = re.compile(r"^(is|has|js|no)-")
_CSS_IN_JS = frozenset({"css", "sc", "jss", "emotion", "svelte", "styled", "ng", "ngcontent", "nghost", "tss", "e"})
_SESSION_PARAMETERS = re.compile(
    r"^(sid|s?ession_?id|phpsessid|jsessionid|token|csrf\w*|nonce|_|t|ts|time|timestamp|v|ver|version|rnd|random|cb|"
    r"cache\w*|utm_\w+)$",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[-_:.]+")
_HEX = re.compile(r"[0-9a-f]{8,}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_REACT_ID = re.compile(r"[:«_]r_?[0-9a-z]+[:»_]")  # React's useId in versions 18 and 19
_RUNS = re.compile(r"\d+|\D+")
_HASH_MIN_RUNS = 4  # letters and digits by turns: 9a4d
_HASH_MIN_CHARS = 5  # shorter mixes of letters and digits are names: h2, col6, mt4
_CASE_RUNS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


@dataclass(frozen=True, slots=True)
class Step:
    """One element on the way from the page's root to the element in question."""

    tag: str
    id: str = ""
    role: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """What is known of one element, by whichever engine: raw values as the page gives them.

    `path` holds its ancestors, outermost first, through frames and open shadow roots. `text` is the start of its text.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    path: tuple[Step, ...] = ()


def fingerprint(rule: str, element: Element, message_id: str = "") -> str:
    """Return 16 hex digits that name this barrier on this element wherever it is met again.

    It does not hold the page's address: to ask whether a barrier is new on a page, compare address and fingerprint.
    """
    named = [f"{name}={value}" for name, value in _naming(element)]
    text = "" if element.tag in _CONTAINERS else normalise_text(element.text)
    if not named and not text and element.tag not in ("html", "body"):
        named = [f"class={token}" for token in stable_classes(element.attributes.get("class", "").split())]
    return digest("fingerprint", rule, message_id, element.tag, text, *named)


def component(rule: str, element: Element) -> str:
    """Return 16 hex digits that name what one mend would fix: this rule at this place of the template."""
    own = Step(
        element.tag,
        role=element.attributes.get("role", ""),
        classes=tuple(element.attributes.get("class", "").split()),
    )
    start = _region_start(element.path)
    inner = [text for step in element.path[start:] if (text := _step(step))][-PATH_MAX_STEPS:]
    frames = str(sum(step.tag in _FRAMES for step in element.path))
    return digest("component", rule, frames, region(element), *inner, _step(own) or element.tag)


def region(element: Element) -> str:
    """Return the page region that holds the element: header, nav, main, footer, aside, or an empty string."""
    own = Step(element.tag, role=element.attributes.get("role", ""))
    steps = (*element.path, own)
    for index in range(len(steps) - 1, -1, -1):
        name = _region_of(steps, index)
        if name:
            return name
    return ""


def normalise_text(text: str) -> str:
    """Return `text` so that indentation, case and counters ("3 comments") do not tell two crawls apart."""
    plain = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
    return _DIGITS.sub("#", plain)[:TEXT_MAX_CHARS]


def stable_classes(tokens: Iterable[str]) -> list[str]:
    """Return the class tokens an author chose, sorted: no generated ones, no states, hashes cut off."""
    kept = {stable_token(token) for token in tokens if not _is_state(token)}
    return sorted(kept - {""})


def stable_token(token: str) -> str:
    """Return an id or class without its generated parts (`menu-item-4571` gives `menu-item`), or an empty string."""
    token = _REACT_ID.sub("", _UUID.sub("", token))
    parts = [part for part in _SEPARATORS.split(token) if part]
    if parts and (parts[0] in _CSS_IN_JS or parts[0].rstrip("0123456789") in ("jss", "css", "emotion")):
        return ""
    return "-".join(part for part in parts if not _is_generated(part))


def _is_state(token: str) -> bool:
    return token.casefold() in _STATES or bool(_STATE_PREFIX.match(token))


def _is_generated(part: str) -> bool:
    has_digit = any(c.isdigit() for c in part)
    if part.isdigit():
        return True
    if has_digit:
        if _HEX.fullmatch(part) or len(_RUNS.findall(part)) >= _HASH_MIN_RUNS:
            return True
        letters = part.rstrip("0123456789")
        if letters.isalpha() and letters.islower() and len(part) - len(letters) <= 2:
            return False  # a word and a small number: col12, heading2
        return len(part) >= _HASH_MIN_CHARS
    runs = _CASE_RUNS.findall(part)
    return len(runs) > 2 and part.isalpha() and all(len(run) <= 2 for run in runs)  # fKzPqW


def _naming(element: Element) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    attributes = element.attributes
    for name in NAMING_ATTRIBUTES:
        value = attributes.get(name, "")
        if not value:
            continue
        value = stable_token(value) if name in _TOKEN_ATTRIBUTES else normalise_text(value)
        if value:
            found.append((name, value))
    own_id = stable_token(attributes.get("id", ""))
    if own_id:
        found.append(("id", own_id))
    urls = [(name, attributes[name]) for name in _URL_ATTRIBUTES if attributes.get(name)]
    return found + [(name, _normalise_url(url, is_file=name == "src")) for name, url in urls]


def _normalise_url(value: str, *, is_file: bool) -> str:
    value = value.strip()
    if value[:5].casefold() == "data:":
        return "data:" + digest(value)
    try:
        parts = urlsplit(value)
    except ValueError:
        return value
    if is_file:
        return _file_name(parts.path)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _SESSION_PARAMETERS.match(k)]
    path = _SESSION_PATH.sub("", parts.path)
    path = re.sub(r"^(\.{1,2}/)+", "", path).rstrip("/") or path[:1]
    fragment = parts.fragment if not path and not parts.netloc else ""
    return "|".join((parts.netloc.casefold(), path, urlencode(sorted(query)), fragment))


def _file_name(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    kept = [part for part in re.split(r"[-_.]", name) if part and not (_is_generated(part) and not part.isdigit())]
    return "-".join(kept) if len(kept) > 1 else name


def _step(step: Step) -> str:
    if step.tag in ("html", "body"):
        return ""
    classes = stable_classes(step.classes)[:CLASSES_MAX]
    if step.tag in _NEUTRAL and not classes and not step.role:
        return ""
    return ".".join([step.tag, *classes]) + (f"[{step.role}]" if step.role else "")


def _region_of(steps: tuple[Step, ...], index: int) -> str:
    step = steps[index]
    role = (step.role.split() or [""])[0].casefold()
    if role:
        return _ROLE_REGIONS.get(role, "")
    if step.tag in _TAG_REGIONS:
        return step.tag
    if step.tag in _PAGE_TAG_REGIONS and not any(outer.tag in _SECTIONING for outer in steps[:index]):
        return step.tag
    return ""


def _region_start(path: tuple[Step, ...]) -> int:
    for index in range(len(path) - 1, -1, -1):
        if _region_of(path, index):
            return index + 1
    return 0
