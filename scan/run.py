"""Runs a scan from settings to a finished database: the one place where all rooms meet."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout
from rich.console import Console
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from checks.model import EngineScript
from checks.standards import profile
from crawler.config import CrawlConfig
from crawler.context import Context
from crawler.crawl import crawl, start_hosts_on_private_networks
from crawler.urls import BadUrlError, canonical
from scan import progress
from scan.errors import DiskFullError, UsageError
from scan.judge import Judge, engine_scripts, engine_versions, rule_infos
from scan.memory import set_apart
from scan.said_missing import note_missing
from scan.settings import Settings, crawl_config
from scan.site import compare_pages
from scan.size_crawl import crawl_by_size
from scan.statement import judge_statements
from scan.version import versions
from store import verdicts
from store.choices import read_choices
from store.database import is_disk_full, open_database
from store.errors import LedgerInUseError, NoScanError
from store.ledger import Counts, Ledger
from store.looks import Looks
from store.results import ScanRow, end_scan, note_versions, pictured, read_scan, resume_scan, start_scan
from store.schema import ScanState, State

DATABASE = "curbcut.sqlite"
LOG = "curbcut.log"
INTERRUPT_EXIT = 4
RESUMABLE_REASONS = ("max_pages", "max_minutes", "max_depth")
OUTPUT_SETTINGS = frozenset({"format", "max_findings", "fail_on", "baseline"})
"""Settings that change what is told of a scan, and nothing of what it checks."""


@dataclass(frozen=True, slots=True)
class ScanEnd:
    """How a scan ended. `engine` stays open for reports; the caller disposes of it."""

    engine: Engine
    scan_id: int
    state: ScanState
    counts: Counts


def is_locked(folder: Path) -> bool:
    """Return whether some process scans into this folder now. Raises OSError where that cannot be asked."""
    lock = _lock_of(folder)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _lock_of(folder: Path) -> FileLock:
    return FileLock(folder / f"{DATABASE}.lock")


def start_addresses(targets: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (canonical URLs, addresses as written) of what a user named; `https://` is added where it is missing.

    Raises UsageError for something that is no web address.
    """
    urls: dict[str, str] = {}
    for target in targets:
        text = target.strip()
        address = text if "://" in text else f"https://{text}"
        try:
            urls.setdefault(canonical(address), address)
        except BadUrlError as error:
            raise UsageError(f"{target!r} is not a web address: {error}. Example: https://www.example.org/") from error
    if not urls:
        raise UsageError("Name at least one address, such as https://www.example.org/")
    return tuple(urls), tuple(urls.values())


def run_scan(
    settings: Settings,
    targets: Iterable[str],
    folder: Path,
    *,
    resume: bool = False,
    follow: bool = True,
    console: Console | None = None,
) -> ScanEnd:
    """Scan and return how it ended; the database is `folder`/curbcut.sqlite.

    Raises UsageError, LedgerInUseError, BrowserUnusableError, DiskFullError, StoreError. Whatever was found before
    stays in the database, and `resume` goes on from there. A scan that has ended with these settings stays as it is.
    """
    urls, addresses = start_addresses(targets)
    with suppress(FileExistsError):
        folder.mkdir(parents=True)
    lock = _lock_of(folder)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LedgerInUseError(
            f"Another scan is running in {folder}. Wait for it to end, or choose another folder with --out."
        ) from error
    try:
        logging.basicConfig(filename=folder / LOG, level=logging.WARNING, force=True)
        engine = open_database(folder / DATABASE)
        try:
            return _scan(settings, urls, addresses, engine, resume=resume, follow=follow, console=console)
        except BaseException:
            engine.dispose()
            raise
    except (OSError, DatabaseError) as error:
        if is_disk_full(error) or getattr(error, "errno", None) == errno.ENOSPC:
            raise DiskFullError(f"The disk is full ({folder}). Make room, then go on with --resume.") from error
        raise
    finally:
        lock.release()


