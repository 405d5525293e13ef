"""What the scanning commands share: settings from flags, running with clear errors, writing what was asked for."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TextIO, TypeVar

import click
from sqlalchemy import Engine

from cli.console import error_console, fail, say
from cli.exit_codes import Exit
from cli.nothing_checked import why_nothing
from crawler.errors import BrowserUnusableError
from reports import csv_report, earl, html, json_report, jsonl, openacr, text, wcag_em
from reports.ci.baseline import read as read_baseline
from reports.ci.build import build
from reports.ci.formats import FILES, FORMATS
from reports.ci.gate import judge
from reports.ci.model import CiReport
from reports.ci.names import FailOn
from reports.escape import terminal_text
from reports.output import replacing
from scan.checking import today
from scan.errors import DiskFullError, UsageError
from scan.run import ScanEnd, run_scan
from scan.settings import Settings, load
from scan.version import VERSION
from store.errors import StoreError
from store.results import count_checked_documents
from store.schema import ScanState, State

Result = TypeVar("Result")
SHOWN_GONE = 5
STATE_EXITS = {
    ScanState.COMPLETE: Exit.DONE,
    ScanState.LIMITED: Exit.LIMITED,
    ScanState.INTERRUPTED: Exit.INTERRUPTED,
}


EXCHANGE: Mapping[str, Callable[[Engine, int, TextIO], None]] = {
    "earl": earl.write,
    "wcag-em": wcag_em.write,
    "openacr": openacr.write,
}
"""Formats that other programs read, made from a finished scan."""


def guarded(work: Callable[[], Result]) -> Result:
    """Do `work`; turn every expected failure into one line and the right exit code."""
    try:
        return work()
    except (UsageError, StoreError, ValueError) as error:
        fail(str(error), Exit.USAGE)
    except DiskFullError as error:
        fail(str(error), Exit.DISK_FULL)
    except BrowserUnusableError as error:
        fail(str(error), Exit.BROWSER)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise  # cli/main tells it, for every command
        fail(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), Exit.USAGE)


def settings_from(flags: Mapping[str, Any]) -> Settings:
    """Return the settings for these flags, or exit with 2."""
    return guarded(lambda: load(flags))


def scan(
    settings: Settings,
    targets: Iterable[str],
    folder: Path,
    *,
    resume: bool = False,
    follow: bool = True,
    quiet: bool = False,
) -> ScanEnd:
    """Run a scan with progress on standard error, or exit with the right code."""
    console = None if quiet else error_console()
    return guarded(lambda: run_scan(settings, targets, folder, resume=resume, follow=follow, console=console))


def write_files(
    end: ScanEnd, formats: Iterable[str], folder: Path, settings: Settings | None = None
) -> dict[str, Path]:
    """Write the formats that make files into the scan's folder; return what was written where."""
    written: dict[str, Path] = {}
    for name in formats:
        if name == "html":
            written[name] = html.write(end.engine, end.scan_id, folder / "report")
        elif name == "json":
            written[name] = folder / "report.json"
            with replacing(written[name]) as stream:
                json_report.write(end.engine, end.scan_id, stream)
        elif name == "csv":
            csv_report.write(end.engine, end.scan_id, folder / "csv")
            written[name] = folder / "csv"
        elif name in FORMATS:
            written[name] = folder / FILES[name]
            with replacing(written[name]) as stream:
                FORMATS[name](ci_report(end, settings), stream)
    return written


def ci_report(end: ScanEnd, settings: Settings | None = None) -> CiReport:
    """Return what a build is told of a scan, against the baseline where there is one."""
    path = settings.baseline if settings else None
    entries = read_baseline(path) if path else None
    is_whole = end.state is ScanState.COMPLETE
    return build(end.engine, end.scan_id, version=VERSION, entries=entries, today=today(), is_whole=is_whole)


