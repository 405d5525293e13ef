"""Fixtures of the hostile tests; what several of them import lies beside this file and is made importable here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from hostile_crawl import Outcome, run_crawl


@pytest.fixture
def crawl_site(tmp_path: Path) -> Callable[..., Outcome]:
    """Run one small crawl in a folder of its own."""

    def run(*starts: str, **settings: Any) -> Outcome:
        return run_crawl(tmp_path, *starts, **settings)

    return run
