"""Findings grouped into issues: one rule on one component, with one outcome, wherever it is met.

The database groups and orders; what comes out is a stream. An issue's `id` is made from what it groups by, so the
same issue has the same address in the reports of two scans.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Case,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    RowMapping,
    Select,
    and_,
    case,
    distinct,
    func,
    select,
)

from checks import standards
from checks.model import Impact, Outcome, digest
from reports.analysis.scans import STYLE_ENGINE
from reports.analysis.words import where
from reports.wording import of_rule, say, say_n
from store.schema import document, evidence, finding, page, rule, scan, url

STREAM_ROWS = 500
"""Rows the database hands over at a time: enough to be quick, few enough to keep memory flat."""

IMPACT_RANKS = {Impact.CRITICAL: 4, Impact.SERIOUS: 3, Impact.MODERATE: 2, Impact.MINOR: 1}
IMPACT_ORDER = case(*((finding.c.impact == str(impact), rank) for impact, rank in IMPACT_RANKS.items()), else_=0)
"""An impact as a number that databases can order by."""

_IMPACT_BY_RANK = {rank: str(impact) for impact, rank in IMPACT_RANKS.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """One finding: one element (or some words) on one page, or in a document (`is_page` is False).

    `page_title` and `page_lang` are the document's there. `is_document` says that the scan has a row for the document.
    """

    page_id: int
    url: str
    is_page: bool
    is_document: bool
    page_title: str
    page_lang: str
    message: str
    target: tuple[str, ...]
    snippet: str
    region: str
    suggestion: str
    span: tuple[int, int] | None
    fingerprint: str
    state: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a screenshot of an issue's example; its bytes come from `picture_data`."""

    finding_id: int
    url: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Issue:
    """One rule on one component with one outcome, and what one mend would reach.

    `n_pages` counts pages, `n_places` findings, `n_elements` different fingerprints. `region` is empty when the
    places lie in more than one. `impact` is the worst among the places.
    """

    id: str
    rule: str
    engine: str
    component: str
    outcome: str
    title: str
    description: str
    who: str
    how: str
    help_url: str
    wcag: tuple[str, ...]
    impact: str
    region: str
    n_pages: int
    n_places: int
    n_elements: int
    example: Place
    picture: Picture | None

    @property
    def is_style(self) -> bool:
        """Whether this is about words to mend: not a barrier, and not a question for a person."""
        return self.engine == STYLE_ENGINE and self.outcome == Outcome.FAILED

    @property
    def sentence(self) -> str:
        """What one mend reaches: "1 barrier in the header, on 38 pages: mend it once."."""
        n = self.n_elements
        if self.outcome == Outcome.CANT_TELL:
            found = say_n("%(n)s question", "%(n)s questions", n)
            once = say_n("look once", "look at them together", n)
        elif self.outcome == Outcome.BEST_PRACTICE:
            found = say_n("%(n)s place against best practice", "%(n)s places against best practice", n)
            once = say_n("change it once", "change them once", n)
        elif self.is_style:
            found, once = say_n("%(n)s passage", "%(n)s passages", n), say_n("rewrite it once", "rewrite them once", n)
        else:
            found, once = say_n("%(n)s barrier", "%(n)s barriers", n), say_n("mend it once", "mend them once", n)
        if self.example.is_document:
            places = say_n("in %(n)s document", "in %(n)s documents", self.n_pages)
        else:
            places = say_n("on %(n)s page", "on %(n)s pages", self.n_pages)
        what = f"{found}{where(self.region)}, {places}"
        return say("%(what)s: %(once)s.", what=what, once=once) if self.n_pages > 1 else f"{what}."


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """All findings of one rule with one outcome, over the whole scan; `n_elements` counts different fingerprints."""

    rule: str
    engine: str
    outcome: str
    title: str
    description: str
    who: str
    how: str
    help_url: str
    sources: tuple[str, ...]
    guide: str
    kind: str
    wcag: tuple[str, ...]
    n_issues: int
    n_pages: int
    n_places: int
    n_elements: int


def issue_id(rule_id: str, component: str, outcome: str) -> str:
    """Return 16 hex digits that name an issue: safe in a file name whatever the database holds."""
    return digest("issue", rule_id, component, outcome)


