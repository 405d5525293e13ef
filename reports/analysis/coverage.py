"""What ran where: on how many pages each rule ran, and which pages were looked at more closely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from checks.model import BEST_PRACTICE
from reports.analysis.issues import STREAM_ROWS
from reports.wording import of_rule, say, to_say
from store.schema import document, look, page, rule, url

KIND_LABELS = {
    "engine": "axe-core",
    BEST_PRACTICE: to_say("best practice"),
    "page": to_say("markup"),
    "rendered": to_say("closer look"),
    "site": to_say("pages compared"),
    "document": to_say("documents"),
    "style": to_say("language"),
}
LOOK_LABELS = {
    "checked": to_say("Looked at"),
    "failed": to_say("Could not be looked at"),
    "pending": to_say("Not reached"),
    "leased": to_say("Not reached"),
}


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """One rule of the scan and what became of it on each page: numbers of pages."""

    id: str
    title: str
    kind: str
    wcag: tuple[str, ...]
    help_url: str
    n_ran: int
    n_failed: int
    n_cant_tell: int
    n_not_run: int

    @property
    def kind_label(self) -> str:
        """What the rule needs, in a word or two."""
        return say(KIND_LABELS.get(self.kind, self.kind))


@dataclass(frozen=True, slots=True)
class LookRow:
    """One page that was chosen for a closer look: why, and how it ended."""

    url: str
    title: str
    lang: str
    page_id: int
    state: str
    why: str
    detail: str

    @property
    def label(self) -> str:
        """How it ended, in a few words."""
        return say(LOOK_LABELS.get(self.state, self.state))


def rule_coverage(connection: Connection, scan_id: int) -> tuple[RuleCoverage, ...]:
    """Return every rule of the scan by id, with the pages, or for documents the documents, that it ran on."""
    outcomes: Counter[tuple[str, str]] = Counter()
    not_run: Counter[str] = Counter()
    for table in (page, document):
        columns = select(table.c.rule_outcomes, table.c.not_run).where(table.c.scan_id == scan_id)
        for of_page, missing in connection.execute(columns, execution_options={"yield_per": STREAM_ROWS}):
            outcomes.update((of_page or {}).items())
            not_run.update(list(missing or ()))
    ran: Counter[str] = Counter()
    for (name, _), count in outcomes.items():
        ran[name] += count
    rows = connection.execute(select(rule).where(rule.c.scan_id == scan_id).order_by(rule.c.id))
    return tuple(
        RuleCoverage(
            id=row.id,
            title=of_rule(row.title),
            kind=row.kind,
            wcag=tuple(row.wcag or ()),
            help_url=row.help_url,
            n_ran=ran[row.id],
            n_failed=outcomes[row.id, "failed"],
            n_cant_tell=outcomes[row.id, "cantTell"],
            n_not_run=not_run[row.id],
        )
        for row in rows
    )


def looks(connection: Connection, scan_id: int) -> Iterator[LookRow]:
    """Stream the pages that were chosen for a closer look, by address."""
    statement = (
        select(look, url.c.url, page.c.title, page.c.lang)
        .join(url, url.c.id == look.c.url_id)
        .join(page, page.c.url_id == look.c.url_id)
        .where(look.c.scan_id == scan_id)
        .order_by(url.c.url)
    )
    for row in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        yield LookRow(row.url, row.title, row.lang, row.url_id, row.state, row.why, row.detail)


def count_looked_at(connection: Connection, scan_id: int) -> int:
    """Return how many pages were looked at more closely to the end."""
    ours = (look.c.scan_id == scan_id, look.c.state == "checked")
    total: int = connection.execute(select(func.count()).select_from(look).where(*ours)).scalar_one()
    return total


def count_looks(connection: Connection, scan_id: int) -> int:
    """Return how many pages `looks` would stream."""
    total: int = connection.execute(
        select(func.count()).select_from(look).where(look.c.scan_id == scan_id)
    ).scalar_one()
    return total
