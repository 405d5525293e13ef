"""What became of each finding between two scans: mended, still there, new, and what cannot be told.

A finding is known again by its rule and fingerprint. It counts as mended only if every page where it stood was checked
again, with the same version of the rule, and it was found on none, not even as a question for a person; as new only if
a page where it stands was checked then, with the same version of the rule. A page that is no longer there is not asked
for, but it alone mends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from checks.model import Outcome
from reports.analysis.issues import STREAM_ROWS
from reports.analysis.scans import STYLE_ENGINE, load_scan
from reports.wording import to_say
from store.schema import State, document, finding, page, rule, url

Mark = tuple[str, str]
"""Rule and fingerprint."""

GONE_STATUSES = (404, 410)
"""What a server says of a page that is not there (RFC 9110, 15.5.5 and 15.5.11)."""


class Fate(StrEnum):
    """What became of a finding."""

    NEW = to_say("new")
    STILL = to_say("still there")
    MENDED = to_say("mended")
    IN_PART = to_say("not found again, but not all its pages were checked again")
    PAGE_GONE = to_say("not found again, because its pages are no longer there")
    OTHER_RULES = to_say("not found again, but with another version of the rule, so please look")
    ASKED = to_say("now a question for a person")
    WAS_ASKED = to_say("was a question for a person")
    FIRST_SEEN = to_say("first seen, where last time nothing looked or another version of the rule did")
    NOT_LOOKED_AT = to_say("not looked at again")

    @property
    def is_certain(self) -> bool:
        """Whether both scans looked in the same way."""
        return self in (Fate.NEW, Fate.STILL, Fate.MENDED)


@dataclass(slots=True)
class Example:
    """Where a finding is, and what was said of it there."""

    message: str
    wcag: tuple[str, ...] = ()
    impact: str = ""
    snippet: str = ""
    urls: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Seen:
    """The failures of a scan, and what else decides their fates.

    `ran` has the rules that ran, by address of a page or document; `questions` what was asked of a person; `gone` the
    addresses that are no longer there; `versions` the version of each rule's engine; `titles` what a rule is about.
    """

    found: Mapping[Mark, Example]
    ran: Mapping[str, frozenset[str]]
    questions: frozenset[Mark] = frozenset()
    gone: frozenset[str] = frozenset()
    versions: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Looked:
    """Where a scan looked, as `Seen` has it: the same for barriers and language."""

    ran: Mapping[str, frozenset[str]]
    gone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Compared:
    """All findings of two scans, by what became of them."""

    fates: Mapping[Mark, Fate]
    before: Seen
    now: Seen

    def of(self, fate: Fate) -> list[tuple[Mark, Example]]:
        """Return the findings of one fate, by rule."""
        return sorted(
            ((mark, self.example(mark)) for mark, own in self.fates.items() if own is fate),
            key=lambda pair: (pair[0][0], min(pair[1].urls), pair[0][1]),
        )

    def example(self, mark: Mark) -> Example:
        """Return a finding as the newer of the scans that have it says it."""
        return self.now.found.get(mark) or self.before.found[mark]

    def of_issue(self, marks: Iterable[Mark]) -> list[Fate]:
        """Return the different fates of some findings, in the order of their names' list."""
        own = {self.fates[mark] for mark in marks if mark in self.fates}
        return [fate for fate in Fate if fate in own]


def read_seen(connection: Connection, scan_id: int) -> Seen:
    """Return the barriers of a scan, and which rules ran where."""
    return _seen(connection, scan_id, _looked(connection, scan_id), is_style=False)


def read_kinds(connection: Connection, scan_id: int) -> dict[str, Seen]:
    """Return the `barriers` of a scan, and what it says of the `language`."""
    looked = _looked(connection, scan_id)
    return {
        "barriers": _seen(connection, scan_id, looked, is_style=False),
        "language": _seen(connection, scan_id, looked, is_style=True),
    }


