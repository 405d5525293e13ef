"""A check for a build: what to serve and to open, and the report that it ends with."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.scope import Patterns
from crawler.sitemap import read as read_sitemap
from reports.ci import baseline
from reports.ci.build import Placing, Source, build
from reports.ci.model import CiReport, Tally
from scan import changed, command_server
from scan.errors import UsageError
from scan.repeat import Seen, disagreements, seen
from scan.run import ScanEnd
from scan.settings import Settings
from scan.source_places import MAX_CHARS, SourceIndex
from scan.targets import Serving, Target, opened
from scan.version import VERSION
from store.results import rename_urls

SITEMAP_MAX_BYTES = 50_000_000
SITEMAP_S = 30
MAX_SHOWN = 5

Scan = Callable[[list[str], Path], ScanEnd]
"""Scans addresses into a folder."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check is asked for, besides its settings."""

    targets: tuple[str, ...]
    root: Path | None = None
    base_path: str = "/"
    changed_since: str = ""
    mappings: tuple[str, ...] = ()
    serve_command: str = ""
    wait_for: str = ""
    wait_s: float = 60.0
    repeat: int = 1


@dataclass(frozen=True, slots=True)
class Checked:
    """How a check ended. `end` is None when there was nothing to check, and `note` says why."""

    report: CiReport
    end: ScanEnd | None = None
    note: str = ""


def today() -> date:
    """Return the day it is here."""
    return datetime.now().astimezone().date()


@contextmanager
def checked(settings: Settings, asked: Asked, scan: Scan, scratch: Path) -> Iterator[Checked]:
    """Check what was asked for; the report and its database can be read while the block runs.

    Raises UsageError, BaselineError and what `scan` raises.
    """
    entries = baseline.read(settings.baseline) if settings.baseline else None
    with ExitStack() as stack:
        serving = Serving(asked.root, asked.base_path)
        targets = asked.targets
        if asked.serve_command or asked.wait_for:
            if not (asked.serve_command and asked.wait_for):
                raise UsageError("--serve-command and --wait-for go together: what to run, and where it will answer.")
            origin = stack.enter_context(
                command_server.serving(asked.serve_command, asked.wait_for, wait_s=asked.wait_s)
            )
            serving = replace(serving, origin=origin)
            targets = targets or tuple(_pages_of(asked.wait_for, origin))
        notes: list[str] = []
        if asked.changed_since:
            folder = _only_folder(targets)
            found = changed.since(folder, asked.changed_since, asked.mappings)
            serving = replace(serving, only=found.files)
            notes += _of_change(found)
        found_pages = stack.enter_context(opened(targets, serving))
        addresses = _chosen(found_pages, settings)
        n_left_out = len(found_pages) - len(addresses)
        if n_left_out:
            notes.append(f"{_left_out(n_left_out, settings)}.")
        is_whole = len(targets) == 1 and Path(targets[0]).is_dir() and serving.only is None and not n_left_out
        if not addresses:
            if not asked.changed_since:
                raise UsageError(f"Nothing is left to check: {_left_out(n_left_out, settings)}.")
            empty = CiReport(lambda: iter(()), {}, VERSION, Tally(), settings.profile, entries is not None)
            notes.append(
                "Nothing was checked."
                if notes
                else f"No page has changed since {asked.changed_since}: nothing was checked."
            )
            yield Checked(empty, note=" ".join(notes))
            return
        first: Checked | None = None
        runs: list[Seen] = []
        for number in range(asked.repeat):
            end = scan(list(addresses), scratch / str(number))
            stack.callback(end.engine.dispose)
            rename_urls(end.engine, end.scan_id, {a: t.shown for a, t in addresses.items() if a != t.shown})
            report = build(
                end.engine,
                end.scan_id,
                version=VERSION,
                sources=_sources(addresses.values()),
                entries=entries,
                today=today(),
                is_whole=is_whole,
            )
            first = first or Checked(report, end, " ".join(notes))
            if asked.repeat > 1:
                runs.append(seen(report.pages()))
        assert first is not None  # noqa: S101 - at least one run
        yield replace(first, report=replace(first.report, disagreements=tuple(disagreements(runs))))


def _chosen(found: Mapping[str, Target], settings: Settings) -> dict[str, Target]:
    """Return the pages that the patterns let through: of a folder and of a server of one's own, their paths count."""
    patterns = Patterns.of(settings.include, settings.exclude)
    return {
        address: target for address, target in found.items() if patterns.refusal(*target.spellings(address)) is None
    }


def _left_out(number: int, settings: Settings) -> str:
    pages = "1 page is" if number == 1 else f"{number:,} pages are"
    by = " and ".join(name for name in ("include", "exclude") if getattr(settings, name))
    return f"{pages} left out by {by}"


def _of_change(found: changed.Changed) -> Iterator[str]:
    """Say why all pages are checked although few have changed, and which sources no page came of."""
    if found.why:
        yield f"All pages are checked: {found.why}."
    if found.in_vain:
        shown = ", ".join(found.in_vain[:MAX_SHOWN]) + (", ..." if len(found.in_vain) > MAX_SHOWN else "")
        yield f"Nothing is checked for {shown}: --map names pages that are not in the folder."


def _only_folder(targets: tuple[str, ...]) -> Path:
    if len(targets) != 1 or not Path(targets[0]).is_dir():
        raise UsageError("--changed-since works on one folder of built pages; name it and nothing else.")
    return Path(targets[0])


def _sources(targets: Iterable[Target]) -> dict[str, Source]:
    return {
        target.shown: Source(target.address, _from_here(target.file) if target.file else "", _opener(target.file))
        for target in targets
    }


def _from_here(file: Path) -> str:
    """Return a file's path from the folder we run in, as code hosts know it; one elsewhere stays as it was given."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _opener(file: Path | None) -> Callable[[], Placing]:
    def open_source() -> Placing:
        if file is None:
            return _no_place
        try:
            with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
                return SourceIndex(stream.read(MAX_CHARS)).place
        except OSError:
            return _no_place

    return open_source


def _no_place(_target: tuple[str, ...], _snippet: str, _rule: str) -> None:
    return None


def _pages_of(wait_for: str, origin: str) -> Iterator[str]:
    """Yield the paths that the server's sitemap names, for whichever host; without one, the page that answered."""
    parts = urlsplit(wait_for)
    own = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        with urllib.request.urlopen(f"{origin}/sitemap.xml", timeout=SITEMAP_S) as answer:  # noqa: S310 - http(s) only
            named = read_sitemap(answer.read(SITEMAP_MAX_BYTES), max_bytes=SITEMAP_MAX_BYTES, max_urls=50_000).pages
    except (OSError, ValueError, urllib.error.URLError):
        named = ()
    paths = [f"{p.path or '/'}{'?' + p.query if p.query else ''}" for p in map(urlsplit, named)]
    yield from dict.fromkeys(paths or [own])
