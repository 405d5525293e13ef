"""Looks for words in the findings of a scan: in their messages, code, rules and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from checks.model import Outcome
from reports.analysis.scans import STYLE_ENGINE
from store.schema import finding, url

KINDS = ("barriers", "questions", "language", "practices")
MAX_WORDS = 10


@dataclass(frozen=True, slots=True)
class Found:
    """One finding that a search met."""

    rule: str
    outcome: str
    engine: str
    impact: str
    wcag: tuple[str, ...]
    message: str
    snippet: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """How many findings match, and some of them."""

    n_found: int
    found: tuple[Found, ...]


def search(
    connection: Connection, scan_id: int, words: str, kind: str = "", *, first: int = 0, most: int = 50
) -> SearchResult:
    """Return the findings in which each of the words stands somewhere, whatever its case (of ASCII letters).

    `kind` is one of KINDS, or "" for all. In order of address and place.
    """
    conditions = [finding.c.scan_id == scan_id, *(_stands(word) for word in words.split()[:MAX_WORDS]), *_of_kind(kind)]
    joined = finding.join(url, url.c.id == finding.c.url_id)
    n_found: int = connection.execute(select(func.count()).select_from(joined).where(*conditions)).scalar_one()
    columns = (finding.c.rule, finding.c.outcome, finding.c.engine, finding.c.impact, finding.c.wcag)
    query = (
        select(*columns, finding.c.message, finding.c.snippet, url.c.url)
        .select_from(joined)
        .where(*conditions)
        .order_by(url.c.url, finding.c.id)
        .offset(first)
        .limit(most)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return SearchResult(
        n_found, tuple(Found(**{**row, "wcag": tuple(row["wcag"]), "impact": row["impact"] or ""}) for row in rows)
    )


def _stands(word: str) -> Any:
    places = (finding.c.message, finding.c.snippet, finding.c.rule, url.c.url)
    return or_(*(column.icontains(word, autoescape=True) for column in places))


def _of_kind(kind: str) -> tuple[Any, ...]:
    is_style = finding.c.engine == STYLE_ENGINE
    return {
        "barriers": (and_(finding.c.outcome == Outcome.FAILED, ~is_style),),
        "questions": (finding.c.outcome == Outcome.CANT_TELL,),
        "practices": (finding.c.outcome == Outcome.BEST_PRACTICE,),
        "language": (and_(finding.c.outcome == Outcome.FAILED, is_style),),
    }.get(kind, ())