def _seen(connection: Connection, scan_id: int, looked: _Looked, *, is_style: bool) -> Seen:
    is_ours = finding.c.engine == STYLE_ENGINE if is_style else finding.c.engine != STYLE_ENGINE
    found: dict[Mark, Example] = {}
    questions: set[Mark] = set()
    for row in _findings(connection, scan_id, is_ours):
        mark = (row["rule"], row["fingerprint"])
        if row["outcome"] == Outcome.CANT_TELL:
            questions.add(mark)
        elif row["outcome"] == Outcome.FAILED:
            example = Example(row["message"], tuple(row["wcag"] or ()), row["impact"] or "", row["snippet"])
            found.setdefault(mark, example).urls.add(row["url"])
    versions, titles = _rules(connection, scan_id, is_style=is_style)
    return Seen(found, looked.ran, frozenset(questions), looked.gone, versions, titles)


def compare(before: Seen, now: Seen) -> Compared:
    """Return what became of each failure of either scan."""
    fates: dict[Mark, Fate] = {}
    for mark, example in now.found.items():
        fates[mark] = Fate.STILL if mark in before.found else _came(mark, example, before, now)
    for mark, example in before.found.items():
        if mark not in now.found:
            fates[mark] = _went(mark, example, before, now)
    return Compared(fates, before, now)


def _came(mark: Mark, example: Example, before: Seen, now: Seen) -> Fate:
    if mark in before.questions:
        return Fate.WAS_ASKED
    looked = any(mark[0] in before.ran.get(address, ()) for address in example.urls)
    return Fate.NEW if looked and _is_same_rule(mark, before, now) else Fate.FIRST_SEEN


def _went(mark: Mark, example: Example, before: Seen, now: Seen) -> Fate:
    if mark in now.questions:
        return Fate.ASKED
    places = example.urls - now.gone
    if not places:
        return Fate.PAGE_GONE
    looked = [mark[0] in now.ran.get(address, ()) for address in places]
    if not any(looked):
        return Fate.NOT_LOOKED_AT
    if not all(looked):
        return Fate.IN_PART
    return Fate.MENDED if _is_same_rule(mark, before, now) else Fate.OTHER_RULES


def _is_same_rule(mark: Mark, before: Seen, now: Seen) -> bool:
    return before.versions.get(mark[0]) == now.versions.get(mark[0])


def _findings(connection: Connection, scan_id: int, is_ours: ColumnElement[bool]) -> Iterator[RowMapping]:
    columns = (finding.c.rule, finding.c.fingerprint, finding.c.outcome, finding.c.message, finding.c.wcag)
    query = (
        select(*columns, finding.c.impact, finding.c.snippet, url.c.url)
        .join(url, url.c.id == finding.c.url_id)
        .where(finding.c.scan_id == scan_id, is_ours)
        .order_by(finding.c.id)
    )
    yield from connection.execute(query, execution_options={"yield_per": STREAM_ROWS}).mappings()


def _looked(connection: Connection, scan_id: int) -> _Looked:
    gone = select(url.c.url).where(url.c.scan_id == scan_id, url.c.http_status.in_(GONE_STATUSES))
    return _Looked(_ran(connection, scan_id), frozenset(connection.execute(gone).scalars()))


def _ran(connection: Connection, scan_id: int) -> dict[str, frozenset[str]]:
    ran: dict[str, frozenset[str]] = {}
    known: dict[frozenset[str], frozenset[str]] = {}  # most pages share one set
    for table, is_checked in ((page, url.c.state == str(State.CHECKED)), (document, document.c.reason == "")):
        rows = select(url.c.url, table.c.rule_outcomes).join(url, url.c.id == table.c.url_id)
        for address, outcomes in connection.execute(rows.where(table.c.scan_id == scan_id, is_checked)):
            rules = frozenset(outcomes or ())
            ran[address] = known.setdefault(rules, rules)
    return ran


def _rules(connection: Connection, scan_id: int, *, is_style: bool) -> tuple[dict[str, str], dict[str, str]]:
    """Return the version that each rule had, and its title."""
    of = load_scan(connection, scan_id).versions
    query = select(rule.c.id, rule.c.engine, rule.c.title).where(rule.c.scan_id == scan_id)
    rows = [row for row in connection.execute(query) if (row.engine == STYLE_ENGINE) == is_style]
    engines = {"axe": f"axe-core {of.get('axe-core', '')}"}
    own = f"Curbcut {of.get('curbcut', '')}"
    return {row.id: engines.get(row.engine, own) for row in rows}, {row.id: row.title for row in rows}
