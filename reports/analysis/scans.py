"""One scan as a whole: what was asked, how it ended, and where every URL it met ended up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, distinct, func, select

from checks.model import Outcome
from reports.analysis.words import STATES
from reports.wording import say
from store.errors import NoScanError
from store.reasons import REASONS
from store.schema import FINAL_STATES, State, finding, scan, url

STYLE_ENGINE = "style"
NOT_REACHED = "not_reached"
"""Pending and leased URLs of a scan that was interrupted: they have no final state yet."""

STATE_ORDER = (
    State.CHECKED,
    State.FAILED,
    State.DISALLOWED,
    State.OVER_LIMIT,
    NOT_REACHED,
    State.NOT_A_PAGE,
    State.OUT_OF_SCOPE,
)


@dataclass(frozen=True, slots=True)
class Scan:
    """A row of the table `scan`."""

    id: int
    state: str
    start_urls: tuple[str, ...]
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    profile: str
    started_at: str
    finished_at: str | None
    elapsed_s: float
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """How many URLs ended in one state for one reason. `explanation` is a plain sentence."""

    state: str
    reason: str
    label: str
    explanation: str
    n_urls: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Where all URLs of a scan ended up. `n_urls` is counted apart from the rows, so `adds_up` means something."""

    rows: tuple[Total, ...]
    n_urls: int

    @property
    def adds_up(self) -> bool:
        """Whether every URL is in exactly one row."""
        return sum(row.n_urls for row in self.rows) == self.n_urls

    def in_state(self, state: str) -> int:
        """Return how many URLs are in `state` (or `not_reached`), whatever the reason."""
        return sum(row.n_urls for row in self.rows if row.state == state)

    @property
    def states(self) -> tuple[tuple[str, int], ...]:
        """The states that occur, as (label, number of URLs), in the order reports show them."""
        return tuple((say(STATES[s]), self.in_state(s)) for s in STATE_ORDER if self.in_state(s))

    @property
    def n_checked(self) -> int:
        """How many pages were opened, rendered and checked."""
        return self.in_state(State.CHECKED)


@dataclass(frozen=True, slots=True)
class FindingTotals:
    """Findings, issues and pages with at least one, by kind: three kinds as in the table `page`, and practices.

    `failed` leaves out the style engine's, `style` has those, `cant_tell` has the questions of every engine, and
    `practice` the best practices that no criterion asks for, which no other number holds. A page may be in all four.
    The same words in a header or another part that pages share are one passage.
    """

    n_failed: int
    n_failed_issues: int
    n_failed_pages: int
    n_cant_tell: int
    n_cant_tell_issues: int
    n_cant_tell_pages: int
    n_style: int
    n_style_issues: int
    n_style_pages: int
    n_practice: int
    n_practice_issues: int
    n_practice_pages: int


def load_scan(connection: Connection, scan_id: int) -> Scan:
    """Return the scan; NoScanError if there is none of that number."""
    row = connection.execute(select(scan).where(scan.c.id == scan_id)).mappings().one_or_none()
    if row is None:
        raise NoScanError(f"This database holds no scan number {scan_id}.")
    values = dict(row)
    for name in ("start_urls", "notes"):
        values[name] = tuple(values[name] or ())
    return Scan(**values)


def latest_scan_id(connection: Connection) -> int:
    """Return the number of the newest scan; NoScanError if the database holds none."""
    newest: int | None = connection.execute(select(func.max(scan.c.id))).scalar_one()
    if newest is None:
        raise NoScanError("This database holds no scan yet.")
    return newest


def totals(connection: Connection, scan_id: int) -> Totals:
    """Count a scan's URLs by final state and reason; what has no final state yet is "not reached yet"."""
    ours = url.c.scan_id == scan_id
    counts: Counter[tuple[str, str]] = Counter()
    by_state = select(url.c.state, url.c.reason, func.count()).where(ours).group_by(url.c.state, url.c.reason)
    for state, reason, n in connection.execute(by_state):
        counts[(state, reason) if state in FINAL_STATES else (NOT_REACHED, "")] += n
    found = [Total(s, r, say(STATES[s]), explain_state(s, r), n) for (s, r), n in counts.items()]
    found.sort(key=lambda t: (STATE_ORDER.index(t.state), -t.n_urls, t.reason))
    n_urls: int = connection.execute(select(func.count()).select_from(url).where(ours)).scalar_one()
    return Totals(tuple(found), n_urls)


def explain_state(state: str, reason: str) -> str:
    """Return the plain sentence for a state and reason; a reason of a newer Curbcut is shown as it is."""
    if state in (NOT_REACHED, State.PENDING, State.LEASED):
        return say("The scan stopped before it came to this address. Resume the scan to go on.")
    sentence = REASONS[State(state)].get(reason, "")
    return say(sentence) if sentence else reason


def finding_totals(connection: Connection, scan_id: int) -> FindingTotals:
    """Count findings, issues and pages with findings: barriers, questions, and style apart."""
    is_style = finding.c.engine == STYLE_ENGINE
    kinds = {
        "failed": and_(~is_style, finding.c.outcome == "failed"),
        "cant_tell": finding.c.outcome == "cantTell",
        "style": and_(is_style, finding.c.outcome == "failed"),
        "practice": finding.c.outcome == Outcome.BEST_PRACTICE,
    }
    counts: dict[str, int] = {}
    for kind, condition in kinds.items():
        ours = (finding.c.scan_id == scan_id, condition)
        groups = select(finding.c.rule, finding.c.component, finding.c.outcome).where(*ours).distinct().subquery()
        number = func.count(distinct(finding.c.fingerprint)) if kind == "style" else func.count()
        n, n_pages = connection.execute(select(number, func.count(distinct(finding.c.url_id))).where(*ours)).one()
        counts[f"n_{kind}"], counts[f"n_{kind}_pages"] = n, n_pages
        counts[f"n_{kind}_issues"] = connection.execute(select(func.count()).select_from(groups)).scalar_one()
    return FindingTotals(**counts)
