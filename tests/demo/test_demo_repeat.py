"""Scans of the demo town find the same each time: twenty times (or `CURBCUT_TORTURE` times) in `make torture`."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from demo.server import serve
from scan.run import run_scan
from scan.settings import load
from store.schema import finding, url

pytestmark = [pytest.mark.browser, pytest.mark.torture, pytest.mark.timeout(7200)]
TORTURE = "CURBCUT_TORTURE"
RUNS = int(os.environ.get(TORTURE, "20"))
COLUMNS = (
    finding.c.rule, finding.c.outcome, finding.c.impact, finding.c.message, finding.c.snippet, finding.c.fingerprint,
    finding.c.component, finding.c.region, finding.c.suggestion, finding.c.state,
)  # fmt: skip


def everything(engine: Engine) -> tuple[Counter[tuple[object, ...]], Counter[tuple[object, ...]]]:
    """Return each finding with its place, and each address with its end, as often as they are there."""
    findings = select(url.c.url, finding.c.target, *COLUMNS).join(url, url.c.id == finding.c.url_id)
    ends = select(url.c.url, url.c.state, url.c.reason)
    with engine.connect() as connection:
        found = Counter((row[0], tuple(row[1] or ()), *row[2:]) for row in connection.execute(findings))
        return found, Counter(tuple(row) for row in connection.execute(ends))


def test_every_run_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TORTURE, raising=False)  # it is no setting of a scan
    first = None
    with serve() as origin:
        for number in range(RUNS):
            end = run_scan(load({}), [f"{origin}/"], tmp_path / str(number))
            now = everything(end.engine)
            end.engine.dispose()
            first = first or now
            for before, since in zip(first, now, strict=True):
                assert sum(since.values()) > 50
                assert (sorted(map(str, before - since)), sorted(map(str, since - before))) == ([], []), number
