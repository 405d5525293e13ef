"""What the scanning commands share: settings from flags, running with clear errors, writing what was asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TextIO, TypeVar

import click
from sqlalchemy import Engine

from cli.console import error_console, fail, fail_for_system, say
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
from reports.wording import ENGLISH, speaking
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

WRITERS: Mapping[str, Callable[[Engine, int, TextIO], object]] = {
    "jsonl": jsonl.write,
    "json": json_report.write,
    "csv": csv_report.write_findings,
    "text": text.write_findings,
    **EXCHANGE,
}
"""What goes to standard output, besides the formats for builds."""


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
        fail_for_system(error)


def settings_from(flags: Mapping[str, Any]) -> Settings:
    """Return the settings for these flags, or exit with 2."""
    return guarded(lambda: load(flags))


def settings_to_scan(flags: Mapping[str, Any]) -> Settings:
    """Return the settings of a command that scans and takes a baseline, or exit with 2 before anything is opened."""
    settings = settings_from(flags)
    if FailOn.NEW in settings.fail_on and settings.baseline is None:
        fail("What is new is told by a baseline: add --baseline FILE (see: curbcut baseline write --help).", Exit.USAGE)
    if settings.baseline is not None:
        guarded(partial(read_baseline, settings.baseline))
    return settings


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


class Ended:
    """A scan that has ended, and what a build is told of it: made once, and only where somebody asks."""

    def __init__(
        self,
        scan: ScanEnd,
        *,
        baseline: Path | None = None,
        is_whole: bool = False,
        report: CiReport | None = None,
    ) -> None:
        """Take a scan, and the report where it is made already; `is_whole` as in `reports.ci.build.build`."""
        self.scan = scan
        self._baseline = baseline
        self._is_whole = is_whole
        self._report = report

    @property
    def report(self) -> CiReport:
        """The report, against the baseline where there is one. BaselineError where that cannot be read."""
        if self._report is None:
            self._report = build(
                self.scan.engine,
                self.scan.scan_id,
                version=VERSION,
                entries=read_baseline(self._baseline) if self._baseline else None,
                today=today(),
                is_whole=self._is_whole,
            )
        return self._report


def write_files(ended: Ended, formats: Iterable[str], folder: Path, *, lang: str = ENGLISH) -> dict[str, Path]:
    """Write the formats that make files into the scan's folder, html in `lang`; return what was written where."""
    engine, scan_id = ended.scan.engine, ended.scan.scan_id
    written: dict[str, Path] = {}
    for name in formats:
        if name == "html":
            with speaking(lang):
                written[name] = html.write(engine, scan_id, folder / "report")
        elif name == "json":
            written[name] = folder / "report.json"
            with replacing(written[name]) as stream:
                json_report.write(engine, scan_id, stream)
        elif name == "csv":
            csv_report.write(engine, scan_id, folder / "csv")
            written[name] = folder / "csv"
        elif name in FORMATS:
            written[name] = folder / FILES[name]
            with replacing(written[name]) as stream:
                FORMATS[name](ended.report, stream)
    return written


def print_format(ended: Ended, name: str, stream: TextIO | None = None) -> None:
    """Write one format to standard output, and nothing else there, or to `stream`."""
    stream = stream or sys.stdout
    if name in FORMATS:
        FORMATS[name](ended.report, stream)
    else:
        WRITERS[name](ended.scan.engine, ended.scan.scan_id, stream)


def tell_ci(report: CiReport) -> None:
    """Say on standard error what was not checked, what a baseline holds in vain, and what runs did not agree on."""
    if report.tally.pages and report.tally.not_checked:
        n_pages = report.tally.pages + report.tally.not_checked
        say(f"Not checked: {report.tally.not_checked} of {n_pages} pages. The results say why.")
    for gone in report.tally.gone:
        places = ", ".join(gone.pages[:SHOWN_GONE]) + (", ..." if len(gone.pages) > SHOWN_GONE else "")
        say(terminal_text(f"No longer found: {gone.rule} {gone.element} on {places}"))
    if report.tally.gone:
        say("Take these out of the baseline with: curbcut baseline update")
    for line in report.disagreements:
        say(terminal_text(f"Not the same in every run: {line}"))


def tell(end: ScanEnd, written: Mapping[str, Path]) -> None:
    """Print the scan's summary and where its files are, on standard error."""
    report = written.get("html")
    text.write_summary(end.engine, end.scan_id, sys.stderr, report=str(report) if report else "")
    for name, path in written.items():
        if name != "html":
            say(f"Written: {path}")


def finish(settings: Settings, end: ScanEnd, folder: Path, *, go_on: str = "", lang: str = ENGLISH) -> NoReturn:
    """Write what was asked for, tell how the scan ended, and exit; `go_on` is the command that resumes it."""
    formats = settings.format or ("html",)
    ended = Ended(end, baseline=settings.baseline, is_whole=end.state is ScanState.COMPLETE)
    written = guarded(lambda: write_files(ended, formats, folder, lang=lang))
    for name in ("jsonl", "text"):
        if name in formats:
            guarded(partial(print_format, ended, name))
    tell(end, written)
    if go_on and end.state is not ScanState.COMPLETE:
        say(f"Go on with: {go_on}")
    code = guarded(lambda: exit_code(settings, ended))
    end.engine.dispose()
    sys.exit(code)


def exit_code(settings: Settings, ended: Ended) -> Exit:
    """Return what the scan's end means to a script. BaselineError where a baseline cannot be read."""
    end = ended.scan
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
            ended.report.tally,
            [FailOn(name) for name in settings.fail_on],
            settings.max_findings,
            has_baseline=settings.baseline is not None,
        )
        if verdict.has_failed:
            allowed = (
                f"--max-findings allows {verdict.allowed}" if settings.max_findings is not None else "none is allowed"
            )
            click.echo(f"curbcut: {verdict.said}: {verdict.counted}; {allowed}.", err=True)
            return Exit.FINDINGS
    return STATE_EXITS[end.state]
