"""Names for barriers that last: `fingerprint` for one barrier, `component` for what one mend would fix.

A fingerprint must be the same after another crawl, with attributes in another order, generated ids and class names,
other indentation, or the element moved; two different barriers must not share one. So it is made of what an author
wrote on the element, the strongest name it has, never of where it stands. A component is made of where it stands,
never of what it says: the same place in a template is one component on every page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from checks.model import digest
from checks.stable import stable_classes, stable_link, stable_source, stable_sprite, stable_text, stable_token

TEXT_MAX_CHARS = 200  # of an element's text as it is handed over; spaces and all but the start go later
PATH_MAX_STEPS = 5  # nearest ancestors that count: enough to tell two slots of a template apart
CLASSES_MAX = 3

INSIDE = "curbcut-inside"
"""The name under which `Element.attributes` holds what its parts are named by: no attribute of a page is called so."""

# What an author gives an element to say which one it is.
_STRONG: Mapping[str, Callable[[str], str]] = {
    "name": stable_token,
    "alt": stable_text,
    "aria-label": stable_text,
    "http-equiv": stable_text,
    "content": stable_text,
    "href": stable_link,
    "action": stable_link,
    "src": stable_source,
}
_LATE_SOURCES = ("data-src", "data-lazy-src")
_VALUED = frozenset({"option", "button"})
_VALUED_TYPES = frozenset({"radio", "checkbox", "submit", "button", "reset"})

# What names an element only where nothing stronger does: people and site generators add and change it, be it to mend
# something else (an `id` for a label, an anchor for each heading).
_IDS: Mapping[str, Callable[[str], str]] = {"id": stable_token, "for": stable_token}
_WEAK: Mapping[str, Callable[[str], str]] = dict.fromkeys(
    ("title", "placeholder", "value", "lang", "autocomplete", "headers", "scope", "data"), stable_text
)
_HOOKS: Mapping[str, Callable[[str], str]] = {"data-testid": stable_text, "aria-controls": stable_token}
_ONE_A_PAGE = frozenset({"html", "body"})
_SAME_TAGS = {**{f"h{level}": "heading" for level in range(1, 7)}, "strong": "b", "em": "i"}
"""Tags that are exchanged when a heading moves a level, or an editor is replaced."""

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
    tag = _SAME_TAGS.get(element.tag, element.tag)
    return digest("fingerprint", rule, message_id, tag, *_naming(element))


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


def _naming(element: Element) -> list[str]:
    """Return what names the element: what an author must change to make another of it, else the next best."""
    attributes = _loaded(element.attributes)
    named = [f"role={role}" for role in (stable_text(attributes.get("role", "")),) if role]
    if element.tag == "input":
        named.append(f"type={stable_text(attributes.get('type', ''))}")
    text = "" if element.tag in _CONTAINERS else stable_text(element.text)
    strong = [*_values(attributes, _STRONG), *([text] if text else [])]
    if element.tag in _VALUED or attributes.get("type", "") in _VALUED_TYPES:
        strong += _values(attributes, {"value": stable_text})
    if strong or element.tag in _ONE_A_PAGE:
        return named + strong
    for group in (_IDS, _WEAK, _HOOKS):
        found = _values(attributes, group)
        if found:
            return named + found
    return named + (_inside(attributes.get(INSIDE, "")) or _classes(attributes.get("class", "")))


def _loaded(attributes: Mapping[str, str]) -> Mapping[str, str]:
    """Return attributes as they are once a picture that loads late is there: until then `src` holds a stand-in."""
    late = next((value for name in _LATE_SOURCES if (value := attributes.get(name))), "")
    is_stand_in = late and attributes.get("src", "data:")[:5].casefold() == "data:"
    return {**attributes, "src": late} if is_stand_in else attributes


def _values(attributes: Mapping[str, str], group: Mapping[str, Callable[[str], str]]) -> list[str]:
    found = ((name, normal(attributes[name])) for name, normal in group.items() if attributes.get(name))
    return [f"{name}={value}" for name, value in found if value]


_PARTS: Mapping[str, Callable[[str], str]] = {
    "class": lambda value: "-".join(stable_classes(value.split())),
    "src": stable_source,
    "use": stable_sprite,
}
"""How the parts of an element are named; all others by their text."""


def _inside(lines: str) -> list[str]:
    """Return what the parts of an element that says nothing are named by: its icon, as a rule."""
    found: list[str] = []
    for line in lines.splitlines():
        kind, _, value = line.partition(" ")
        said = _PARTS.get(kind, stable_text)(value)
        if said:
            found.append(f"inside {kind}={said}")
    return found


def _classes(value: str) -> list[str]:
    return [f"class={token}" for token in stable_classes(value.split())]


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
