"""Writes what was found: scans, pages with their findings, documents, pictures. Reading is the reports' work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, case, func, insert, select, update

from checks.model import Finding, Judgement, Outcome, Page, RuleInfo
from store.errors import NoScanError
from store.ledger import now_iso
from store.schema import ScanState, document, evidence, finding, page, rule, scan, url

REPORTED = (Outcome.FAILED, Outcome.CANT_TELL, Outcome.BEST_PRACTICE)


@dataclass(frozen=True, slots=True)
class Picture:
    """A cropped screenshot of one finding: the example of its issue (rule, component and outcome)."""

    finding: Finding
    media_type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class ScanRow:
    """A scan as it stands in the database."""

    id: int
    state: str
    start_urls: list[str]
    settings: dict[str, Any]
    versions: dict[str, str]
    profile: str
    elapsed_s: float
    notes: list[str]


def start_scan(
    engine: Engine,
    *,
    start_urls: Iterable[str],
    settings: Mapping[str, Any],
    versions: Mapping[str, str],
    profile: str,
    rules: Iterable[RuleInfo],
) -> int:
    """Write a new scan with the rules it will use; return its id."""
    with engine.begin() as connection:
        key = connection.execute(
            insert(scan).values(
                state=ScanState.RUNNING,
                start_urls=list(start_urls),
                settings=dict(settings),
                versions=dict(versions),
                profile=profile,
                started_at=now_iso(),
            )
        ).inserted_primary_key
        assert key is not None  # noqa: S101 - every dialect we speak returns it
        scan_id = int(key[0])
        rows = [asdict(r) | {"scan_id": scan_id, "wcag": list(r.wcag), "sources": list(r.sources)} for r in rules]
        if rows:
            connection.execute(insert(rule), rows)
    return scan_id


def read_scan(engine: Engine, scan_id: int | None = None) -> ScanRow:
    """Return one scan, the newest by default. Raises NoScanError."""
    query = select(scan).order_by(scan.c.id.desc()).limit(1)
    if scan_id is not None:
        query = query.where(scan.c.id == scan_id)
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NoScanError("There is no scan in this database yet. Start one with: curbcut scan URL")
    return ScanRow(
        id=row.id,
        state=row.state,
        start_urls=row.start_urls,
        settings=row.settings,
        versions=row.versions,
        profile=row.profile,
        elapsed_s=row.elapsed_s,
        notes=row.notes,
    )


def resume_scan(engine: Engine, scan_id: int, *, settings: Mapping[str, Any], notes: Iterable[str]) -> None:
    """Mark a scan as running again, under the settings now in force."""
    with engine.begin() as connection:
        old = connection.execute(select(scan.c.notes).where(scan.c.id == scan_id)).scalar_one()
        connection.execute(
            update(scan)
            .where(scan.c.id == scan_id)
            .values(state=ScanState.RUNNING, settings=dict(settings), notes=_merged(old, notes), finished_at=None)
        )


def note_versions(engine: Engine, scan_id: int, versions: Mapping[str, str]) -> None:
    """Write which versions take part; those of an earlier run of the same scan that differ are kept as a note."""
    with engine.begin() as connection:
        row = connection.execute(select(scan.c.versions, scan.c.notes).where(scan.c.id == scan_id)).one()
        changes = [
            f"{name} changed from {row.versions[name]} to {new} during the scan."
            for name, new in versions.items()
            if row.versions.get(name, new) not in (new, "not started")
        ]
        connection.execute(
            update(scan).where(scan.c.id == scan_id).values(versions=dict(versions), notes=_merged(row.notes, changes))
        )


def end_scan(engine: Engine, scan_id: int, state: ScanState, *, elapsed_s: float, notes: Iterable[str] = ()) -> None:
    """Mark a scan as ended in `state`; `elapsed_s` of this run is added to earlier runs'."""
    with engine.begin() as connection:
        row = connection.execute(select(scan.c.notes, scan.c.elapsed_s).where(scan.c.id == scan_id)).one()
        connection.execute(
            update(scan)
            .where(scan.c.id == scan_id)
            .values(
                state=state,
                finished_at=now_iso(),
                elapsed_s=row.elapsed_s + elapsed_s,
                notes=_merged(row.notes, notes),
            )
        )


