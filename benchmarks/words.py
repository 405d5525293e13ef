"""The pace of the style checks on one core, and how soon `curbcut style` says something."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from benchmarks.site import Site
from checks.model import Page
from styleguide.check import check_page
from styleguide.guides import DEFAULT_GUIDE, load_guide
from styleguide.text import parse, read_document

STYLE_PAGES, WARM_PAGES = 60, 10
PAGE_WORDS = 1_000
STARTS = 7
ORIGIN = "http://127.0.0.1"
DRAFT = "# Waste collection\n\nPlease utilise the form in order to apply for a bin.\n"


@dataclass(frozen=True, slots=True)
class Start:
    """The median time to the first line of output, in seconds: as it passes, and of the processor."""

    passed_s: float
    processor_s: float


def style_pages_per_s() -> float:
    """Return how many pages of 1,000 words one core reads in a second: parsed, checked with one guide, measured."""
    guide = load_guide(DEFAULT_GUIDE)
    site = Site(STYLE_PAGES + WARM_PAGES, words=PAGE_WORDS)
    words, seconds = 0, 0.0
    for number in range(site.pages):
        _, _, body = site.answer(site.path(number), ORIGIN)
        url = ORIGIN + site.path(number)
        page = Page(url, url, body.decode())
        started = time.process_time()
        check_page(page, guide)
        if number >= WARM_PAGES:
            seconds += time.process_time() - started
            words += sum(len(block.text.split()) for block in read_document(parse(page.html)).blocks)
    return words / PAGE_WORDS / seconds


def start() -> Start:
    """Return how long `curbcut style draft.md` takes to its first output; compiled files are there, as after use."""
    with tempfile.TemporaryDirectory(prefix="curbcut-bench-") as folder:
        draft = Path(folder) / "draft.md"
        draft.write_text(DRAFT, encoding="utf-8")
        runs = [_start(draft) for _ in range(STARTS + 1)][1:]
    return Start(median(passed for passed, _ in runs), median(processor for _, processor in runs))


def _start(draft: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "cli.main", "style", str(draft)]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=draft.parent) as process:  # noqa: S603 - our own program
        assert process.stdout is not None  # noqa: S101 - asked for
        if not process.stdout.readline():
            raise RuntimeError("curbcut style printed nothing")
        passed = time.perf_counter() - started
        used = psutil.Process(process.pid).cpu_times()
        process.stdout.read()
    return passed, used.user + used.system