def print_format(end: ScanEnd, name: str, stream: TextIO | None = None) -> None:
    """Write one format to standard output, and nothing else there, or to `stream`."""
    stream = stream or sys.stdout
    if name == "jsonl":
        jsonl.write(end.engine, end.scan_id, stream)
    elif name == "json":
        json_report.write(end.engine, end.scan_id, stream)
    elif name == "csv":
        csv_report.write_findings(end.engine, end.scan_id, stream)
    elif name == "text":
        text.write_findings(end.engine, end.scan_id, stream)
    elif name in EXCHANGE:
        EXCHANGE[name](end.engine, end.scan_id, stream)
    elif name in FORMATS:
        FORMATS[name](ci_report(end), stream)


def write_format(report: CiReport, end: ScanEnd | None, name: str, path: Path) -> None:
    """Write one format to a file; where nothing was checked, what needs a scan is an empty file."""
    with replacing(path) as stream:
        if name in FORMATS:
            FORMATS[name](report, stream)
        elif end is not None:
            print_format(end, name, stream)


def tell_ci(report: CiReport) -> None:
    """Say on standard error what a baseline holds in vain, and what runs did not agree on."""
    for gone in report.tally.gone:
        places = ", ".join(gone.pages[:SHOWN_GONE]) + (", ..." if len(gone.pages) > SHOWN_GONE else "")
        say(terminal_text(f"No longer found: {gone.rule} {gone.element} on {places}"))
    if report.tally.gone:
        say("Take these out of the baseline with: curbcut baseline update")
    for line in report.disagreements:
        say(terminal_text(f"Not the same in every run: {line}"))


def check_end(settings: Settings, report: CiReport, end: ScanEnd | None) -> Exit:
    """Return what a check's end means to a script."""
    if end is None:
        return Exit.DONE
    return exit_code(settings, end, report)


def tell(end: ScanEnd, written: Mapping[str, Path]) -> None:
    """Print the scan's summary and where its files are, on standard error."""
    report = written.get("html")
    text.write_summary(end.engine, end.scan_id, sys.stderr, report=str(report) if report else "")
    for name, path in written.items():
        if name != "html":
            say(f"Written: {path}")


def finish(settings: Settings, end: ScanEnd, folder: Path, *, go_on: str = "") -> NoReturn:
    """Write what was asked for, tell how the scan ended, and exit; `go_on` is the command that resumes it."""
    formats = settings.format or ("html",)
    written = guarded(lambda: write_files(end, formats, folder, settings))
    if "jsonl" in formats:
        print_format(end, "jsonl")
    tell(end, written)
    if go_on and end.state is not ScanState.COMPLETE:
        say(f"Go on with: {go_on}")
    code = guarded(lambda: exit_code(settings, end))
    end.engine.dispose()
    sys.exit(code)


def exit_code(settings: Settings, end: ScanEnd, report: CiReport | None = None) -> Exit:
    """Return what the scan's end means to a script."""
    n_checked = end.counts[State.CHECKED] or count_checked_documents(end.engine, end.scan_id)
    if not n_checked and end.state is not ScanState.INTERRUPTED:
        first, *others = [*why_nothing(end.engine, end.scan_id)] or ["Is the address right?"]
        say(terminal_text(f"curbcut: No page could be checked. {first}"))
        for line in others:
            say(terminal_text(line))
        return Exit.USAGE
    if end.state is ScanState.INTERRUPTED:
        return Exit.INTERRUPTED
    if settings.max_findings is not None or settings.fail_on or settings.baseline:
        verdict = judge(
            (report or guarded(lambda: ci_report(end, settings))).tally,
            [FailOn(name) for name in settings.fail_on],
            settings.max_findings,
            has_baseline=settings.baseline is not None,
        )
        if verdict.has_failed:
            allowed = (
                f"--max-findings allows {verdict.allowed}" if settings.max_findings is not None else "none is allowed"
            )
            click.echo(f"curbcut: {verdict.counted} {verdict.said}; {allowed}.", err=True)
            return Exit.FINDINGS
    return STATE_EXITS[end.state]
