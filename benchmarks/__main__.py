"""`make bench`: Curbcut's pace against plain loops, and its memory over a long scan, written to docs/performance.md.

Ratios within one run are what counts: machines differ and drift, so every loop gets the same browser, the same
number of tabs and the same pages, one after the other.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError

from benchmarks import loops, ours, words, writing
from benchmarks.site import Site
from checks.engines import axe
from crawler.browsers import find_browser

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"
REAL_SITE = Path(__file__).parent.parent.parent / "shared" / "data" / "gov-site"
"""Where the development data lies when it is there; `--real-site` names another folder of web pages."""
PAGES, NAIVE_PAGES, LONG_PAGES = 200, 60, 2_000
START_S = 30.0
AXE_ALONE = "benchmarks.axe_alone"
UNSTEADY = 0.1
"""Where the two runs of one loop differ by more, the document says so."""


def main() -> None:
    """Measure, print, and write the document."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of the generated site")
    parser.add_argument("--long-pages", type=int, default=LONG_PAGES, help="pages of the long scan; 0 leaves it out")
    parser.add_argument("--tabs", type=int, default=3, help="tabs for every loop")
    parser.add_argument("--real-site", type=Path, default=REAL_SITE, help="a folder of real web pages")
    parser.add_argument("--dry", action="store_true", help="print only; leave docs/performance.md alone")
    chosen = parser.parse_args()
    parts = [
        *_words(),
        *_writing(),
        *_speed(chosen.pages, chosen.tabs),
        *_real(chosen.real_site, chosen.tabs),
        *_memory(chosen.long_pages, chosen.tabs),
    ]
    text = "\n".join(parts)
    document = _HEAD.format(
        date=datetime.now(UTC).date(),
        machine=f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}",
        browser=f"{find_browser(None).name} {find_browser(None).version}",
        axe=axe.bundled_version(),
        tabs=chosen.tabs,
    )
    print(document + text)  # noqa: T201 - a program's output
    if not chosen.dry:
        DOCUMENT.write_text(document + text + "\n", encoding="utf-8")


_HEAD = """# Performance

Written by `make bench` on {date}; never by hand. One run, one browser ({browser}), axe-core {axe}, {tabs} tabs for
every loop ({machine}). Only the ratios carry over to another machine.

"""


def _speed(pages: int, tabs: int) -> list[str]:
    with _site(pages) as origin:
        urls = [f"{origin}{path}" for path in _paths(origin)][:pages]
        asyncio.run(loops.bare(urls[:10], tabs))  # warm the disk's caches
        before = asyncio.run(loops.plain(urls, tabs))
        scan = ours.scan(origin, pages, tabs, *ours.WITHOUT_LOOKS)
        build = _build(pages, tabs)
        whole = ours.scan(origin, pages, tabs)
        after = asyncio.run(loops.plain(urls, tabs))
        bare = asyncio.run(loops.bare(urls, tabs))
        naive = asyncio.run(loops.naive(urls[:NAIVE_PAGES], tabs))
    for pace in (before, scan.pace, whole.pace, after, bare, naive, build):
        print(f"{pace.name}: {pace.pages_per_s:.2f} pages/s", file=sys.stderr)  # noqa: T201 - progress
    plain = before.plus(after)
    ours_per_s = scan.pace.pages_per_s
    rows = [
        "## Speed",
        "",
        f"A generated site of {pages} pages (three templates, shared styles and scripts). Curbcut's figure is the",
        "whole scan: browser start, robots.txt, finding pages, the checks of every page, pictures and the database.",
        "",
        "| loop | pages | pages/s | Curbcut is faster by | processor ms a page | Curbcut uses |",
        "|---|---|---|---|---|---|",
        _own_row("Curbcut, all checks of every page", scan.pace),
        _own_row("Curbcut, closer looks at a sample as well", whole.pace),
    ]
    labels = (
        "(a) navigation only, pages reused",
        "(b) navigate + axe, pages reused",
        "(c) new context, networkidle, all rules",
    )
    for label, other in zip(labels, (bare, plain, naive), strict=True):
        rows.append(
            f"| {label} | {other.pages} | {other.pages_per_s:.2f} | {ours_per_s / other.pages_per_s:.2f} x |"
            f" {other.processor_ms:.0f} | {scan.pace.processor_ms / other.processor_ms:.2f} x |"
        )
    return [
        *rows,
        "",
        f"Loop (b) ran before and after the scans: {before.pages_per_s:.2f} and {after.pages_per_s:.2f} pages/s",
        f"({before.processor_ms:.0f} and {after.processor_ms:.0f} ms of the processor a page)."
        + _steadiness(before, after),
        "",
        "Processor time counts every process, with the starts of the browser and of Python. Where other work shares",
        "the machine it is the steadier of the two.",
        "",
        "With closer looks at a sample of pages (keys, pointer, window sizes, pixels), as by default, the scan took",
        f"{whole.pace.seconds / scan.pace.seconds:.2f} x the time.",
        "",
        f"The same pages as a folder, by `curbcut check --quick`: {build.pages_per_s:.2f} pages/s, which is",
        f"{build.pages_per_s * scan.command_s / scan.pace.pages:.2f} x the pace of the scan without closer looks.",
        "Both are timed as whole commands here.",
        "",
    ]


def _build(pages: int, tabs: int) -> loops.Pace:
    """Check the generated site as a build left it."""
    with tempfile.TemporaryDirectory(prefix="curbcut-bench-") as folder:
        Site(pages).write(Path(folder))
        return ours.check(Path(folder), pages, tabs)


def _own_row(label: str, pace: loops.Pace) -> str:
    return f"| {label} | {pace.pages} | {pace.pages_per_s:.2f} | | {pace.processor_ms:.0f} | |"


