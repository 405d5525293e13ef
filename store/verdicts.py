"""What people decide on questions that a machine left to them. A verdict names a finding, not a scan: it lasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, and_, delete, exists, func, insert, select, update

from checks.model import Outcome
from store.ledger import now_iso
from store.schema import finding, page, settled, verdict
from store.schema import rule as rule_table

ANSWERS = (Outcome.PASSED, Outcome.FAILED, Outcome.INAPPLICABLE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer of a person to one question, named by rule and fingerprint."""

    rule: str
    fingerprint: str
    outcome: str
    note: str
    name: str
    decided_at: str


def decide(
    engine: Engine, scan_id: int, rule: str, component: str, *, outcome: Outcome, name: str, note: str = ""
) -> int:
    """Answer every question that a rule has on a component in a scan; return how many places that settled."""
    with engine.begin() as connection:
        found = connection.execute(
            select(finding.c.fingerprint).where(
                finding.c.scan_id == scan_id,
                finding.c.rule == rule,
                finding.c.component == component,
                finding.c.outcome == Outcome.CANT_TELL,
            )
        ).scalars()
        rows = [
            {"rule": rule, "fingerprint": f, "outcome": outcome, "note": note, "name": name, "decided_at": now_iso()}
            for f in dict.fromkeys(found)
        ]
        _write(connection, rows)
        return _apply(connection, scan_id)


def undo(engine: Engine, scan_id: int, rule: str, fingerprint: str) -> bool:
    """Take an answer back and make it a question again; return whether there was one."""
    with engine.begin() as connection:
        return _undo(connection, scan_id, rule, [fingerprint]) > 0


def undo_all(engine: Engine, scan_id: int, rule: str, component: str) -> int:
    """Take back every answer to what `decide` answered at once; return how many there were."""
    with engine.begin() as connection:
        failing = select(finding.c.fingerprint).where(
            finding.c.scan_id == scan_id,
            finding.c.rule == rule,
            finding.c.component == component,
            finding.c.outcome == Outcome.FAILED,
        )
        put_away = select(settled.c.fingerprint).where(
            settled.c.scan_id == scan_id, settled.c.rule == rule, settled.c.row["component"].as_string() == component
        )
        found = connection.execute(failing.union(put_away)).scalars().all()
        return _undo(connection, scan_id, rule, found)


def _undo(connection: Connection, scan_id: int, rule: str, fingerprints: Iterable[str]) -> int:
    """Take answers back, count and judge the pages once for all of them; return how many answers there were."""
    asked_again = [pages for f in fingerprints if (pages := _ask_again(connection, scan_id, rule, f)) is not None]
    if asked_again:
        count_again(connection, scan_id)
        _judge_pages_again(connection, set().union(*asked_again), {rule})
    return len(asked_again)


def _ask_again(connection: Connection, scan_id: int, rule: str, fingerprint: str) -> set[int] | None:
    """Make one answer a question again; return the pages it stands on, or None when there was no answer."""
    same = and_(verdict.c.rule == rule, verdict.c.fingerprint == fingerprint)
    if not connection.execute(delete(verdict).where(same)).rowcount:
        return None
    put_away = and_(settled.c.scan_id == scan_id, settled.c.rule == rule, settled.c.fingerprint == fingerprint)
    rows = [row.row for row in connection.execute(select(settled.c.row).where(put_away))]
    if rows:
        connection.execute(insert(finding), rows)
        connection.execute(delete(settled).where(put_away))
    ours = and_(finding.c.scan_id == scan_id, finding.c.rule == rule, finding.c.fingerprint == fingerprint)
    connection.execute(update(finding).where(ours).values(outcome=Outcome.CANT_TELL))
    return set(connection.execute(select(finding.c.url_id).where(ours)).scalars())


def apply(engine: Engine, scan_id: int) -> int:
    """Let a scan follow the answers that are there already, as at its end; return how many places that settled."""
    with engine.begin() as connection:
        return _apply(connection, scan_id)


def carry(source: Engine, target: Engine) -> int:
    """Copy the answers in another database; those of `target` stay. Return how many came along."""
    with source.connect() as connection:
        rows = [dict(row._mapping) for row in connection.execute(select(verdict))]
    with target.begin() as connection:
        known = {(row.rule, row.fingerprint) for row in connection.execute(select(verdict))}
        fresh = [row for row in rows if (row["rule"], row["fingerprint"]) not in known]
        _write(connection, fresh)
    return len(fresh)


def count(engine: Engine) -> int:
    """Return how many answers a database holds."""
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(verdict)).scalar_one())


