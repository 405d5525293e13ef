"""Reads what the report rests on: the samples of the years, and what the scan of each of their sites says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from checks.model import BEST_PRACTICE, Outcome
from monitoring.campaign.collect import collected
from monitoring.campaign.run import site_folder
from monitoring.campaign.status import read_status
from monitoring.errors import MonitoringError
from monitoring.sample.draw import NOT_STATED, NUTS_CHARS
from monitoring.sample.keep import Kept, read_sample
from reports import analysis
from reports.analysis import Verdict
from reports.analysis.scans import STYLE_ENGINE
from reports.escape import safe_name
from reports.wording import ENGLISH, Foreign, labelled, lang, say, to_say
from scan.opened import reading
from scan.run import DATABASE
from store.schema import document, page, rule
from store.schema_monitoring import sample
from store.stamp import Stamp, stamp
from store.statements import CheckRow, read_checks

SCANS_KEPT = 4_000
"""Results that are kept while the program runs, so that only scans that have changed are read again."""

NOT_COLLECTED = to_say("its result was not collected")
WHY = {
    "waiting": to_say("it was not scanned"),
    "interrupted": to_say("its scan was not finished"),
    "failed": to_say("its scan failed"),
}
"""Why a site has no result, by the state of its scan."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a scan: what must hold, what it needs, the criteria that it looks at."""

    id: str
    title: str
    kind: str
    wcag: tuple[str, ...]
    help_url: str


@dataclass(frozen=True, slots=True)
class Tested:
    """What the scan of a site says: a verdict for each criterion of its profile, and pages that fail it.

    `rules` are those of the scan, `rules_failed` those that failed on a page or in a document. `statement` is None
    where the scan did not look for accessibility statements, else the outcome of each check ({} if none was found).
    """

    profile: str
    started_at: str
    finished_at: str
    versions: Mapping[str, str]
    n_pages: int
    n_documents: int
    verdicts: Mapping[str, Verdict]
    pages_failed: Mapping[str, int]
    rules: Collection[str]
    rules_failed: Collection[str]
    statement: Mapping[str, str] | None

    @property
    def failed(self) -> frozenset[str]:
        """The criteria that fail on at least one page or document."""
        return frozenset(num for num, verdict in self.verdicts.items() if verdict is Verdict.FAILED)


@dataclass(frozen=True, slots=True)
class MonitoredSite:
    """A site of a sample as the register described it then; without a result `tested` is None and `why` says why."""

    key: str
    url: str
    body: str
    level: str
    services: tuple[str, ...]
    territory: str
    is_recurring: bool
    nominated_by: str
    tested: Tested | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One sample with its results: a year's monitoring by one method."""

    sample: str
    year: int
    period: int
    method: str
    population: int
    kept: Kept
    sites: tuple[MonitoredSite, ...]
    rules: Mapping[str, Rule]
    check_titles: Mapping[str, str]

    @property
    def tested(self) -> list[tuple[MonitoredSite, Tested]]:
        """The sites that have a result."""
        return [(site, site.tested) for site in self.sites if site.tested is not None]

    @property
    def register(self) -> Mapping[tuple[str, str], int]:
        """How many sites the register held when the sample was drawn, by (level, service or territory; group)."""
        return {(row["by"], row["group"]): row["register"] for row in self.kept.row["facts"]["representativeness"]}

    @property
    def register_size(self) -> int:
        """How many sites the register held then."""
        return int(self.kept.row["facts"]["register_size"])


def read_rounds(
    engine: Engine, *, years: Iterable[int], samples: Collection[str], campaigns: Path | None
) -> list[Round]:
    """Return the rounds of these years by year and method, each from the folder of its campaign below `campaigns`.

    Where `campaigns` is None, they are read from the scans that were collected in the database.

    `samples` names those to take where a year has several of one method. Raises MonitoringError.
    """
    kept = [read_sample(engine, name) for name in _names(engine, years, samples)]
    if campaigns is not None:
        return [_round(each, partial(_in_folder, campaigns / safe_name(each.row["name"]))) for each in kept]
    with engine.connect() as connection:
        return [_round(each, partial(_in_database, connection, collected(connection, each.row["id"]))) for each in kept]


def _names(engine: Engine, years: Iterable[int], samples: Collection[str]) -> list[str]:
    with engine.connect() as connection:
        rows = connection.execute(
            select(sample.c.name, sample.c.year, sample.c.method).order_by(sample.c.year, sample.c.method.desc())
        ).all()
    unknown = sorted(set(samples) - {row.name for row in rows})
    if unknown:
        known = ", ".join(row.name for row in rows) or "none"
        raise MonitoringError(f"There is no sample {unknown[0]}. There are: {known}.")
    found: dict[tuple[int, str], list[str]] = {}
    wanted = dict.fromkeys(years)
    for row in rows:
        if row.year in wanted and (not samples or row.name in samples):
            found.setdefault((row.year, row.method), []).append(row.name)
    for year in wanted:
        if not any(year == of_year for of_year, _ in found):
            raise MonitoringError(f"There is no sample of {year}. Draw one with: curbcut sample draw --year {year}")
    for (year, method), names in found.items():
        if len(names) > 1:
            raise MonitoringError(
                f"{year} has several samples for {method} monitoring: {', '.join(names)}. Say which with --sample."
            )
    return [name for names in found.values() for name in names]


