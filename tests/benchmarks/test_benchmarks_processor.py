"""Processor time of a process and its children is counted, and what serves the pages is not."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.processor import counted

BUSY = "import time\nend = time.process_time() + 0.5\nwhile time.process_time() < end: pass\n"


def test_children_count_though_they_have_ended() -> None:
    with counted() as processor:
        subprocess.run([sys.executable, "-c", BUSY], check=True)
    assert processor.seconds > 0.2


def test_the_server_does_not_count() -> None:
    with counted() as processor:
        subprocess.run([sys.executable, "-c", BUSY, "http.server"], check=True)
    assert processor.seconds < 0.2
