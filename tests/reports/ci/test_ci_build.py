"""The report for a build is read from a scan's database, page by page, as often as a format wants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from benchmarks.fake_scan import write_fake_scan
from reports.ci.baseline import entries_for
from reports.ci.build import Source, build, lasting_address
from reports.ci.model import Kind, SourcePlace, Standing
from store.database import open_database

TODAY = date(2026, 11, 26)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(tmp_path / "scan.sqlite")


def test_what_a_baseline_was_made_of_is_accepted_and_nothing_is_gone(engine: Engine) -> None:
    scan_id = write_fake_scan(engine, n_pages=30, n_findings=200)
    first = build(engine, scan_id, version="1", today=TODAY)
    assert first.tally.of(Kind.BARRIER, standing=Standing.NEW) > 0
    entries = entries_for(first.pages(), expires=None)
    again = build(engine, scan_id, version="1", entries=entries, today=TODAY, is_whole=True)
    assert again.tally.of(Kind.BARRIER, Kind.WORDS, standing=Standing.NEW) == 0
    assert again.tally.of(standing=Standing.ACCEPTED) == first.tally.of(Kind.BARRIER, Kind.WORDS)
    assert again.tally.gone == ()
    assert again.tally.serious == 0
    assert list(again.pages()) == list(again.pages())
    engine.dispose()


def test_places_are_looked_up_once_a_page(engine: Engine) -> None:
    scan_id = write_fake_scan(engine, n_pages=5, n_findings=40)
    names = [page.name for page in build(engine, scan_id, version="1", today=TODAY).pages() if page.findings]
    opened: list[str] = []

    def source(name: str) -> Source:
        def open_source() -> Callable[..., SourcePlace]:
            opened.append(name)
            return lambda _target, _snippet, _rule: SourcePlace(3, 1, 3, 9)

        return Source(f"/{names.index(name)}", f"site/{names.index(name)}.html", open_source)

    report = build(engine, scan_id, version="1", sources={name: source(name) for name in names}, today=TODAY)
    for _ in range(2):
        places = {(found.place, page.file[:5]) for page in report.pages() for found in page.findings}
        assert places == {(SourcePlace(3, 1, 3, 9), "site/")}
    assert sorted(opened) == sorted(names)
    engine.dispose()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("http://127.0.0.1:41234/a/b?x=1", "/a/b?x=1"),
        ("http://localhost:3000", "/"),
        ("http://[::1]:80/x", "/x"),
        ("https://town.example/a", "https://town.example/a"),
    ],
)
def test_an_address_on_this_machine_is_known_by_its_path(name: str, address: str) -> None:
    assert lasting_address(name) == address