def answers(connection: Connection, scan_id: int) -> list[Verdict]:
    """Return the answers that settled something in a scan, the newest first."""
    put_away = select(settled.c.rule, settled.c.fingerprint).where(settled.c.scan_id == scan_id)
    is_failed = verdict.c.outcome == Outcome.FAILED
    same = and_(verdict.c.rule == finding.c.rule, verdict.c.fingerprint == finding.c.fingerprint)
    failing = select(finding.c.rule, finding.c.fingerprint).where(
        finding.c.scan_id == scan_id,
        finding.c.outcome == Outcome.FAILED,
        finding.c.rule.in_(select(verdict.c.rule).where(is_failed)),  # by the index: few rules of many
        exists().where(same, is_failed),
    )
    used = put_away.union(failing).subquery()
    query = (
        select(verdict)
        .join(used, and_(used.c.rule == verdict.c.rule, used.c.fingerprint == verdict.c.fingerprint))
        .order_by(verdict.c.decided_at.desc(), verdict.c.rule, verdict.c.fingerprint)
    )
    return [Verdict(**row._mapping) for row in connection.execute(query)]


def criteria_of_rules(connection: Connection, scan_id: int) -> dict[str, tuple[str, ...]]:
    """Return the success criteria of each rule of a scan."""
    query = select(rule_table.c.id, rule_table.c.wcag).where(rule_table.c.scan_id == scan_id)
    return {row.id: tuple(row.wcag) for row in connection.execute(query)}


def count_again(connection: Connection, scan_id: int) -> None:
    """Count each page's findings again."""

    def number(*conditions: object) -> object:
        ours = finding.c.url_id == page.c.url_id
        return select(func.count()).select_from(finding).where(ours, *conditions).scalar_subquery()  # type: ignore[arg-type]

    connection.execute(
        update(page)
        .where(page.c.scan_id == scan_id)
        .values(
            n_failed=number(finding.c.outcome == Outcome.FAILED, finding.c.engine != "style"),
            n_cant_tell=number(finding.c.outcome == Outcome.CANT_TELL),
            n_style=number(finding.c.outcome == Outcome.FAILED, finding.c.engine == "style"),
        )
    )


def _write(connection: Connection, rows: Iterable[dict[str, object]]) -> None:
    for row in rows:
        same = and_(verdict.c.rule == row["rule"], verdict.c.fingerprint == row["fingerprint"])
        connection.execute(delete(verdict).where(same))
        connection.execute(insert(verdict).values(**row))


def _apply(connection: Connection, scan_id: int) -> int:
    query = (
        select(finding, verdict.c.outcome.label("answer"))
        .join(verdict, and_(verdict.c.rule == finding.c.rule, verdict.c.fingerprint == finding.c.fingerprint))
        .where(finding.c.scan_id == scan_id, finding.c.outcome == Outcome.CANT_TELL)
    )
    rows = connection.execute(query).mappings().all()
    for row in rows:
        if row["answer"] == Outcome.FAILED:
            connection.execute(update(finding).where(finding.c.id == row["id"]).values(outcome=Outcome.FAILED))
            continue
        values = {column.name: row[column.name] for column in finding.c if column.name != "id"}  # ids are used again
        connection.execute(
            insert(settled).values(scan_id=scan_id, rule=row["rule"], fingerprint=row["fingerprint"], row=values)
        )
        connection.execute(delete(finding).where(finding.c.id == row["id"]))
    if rows:
        count_again(connection, scan_id)
        _judge_pages_again(connection, {row["url_id"] for row in rows}, {row["rule"] for row in rows})
    return len(rows)


def _judge_pages_again(connection: Connection, url_ids: set[int], rules: set[str]) -> None:
    """Give the rules whose questions were answered the worst outcome that is left on each page."""
    for url_id in url_ids:
        known = connection.execute(select(page.c.rule_outcomes).where(page.c.url_id == url_id)).scalar_one_or_none()
        if known is None:
            continue
        left = connection.execute(
            select(finding.c.rule, finding.c.outcome).where(finding.c.url_id == url_id, finding.c.rule.in_(rules))
        ).all()
        fresh = {rule: _worst([outcome for name, outcome in left if name == rule]) for rule in rules if rule in known}
        connection.execute(update(page).where(page.c.url_id == url_id).values(rule_outcomes={**known, **fresh}))


def _worst(outcomes: list[str]) -> str:
    order = (Outcome.FAILED, Outcome.CANT_TELL)
    return next((outcome for outcome in order if outcome in outcomes), Outcome.PASSED)
