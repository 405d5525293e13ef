"""A small scan, written by hand: one page with everything, one without findings, and every way not to be checked."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, insert, select

from store.database import open_database
from store.schema import document, evidence, finding, page, rule, scan, url

SITE = "https://town.example"
HOSTILE_TITLE = "\x1b]0;gotcha\x07=Fees & [bold]fines[/bold]"


@dataclass(frozen=True)
class SmallScan:
    """An open database and the number of the scan in it."""

    engine: Engine
    scan_id: int


@pytest.fixture
def small_scan(tmp_path: Path) -> Iterator[SmallScan]:
    engine = open_database(tmp_path / "small.sqlite")
    with engine.begin() as connection:
        scan_id = _write(connection)
    yield SmallScan(engine, scan_id)
    engine.dispose()


@pytest.fixture
def peak_memory() -> Callable[[Callable[[], object]], int]:
    """Give a function that returns the peak of memory that Python allocates during some work, in bytes.

    What other tests left on the heap decides when Python collects: it is put aside, and counted from nothing.
    """

    def peak(work: Callable[[], object]) -> int:
        gc.collect()
        gc.freeze()
        gc.collect()
        tracemalloc.start()
        try:
            work()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            gc.unfreeze()

    return peak


def _insert(connection: Connection, table: Table, **values: Any) -> int:
    key = connection.execute(insert(table).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def _write(connection: Connection) -> int:
    scan_id = _insert(
        connection,
        scan,
        state="interrupted",
        start_urls=[f"{SITE}/"],
        settings={"max_pages": 10},
        versions={"curbcut": "0.1.0"},
        profile="en301549-v3.2.1",
        started_at="2026-11-20T08:00:00+00:00",
        elapsed_s=12.5,
        notes=["robots.txt asks for 2 seconds between pages."],
    )
    _write_rules(connection, scan_id)
    _write_pages(connection, scan_id)
    for path, kind, state, reason, detail, source in (
        ("/slow", "page", "failed", "timeout", "No answer after 30 s.", "link"),
        ("/private", "page", "disallowed", "robots", "", "link"),
        ("/deep", "page", "over_limit", "max_depth", "", "link"),
        ("/waiting", "page", "pending", "", "", "link"),
        ("/old", "page", "not_a_page", "redirect", "", "link"),
        ("/asked-for.png", "page", "not_a_page", "other_media", "image/png", "start"),
        ("/asked-but-waiting", "page", "leased", "", "", "start"),
        ("/elsewhere", "page", "out_of_scope", "host", "", "link"),
        ("/sitemap.xml", "sitemap", "failed", "http_status", "404 Not Found", "sitemap"),
        ("/budget.pdf", "document", "not_a_page", "document", "", "link"),
    ):
        status = 404 if reason == "http_status" else None
        key = _url(connection, scan_id, path, kind, state, reason=reason, detail=detail, source=source, status=status)
        if kind == "document":
            row = {"url_id": key, "scan_id": scan_id, "format": "pdf", "size_bytes": 48_000, "found_on": f"{SITE}/"}
            connection.execute(insert(document).values(row))
    return scan_id


def _url(
    connection: Connection,
    scan_id: int,
    path: str,
    kind: str = "page",
    state: str = "checked",
    *,
    reason: str = "",
    detail: str = "",
    source: str = "link",
    status: int | None = 200,
    address: str = "",
) -> int:
    return _insert(
        connection,
        url,
        scan_id=scan_id,
        url=SITE + path,
        address=address,
        kind=kind,
        state=state,
        reason=reason,
        detail=detail,
        source=source,
        http_status=status,
        found_on=f"{SITE}/",
    )


def _write_rules(connection: Connection, scan_id: int) -> None:
    for rule_id, engine, title, how, wcag in (
        ("axe/image-alt", "axe", "Images must have text alternatives", "Write an alt attribute.", ["1.1.1"]),
        ("axe/color-contrast", "axe", "Text must stand out", "Choose darker text.", ["1.4.3"]),
        ("govuk/words-to-avoid", "style", "Use plain words", "Say it simply.", []),
    ):
        connection.execute(
            insert(rule).values(
                scan_id=scan_id,
                id=rule_id,
                engine=engine,
                kind="engine",
                title=title,
                how=how,
                wcag=wcag,
                sources=[],
                help_url=f"https://help.example/{rule_id}",
            )
        )


def _write_pages(connection: Connection, scan_id: int) -> None:
    home = _url(connection, scan_id, "/", source="start", address="HTTPS://Town.example")
    numbers = {
        "lang": "en",
        "words": 120,
        "sentences": 8,
        "words_per_sentence": 15.0,
        "grade": 8.5,
        "reading_ease": 61.0,
        "formula": "flesch",
        "school_age": "13 to 14",
        "no_score_reason": "",
        "scores": {"flesch": 61.0},
    }
    _page(connection, scan_id, home, f"{SITE}/home", HOSTILE_TITLE, readability=numbers, counts=(1, 1, 1))
    _finding(
        connection,
        scan_id,
        home,
        "axe/image-alt",
        "failed",
        wcag=["1.1.1"],
        impact="critical",
        message="This picture has no text.",
    )
    _finding(
        connection,
        scan_id,
        home,
        "axe/color-contrast",
        "cantTell",
        wcag=["1.4.3"],
        impact="serious",
        message="Is this readable?",
    )
    _finding(
        connection,
        scan_id,
        home,
        "govuk/words-to-avoid",
        "failed",
        wcag=[],
        impact=None,
        message="Say “use”.",
        span=(3, 10),
    )
    clean = _url(connection, scan_id, "/clean")
    _page(connection, scan_id, clean, f"{SITE}/clean", "Clean", not_run={"axe/image-alt": "The frame was gone."})
    connection.execute(
        insert(evidence).values(
            finding_id=connection.execute(select(finding.c.id).where(finding.c.rule == "axe/image-alt")).scalar_one(),
            scan_id=scan_id,
            media_type="image/png",
            width=10,
            height=10,
            data=b"png",
        )
    )


def _page(
    connection: Connection,
    scan_id: int,
    url_id: int,
    final_url: str,
    title: str,
    *,
    readability: dict[str, Any] | None = None,
    not_run: dict[str, str] | None = None,
    counts: tuple[int, int, int] = (0, 0, 0),
) -> None:
    connection.execute(
        insert(page).values(
            url_id=url_id,
            scan_id=scan_id,
            final_url=final_url,
            title=title,
            lang="en",
            rule_outcomes={"axe/image-alt": "failed"},
            not_run=not_run or {},
            cut_short=[],
            readability=readability,
            n_failed=counts[0],
            n_cant_tell=counts[1],
            n_style=counts[2],
        )
    )


def _finding(
    connection: Connection,
    scan_id: int,
    url_id: int,
    rule_id: str,
    outcome: str,
    *,
    wcag: list[str],
    impact: str | None,
    message: str,
    span: tuple[int, int] | None = None,
) -> None:
    connection.execute(
        insert(finding).values(
            scan_id=scan_id,
            url_id=url_id,
            rule=rule_id,
            engine="style" if span else "axe",
            outcome=outcome,
            impact=impact,
            wcag=wcag,
            message=message,
            arguments={},
            target=["iframe.map", "main > img\ud800"],  # JSON columns can hold half a character; text columns cannot
            snippet="=HYPERLINK(\x1b[31m1)",
            fingerprint="f-" + rule_id,
            component="c-" + rule_id,
            region="main",
            suggestion="use" if span else "",
            span_start=span[0] if span else None,
            span_end=span[1] if span else None,
        )
    )
