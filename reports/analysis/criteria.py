"""What the scan can say of each success criterion of its profile. It can show failures; it never says "conforms"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Text, cast, func, select

from checks import standards
from checks.model import Outcome
from reports.analysis.issues import STREAM_ROWS
from reports.analysis.scans import STYLE_ENGINE, load_scan
from reports.wording import number, of_rule, say, say_n, to_say
from store.schema import document, finding, page, rule

TESTED_OUTCOMES = {str(Outcome.FAILED), str(Outcome.CANT_TELL), str(Outcome.PASSED)}
"""Outcomes of a rule that found something to look at; `inapplicable` is a rule that ran and found nothing to test."""


class Verdict(StrEnum):
    """What a scan can say of one criterion, the plainest first."""

    FAILED = "failed"
    PERSON_MUST_LOOK = "person_must_look"
    NOTHING_FOUND = "nothing_found"
    NO_RULE = "no_rule"
    SATISFIED = "satisfied"


VERDICT_LABELS = {
    Verdict.FAILED: to_say("Barriers found"),
    Verdict.PERSON_MUST_LOOK: to_say("A person must look"),
    Verdict.NOTHING_FOUND: to_say("Nothing found"),
    Verdict.NO_RULE: to_say("Not tested"),
    Verdict.SATISFIED: to_say("Met by definition"),
}


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One success criterion and what the scan's rules saw.

    `clause` is the standard's own number, empty for plain WCAG; `document_clause` is that for documents, where rules
    ran on any. Findings in documents count with those on pages. `rules` ran on at least one page; `n_rules_tested` of
    them found something to look at, `n_rules_sampled` ran on a part of the pages only. `n_pages_not_run` pages had a
    rule of this criterion that should have run and did not. `in_profile` is False for a criterion that findings name
    though the profile leaves it out.
    """

    num: str
    handle: str
    level: str
    url: str
    clause: str
    document_clause: str
    verdict: Verdict
    n_pages_failed: int
    n_pages_cant_tell: int
    n_issues_failed: int
    n_issues_cant_tell: int
    rules: tuple[str, ...]
    n_rules_tested: int
    n_rules_sampled: int
    n_pages_not_run: int
    in_profile: bool

    @property
    def label(self) -> str:
        """The verdict in a few words."""
        return say(VERDICT_LABELS[self.verdict])

    @property
    def sentence(self) -> str:
        """The verdict as one plain sentence."""
        if self.verdict is Verdict.FAILED:
            issues = say_n("%(n)s issue", "%(n)s issues", self.n_issues_failed)
            on = say_n("on %(n)s page", "on %(n)s pages", self.n_pages_failed)
            if not self.n_issues_cant_tell:
                return f"{issues} {on}."
            more = say_n(
                "%(n)s more question for a person.", "%(n)s more questions for a person.", self.n_issues_cant_tell
            )
            return f"{issues} {on}. {more}"
        if self.verdict is Verdict.PERSON_MUST_LOOK:
            questions = say_n("%(n)s question", "%(n)s questions", self.n_issues_cant_tell)
            on = say_n("on %(n)s page", "on %(n)s pages", self.n_pages_cant_tell)
            return say("%(questions)s %(on)s that only a person can answer.", questions=questions, on=on)
        if self.verdict is Verdict.NOTHING_FOUND:
            return _nothing_found(len(self.rules), self.n_rules_tested, self.n_rules_sampled)
        if self.verdict is Verdict.SATISFIED:
            return say("W3C’s errata say that web pages always meet this criterion.")
        return say("No rule of this scan looks at it. A person must test it.")


@dataclass(frozen=True, slots=True)
class CriteriaResults:
    """All criteria of the profile in WCAG's order; `others` are criteria outside it that findings name."""

    profile: standards.Profile
    results: tuple[CriterionResult, ...]
    others: tuple[CriterionResult, ...]

    def count(self, verdict: Verdict) -> int:
        """Return how many of the profile's criteria have this verdict."""
        return sum(result.verdict is verdict for result in self.results)


@dataclass(slots=True)
class _Tally:
    """Counts by criterion number (and by rule, for what ran) while the rows stream by."""

    pages: Counter[tuple[str, str]]
    issues: Counter[tuple[str, str]]
    ran: Counter[str]
    in_documents: set[str]
    n_pages: int
    tested: set[str]
    not_run: Counter[str]
    missing: Counter[str]
    rule_criteria: dict[str, tuple[str, ...]]


def criteria_results(connection: Connection, scan_id: int) -> CriteriaResults:
    """Judge each criterion of the scan's profile; NoScanError, UnknownProfileError."""
    profile = standards.profile(load_scan(connection, scan_id).profile)
    tally = _tally(connection, scan_id)
    named = {num for num, _ in tally.pages} - set(profile.criteria)
    order = list(standards.criteria())
    others = sorted(named & set(order), key=order.index)
    return CriteriaResults(
        profile,
        tuple(_result(profile, num, tally) for num in profile.criteria),
        tuple(_result(profile, num, tally) for num in others),
    )


def _nothing_found(n_rules: int, n_tested: int, n_sampled: int) -> str:
    if n_tested == 0:
        ran = say_n("%(n)s rule ran and met nothing to test.", "%(n)s rules ran and met nothing to test.", n_rules)
    else:
        ran = say_n("%(n)s rule ran and found no barrier.", "%(n)s rules ran and found no barrier.", n_rules)
    if n_sampled and n_sampled == n_rules:
        ran += " " + say("Only a sample of pages was looked at.")
    elif n_sampled:
        ran += " " + say("On a sample of pages only: %(n)s of them.", n=number(n_sampled))
    return f"{ran} {say('A person must test the rest.')}"