Found = tuple["Tested", Mapping[str, Rule], Mapping[str, str]]
"""The result of a scan, its rules, and the titles of its checks of statements, by id."""

Look = Callable[[Mapping[str, Any]], Found | str]
"""Gives what was found on a site of a sample, or why there is no result."""


def _round(kept: Kept, look: Look) -> Round:
    rules: dict[str, Rule] = {}
    titles: dict[str, str] = {}
    sites = tuple(_site(member, look(member), rules, titles) for member in kept.current)
    row = kept.row
    return Round(row["name"], row["year"], row["period"], row["method"], row["population"], kept, sites, rules, titles)


def _site(
    member: Mapping[str, Any], found: Found | str, rules: dict[str, Rule], titles: dict[str, str]
) -> MonitoredSite:
    about = member["site"]
    tested, why = (None, found) if isinstance(found, str) else (found[0], "")
    if not isinstance(found, str):
        rules |= found[1]
        titles |= found[2]
    return MonitoredSite(
        key=about["key"],
        url=about["url"],
        body=about["body"],
        level=about["level"],
        services=tuple(about["services"]) or (NOT_STATED,),
        territory=about["nuts"][:NUTS_CHARS] or NOT_STATED,
        is_recurring=member["is_recurring"],
        nominated_by=about["nominated_by"],
        tested=tested,
        why=why,
    )


def _in_folder(folder: Path, member: Mapping[str, Any]) -> Found | str:
    where = site_folder(folder, member["site"]["url"])
    status = read_status(member["site"]["url"], where)
    if status.state != "done":
        return _why(status.state, status.reason)
    return _read(where / DATABASE, stamp(where / DATABASE))


def _in_database(connection: Connection, scans: Mapping[int, int], member: Mapping[str, Any]) -> Found | str:
    number = scans.get(member["site_id"])
    return NOT_COLLECTED if number is None else _result(connection, number)


def _why(state: str, reason: str) -> str:
    return WHY[state] + (f": {reason}" if reason else "")


def spoken_why(why: str) -> str:
    """Return why a site has no result in the language that is spoken; what its scan said last stays in English."""
    words, _, reason = why.partition(": ")
    if not reason:
        return say(words)
    told = say(reason)
    said = labelled(say(words), told)
    return Foreign(said) if told == reason and lang() != ENGLISH else said


@lru_cache(SCANS_KEPT)
def _read(path: Path, _: Stamp) -> Found:
    with reading(path) as engine, engine.connect() as connection:
        return _result(connection, analysis.latest_scan_id(connection))


@cache
def _same(rule_: Rule) -> Rule:
    """Return the one object for a rule: hundreds of scans have the same."""
    return rule_


def _result(connection: Connection, scan_id: int) -> Found:
    scan = analysis.load_scan(connection, scan_id)
    judged = analysis.criteria_results(connection, scan_id)
    asks = (rule.c.scan_id == scan_id, rule.c.engine != STYLE_ENGINE, rule.c.kind != BEST_PRACTICE)
    own = {
        row.id: _same(Rule(row.id, row.title, row.kind, tuple(row.wcag or ()), row.help_url))
        for row in connection.execute(select(rule).where(*asks))
    }
    checks = read_checks(connection, scan_id)
    titles = {each.check_id: each.title for rows in checks.values() for each in rows}
    n_documents = select(func.count()).select_from(document)
    tested = Tested(
        profile=scan.profile,
        started_at=scan.started_at,
        finished_at=scan.finished_at or scan.started_at,
        versions=scan.versions,
        n_pages=_count(connection, select(func.count()).select_from(page).where(page.c.scan_id == scan_id)),
        n_documents=_count(connection, n_documents.where(document.c.scan_id == scan_id, document.c.reason == "")),
        verdicts={each.num: each.verdict for each in judged.results},
        pages_failed={each.num: each.n_pages_failed for each in judged.results},
        rules=frozenset(own),
        rules_failed=frozenset(each.rule for each in analysis.rule_summaries(connection, scan_id)),
        statement=_statement(checks),
    )
    return tested, own, titles


def _count(connection: Connection, query: Any) -> int:
    return int(connection.execute(query).scalar_one())


def _statement(checks: Mapping[str, list[CheckRow]]) -> dict[str, str] | None:
    """Return the worst outcome of each check over all statements of the site."""
    if not checks:
        return None
    order = [
        str(o) for o in (Outcome.UNTESTED, Outcome.INAPPLICABLE, Outcome.PASSED, Outcome.CANT_TELL, Outcome.FAILED)
    ]
    worst: dict[str, str] = {}
    for each in (row for address, rows in checks.items() if address for row in rows):
        worst[each.check_id] = max(worst.get(each.check_id, order[0]), each.outcome, key=order.index)
    return worst
