"""A heading has a name (WCAG 1.3.1, 2.4.6)."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import HIDDEN, attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._facts import has_fact, is_larger_than_an_icon, size_px
from checks.rules._heard import PRESENTATIONAL, name_of, role_of
from checks.rules._images import looks_like_an_icon

rule = Rule(
    __name__,
    title="Headings are not empty",
    wcag=["1.3.1", "2.4.6"],
    impact="moderate",
    who="People who go from heading to heading stop at one that says nothing, or miss one that others see.",
    how="Write the heading as text, give its image a text alternative, or remove it.",
    sources=[
        "https://www.w3.org/WAI/standards-guidelines/act/rules/ffd0e9/proposed/",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F43",
    ],
    messages={
        "failed": "This heading shows {what}, but assistive technology gets an empty heading.",
        "cantTell": "This heading is empty. Is it needed?",
    },
)


@rule.targets
def headings(page: PageView) -> list[Tag]:
    """Look at headings that people meet. One that is marked as no heading counts where a label undoes that."""
    found = page.exposed("h1, h2, h3, h4, h5, h6, [role=heading]")
    return [heading for heading in found if role_of(heading) in ("", "heading") or _mark_is_undone(heading)]


@rule.expect
def has_a_name(heading: Tag) -> Verdict:
    """Fail where something is seen and nothing heard; ask where a heading is just empty."""
    if name_of(heading):
        return passed()
    if what := _what_is_seen(heading):
        return failed(what=what)
    return cant_tell()


def _mark_is_undone(heading: Tag) -> bool:
    has_label = heading.has_attr("aria-label") or heading.has_attr("aria-labelledby")
    return role_of(heading) in PRESENTATIONAL and has_label


def _what_is_seen(heading: Tag) -> str:
    """Return what people see in a heading and do not hear: text, or a picture that is larger than an icon."""
    for part in heading.find_all(True):
        is_kept = attribute(part, "aria-hidden") == "true" and "icon" not in attribute(part, "class").casefold()
        if is_kept and _is_seen(part) and _LETTERS.search(part.get_text()):
            return "text"
    pictures = (picture for picture in heading.find_all(["img", "svg", "canvas"]) if _is_seen(picture))
    return "an image" if any(_is_large(picture) for picture in pictures) else ""


def _is_large(picture: Tag) -> bool:
    is_unknown = size_px(picture) is None and picture.name == "img" and not looks_like_an_icon(picture)
    return is_unknown or is_larger_than_an_icon(picture)


def _is_seen(part: Tag) -> bool:
    return not has_fact(part, "broken") and not any(tag.has_attr(HIDDEN) for tag in (part, *part.parents))


_LETTERS = re.compile(r"[^\W_]{2,}")  # no sign of an icon font

EXAMPLES = examples(
    passed=[
        '<h2 aria-labelledby="n"></h2><span id="n" hidden>Bus times</span>',
        '<h2><a href="/"><img src="a.png" alt="Town of Elm"></a></h2>',
        "<h2><svg><title>Bus times</title></svg></h2>",
        '<div role="heading" aria-level="2">Bus times</div>',
    ],
    failed=[
        '<h1><img src="a.png" alt=""></h1>',
        '<h2><span aria-hidden="true">Bus times</span></h2>',
        '<h2 role="none" aria-label=""><span aria-hidden="true">Bus times</span></h2>',
    ],
    cant_tell=[
        "<h2></h2>",
        '<h2><i aria-hidden="true" class="icons">home</i></h2>',
        "<h2><svg></svg></h2>",
        "<h2><br></h2>",
        "<h2><span data-curbcut-hidden>Bus times</span></h2>",
    ],
    inapplicable=[
        '<h2 aria-hidden="true"></h2>',
        "<h2 data-curbcut-hidden></h2>",
        '<h2 role="presentation"></h2>',
    ],
)
