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
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError

from benchmarks import loops, ours
from checks.engines import axe
from crawler.browsers import find_browser

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"
PAGES, NAIVE_PAGES, LONG_PAGES = 200, 60, 2_000
START_S = 30.0


def main() -> None:
    """Measure, print, and write the document."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of the generated site")
    parser.add_argument("--long-pages", type=int, default=LONG_PAGES, help="pages of the long scan; 0 leaves it out")
    parser.add_argument("--tabs", type=int, default=3, help="tabs for every loop")
    parser.add_argument("--dry", action="store_true", help="print only; leave docs/performance.md alone")
    chosen = parser.parse_args()
    text = "\n".join([*_speed(chosen.pages, chosen.tabs), *(_memory(chosen.long_pages, chosen.tabs))])
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
        whole = ours.scan(origin, pages, tabs)
        after = asyncio.run(loops.plain(urls, tabs))
        bare = asyncio.run(loops.bare(urls, tabs))
        naive = asyncio.run(loops.naive(urls[:NAIVE_PAGES], tabs))
    for pace in (before, scan.pace, whole.pace, after, bare, naive):
        print(f"{pace.name}: {pace.pages_per_s:.2f} pages/s", file=sys.stderr)  # noqa: T201 - progress
    plain = loops.Pace("navigate + axe", before.pages + after.pages, before.seconds + after.seconds)
    ours_per_s = scan.pace.pages_per_s
    rows = [
        "## Speed",
        "",
        f"A generated site of {pages} pages (three templates, shared styles and scripts). Curbcut's figure is the",
        "whole scan: browser start, robots.txt, finding pages, the checks of every page, pictures and the database.",
        "",
        "| loop | pages | pages/s | Curbcut is faster by |",
        "|---|---|---|---|",
        f"| Curbcut, all checks of every page | {scan.pace.pages} | {ours_per_s:.2f} | |",
    ]
    labels = (
        "(a) navigation only, pages reused",
        "(b) navigate + axe, pages reused",
        "(c) new context, networkidle, all rules",
    )
    for label, other in zip(labels, (bare, plain, naive), strict=True):
        rows.append(f"| {label} | {other.pages} | {other.pages_per_s:.2f} | {ours_per_s / other.pages_per_s:.2f} x |")
    return [
        *rows,
        "",
        f"Loop (b) ran before and after the scans: {before.pages_per_s:.2f} and {after.pages_per_s:.2f} pages/s.",
        "",
        "With closer looks at a sample of pages (keys, pointer, window sizes, pixels), as by default, the scan took",
        f"{whole.pace.seconds / scan.pace.seconds:.2f} x the time.",
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
    """Serve the generated site from a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.site", "--pages", str(pages), "--port", str(port)]
    process = subprocess.Popen(command)  # noqa: S603 - our own program
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
