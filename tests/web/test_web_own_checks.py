"""The app passes what it asks of others: WCAG 2.2, level AA, by our own checks; `make torture` looks closely, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.model import Outcome
from reports import analysis
from scan.run import run_scan
from scan.settings import load

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("is_close", [False, pytest.param(True, marks=pytest.mark.torture)])
def test_our_own_checks_find_no_barrier(origin: str, screens: tuple[str, ...], tmp_path: Path, is_close: bool) -> None:
    settings = load({"profile": "en301549-v4.1.1", "only": ("wcag",), "thorough": is_close, "pages_per_template": 0})
    end = run_scan(settings, [origin + path for path in screens], tmp_path, follow=False)
    with end.engine.connect() as connection:
        found = list(analysis.issues(connection, end.scan_id, outcome=Outcome.FAILED, style=None))
    end.engine.dispose()
    assert [(issue.rule, issue.example.url, issue.example.message) for issue in found] == []
