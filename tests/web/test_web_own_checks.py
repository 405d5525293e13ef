"""The app passes what it asks of others: WCAG 2.2, level AA, by our own checks with all closer looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.model import Outcome
from reports import analysis
from scan.run import run_scan
from scan.settings import load

pytestmark = pytest.mark.browser

SCREENS = ("/write",)


def test_our_own_checks_find_no_barrier(origin: str, tmp_path: Path) -> None:
    settings = load({"profile": "en301549-v4.1.1", "only": ("wcag",), "thorough": True})
    end = run_scan(settings, [origin + path for path in SCREENS], tmp_path, follow=False)
    with end.engine.connect() as connection:
        found = list(analysis.issues(connection, end.scan_id, outcome=Outcome.FAILED, style=None))
    end.engine.dispose()
    assert [(issue.rule, issue.example.url, issue.example.message) for issue in found] == []
