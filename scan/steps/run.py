"""Walks a script's steps in a browser, and checks the pages that they reach into a scan's database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag

from checks.model import EngineScript, Page
from checks.standards import profile
from crawler.addresses import private_hosts
from crawler.errors import NotAPageError, SiteError
from crawler.one_tab import one_tab
from crawler.render.capture import Capture, CropRequest, Picks
from crawler.render.playwright import PlaywrightRenderer
from crawler.render.walk import PlaywrightWalk, WalkError
from crawler.urls import canonical, host_of
from scan.errors import UsageError
from scan.judge import Judge, engine_scripts, engine_versions, rule_infos
from scan.run import DATABASE, ScanEnd
from scan.settings import Settings, crawl_config
from scan.steps.script import Script, Step
from scan.version import versions
from store import verdicts
from store.database import open_database
from store.ledger import Found, Ledger, Verdict
from store.results import end_scan, note_versions, start_scan
from store.schema import ScanState, State

NOTE = (
    "The pages were reached by steps. Keys, pointer, other window sizes and pixels were not tested on them, as that "
    "would need each page opened anew."
)
NO_PICTURES = "No pictures were kept: the steps use secrets, which could be seen in them."


@dataclass(frozen=True, slots=True)
class Shown:
    """A step as a dry run shows it: where it led, a PNG of the window (if it has one), and what went wrong."""

    step: Step
    address: str
    title: str
    picture: bytes
    problem: str = ""


Keep = Callable[[Capture], None]


def check_steps(settings: Settings, script: Script, folder: Path) -> ScanEnd:
    """Walk the steps and check the pages reached; the database is in `folder`. Raises UsageError for a failed step."""
    chosen = profile(settings.profile)
    engines = engine_scripts(settings, chosen)
    engine = open_database(folder / DATABASE)
    try:
        engine_names = engine_versions(settings, chosen)
        scan_id = start_scan(
            engine,
            start_urls=[script.steps[0].what],
            settings=settings.stored(),
            versions=versions(engine_names, browser="not started"),
            profile=chosen.id,
            rules=rule_infos(settings, chosen),
        )
        ledger, judge = Ledger(engine, scan_id), Judge(settings, chosen, scan_id, set())
        started = time.monotonic()

        def keep(capture: Capture) -> None:
            page = capture.page
            ledger.add([Found(page.url, "page", "start")], at_most=len(script.steps))
            [lease] = ledger.lease(1)
            verdict = Verdict(State.CHECKED, http_status=page.http_status, content_type=page.content_type)
            ledger.finish(lease, verdict, found=[], at_most=0, evidence=judge.evidence(capture))

        picks: Picks = no_picks if script.secrets else judge.picks
        version = asyncio.run(_check(settings, script, engines, keep, picks))
        note_versions(engine, scan_id, versions(engine_names, browser=version))
        verdicts.apply(engine, scan_id)
        notes = [NOTE, *([NO_PICTURES] if script.secrets else [])]
        end_scan(engine, scan_id, ScanState.COMPLETE, elapsed_s=time.monotonic() - started, notes=notes)
        return ScanEnd(engine, scan_id, ScanState.COMPLETE, ledger.counts())
    except BaseException:
        engine.dispose()
        raise


def no_picks(_: Page) -> list[CropRequest]:
    """Ask for no pictures."""
    return []


def show_steps(settings: Settings, script: Script) -> list[Shown]:
    """Walk the steps without checking anything; return what each led to. It ends with the first that fails."""
    return asyncio.run(_show(settings, script))


async def _check(
    settings: Settings, script: Script, engines: tuple[EngineScript, ...], keep: Keep, picks: Picks
) -> str:
    async with _browser(settings, script, engines) as renderer:

        async def visit(walk: PlaywrightWalk) -> None:
            reached = 0
            for number, step in enumerate(script.steps, start=1):
                before = (walk.moves, urldefrag(walk.url)[0])
                await _do(script, walk, step)
                is_new = step.kind in ("go", "press") and (walk.moves, urldefrag(walk.url)[0]) != before
                if step.kind == "check" or (is_new and not script.checks_named):
                    reached += 1
                    address = f"{canonical(walk.url)}#step-{number}"
                    try:
                        capture = await walk.capture(address, picks)
                    except (SiteError, NotAPageError) as error:
                        raise script.wrong(step, f"the page could not be checked: {_said(error)}.") from None
                    await asyncio.to_thread(keep, script.secrets.hide_capture(capture))
            if not reached:
                raise UsageError(f"{script.file}: no step led to a page, so nothing was checked.")

        await renderer.walk(visit)
        return renderer.version()


async def _show(settings: Settings, script: Script) -> list[Shown]:
    shown: list[Shown] = []
    async with _browser(settings, script, ()) as renderer:

        async def visit(walk: PlaywrightWalk) -> None:
            for step in script.steps:
                problem = ""
                try:
                    await _do(script, walk, step)
                except UsageError as error:
                    problem = str(error)
                picture = await walk.screenshot(script.secrets.texts)
                title = script.secrets.hide(await walk.title())
                shown.append(Shown(step, script.secrets.hide(walk.url), title, picture, problem))
                if problem:
                    return

        await renderer.walk(visit)
    return shown


async def _do(script: Script, walk: PlaywrightWalk, step: Step) -> None:
    """Do one step. Raises UsageError with the script's file and line."""
    try:
        if step.kind == "go":
            await walk.go(script.secrets.fill(step.what))
        elif step.kind == "fill":
            value = script.secrets.fill(step.value)
            await walk.fill(step.what, value, is_secret=value != step.value)
        elif step.kind == "press":
            await walk.press(step.what)
        elif step.kind == "expect":
            await walk.expect(step.what)
    except WalkError as error:
        raise script.wrong(step, f"{error}. Look at each step with: curbcut steps run --dry-run") from None
    except (SiteError, NotAPageError) as error:
        raise script.wrong(step, f"the site did not answer with a page: {_said(error)}.") from None


def _said(error: SiteError | NotAPageError) -> str:
    return error.detail or error.reason if isinstance(error, SiteError) else "it is no web page"


@asynccontextmanager
async def _browser(
    settings: Settings, script: Script, engines: tuple[EngineScript, ...]
) -> AsyncIterator[PlaywrightRenderer]:
    """Give a browser for one script: only hosts that its `go` steps name may be on a private network."""
    if settings.driver != "playwright" or settings.selenium_url:
        raise UsageError("Steps need --driver playwright.")
    hosts = {host_of(canonical(script.secrets.fill(step.what))) for step in script.steps if step.kind == "go"}
    allowed = await private_hosts(hosts) | frozenset(settings.allow_private)
    config = crawl_config(settings, start_urls=(), start_addresses=(), allow_private=allowed, follow=False)
    try:
        async with one_tab(config, engines) as renderer:
            yield renderer
    except (SiteError, NotAPageError) as error:
        raise UsageError(f"{script.file}: the browser lost the page: {_said(error)}.") from None
