"""Statements written as whole pages, in the manner of national templates: right ones, and some with known defects.

Each file of `pages/` begins with a comment that tells the site, the checks that must fail, and those that fail `later`,
when a promised date has passed. Every page stands for three cases: as it is, four years later, and with a link to the
enforcement body that does not work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

from checks.model import Outcome
from checks.statement.evaluation.build import BODY_URL
from checks.statement.evaluation.cases import TODAY
from checks.statement.evaluation.judged import all_answer, outcomes_of
from checks.statement.model import Answer

LATER = date(2030, 11, 26)
_HEAD = re.compile(r"<!-- site: (?P<site>\S+) ; failing:(?P<failing>[^>;]*)(?:; later:(?P<later>[^>]*))?-->")
LINK_CHECK, AGE_CHECK = "S-35", "S-26"


@dataclass(frozen=True, slots=True)
class Written:
    """One page and what is around it: its name, its language, and the checks that must fail and no others.

    `late` holds the checks that fail besides when it is read four years later.
    """

    name: str
    lang: str
    html: str
    site: str
    failing: frozenset[str]
    late: frozenset[str] = frozenset()
    today: date = TODAY
    link_works: bool = True

    def outcomes(self) -> dict[str, Outcome]:
        """Return each check's outcome."""
        answers = all_answer(self.site) | ({} if self.link_works else {BODY_URL: Answer(404)})
        return outcomes_of(self.html, f"{self.site}statement", site=self.site, today=self.today, answers=answers)


@cache
def pages() -> tuple[Written, ...]:
    """Return every page as it is."""
    folder = resources.files("checks.statement.evaluation") / "pages"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".html")), key=lambda file: file.name)
    return tuple(_page(file.name.removesuffix(".html"), file.read_text(encoding="utf-8")) for file in files)


def written() -> Iterator[Written]:
    """Yield every case: each page, later, and with a broken link."""
    for page in pages():
        yield page
        yield replace(page, name=f"{page.name}, later", failing=page.failing | {AGE_CHECK} | page.late, today=LATER)
        if BODY_URL in page.html:
            failing = page.failing | {LINK_CHECK}
            yield replace(page, name=f"{page.name}, a broken link", failing=failing, link_works=False)


def _page(name: str, html: str) -> Written:
    head = _HEAD.match(html)
    if head is None:
        raise ValueError(f"{name}.html must begin with: <!-- site: https://... ; failing: S-01 -->")
    failing, late = (frozenset((head[group] or "").split()) for group in ("failing", "later"))
    return Written(name, name.split("-", maxsplit=1)[0], html, head["site"], failing, late)