def issues(
    connection: Connection,
    scan_id: int,
    *,
    outcome: Outcome | None = Outcome.FAILED,
    style: bool | None = False,
    limit: int | None = None,
    rule_id: str | None = None,
) -> Iterator[Issue]:
    """Stream a scan's issues, the one whose mending would help most pages first.

    `outcome` picks failed, cantTell or bestPractice (None: all, in this order); `style` picks barriers (False),
    words (True) or both (None); `rule_id` keeps to one rule. Equal numbers of pages are ordered by impact, then by
    places.
    """
    groups = _groups(scan_id, outcome, style, rule_id=rule_id)
    statement = _with_example(groups).order_by(
        _by_outcome(groups),
        groups.c.n_pages.desc(),
        groups.c.impact_rank.desc(),
        groups.c.n_places.desc(),
        groups.c.rule,
        groups.c.component,
    )
    if limit is not None:
        statement = statement.limit(limit)
    asked = asked_criteria(connection, scan_id)
    for row in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        yield _issue(row, asked)


def _by_outcome(groups: FromClause) -> Case[int]:
    """Put failures first, then questions, then best practices."""
    return case((groups.c.outcome == str(Outcome.FAILED), 0), (groups.c.outcome == str(Outcome.CANT_TELL), 1), else_=2)


def count_issues(
    connection: Connection,
    scan_id: int,
    *,
    outcome: Outcome | None = Outcome.FAILED,
    style: bool | None = False,
    rule_id: str | None = None,
) -> int:
    """Return how many issues `issues` would stream for the same arguments."""
    groups = _groups(scan_id, outcome, style, rule_id=rule_id)
    total: int = connection.execute(select(func.count()).select_from(groups)).scalar_one()
    return total


def issue(connection: Connection, scan_id: int, *, rule_id: str, component: str, outcome: str) -> Issue | None:
    """Return one issue of a scan, None where there is none of that name."""
    groups = _groups(scan_id, Outcome(outcome), None, rule_id=rule_id, component=component)
    row = connection.execute(_with_example(groups)).one_or_none()
    return _issue(row, asked_criteria(connection, scan_id)) if row is not None else None


def places(connection: Connection, scan_id: int, *, rule_id: str, component: str, outcome: str) -> Iterator[Place]:
    """Stream every finding of one issue, page by page."""
    statement = (
        select(*_PLACE_COLUMNS)
        .select_from(
            finding.join(url, url.c.id == finding.c.url_id)
            .outerjoin(page, page.c.url_id == url.c.id)
            .outerjoin(document, document.c.url_id == url.c.id)
        )
        .where(
            finding.c.scan_id == scan_id,
            finding.c.rule == rule_id,
            finding.c.component == component,
            finding.c.outcome == outcome,
        )
        .order_by(url.c.url, finding.c.id)
    )
    for row in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        yield _place(row._mapping)


def page_issues(connection: Connection, scan_id: int, page_id: int) -> Iterator[Issue]:
    """Stream one page's issues, failed first, worst first; the counts are for this page alone."""
    groups = _groups(scan_id, None, None, page_id=page_id)
    statement = _with_example(groups).order_by(
        _by_outcome(groups),
        groups.c.impact_rank.desc(),
        groups.c.n_places.desc(),
        groups.c.rule,
        groups.c.component,
    )
    asked = asked_criteria(connection, scan_id)
    for row in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        yield _issue(row, asked)


def measured(connection: Connection, scan_id: int, issue: Issue) -> Mapping[str, Any]:
    """Return what was measured, pressed or read at an issue's example, by name: what its message was made from."""
    same = (
        finding.c.scan_id == scan_id,
        finding.c.url_id == issue.example.page_id,
        finding.c.rule == issue.rule,
        finding.c.fingerprint == issue.example.fingerprint,
    )
    found = connection.execute(select(finding.c.arguments).where(*same).order_by(finding.c.id).limit(1)).scalar()
    return found or {}


def picture_data(connection: Connection, finding_id: int) -> bytes | None:
    """Return the bytes of a finding's screenshot, or None if there is none."""
    query = select(evidence.c.data).where(evidence.c.finding_id == finding_id)
    data: bytes | None = connection.execute(query).scalar_one_or_none()
    return data