def _steadiness(before: loops.Pace, after: loops.Pace) -> str:
    change = after.pages_per_s / before.pages_per_s - 1
    if abs(change) <= UNSTEADY:
        return ""
    return f" They differ by {change:+.0%}: other work shared the machine, so read the pages a second with care."


def _words() -> list[str]:
    pace, start = words.style_pages_per_s(), words.start()
    return [
        "## Language alone",
        "",
        "| | |",
        "|---|---|",
        f"| pages of {words.PAGE_WORDS:,} words a second, on one core, with one guide | {pace:.0f} |",
        f"| `curbcut style draft.md`: to the first output | {start.passed_s:.2f} s |",
        f"| of that, processor time | {start.processor_s:.2f} s |",
        "",
    ]


def _writing() -> list[str]:
    text, longer = writing.waits(writing.WORDS, 3 * writing.WORDS)
    return [
        "## Writing in the browser",
        "",
        "One letter is typed into a clumsy text on the Write screen of `curbcut serve`. The marks count as shown when",
        f"the browser has painted them and the panel beside. Medians of {writing.KEYS} letters.",
        "",
        f"| | {writing.WORDS:,} words | {3 * writing.WORDS:,} words | three times the words take |",
        "|---|---|---|---|",
        _wait_row("from the end of the pause to the marks", text.pause_ms, longer.pause_ms),
        _wait_row("from the key to the marks, with the pause", text.key_ms, longer.key_ms),
        _wait_row("from the key to its letter", text.letter_ms, longer.letter_ms),
        "",
    ]


def _wait_row(label: str, text_ms: float, longer_ms: float) -> str:
    return f"| {label} | {text_ms:.0f} ms | {longer_ms:.0f} ms | {longer_ms / text_ms:.1f} x |"


def _real(folder: Path, tabs: int) -> list[str]:
    """Compare a default scan of real pages with the same crawl and axe alone, and with loop (b) on the files."""
    head = ["## Real pages", ""]
    if not folder.is_dir():
        return [*head, "Not measured: no folder of real pages was there (`--real-site`).", ""]
    with _served("http.server", "--bind", "127.0.0.1", "--directory", str(folder)) as origin:
        pages = [f"{origin}/{page.relative_to(folder).as_posix()}" for page in sorted(folder.rglob("*.html"))]
        most = 10 * len(pages)  # links lead to more addresses than there are files
        loop = asyncio.run(loops.plain(pages, tabs))
        before = ours.scan(origin, 1, tabs, most=most, program=AXE_ALONE).pace
        crawl = ours.scan(origin, 1, tabs, *ours.WITHOUT_LOOKS, most=most).pace
        whole = ours.scan(origin, 1, tabs, most=most).pace
        after = ours.scan(origin, 1, tabs, most=most, program=AXE_ALONE).pace
    alone = before.plus(after)
    rows = [
        f"| {label} | {pace.pages} | {pace.pages_per_s:.2f} | {alone.pages_per_s / pace.pages_per_s:.2f} x |"
        f" {pace.processor_ms / alone.processor_ms:.2f} x |"
        for label, pace in (
            ("loop (b): navigate + axe, each file once", loop),
            ("the scan with axe alone", alone),
            ("Curbcut, all checks of every page", crawl),
            ("Curbcut, closer looks at a sample as well (the default)", whole),
        )
    ]
    table = ["| | pages | pages/s | time a page | processor time a page |", "|---|---|---|---|---|", *rows, ""]
    return [
        *head,
        "Published by two public bodies, served from this machine. Time is told as a multiple of axe alone: the same",
        "crawl with axe-core as its only check. A crawl asks for every address that pages name, of which many lead",
        "nowhere in this copy; loop (b) is told the files.",
        "",
        *table,
        f"The scan with axe alone ran first and last: {before.pages_per_s:.2f} and {after.pages_per_s:.2f} pages/s."
        + _steadiness(before, after),
        "",
    ]


def _memory(pages: int, tabs: int) -> list[str]:
    if not pages:
        return []
    with _site(pages) as origin:
        scan = ours.scan(origin, pages, tabs)
    change = scan.late_mib / scan.early_mib - 1
    return [
        "## Memory",
        "",
        f"One scan of {scan.pace.pages} pages; memory of the Python process (resident set).",
        "",
        "| | MiB |",
        "|---|---|",
        f"| peak | {scan.peak_mib:.0f} |",
        f"| after page {ours.WARM_PAGES} | {scan.early_mib:.0f} |",
        f"| at the end | {scan.late_mib:.0f} ({change:+.1%}) |",
        "",
        f"Pace over the long scan: {scan.pace.pages_per_s:.2f} pages/s.",
    ]


@contextmanager
def _site(pages: int) -> Iterator[str]:
    """Serve the generated site."""
    with _served("benchmarks.site", "--pages", str(pages), "--port") as origin:
        yield origin


@contextmanager
def _served(module: str, *arguments: str) -> Iterator[str]:
    """Serve from a process of its own: a module that takes the port as its last argument."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", module, *arguments, str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - our own program
    origin = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + START_S
        while True:
            try:
                urllib.request.urlopen(origin + "/", timeout=1).close()  # noqa: S310 - our own server
                break
            except URLError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield origin
    finally:
        process.terminate()
        process.wait()


def _paths(origin: str) -> list[str]:
    """Return the path of every page, from the site's own sitemap."""
    with urllib.request.urlopen(origin + "/sitemap.xml", timeout=10) as answer:  # noqa: S310 - our own server
        body = answer.read().decode()
    return [part.split("</loc>")[0].removeprefix(origin) for part in body.split("<loc>")[1:]]


if __name__ == "__main__":
    main()
