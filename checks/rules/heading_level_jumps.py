"""Heading levels follow the structure of the page (WCAG 1.3.1): a person must look where one is left out."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute, is_exposed
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
        "cantTell": 'The heading "{text}" has level {level} and follows one of level {before}. Is its level right? '
        "WCAG does not forbid the step."
    },
)
_HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]"
_TAG = re.compile(r"h[1-6]")
_LEVEL = re.compile(r"[1-9]")
_DEFAULT_LEVEL = 2  # of role heading without aria-level, WAI-ARIA 1.2


@rule.targets
def headings_after_others(page: PageView) -> list[Tag]:
    """Look at every heading of the page's main part but the first."""
    return [heading for heading in page.exposed(_HEADINGS) if _level_before(heading) is not None]


@rule.expect
def leaves_no_step_out(heading: Tag) -> Verdict:
    """Ask where the level goes down by more than one step."""
    before = _level_before(heading)
    level = _level(heading)
    if before is None or level - before <= 1:
        return passed()
    return cant_tell(text=name_of(heading)[:100], level=level, before=before)


def _level_before(heading: Tag) -> int | None:
    return once_a_page(heading, _levels_before).get(id(heading))


def _levels_before(root: Tag) -> dict[int, int]:
    """Return the level of the heading before each heading, within its landmark: a footer starts anew."""
    before: dict[int, int] = {}
    last: dict[int, int] = {}
    for heading in root.find_all(_is_heading):
        if not is_exposed(heading) or not name_of(heading):
            continue
        landmark = heading.find_parent(["nav", "aside", "footer", "header", "dialog"])
        place = id(landmark) if landmark is not None else 0
        if place in last:
            before[id(heading)] = last[place]
        last[place] = _level(heading)
    return before


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
    ],
    cant_tell=["<h1>Elm</h1><h3>Bus</h3>", '<h2>Bus</h2><div role="heading" aria-level="4">Times</div>'],
    inapplicable=["<h3>Elm</h3>", "<h1>Elm</h1><h3 data-curbcut-hidden>Bus</h3>", "<h1>Elm</h1><h3></h3>"],
)
