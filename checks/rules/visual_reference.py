"""Instructions do not rely only on shape, colour or place (WCAG 1.3.3)."""

from __future__ import annotations

from bs4 import Tag
from bs4.element import NavigableString

from checks.elements import attribute, is_exposed
from checks.index import index_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._facts import fact
from checks.rules._fields import language_of
from checks.rules._heard import heard, name_of, own_label, picture_name, role_of
from checks.rules._visual_words import Reference, reference_in
from checks.words import plain, words_in

rule = Rule(
    __name__,
    title="Instructions do not rely only on shape, colour or place",
    wcag=["1.3.3"],
    impact="moderate",
    who="People who do not see the page, or see it enlarged or on a phone, cannot find what is meant.",
    how='Name the thing as well: "the Send button on the right".',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F14",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G96",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/9bd38c/proposed/",
    ],
    messages={
        "failed": 'This text points to "{words}". What stands there has no name, heading or role of its own that '
        "tells it from the rest.",
        "cantTell": 'This text points to "{words}". Can people who do not see the page find what is meant?',
    },
)

GROUPS_MAX = 5
"""Where more groups of links stand on one side, a text does not point to one of them without saying which."""
_BLOCKS = "p, li, dd, td, th, div, figcaption, label, legend, blockquote"
_CHARS_MAX = 1500
"""Texts that are longer than an instruction are read up to here, so a page's cost stays in bounds."""
_NAMED = (
    "h1, h2, h3, h4, h5, h6, button, a[href], summary, label, legend, caption, figcaption, "
    "[role=button], [role=heading], [aria-label], [aria-labelledby], img[alt], svg, iframe[title], "
    "input[type=submit], input[type=button]"
)


@rule.targets
def texts_that_point(page: PageView) -> list[Tag]:
    """Look at texts that point to a thing by its look or place."""
    return [block for block in page.exposed(_BLOCKS) if _has_own_text(block) and _reference(block)]


@rule.expect
def names_what_it_points_to(block: Tag) -> Verdict:
    """Pass what the page names; fail where the place holds only links without a name; ask about the rest."""
    found = _reference(block)
    if found is None or _is_named(block, found):
        return passed()
    if found.side and _is_menu(block, found) and _stands_there_unnamed(block, found.side):
        return failed(words=found.words[:100])
    return cant_tell(words=found.words[:100])


def _reference(block: Tag) -> Reference | None:
    return reference_in(heard(block)[:_CHARS_MAX], language_of(block))


def _has_own_text(block: Tag) -> bool:
    return any(type(child) is NavigableString and child.strip() for child in block.children)


def _is_named(block: Tag, found: Reference) -> bool:
    """Return whether something is named by the same word, or is the only one of its kind."""
    word = found.look or found.thing
    if any(word in name for owner, name in once_a_page(block, _names) if owner is not block):
        return True
    if _is_menu(block, found):
        return once_a_page(block, _navigations) == 1
    return found.side != "" and once_a_page(block, _buttons) == 1 and _is_a(block, found, "button")


def _is_menu(block: Tag, found: Reference) -> bool:
    return _is_a(block, found, "menu")


def _is_a(block: Tag, found: Reference, kind: str) -> bool:
    return plain(found.thing) in words_in("visual_references", language_of(block))[kind]


def _names(root: Tag) -> list[tuple[Tag, str]]:
    return [(tag, plain(_name(tag))) for tag in index_of(root).select(_NAMED) if is_exposed(tag)]


def _name(tag: Tag) -> str:
    if tag.name in ("img", "svg"):
        return picture_name(tag)
    return attribute(tag, "value") if tag.name == "input" else own_label(tag) or name_of(tag)


def _is_navigation(tag: Tag) -> bool:
    return (tag.name == "nav" and not role_of(tag)) or role_of(tag) in ("navigation", "menu", "menubar")


def _navigations(root: Tag) -> int:
    found = index_of(root).select("nav, [role=navigation], [role=menu], [role=menubar]")
    return sum(1 for tag in found if _is_navigation(tag) and is_exposed(tag))


def _buttons(root: Tag) -> int:
    return sum(1 for tag in index_of(root).select("button, input[type=submit], [role=button]") if is_exposed(tag))


def _stands_there_unnamed(block: Tag, side: str) -> bool:
    """Return whether links stand on that side, all of them in groups that nothing names."""
    # A list of steps may tell how to use another program.
    if block.find_parent("ol") is not None:
        return False
    groups = once_a_page(block, _groups_of_links)
    there = [group for group in groups if fact(group, "side") == side]
    return 0 < len(there) <= GROUPS_MAX and not any(_has_a_name(group, block) for group in there)


def _groups_of_links(root: Tag) -> list[Tag]:
    groups = index_of(root).select("nav, ul, ol, aside")
    return [group for group in groups if is_exposed(group) and len(group.find_all("a", href=True, limit=2)) > 1]


def _has_a_name(group: Tag, block: Tag) -> bool:
    """Return whether a group of links, or what holds it, has a label or a heading inside or right before it."""
    for holder in (group, *group.parents):
        if holder.name in ("body", "main", "html", "[document]"):
            return False
        if own_label(holder) or attribute(holder, "title").strip():
            return True
        if holder.find(["h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend"]) is not None:
            return True
        before = holder.find_previous_sibling()
        # The text that points there is not its name.
        if isinstance(before, Tag) and before is not block and before.name in _MAY_BE_ITS_NAME:
            return True
    return False


_MAY_BE_ITS_NAME = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "strong", "b", "span"})

EXAMPLES = examples(
    passed=[
        "<p>Use the menu on the right.</p><nav><a href='/a'>A</a></nav>",
        "<p>Use the menu on the right.</p><h2>Menu</h2><ul data-curbcut-side='right'><li><a href='/a'>A</a></ul>",
        "<p>Press the button on the right.</p><button>Send</button>",
        "<p>Press the round button.</p><button>Round button</button><button>Send</button>",
        "<p>Look underneath the star.</p><img src='a.svg' alt='Star'>",
    ],
    failed=[
        "<p>Use the menu on the left to go on.</p><ul data-curbcut-side='left'>"
        "<li><a href='/a'>A</a><li><a href='/b'>B</a></ul>",
        "<nav><a href='/'>Home</a></nav><p>See the navigation on the right.</p><nav data-curbcut-side='right'>"
        "<a href='/a'>A</a><a href='/b'>B</a></nav>",
    ],
    cant_tell=[
        "<p>Press the red button.</p><button>Send</button><button>Stop</button>",
        "<html lang='de'><body><p>Klicken Sie auf den roten Knopf.</p></body></html>",
        "<html lang='fr'><body><p>Utilisez le menu à droite.</p></body></html>",
        "<html lang='fr'><body><p>Ensuite, l'icône verte vous guide.</p></body></html>",
        "<p>Click green button.</p><p>Fields: the big red box must be filled in.</p>",
        "<p>Find more underneath the star.</p>",
        "<ol><li>Open the menu on the left.</li></ol><div><ul data-curbcut-side='left'>"
        "<li><a href='/a'>A</a><li><a href='/b'>B</a></ul></div>",
    ],
    inapplicable=[
        '<p>Press the "Send" button on the right.</p>',
        "<p>Press the button below.</p>",
        "<html lang='fr'><body><p>Il joue au square.</p></body></html>",
        "<p aria-hidden='true'>Press the red button.</p>",
        "<p>A square has four equal sides.</p>",
        "<p>Use the inverse class to show white links on dark backgrounds.</p>",
        "<html lang='de'><body><p>So erscheinen blaue Links auf hellem Grund.</p></body></html>",
    ],
)