def rule_summaries(
    connection: Connection, scan_id: int, *, outcome: Outcome | None = Outcome.FAILED, style: bool | None = False
) -> Iterator[RuleSummary]:
    """Stream the rules that found something, the one met on most pages first; arguments as for `issues`."""
    of_issue = _groups(scan_id, outcome, style)
    per_rule = (
        select(of_issue.c.rule, of_issue.c.outcome, func.count().label("n_issues"))
        .group_by(of_issue.c.rule, of_issue.c.outcome)
        .subquery()
    )
    per_page = (
        select(
            finding.c.rule,
            finding.c.outcome,
            func.min(finding.c.engine).label("engine"),
            func.count(distinct(finding.c.url_id)).label("n_pages"),
            func.count().label("n_places"),
            func.count(distinct(finding.c.fingerprint)).label("n_elements"),
        )
        .where(*_conditions(scan_id, outcome, style))
        .group_by(finding.c.rule, finding.c.outcome)
        .subquery()
    )
    statement = (
        select(per_page, per_rule.c.n_issues, rule, rule.c.id.label("known"))
        .select_from(
            per_page.join(
                per_rule,
                and_(per_rule.c.rule == per_page.c.rule, per_rule.c.outcome == per_page.c.outcome),
            ).outerjoin(rule, and_(rule.c.scan_id == scan_id, rule.c.id == per_page.c.rule))
        )
        .order_by(per_page.c.n_pages.desc(), per_page.c.n_places.desc(), per_page.c.rule)
    )
    asked = asked_criteria(connection, scan_id)
    for row in connection.execute(statement):
        values = row._mapping
        yield RuleSummary(
            rule=values[per_page.c.rule],
            engine=values[per_page.c.engine],
            outcome=values[per_page.c.outcome],
            title=of_rule(values[rule.c.title]) or values[per_page.c.rule],
            description=values[rule.c.description] or "",
            who=of_rule(values[rule.c.who] or ""),
            how=of_rule(values[rule.c.how] or ""),
            help_url=values[rule.c.help_url] or "",
            sources=tuple(values[rule.c.sources] or ()),
            guide=values[rule.c.guide] or "",
            kind=values[rule.c.kind] or "",
            wcag=of_profile(values[rule.c.wcag], asked),
            n_issues=values[per_rule.c.n_issues],
            n_pages=values[per_page.c.n_pages],
            n_places=values[per_page.c.n_places],
            n_elements=values[per_page.c.n_elements],
        )


def asked_criteria(connection: Connection, scan_id: int) -> frozenset[str]:
    """Return the success criteria of a scan's profile."""
    name = str(connection.execute(select(scan.c.profile).where(scan.c.id == scan_id)).scalar_one_or_none())
    return frozenset(standards.profile(name).criteria) if name in standards.profiles() else frozenset()


def of_profile(wcag: Sequence[str] | None, asked: frozenset[str]) -> tuple[str, ...]:
    """Leave out the criteria that a scan's profile does not ask for, as long as that leaves any."""
    return tuple(number for number in wcag or () if number in asked) or tuple(wcag or ())


def _conditions(
    scan_id: int,
    outcome: Outcome | None,
    style: bool | None,
    *,
    rule_id: str | None = None,
    component: str | None = None,
    page_id: int | None = None,
) -> list[ColumnElement[bool]]:
    if page_id is not None:  # a page belongs to one scan; naming the scan too would lead SQLite to the wrong index
        return [finding.c.url_id == page_id]
    conditions: list[ColumnElement[bool]] = [finding.c.scan_id == scan_id]
    if outcome is not None:
        conditions.append(finding.c.outcome == str(outcome))
    if style is not None:
        conditions.append((finding.c.engine == STYLE_ENGINE) == style)
    if rule_id is not None:
        conditions.append(finding.c.rule == rule_id)
    if component is not None:
        conditions.append(finding.c.component == component)
    return conditions


