"""What only shows across a site: two spellings of one term, pages with the same title. Pages give facts, in any
order; the judge sees all facts at the end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.model import Finding, Outcome, digest
from styleguide.blocks import BlockKind
from styleguide.kinds.consistency import count_forms
from styleguide.rules import ENGINE

if TYPE_CHECKING:
    from styleguide.guides import Guide
    from styleguide.reading import Reading

MAX_LISTED_PAGES = 5
"""Pages named in one message; the rest are counted."""

MIN_RARE_SHARE = 0.02
"""Below this share of uses the rarer spelling is more likely a quotation or a name than a habit."""

SAME_TITLE = "site/same-title"
TWO_SPELLINGS = "site/two-spellings"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What one page tells its site. `spellings` counts each form of a term by the group of forms it belongs to."""

    url: str
    lang: str
    title: str
    spellings: Mapping[str, Mapping[str, int]]


def page_facts(reading: Reading, guide: Guide, url: str) -> PageFacts:
    """Return the facts of one page."""
    blocks = reading.document.blocks
    title = next((block.text for block in blocks if block.kind is BlockKind.TITLE), "")
    spellings: dict[str, dict[str, int]] = {}
    for rule in guide.counted:
        for group, forms in count_forms(rule, reading).items():
            spellings[group] = {form: len(places) for form, places in forms.items()}
    return PageFacts(url, reading.document.lang, title, spellings)


def judge_site(pages: Iterable[PageFacts]) -> tuple[Finding, ...]:
    """Return the findings about a site as a whole; each is placed on the first page it is about."""
    facts = sorted(pages, key=lambda page: page.url)
    return (*_same_titles(facts), *_two_spellings(facts))


def _same_titles(pages: list[PageFacts]) -> list[Finding]:
    by_title: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for page in pages:
        if page.title:
            by_title[page.lang, " ".join(page.title.casefold().split())].append(page.url)
    findings: list[Finding] = []
    for (_, title), urls in by_title.items():
        if len(urls) > 1:
            shown = next(page.title for page in pages if page.url == urls[0])
            message = (
                f"{len(urls)} pages have the title “{shown[:100]}”: {_listed(urls)}. Say in each what it is about."
            )
            arguments: dict[str, str | int] = {"title": shown[:200], "pages": len(urls)}
            findings.append(_finding(SAME_TITLE, urls[0], message, title, arguments))
    return findings


def _two_spellings(pages: list[PageFacts]) -> list[Finding]:
    totals: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    where: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for page in pages:
        for group, forms in page.spellings.items():
            for form, count in forms.items():
                totals[page.lang, group][form] += count
                where[page.lang, group, form].append(page.url)
    findings: list[Finding] = []
    for (lang, group), counts in totals.items():
        (usual, most), *others = counts.most_common()
        for form, count in others:
            if count < MIN_RARE_SHARE * (most + count):
                continue
            urls = where[lang, group, form]
            message = (
                f"This site writes “{usual}” ({most} times) and “{form}” ({count} times). Choose one. "
                f"“{form}” is on: {_listed(urls)}."
            )
            arguments: dict[str, str | int] = {
                "usual": usual,
                "form": form,
                "count": count,
                "usual_count": most,
                "pages": len(urls),
            }
            findings.append(_finding(TWO_SPELLINGS, urls[0], message, f"{lang} {form}", arguments))
    return findings


def _listed(urls: list[str]) -> str:
    more = len(urls) - MAX_LISTED_PAGES
    return ", ".join(urls[:MAX_LISTED_PAGES]) + (f" and {more} more" if more > 0 else "")


def _finding(rule: str, url: str, message: str, key: str, arguments: Mapping[str, str | int]) -> Finding:
    return Finding(
        rule=rule,
        engine=ENGINE,
        outcome=Outcome.FAILED,
        url=url,
        message=message,
        fingerprint=digest(rule, key),
        component=digest(rule, key),
        arguments=dict(arguments),
    )