def _scan(
    settings: Settings,
    urls: tuple[str, ...],
    addresses: tuple[str, ...],
    engine: Engine,
    *,
    resume: bool,
    follow: bool,
    console: Console | None,
) -> ScanEnd:
    chosen = profile(settings.profile)
    engines = engine_scripts(settings, chosen)
    infos = rule_infos(settings, chosen)
    engine_names = engine_versions(settings, chosen)
    row = _to_resume(engine, settings, urls) if resume else None
    if row is not None and _has_ended(row, settings):
        return ScanEnd(engine, row.id, ScanState(row.state), Ledger(engine, row.id).counts())
    if row is not None:
        scan_id = row.id
        resume_scan(engine, scan_id, settings=settings.stored(), notes=["The scan was stopped and resumed."])
    else:
        scan_id = start_scan(
            engine,
            start_urls=urls,
            settings=settings.stored(),
            versions=versions(engine_names, browser="not started"),
            profile=chosen.id,
            rules=infos,
        )
    ledger, looks = Ledger(engine, scan_id), Looks(engine, scan_id)
    if resume:
        ledger.reclaim()
        if not read_choices(engine, scan_id):  # else what a limit left out stays out but for the pages chosen
            ledger.reopen(State.OVER_LIMIT, RESUMABLE_REASONS)
    judge = Judge(settings, chosen, scan_id, pictured(engine, scan_id))
    config = crawl_config(
        settings, start_urls=urls, start_addresses=addresses, allow_private=frozenset(), follow=follow
    )
    started = time.monotonic()
    state, notes = ScanState.INTERRUPTED, list[str]()

    def crawl_once(orders: CrawlConfig) -> Context | None:
        crawling = _crawl(
            orders, ledger, looks, judge, engines,
            engine=engine, scan_id=scan_id, console=console, engine_names=engine_names,
        )  # fmt: skip
        return asyncio.run(crawling)

    try:
        with set_apart():
            if settings.by_size and follow:
                looks_wanted = judge.needs_looks and (settings.thorough or settings.pages_per_template > 0)
                context = crawl_by_size(replace(config, looks=looks_wanted), ledger, engine, scan_id, crawl_once)
            else:
                context = crawl_once(config)
        counts = ledger.counts()
        if context is not None:
            notes = context.notes
            _check_fatal(context)
            state = _state(counts, looks)
            if follow and state is not ScanState.INTERRUPTED:
                notes = [
                    *notes,
                    *compare_pages(engine, scan_id, judge.rules, judge.guide),
                    *note_missing(engine, scan_id),
                ]
            verdicts.apply(engine, scan_id)
            if follow and judge.compares and state is not ScanState.INTERRUPTED:
                judge_statements(engine, scan_id)
    except BaseException:
        with suppress(DatabaseError):  # on a full disk not even this can be written; the ledger has the rest
            end_scan(engine, scan_id, state, elapsed_s=time.monotonic() - started, notes=notes)
        raise
    end_scan(engine, scan_id, state, elapsed_s=time.monotonic() - started, notes=notes)
    return ScanEnd(engine, scan_id, state, counts)


def _has_ended(row: ScanRow, settings: Settings) -> bool:
    """Say whether going on with these settings would check nothing more; minutes are given anew."""
    new = settings.stored()
    is_same = all(row.settings.get(name) == new[name] for name in new.keys() - OUTPUT_SETTINGS)
    is_limited = row.state == ScanState.LIMITED and settings.max_minutes is None
    return is_same and (row.state == ScanState.COMPLETE or is_limited)


def _to_resume(engine: Engine, settings: Settings, urls: tuple[str, ...]) -> ScanRow | None:
    """Return the scan to go on with, or None when it was stopped before it had written anything."""
    try:
        row = read_scan(engine)
    except NoScanError:
        return None
    if set(row.start_urls) != set(urls):
        raise UsageError(
            f"The scan in this folder started at {', '.join(row.start_urls)}. Resume it with that address, "
            "or choose another folder with --out."
        )
    changed = [k for k in ("profile", "only", "guide", "best_practices") if row.settings.get(k) != settings.stored()[k]]
    if changed:
        raise UsageError(
            f"The scan in this folder was started with another {' and '.join(changed)}: its pages would not be "
            "comparable. Resume with the same, or start a new scan."
        )
    return row


async def _crawl(
    config: CrawlConfig,
    ledger: Ledger,
    looks: Looks,
    judge: Judge,
    engines: tuple[EngineScript, ...],
    *,
    engine: Engine,
    scan_id: int,
    console: Console | None,
    engine_names: Mapping[str, str],
) -> Context | None:
    """Crawl; return None when it was interrupted before the browser ran."""
    private = await start_hosts_on_private_networks(config)
    config = _with_private(config, private)
    interrupted = False
    stop: Callable[[], object]
    shown: list[asyncio.Task[None]] = []

    def on_signal() -> None:
        nonlocal interrupted
        if interrupted:
            os._exit(INTERRUPT_EXIT)  # asked twice: stop at once; leases are taken back on --resume
        interrupted = True
        if console is not None:
            console.print("Stopping after the pages in work. Press Ctrl-C again to stop at once.")
        stop()

    def ready(context: Context, stop_after_work: Callable[[], None]) -> None:
        nonlocal stop
        stop = stop_after_work
        if judge.needs_looks and not context.renderer.can_look:
            context.note("Keys, pointer, window sizes and pixels were not tested: that needs --driver playwright.")
        note_versions(engine, scan_id, versions(engine_names, browser=context.renderer.version()))
        if console is not None:
            shown.append(asyncio.ensure_future(progress.show(progress.Meter(engine, ledger, looks, scan_id), console)))

    crawling = asyncio.ensure_future(crawl(config, ledger, looks, judge, engines=engines, ready=ready))
    stop = crawling.cancel  # until the browser runs there is no work to wait for
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, on_signal)
    try:
        return await crawling
    except asyncio.CancelledError:
        if interrupted:
            return None
        raise
    finally:
        for task in shown:
            task.cancel()
        await asyncio.gather(*shown, return_exceptions=True)


def _with_private(config: CrawlConfig, private: frozenset[str]) -> CrawlConfig:
    return replace(config, allow_private=config.allow_private | private)


def _check_fatal(context: Context) -> None:
    if context.fatal is not None:
        raise context.fatal


def _state(counts: Counts, looks: Looks) -> ScanState:
    if (
        counts[State.PENDING] or counts[State.LEASED] or looks.waiting()
    ):  # whyever it stopped: the ledger says what is left
        return ScanState.INTERRUPTED
    return ScanState.LIMITED if counts[State.OVER_LIMIT] else ScanState.COMPLETE
