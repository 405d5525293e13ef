"""A scan that checked nothing says what became of the address, and what to do."""

from __future__ import annotations

from pathlib import Path

from cli.nothing_checked import why_nothing
from store.database import open_database
from store.ledger import Found, Ledger, Verdict
from store.results import start_scan
from store.schema import State


def test_each_start_is_explained(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "curbcut.sqlite")
    starts = ("http://old.example/", "http://gone.example/")
    scan_id = start_scan(engine, start_urls=starts, settings={}, versions={}, profile="", rules=[])
    ledger = Ledger(engine, scan_id)
    ledger.add(Found(start, "page", "start") for start in (*starts, "http://old.example/sitemap.xml"))
    moved, gone, _ = ledger.lease(3)
    target = "https://new.example/de/"
    ledger.finish(moved, Verdict(State.OUT_OF_SCOPE, "redirect", target, redirect_to=target))
    ledger.finish(gone, Verdict(State.FAILED, "dns", "gone.example could not be found"))
    assert list(why_nothing(engine, scan_id)) == [
        "http://old.example/ leads to another site. If that is the one you mean, scan it: "
        "curbcut scan https://new.example/",
        "http://gone.example/: The host name could not be found. (gone.example could not be found)",
    ]
    engine.dispose()
