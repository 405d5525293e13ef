"""Heading levels follow the structure of the page (WCAG 1.3.1): a person must look where one is left out."""

from __future__ import annotations

import re
from itertools import pairwise

from bs4 import Tag

from checks.elements import attribute
from checks.index import index_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import name_of, role_of

rule = Rule(
    __name__,
    title="Heading levels leave no step out",
    wcag=["1.3.1"],
    impact="minor",
    who="People who find their way by headings look for a part that is not there.",
    how="Give the heading the level of its place in the page and set its size in the style sheet.",
    sources=[
        "https://www.w3.org/WAI/tutorials/page-structure/headings/",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G141",
    ],
    messages={
        "cantTell": 'The heading "{text}" has level {level} and follows one of level {before}. Steps left out on this '
        "page: {count}. Are the levels right? WCAG does not forbid it."
    },
)
_HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]"
_MAY_BE_HEADINGS = "h1, h2, h3, h4, h5, h6, [role]"
_TAG = re.compile(r"h[1-6]")
_LEVEL = re.compile(r"[1-9]")
_DEFAULT_LEVEL = 2  # of role heading without aria-level, WAI-ARIA 1.2
_FIXED = ["nav", "aside", "footer", "header", "dialog"]
"""Fixed parts of pages, whose levels need not follow those of the content: see the tutorial above."""


@rule.targets
def headings_after_others(page: PageView) -> list[Tag]:
    """Look at every heading of the page's own content but the first; not at menus, footers and what else is fixed."""
    return [heading for heading in page.exposed(_HEADINGS) if id(heading) in _before(heading)]


@rule.expect
def leaves_no_step_out(heading: Tag) -> Verdict:
    """Ask once a page, at the first heading whose level goes down by more than one step."""
    before = _before(heading)
    jumps = once_a_page(heading, _jumps)
    if not jumps or jumps[0] is not heading:
        return passed()
    return cant_tell(text=name_of(heading)[:100], level=_level(heading), before=before[id(heading)], count=len(jumps))


def _before(heading: Tag) -> dict[int, int]:
    return once_a_page(heading, _levels_before)


def _levels_before(root: Tag) -> dict[int, int]:
    """Return the level of the heading before each heading of the content, by the heading's identity."""
    found = once_a_page(root, _content_headings)
    return {id(heading): _level(former) for former, heading in pairwise(found)}


def _jumps(root: Tag) -> list[Tag]:
    return [
        heading
        for former, heading in pairwise(once_a_page(root, _content_headings))
        if _level(heading) - _level(former) > 1
    ]


def _content_headings(root: Tag) -> list[Tag]:
    index = index_of(root)
    mains = {id(tag) for tag in index.exposed("main, [role]") if _is_main(tag)}
    return [
        heading
        for heading in index.exposed(_MAY_BE_HEADINGS)
        if _is_heading(heading)
        and name_of(heading)
        and heading.find_parent(_FIXED) is None
        and (not mains or any(id(part) in mains for part in heading.parents))
    ]


def _is_main(tag: Tag) -> bool:
    return role_of(tag) == "main" or (tag.name == "main" and not tag.has_attr("role"))


def _is_heading(tag: Tag) -> bool:
    role = role_of(tag) if tag.has_attr("role") else ""
    return role == "heading" or (not role and _TAG.fullmatch(tag.name) is not None)


def _level(heading: Tag) -> int:
    asked = attribute(heading, "aria-level").strip()
    if _LEVEL.fullmatch(asked):
        return int(asked)
    return int(heading.name[1]) if _TAG.fullmatch(heading.name) else _DEFAULT_LEVEL


EXAMPLES = examples(
    passed=[
        "<h1>Elm</h1><h2>Bus</h2><h3>Times</h3><h2>Bins</h2>",
        "<h3>News</h3><h1>Elm</h1>",
        "<main><h1>Elm</h1><h2>Bus</h2></main><footer><h4>Contact</h4><h4>Legal</h4></footer>",
        "<h5>In this part</h5><main><h1>Elm</h1><h2>Bus</h2></main><h2>Join us</h2><div><h5>Contact</h5></div>",
    ],
    cant_tell=["<h1>Elm</h1><h3>Bus</h3>", '<h2>Bus</h2><div role="heading" aria-level="4">Times</div>'],
    inapplicable=[
        "<h3>Elm</h3>",
        "<h1>Elm</h1><h3 data-curbcut-hidden>Bus</h3>",
        "<h1>Elm</h1><h3></h3>",
        "<footer><h2>Elm</h2><h4>Contact</h4></footer>",
    ],
)