def _groups(
    scan_id: int,
    outcome: Outcome | None,
    style: bool | None,
    *,
    rule_id: str | None = None,
    component: str | None = None,
    page_id: int | None = None,
) -> FromClause:
    return (
        select(
            finding.c.rule,
            finding.c.component,
            finding.c.outcome,
            func.count(distinct(finding.c.url_id)).label("n_pages"),
            func.count().label("n_places"),
            func.count(distinct(finding.c.fingerprint)).label("n_elements"),
            func.max(IMPACT_ORDER).label("impact_rank"),
            func.min(finding.c.region).label("first_region"),
            func.max(finding.c.region).label("last_region"),
            func.coalesce(func.min(evidence.c.finding_id), func.min(finding.c.id)).label("example_id"),
        )
        .select_from(finding.outerjoin(evidence, evidence.c.finding_id == finding.c.id))
        .where(*_conditions(scan_id, outcome, style, rule_id=rule_id, component=component, page_id=page_id))
        .group_by(finding.c.rule, finding.c.component, finding.c.outcome)
        .subquery("issue")
    )


_PLACE_COLUMNS = (
    finding.c.url_id,
    finding.c.message,
    finding.c.target,
    finding.c.snippet,
    finding.c.region,
    finding.c.suggestion,
    finding.c.span_start,
    finding.c.span_end,
    finding.c.fingerprint,
    finding.c.state.label("page_state"),
    url.c.url,
    page.c.url_id.label("page_key"),
    page.c.title.label("page_title"),
    page.c.lang.label("page_lang"),
    document.c.url_id.label("document_key"),
    document.c.title.label("document_title"),
    document.c.lang.label("document_lang"),
)


def _with_example(groups: FromClause) -> Select[Any]:
    """Join each issue with its example (the finding with a picture, or the first), and that with texts and picture."""
    return select(
        groups.c.n_pages,
        groups.c.n_places,
        groups.c.n_elements,
        groups.c.impact_rank,
        groups.c.first_region,
        groups.c.last_region,
        finding.c.rule,
        finding.c.component,
        finding.c.outcome,
        finding.c.engine,
        finding.c.wcag,
        rule.c.title,
        rule.c.description,
        rule.c.who,
        rule.c.how,
        rule.c.help_url,
        evidence.c.finding_id,
        evidence.c.media_type,
        evidence.c.width,
        evidence.c.height,
        *_PLACE_COLUMNS,
    ).select_from(
        groups.join(finding, finding.c.id == groups.c.example_id)
        .join(url, url.c.id == finding.c.url_id)
        .outerjoin(page, page.c.url_id == url.c.id)
        .outerjoin(document, document.c.url_id == url.c.id)
        .outerjoin(rule, and_(rule.c.scan_id == finding.c.scan_id, rule.c.id == finding.c.rule))
        .outerjoin(evidence, evidence.c.finding_id == finding.c.id)
    )


def _issue(row: Row[Any], asked: frozenset[str]) -> Issue:
    values = row._mapping
    return Issue(
        id=issue_id(values["rule"], values["component"], values["outcome"]),
        rule=values["rule"],
        engine=values["engine"],
        component=values["component"],
        outcome=values["outcome"],
        title=of_rule(values["title"]) or values["rule"],
        description=values["description"] or "",
        who=of_rule(values["who"] or ""),
        how=of_rule(values["how"] or ""),
        help_url=values["help_url"] or "",
        wcag=of_profile(values["wcag"], asked),
        impact=_IMPACT_BY_RANK.get(values["impact_rank"], ""),
        region=values["first_region"] if values["first_region"] == values["last_region"] else "",
        n_pages=values["n_pages"],
        n_places=values["n_places"],
        n_elements=values["n_elements"],
        example=_place(values),
        picture=_picture(values) if values["finding_id"] is not None else None,
    )


def _picture(values: RowMapping) -> Picture:
    return Picture(values["finding_id"], values["url"], values["media_type"], values["width"], values["height"])


def _place(values: RowMapping) -> Place:
    start, end = values["span_start"], values["span_end"]
    return Place(
        page_id=values["url_id"],
        url=values["url"],
        is_page=values["page_key"] is not None,
        is_document=values["document_key"] is not None,
        page_title=values["page_title"] or values["document_title"] or "",
        page_lang=values["page_lang"] or values["document_lang"] or "",
        message=values["message"],
        target=tuple(values["target"] or ()),
        snippet=values["snippet"],
        region=values["region"],
        suggestion=values["suggestion"],
        span=None if start is None or end is None else (start, end),
        fingerprint=values["fingerprint"],
        state=values["page_state"],
    )
