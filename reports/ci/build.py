"""Makes the report that a build is told from a scan's database, its source files and a baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine, select

from checks.model import BEST_PRACTICE
from reports import analysis
from reports.ci.baseline import Baseline, Entry
from reports.ci.model import CiFinding, CiPage, CiReport, CiRule, Kind, SourcePlace, Standing, Tally
from reports.record import TARGET_JOINT, records
from store.schema import rule

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

Placing = Callable[[tuple[str, ...], str, str], SourcePlace | None]
"""Gives the place of a finding in its page's source from (target, snippet, rule)."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a page by the name it is shown by: its lasting address, its file and where things are in it."""

    address: str
    file: str
    open: Callable[[], Placing]


def build(
    engine: Engine,
    scan_id: int,
    *,
    version: str,
    sources: Mapping[str, Source] | None = None,
    entries: list[Entry] | None = None,
    today: date,
    is_whole: bool = False,
) -> CiReport:
    """Return the report. `is_whole` says that every page of the site was to be checked, so a page not met is gone."""
    with engine.connect() as connection:
        scan = analysis.load_scan(connection, scan_id)
        rules = {
            row.id: CiRule(
                row.id,
                row.title,
                row.description,
                row.how,
                row.help_url,
                tuple(row.wcag or ()),
                is_practice=row.kind == BEST_PRACTICE,
            )
            for row in connection.execute(select(rule).where(rule.c.scan_id == scan_id).order_by(rule.c.id))
        }
    reader = _Reader(engine, scan_id, sources or {}, Baseline(entries or (), today))
    tally = reader.tally(frozenset(rules), is_whole=is_whole)
    return CiReport(reader.pages, rules, version, tally, scan.profile, has_baseline=entries is not None)


def lasting_address(name: str) -> str:
    """Return what a page is called in a baseline: its address, without the host where that is only this machine."""
    parts = urlsplit(name)
    if parts.hostname in _LOOPBACK:
        return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return name


class _Reader:
    """Reads one page after the other; places are looked up once and kept, as they cost a parse of the source."""

    def __init__(self, engine: Engine, scan_id: int, sources: Mapping[str, Source], baseline: Baseline) -> None:
        self._engine = engine
        self._scan_id = scan_id
        self._sources = sources
        self._baseline = baseline
        self._places: dict[str, tuple[SourcePlace | None, ...]] = {}

    def pages(self) -> Iterator[CiPage]:
        """Yield every page with its findings judged, each at its place in the source."""
        for page in self._unjudged(placed=True):
            yield self._baseline.judge(page).page

    def tally(self, rules: frozenset[str], *, is_whole: bool) -> Tally:
        """Count once over all pages; where a finding stands in a source does not matter to that."""
        counts: Counter[tuple[Kind, Standing]] = Counter()
        used: Counter[tuple[int, str]] = Counter()
        checked: set[str] = set()
        not_checked: set[str] = set()
        serious = 0
        for page in self._unjudged(placed=False):
            (checked if page.is_checked else not_checked).add(page.address)
            judged = self._baseline.judge(page)
            used.update(judged.used)
            counts.update((found.kind, found.standing) for found in judged.page.findings)
            serious += sum(found.is_serious and found.counts for found in judged.page.findings)
        gone = self._baseline.gone(used, checked=frozenset(checked), rules=rules, is_whole=is_whole and not not_checked)
        return Tally(len(checked), len(not_checked), counts, serious, tuple(gone))

    def _unjudged(self, *, placed: bool) -> Iterator[CiPage]:
        with self._engine.connect() as connection:
            for record in records(connection, self._scan_id):
                name = record["url"]
                source = self._sources.get(name)
                findings = tuple(_finding(raw) for raw in record["findings"])
                if placed and source is not None and source.file:
                    places = self._placed(name, source, findings)
                    findings = tuple(replace(f, place=p) for f, p in zip(findings, places, strict=True))
                yield CiPage(
                    name,
                    source.address if source else lasting_address(name),
                    record["status"] == "checked",
                    record["detail"] or "",
                    source.file if source else "",
                    findings,
                )

    def _placed(self, name: str, source: Source, findings: tuple[CiFinding, ...]) -> tuple[SourcePlace | None, ...]:
        if name not in self._places:
            placing = source.open() if findings else None
            self._places[name] = tuple(
                placing(tuple(f.target.split(TARGET_JOINT)), f.snippet, f.rule) if placing else None for f in findings
            )
        return self._places[name]


def _finding(raw: Mapping[str, Any]) -> CiFinding:
    names = ("rule", "engine", "outcome", "impact", "message", "suggestion", "target", "snippet", "fingerprint")
    return CiFinding(
        wcag=tuple(raw["wcag"]),
        help_url=raw["help_url"],
        region=raw["region"],
        **{name: raw[name] for name in names},
    )
