"""ARIA names and role words are not put where ARIA prohibits them (WCAG 1.3.1): a person must look."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute, text_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import own_label, role_of
from checks.words import plain

rule = Rule(
    __name__,
    title="ARIA names are on elements that can have one",
    wcag=["1.3.1"],
    impact="moderate",
    who="Many screen readers leave these words out, so people do not hear what the author wrote for them.",
    how="Write the words as text, which may be hidden visually, or use an element or a role that can have a name.",
    sources=[
        "https://www.w3.org/WAI/standards-guidelines/act/rules/kb1m8s/proposed/",
        "https://www.w3.org/TR/wai-aria-1.2/#namefromprohibited",
    ],
    messages={
        "cantTell.name": 'This {tag} cannot have a name, but has the label "{label}", which is not in its text. Do '
        "people miss something without it?",
        "cantTell.property": "On this {tag}, {property} does not count. Do people miss something without it?",
    },
)

# HTML elements without a role of their own, or with one that prohibits naming.
# Source: ARIA in HTML, https://www.w3.org/TR/html-aria/#docconformance, and WAI-ARIA 1.2, 5.2.8.6.
_NAMELESS_TAGS = frozenset(
    {"abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "div", "em", "i", "ins", "kbd", "mark", "p"}
    | {"pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
_NAMELESS_ROLES = frozenset(
    {"caption", "code", "definition", "deletion", "emphasis", "generic", "insertion", "mark", "none", "paragraph"}
    | {"presentation", "strong", "subscript", "superscript", "suggestion", "term", "time"}
)
GROUP_NAME_WORDS = 4
"""A longer label is a sentence, which tells something."""
_BLOCKS = ["p", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "form", "nav"]
_NAMES = ("aria-label", "aria-labelledby")
_PROPERTIES = ("aria-roledescription", "aria-braillelabel", "aria-brailleroledescription")
_SELECTOR = ", ".join(f"[{name}]" for name in (*_NAMES, *_PROPERTIES))


@rule.targets
def nameless(page: PageView) -> list[Tag]:
    """Look at elements that people meet, that can have no name, and that have one of these properties."""
    return [tag for tag in page.exposed(_SELECTOR) if _can_have_no_name(tag) and _is_no_part_of_a_control(tag)]


@rule.expect
def loses_nothing(tag: Tag) -> Verdict:
    """Ask where the property says what the text does not."""
    if found := next((name for name in _PROPERTIES if attribute(tag, name).strip()), ""):
        return cant_tell("cantTell.property", tag=tag.name, property=found)
    label = own_label(tag)
    if not label and attribute(tag, "aria-labelledby").strip():
        return cant_tell("cantTell.property", tag=tag.name, property="aria-labelledby")
    if plain(label) in plain(text_of(tag)) or _only_names_a_group(tag, label):
        return passed()
    return cant_tell("cantTell.name", tag=tag.name, label=label[:200])


def _can_have_no_name(tag: Tag) -> bool:
    role = role_of(tag)
    # A custom element, or one that takes the focus, is a control in the making; axe-core looks at those.
    if tag.has_attr("tabindex") or tag.has_attr("contenteditable"):
        return False
    return role in _NAMELESS_ROLES or (not role and tag.name in _NAMELESS_TAGS)


def _only_names_a_group(tag: Tag, label: str) -> bool:
    """Return whether these are a few words over a part of the page, which is all there without them."""
    is_part = tag.find(_BLOCKS) is not None and bool(text_of(tag))
    return is_part and len(label.split()) <= GROUP_NAME_WORDS and not any(sign.isdigit() for sign in label)


def _is_no_part_of_a_control(tag: Tag) -> bool:
    return tag.find_parent(["button", "a", "svg"]) is None


EXAMPLES = examples(
    passed=[
        '<div aria-label="Bus times">Bus times and lines</div>',
        '<p aria-labelledby="p" id="p">Bus times</p>',
        '<div aria-label="Agency description"><p>The council of Elm</p><a href="/">Elm</a></div>',
    ],
    cant_tell=[
        '<div aria-label="Before 100, now 1 euro"><s>100</s> / <b>1</b></div>',
        '<div aria-label="Step 2 of 5"><p>Your name</p></div>',
        '<div aria-label="Chart of visitors"><span></span></div>',
        '<p aria-labelledby="gone">Bus times</p>',
        '<p aria-braillelabel="Bus times">Bus</p>',
        '<h2 role="none" aria-roledescription="Slide">Bus</h2>',
    ],
    inapplicable=[
        '<div aria-live="polite">Saved</div>',
        '<div role="group" aria-label="Bus">Lines</div>',
        '<a href="/" aria-label="Before 100, now 1 euro"><s>100</s></a>',
        '<div aria-label="Bus" data-curbcut-hidden></div>',
        '<elm-map aria-label="Map of Elm"></elm-map>',
    ],
)
