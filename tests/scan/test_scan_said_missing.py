"""Pages that say that nothing is there, but answer as if all were well, are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.model import Judgement, Page
from scan.said_missing import NOTHING_THERE, note_missing
from store.database import open_database
from store.ledger import Found, Ledger, Verdict
from store.results import save_page, start_scan
from store.schema import State


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "Error 404 – Town",
        "Page not found | Town",
        "Seite nicht gefunden",
        "Page introuvable - Ville",
        "Town: 404",
    ],
)
def test_titles_of_error_pages_are_known(title: str) -> None:
    assert NOTHING_THERE.search(title)


@pytest.mark.parametrize("title", ["Lost and found", "4040 places", "Not found a form? Ask us", "Gefunden: Katze"])
def test_other_titles_are_not_taken_for_them(title: str) -> None:
    assert not NOTHING_THERE.search(title)


def test_the_note_names_the_pages(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "curbcut.sqlite")
    scan_id = start_scan(engine, start_urls=["http://t.example/"], settings={}, versions={}, profile="", rules=[])
    assert note_missing(engine, scan_id) == []
    ledger = Ledger(engine, scan_id)
    titles = {"http://t.example/": "Town", "http://t.example/gone": "Page not found"}
    ledger.add(Found(address, "page", "link") for address in titles)
    for lease in ledger.lease(2):
        page = Page(lease.url, lease.url, "", title=titles[lease.url])
        judged = Judgement((), {}, None, {})

        def write(connection, url_id, page=page, judged=judged):  # type: ignore[no-untyped-def]
            save_page(connection, scan_id, url_id, page, judged, content_hash="", elapsed_ms=1)

        ledger.finish(lease, Verdict(State.CHECKED, http_status=200), evidence=write)
    [note] = note_missing(engine, scan_id)
    assert "1 (http://t.example/gone)" in note
    engine.dispose()