def _tally(connection: Connection, scan_id: int) -> _Tally:
    tally = _Tally(
        pages=Counter(),
        issues=Counter(),
        ran=Counter(),
        in_documents=set(),
        n_pages=0,
        tested=set(),
        not_run=Counter(),
        missing=Counter(),
        rule_criteria=_rule_criteria(connection, scan_id),
    )
    _count_pages(connection, scan_id, tally.pages)
    _count_issues(connection, scan_id, tally.issues)
    columns = select(page.c.rule_outcomes, page.c.not_run).where(page.c.scan_id == scan_id)
    for outcomes, not_run in connection.execute(columns, execution_options={"yield_per": STREAM_ROWS}):
        tally.n_pages += 1
        tally.ran.update(dict.fromkeys(outcomes or (), 1))
        tally.tested.update(r for r, outcome in (outcomes or {}).items() if outcome in TESTED_OUTCOMES)
        tally.missing.update(list(not_run or ()))
        tally.not_run.update({num for r in not_run or () for num in tally.rule_criteria.get(r, ())})
    _count_documents(connection, scan_id, tally)
    return tally


def _count_documents(connection: Connection, scan_id: int, tally: _Tally) -> None:
    columns = select(document.c.rule_outcomes).where(document.c.scan_id == scan_id, document.c.reason == "")
    for (outcomes,) in connection.execute(columns, execution_options={"yield_per": STREAM_ROWS}):
        tally.in_documents.update(outcomes)
        tally.tested.update(r for r, outcome in outcomes.items() if outcome in TESTED_OUTCOMES)


def _rule_criteria(connection: Connection, scan_id: int) -> dict[str, tuple[str, ...]]:
    rows = connection.execute(select(rule.c.id, rule.c.wcag).where(rule.c.scan_id == scan_id))
    return {rule_id: tuple(wcag or ()) for rule_id, wcag in rows}


def _count_pages(connection: Connection, scan_id: int, counts: Counter[tuple[str, str]]) -> None:
    """Count pages per (criterion, outcome). Rows come page by page, so one page's set is all that is held."""
    wcag = finding.c.wcag
    as_text = cast(wcag, Text)  # PostgreSQL cannot compare JSON
    statement = (
        select(finding.c.url_id, finding.c.outcome, func.min(as_text))
        .where(finding.c.scan_id == scan_id, finding.c.engine != STYLE_ENGINE)
        .group_by(finding.c.url_id, finding.c.outcome, as_text)
        .order_by(finding.c.url_id)
    )
    current: int | None = None
    seen: set[tuple[str, str]] = set()
    for page_id, outcome, text in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        if page_id != current:
            counts.update(seen)
            current, seen = page_id, set()
        seen.update((num, outcome) for num in _numbers(text))
    counts.update(seen)


def _count_issues(connection: Connection, scan_id: int, counts: Counter[tuple[str, str]]) -> None:
    as_text = func.min(cast(finding.c.wcag, Text))
    statement = (
        select(finding.c.outcome, as_text)
        .where(finding.c.scan_id == scan_id, finding.c.engine != STYLE_ENGINE)
        .group_by(finding.c.rule, finding.c.component, finding.c.outcome)
    )
    for outcome, text in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        counts.update((num, outcome) for num in _numbers(text))


def _numbers(text: str) -> Iterator[str]:
    """Yield the numbers in a JSON list of strings such as `["1.1.1", "4.1.2"]`; they hold no quotes or commas."""
    for part in text.strip("[] ").split(","):
        number = part.strip(' "')
        if number:
            yield number


def _result(profile: standards.Profile, num: str, tally: _Tally) -> CriterionResult:
    criterion = standards.criteria()[num]
    on_pages = {r for r in tally.ran if num in tally.rule_criteria.get(r, ())}
    in_documents = {r for r in tally.in_documents if num in tally.rule_criteria.get(r, ())}
    if num not in profile.document_criteria:  # the standard's clause for documents is void
        in_documents = set()
    rules = tuple(sorted(on_pages | in_documents))
    failed, unsure = (num, str(Outcome.FAILED)), (num, str(Outcome.CANT_TELL))
    return CriterionResult(
        num=num,
        handle=of_rule(criterion.handle),
        level=criterion.level,
        url=criterion.url(profile.wcag_version),
        clause=profile.clauses.get(num, ""),
        document_clause=profile.document_clauses.get(num, "") if in_documents else "",
        verdict=_verdict(profile, num, tally, bool(rules)),
        n_pages_failed=tally.pages[failed],
        n_pages_cant_tell=tally.pages[unsure],
        n_issues_failed=tally.issues[failed],
        n_issues_cant_tell=tally.issues[unsure],
        rules=rules,
        n_rules_tested=sum(r in tally.tested for r in rules),
        n_rules_sampled=sum(tally.ran[r] < tally.n_pages - tally.missing[r] for r in on_pages),
        n_pages_not_run=tally.not_run[num],
        in_profile=num in profile.criteria,
    )


def _verdict(profile: standards.Profile, num: str, tally: _Tally, has_rules: bool) -> Verdict:
    if num in profile.satisfied:
        return Verdict.SATISFIED
    if tally.pages[(num, str(Outcome.FAILED))]:
        return Verdict.FAILED
    if tally.pages[(num, str(Outcome.CANT_TELL))]:
        return Verdict.PERSON_MUST_LOOK
    return Verdict.NOTHING_FOUND if has_rules else Verdict.NO_RULE
