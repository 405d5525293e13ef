"""The Scans screen: the scans under a folder, one of them with its report, a new one, and one that runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from checks import standards
from reports import analysis, html
from reports.analysis.search import KINDS, SearchResult, search
from scan.progress import Meter
from scan.run import DATABASE
from scan.settings import Settings
from store.database import open_database
from store.errors import StoreError
from store.ledger import Ledger
from store.looks import Looks
from web.comparison import readable, suggested
from web.config import WebConfig
from web.errors import AnswerError
from web.forms import read_form
from web.page import error_page, page
from web.runs import Runs, said
from web.shelf import STATE_WORDS, Entry, Shelf, has_scan, opened

REPORT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The report's own: it sends no form and asks for no data."""

LIMITS = frozenset({"max_pages", "max_depth", "max_minutes", "max_findings", "format"})
"""Settings that a scan does not keep when it goes on."""

WATCH_EVERY_S = 1.0
FOUND_A_PAGE = 50
MOST_PAGES = 1_000_000


class _Watch:
    """Reads how one scan stands, again and again, with one engine: the pace is worked out from what was before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._meter: Meter | None = None
        self._engine: Engine | None = None

    def read(self) -> dict[str, Any]:
        """Return how the scan stands now. StoreError or OSError while it has no database."""
        if self._meter is None:
            with opened(self._folder) as (_, scan_id):
                engine = self._engine = open_database(self._folder / DATABASE, read_only=True)
            self._meter = Meter(engine, Ledger(engine, scan_id), Looks(engine, scan_id), scan_id)
        now = self._meter.read()
        done, known = (now.looked, now.to_look) if now.to_look else (now.finished, now.known)
        return {"words": now.words(), "done": done, "known": max(known, 1)}

    def close(self) -> None:
        """Let go of the database."""
        if self._engine is not None:
            self._engine.dispose()


class Scans:
    """The views of the screen."""

    def __init__(self, config: WebConfig, shelf: Shelf, runs: Runs) -> None:
        self._shelf = shelf
        self._runs = runs
        self._profiles = {name: found.title for name, found in standards.profiles().items()}
        self._config = config

    def routes(self) -> list[Route]:
        """Return the screen's addresses."""
        return [
            Route("/scans", self.screen, methods=["GET", "POST"]),
            Route("/scans/{key}", self.one),
            Route("/scans/{key}/stop", self.stop, methods=["POST"]),
            Route("/scans/{key}/resume", self.resume, methods=["POST"]),
            Route("/scans/{key}/events", self.events),
            Route("/scans/{key}/findings", self.findings),
            Route("/scans/{key}/report", self.write_report, methods=["POST"]),
            Route("/scans/{key}/report/{path:path}", self.report),
        ]

    async def screen(self, request: Request) -> Response:
        """List the scans; a form that is sent starts one."""
        if request.method != "POST":
            return await self._list(request, {}, "")
        form = await read_form(request)
        try:
            options = _options(form.fields, self._profiles)
            folder = await run_in_threadpool(self._runs.start, form.text("address").split(), options)
        except AnswerError as error:
            return await self._list(request, form.fields, error.text, error.status)
        return RedirectResponse(f"/scans/{self._shelf.key(folder)}", 303)

    async def _list(self, request: Request, given: Any, error: str, status: int = 200) -> Response:
        entries = await run_in_threadpool(self._shelf.entries)
        context = {"scans": entries, "folder": self._config.folder, "given": given, "error": error}
        context["has_monitoring"] = self._config.has_monitoring
        context |= {"entries": readable(entries), "chosen": suggested(readable(entries))}
        return page(
            request, "scans.html", status=status, screen="scans", states=STATE_WORDS, profiles=self._profiles, **context
        )

    async def one(self, request: Request) -> Response:
        """Show one scan: how it stands, and where its results are."""
        key = request.path_params["key"]
        starting = self._starting(key)
        if starting is not None:
            folder, starts = starting
            failure = self._runs.failure(folder)
            return page(request, "starting.html", screen="scans", is_top=False, key=key, starts=starts, failure=failure)
        entry = await run_in_threadpool(self._shelf.entry, key)
        context: dict[str, Any] = {"entry": entry, "totals": None, "progress": "", "said": ""}
        if entry.scan is not None:
            totals, words = await run_in_threadpool(_totals, entry)
            context |= {"totals": totals, "progress": words, "said": self._runs.failure(entry.folder)}
        is_ours = self._runs.is_running(entry.folder)
        context["is_running"] = entry.is_running or is_ours
        context["is_stopping"] = context["is_running"] and self._runs.is_stopping(entry.folder)
        return page(request, "scan.html", screen="scans", is_top=False, states=STATE_WORDS, **context)

    def _starting(self, key: str) -> tuple[Path, tuple[str, ...]] | None:
        """Return the folder and addresses of a child that has no scan in its database yet."""
        for folder, starts in self._runs.waiting().items():
            if self._shelf.key(folder) == key and not has_scan(folder):
                return folder, starts
        return None

    async def stop(self, request: Request) -> Response:
        """Stop a scan that runs here; what it found stays."""
        await read_form(request)
        key = request.path_params["key"]
        starting = self._starting(key)
        folder = starting[0] if starting else await run_in_threadpool(self._shelf.find, key)
        if not self._runs.stop(folder) and (await run_in_threadpool(self._shelf.entry, key)).is_running:
            text = "It was started elsewhere: press Ctrl-C in the terminal where it runs."
            raise AnswerError(409, "This scan is not ours to stop", text)
        return RedirectResponse(f"/scans/{key}", 303)

    async def resume(self, request: Request) -> Response:
        """Go on with a scan, with the settings it had."""
        form = await read_form(request)
        entry = await run_in_threadpool(self._shelf.entry, request.path_params["key"])
        if entry.scan is not None and entry.can_resume:
            options = [*options_again(entry.scan.settings), *_pages_option(form.text("pages"))]
            await run_in_threadpool(self._runs.resume, entry.folder, entry.scan.start_urls, options)
        return RedirectResponse(f"/scans/{entry.key}", 303)

    async def events(self, request: Request) -> Response:
        """Tell how a scan goes on, as server-sent events, until it ends."""
        key = request.path_params["key"]
        starting = self._starting(key)
        folder = starting[0] if starting else await run_in_threadpool(self._shelf.find, key)
        return StreamingResponse(self._watched(request, key, folder), media_type="text/event-stream")

    async def _watched(self, request: Request, key: str, folder: Path) -> AsyncIterator[str]:
        watch = _Watch(folder)
        try:
            while not await request.is_disconnected():
                is_ours = self._runs.is_running(folder)
                try:
                    news = await run_in_threadpool(watch.read)
                    is_over = not is_ours and not (await run_in_threadpool(self._shelf.entry, key)).is_running
                except (StoreError, DatabaseError, AnswerError, OSError):  # no database yet, or one in the making
                    news, is_over = {"words": _last_line(folder) or "Starting the browser"}, not is_ours
                yield f"data: {json.dumps(news)}\n\n"
                if is_over:
                    yield "event: end\ndata: {}\n\n"
                    return
                await asyncio.sleep(WATCH_EVERY_S)
        finally:
            watch.close()

    async def findings(self, request: Request) -> Response:
        """Look for words in the findings of a scan."""
        entry = await run_in_threadpool(self._shelf.entry, request.path_params["key"])
        if entry.scan is None:
            raise AnswerError(422, "This scan cannot be read", entry.error)
        words, kind = request.query_params.get("words", "")[:500], request.query_params.get("kind", "")
        number = request.query_params.get("part", "1")
        part = min(int(number), 10_000) if number.isascii() and number.isdigit() and number != "0" else 1
        result = await run_in_threadpool(_search, entry, words, kind, part)
        last = max(1, -(-result.n_found // FOUND_A_PAGE))
        query = {"words": words, "kind": kind}
        return page(
            request, "findings.html", screen="scans", is_top=False, entry=entry, result=result, words=words, kind=kind,
            kinds=KINDS, part=part, last=last, first=FOUND_A_PAGE * (part - 1),
            link=lambda to: "?" + urlencode({**query, "part": to}),
        )  # fmt: skip

    async def write_report(self, request: Request) -> Response:
        """Write the HTML report again, as after answers."""
        await read_form(request)
        folder = await run_in_threadpool(self._shelf.find, request.path_params["key"])
        await run_in_threadpool(_write_report, folder)
        return RedirectResponse(f"/scans/{request.path_params['key']}/report/index.html", 303)

    async def report(self, request: Request) -> Response:
        """Serve a file of a scan's report."""
        folder = await run_in_threadpool(self._shelf.find, request.path_params["key"])
        root = (folder / "report").resolve()
        wanted = _within(root, request.path_params["path"])
        if wanted is None:
            text = "The report may not be written yet. Go back to the scan, and write it there."
            return error_page(request, AnswerError(404, "There is no such page in this report", text))
        return FileResponse(wanted, headers={"content-security-policy": REPORT_POLICY})


def _within(root: Path, path: str) -> Path | None:
    """Return the file of this path in a folder, None where there is none: not outside, wherever links lead."""
    try:
        wanted = (root / path).resolve()
        return wanted if wanted.is_relative_to(root) and wanted.is_file() else None
    except (ValueError, OSError):  # a NUL, a name that is too long, links in a ring
        return None


def _options(fields: Any, profiles: Mapping[str, str]) -> list[str]:
    """Return the options of `curbcut scan` that a form asks for. AnswerError for what is no number."""
    options = ["--profile", fields["profile"]] if fields.get("profile") in profiles else []
    options += _pages_option(fields.get("pages", ""))
    contact = " ".join(fields.get("contact", "").split())[:200]
    return options + ([f"--contact={contact}"] if contact else [])


def _pages_option(given: str) -> list[str]:
    pages = given.strip()
    if not pages:
        return []
    if not (pages.isascii() and pages.isdigit() and 0 < int(pages) <= MOST_PAGES):
        raise AnswerError(422, "That is no number of pages", "Say how many pages at most as a number, such as 200.")
    return ["--max-pages", str(int(pages))]


def options_again(settings: Mapping[str, Any]) -> list[str]:
    """Return the options that give a scan the settings it had, all but its limits."""
    options: list[str] = []
    for name, value in settings.items():
        if name not in Settings.model_fields or name in LIMITS or value in (None, "", [], ()):
            continue
        flag = name.replace("_", "-")
        if isinstance(value, bool):
            options.append(f"--{flag}" if value else f"--no-{flag}")
        else:
            options += (f"--{flag}={one}" for one in (value if isinstance(value, list | tuple) else [value]))
    return options


def _totals(entry: Entry) -> tuple[analysis.FindingTotals, str]:
    with opened(entry.folder) as (engine, scan_id):
        words = Meter(engine, Ledger(engine, scan_id), Looks(engine, scan_id), scan_id).read().words()
        with engine.connect() as connection:
            return analysis.finding_totals(connection, scan_id), words


def _last_line(folder: Path) -> str:
    return said(folder).rpartition("\n")[2]


def _search(entry: Entry, words: str, kind: str, part: int) -> SearchResult:
    with opened(entry.folder) as (engine, scan_id), engine.connect() as connection:
        first = FOUND_A_PAGE * (part - 1)
        return search(connection, scan_id, words, kind, first=first, most=FOUND_A_PAGE)


def _write_report(folder: Path) -> None:
    with opened(folder) as (engine, scan_id):
        html.write(engine, scan_id, folder / "report")