def _merged(old: list[str], new: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*old, *new]))


def save_page(
    connection: Connection,
    scan_id: int,
    url_id: int,
    captured: Page,
    judgement: Judgement,
    *,
    content_hash: str,
    same_as: str = "",
    elapsed_ms: int = 0,
    pictures: Iterable[Picture] = (),
    sketch: Iterable[int] = (),
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write a checked page and its findings; part of the ledger's transaction."""
    reported = [f for f in judgement.findings if f.outcome in REPORTED]
    failed = [f for f in reported if f.outcome is Outcome.FAILED]
    connection.execute(
        insert(page).values(
            url_id=url_id,
            scan_id=scan_id,
            final_url=captured.final_url,
            title=captured.title,
            lang=captured.lang,
            content_hash=content_hash,
            same_as=same_as,
            rule_outcomes=dict(judgement.rule_outcomes),
            not_run=dict(judgement.not_run),
            cut_short=list(captured.cut_short),
            readability=_readability(judgement),
            n_failed=sum(f.engine != "style" for f in failed),
            n_cant_tell=_questions(reported),
            n_style=sum(f.engine == "style" for f in failed),
            elapsed_ms=elapsed_ms,
            sketch=list(sketch),
            facts=facts,
        )
    )
    ids = save_findings(connection, scan_id, url_id, reported)
    _save_pictures(connection, scan_id, pictures, reported, ids)


def save_look(
    connection: Connection, scan_id: int, url_id: int, judgement: Judgement, *, pictures: Iterable[Picture] = ()
) -> None:
    """Add what a closer look at a checked page found; part of the looks' transaction.

    What was found in another state of the page is left out where the page as it opens has it too.
    """
    known = {
        (row.rule, row.fingerprint)
        for row in connection.execute(select(finding.c.rule, finding.c.fingerprint).where(finding.c.url_id == url_id))
    }
    reported = [
        f for f in judgement.findings if f.outcome in REPORTED and not (f.state and (f.rule, f.fingerprint) in known)
    ]
    failed = sum(f.outcome is Outcome.FAILED for f in reported)
    row = connection.execute(select(page.c.rule_outcomes, page.c.not_run).where(page.c.url_id == url_id)).one()
    connection.execute(
        update(page)
        .where(page.c.url_id == url_id)
        .values(
            rule_outcomes=_worsened({**row.rule_outcomes, **judgement.rule_outcomes}, reported),
            not_run={**row.not_run, **judgement.not_run},
            n_failed=page.c.n_failed + failed,
            n_cant_tell=page.c.n_cant_tell + _questions(reported),
        )
    )
    ids = save_findings(connection, scan_id, url_id, reported)
    _save_pictures(connection, scan_id, pictures, reported, ids)


def _questions(reported: Iterable[Finding]) -> int:
    return sum(f.outcome is Outcome.CANT_TELL for f in reported)


def _worsened(outcomes: Mapping[str, str], reported: Iterable[Finding]) -> dict[str, str]:
    """Return the rules' outcomes with those of findings that come later, in another state of the page."""
    later: dict[str, str] = {}
    for found in sorted(reported, key=lambda f: f.outcome):  # "bestPractice", "cantTell", "failed": the gravest last
        if outcomes.get(found.rule) != Outcome.FAILED:
            later[found.rule] = found.outcome
    return {**outcomes, **later}


def save_findings(connection: Connection, scan_id: int, url_id: int, reported: Sequence[Finding]) -> list[int]:
    """Write findings of one page; return their numbers in the same order."""
    if not reported:
        return []
    rows = connection.execute(
        insert(finding).returning(finding.c.id, sort_by_parameter_order=True),
        [
            {
                "scan_id": scan_id,
                "url_id": url_id,
                "rule": f.rule,
                "engine": f.engine,
                "outcome": f.outcome,
                "impact": f.impact,
                "wcag": list(f.wcag),
                "message": f.message,
                "message_id": f.message_id,
                "arguments": dict(f.arguments),
                "target": list(f.target),
                "snippet": f.snippet,
                "fingerprint": f.fingerprint,
                "component": f.component,
                "region": f.region,
                "suggestion": f.suggestion,
                "span_start": f.span[0] if f.span else None,
                "span_end": f.span[1] if f.span else None,
                "state": f.state,
            }
            for f in reported
        ],
    )
    return list(rows.scalars())


def _save_pictures(
    connection: Connection, scan_id: int, pictures: Iterable[Picture], reported: Sequence[Finding], ids: Sequence[int]
) -> None:
    """Write the pictures of findings that were written, one for each issue."""
    for picture in pictures:
        shown = next((key for key, found in zip(ids, reported, strict=True) if found == picture.finding), None)
        if shown is None:
            continue
        rule_id, component, outcome = picture.finding.issue
        same_issue = (
            finding.c.scan_id == scan_id,
            finding.c.rule == rule_id,
            finding.c.component == component,
            finding.c.outcome == outcome,
        )
        if connection.execute(select(finding.c.id).join(evidence).where(*same_issue).limit(1)).first() is None:
            connection.execute(
                insert(evidence).values(
                    finding_id=shown,
                    scan_id=scan_id,
                    media_type=picture.media_type,
                    width=picture.width,
                    height=picture.height,
                    data=picture.data,
                )
            )


def _readability(judgement: Judgement) -> dict[str, Any] | None:
    if judgement.readability is None:
        return None
    return asdict(judgement.readability) | {"scores": dict(judgement.readability.scores)}


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that was found. `reason` is a code of `store.reasons.DOCUMENT_REASONS`; empty if it was checked."""

    file_format: str
    size_bytes: int | None = None
    reason: str = ""
    detail: str = ""
    title: str = ""
    lang: str = ""
    pages: int | None = None
    words: int = 0
    tagged: bool | None = None
    producer: str = ""


def save_document(
    connection: Connection, scan_id: int, url_id: int, row: DocumentRow, judgement: Judgement | None = None
) -> None:
    """Write a document and what was found in it; part of the ledger's transaction."""
    found_on = connection.execute(select(url.c.found_on).where(url.c.id == url_id)).scalar_one()
    judgement = judgement or Judgement(())
    reported = [f for f in judgement.findings if f.outcome in REPORTED]
    n_failed = sum(f.outcome is Outcome.FAILED for f in reported)
    values = asdict(row)
    connection.execute(
        insert(document).values(
            url_id=url_id,
            scan_id=scan_id,
            format=values.pop("file_format"),
            found_on=found_on,
            rule_outcomes=dict(judgement.rule_outcomes),
            not_run=dict(judgement.not_run),
            n_failed=n_failed,
            n_cant_tell=_questions(reported),
            **values,
        )
    )
    save_findings(connection, scan_id, url_id, reported)


def count_checked_documents(engine: Engine, scan_id: int) -> int:
    """Return how many documents of a scan were checked."""
    query = select(func.count()).select_from(document).where(document.c.scan_id == scan_id, document.c.reason == "")
    with engine.connect() as connection:
        total: int = connection.execute(query).scalar_one()
    return total


def pictured(engine: Engine, scan_id: int) -> set[tuple[str, str, Outcome]]:
    """Return the key of every issue that has a picture already."""
    query = (
        select(finding.c.rule, finding.c.component, finding.c.outcome)
        .join(evidence)
        .where(evidence.c.scan_id == scan_id)
    )
    with engine.connect() as connection:
        return {(row.rule, row.component, Outcome(row.outcome)) for row in connection.execute(query)}


def rename_urls(engine: Engine, scan_id: int, names: Mapping[str, str]) -> None:
    """Show `names[address]` instead of an address in all that is written: a file served on a port for one check."""
    rows = [{"old": address, "new": shown} for address, shown in names.items()]
    if not rows:
        return
    spelled = case((url.c.address == "", url.c.url), else_=url.c.address)
    with engine.begin() as connection:
        connection.execute(
            update(url).where(url.c.scan_id == scan_id, spelled == bindparam("old")).values(address=bindparam("new")),
            rows,
        )
