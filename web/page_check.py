"""The Check a page screen: one address in; its picture with numbered marks, its barriers and its language out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from reports import analysis
from reports.analysis import Issue, NotChecked
from reports.style.model import Outlined, PagePicture
from reports.style.picture import BADGE_PX, Area, badge_width, place_badges
from scan.page_picture import PICTURE, PagePlaces, read_places
from store.schema import page as page_table
from web.errors import AnswerError
from web.forms import read_form
from web.page import page
from web.runs import Runs
from web.shelf import PAGE_PREFIX, Entry, Shelf, has_scan, opened

MAX_SHOWN = 300
"""Findings of one page that are listed; the report has all."""

SHOWN_CHECKS = 50
"""Checks that the first page lists, the newest first."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An outlined element and the numbers of its findings, each with its place."""

    box: Area
    badges: tuple[tuple[int, Area], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of a page: its findings in order of their numbers, and its picture with marks."""

    title: str
    url: str
    age: str
    words: int
    issues: tuple[Issue, ...]
    n_left_out: int
    places: PagePlaces | None
    marks: tuple[Marked, ...]
    pictured: frozenset[int]
    problem: NotChecked | None = None

    def count(self, kind: str) -> int:
        """Return how many findings are barriers, questions or about language."""
        return sum(kind_of(issue) == kind for issue in self.issues)


class PageCheck:
    """The views of the screen."""

    def __init__(self, shelf: Shelf, runs: Runs) -> None:
        self._shelf = shelf
        self._runs = runs

    def routes(self) -> list[Route]:
        """Return the screen's addresses."""
        return [
            Route("/check", self.screen, methods=["GET", "POST"]),
            Route("/check/{key}", self.one),
            Route("/check/{key}/picture", self.picture),
        ]

    async def screen(self, request: Request) -> Response:
        """Ask for an address; a form that is sent starts the check."""
        given, error, status = "", "", 200
        if request.method == "POST":
            form = await read_form(request)
            given = form.text("address").strip()
            try:
                folder = await run_in_threadpool(self._runs.start, [given] if given else [], (), is_page=True)
                return RedirectResponse(f"/check/{self._shelf.key(folder)}", 303)
            except AnswerError as wrong:
                error, status = wrong.text, wrong.status
        entries = await run_in_threadpool(lambda: self._shelf.entries(prefix=PAGE_PREFIX, at_most=SHOWN_CHECKS))
        done = [entry for entry in entries if entry.scan]
        return page(request, "check.html", status=status, screen="check", given=given, error=error, entries=done)

    async def one(self, request: Request) -> Response:
        """Show what was found on a page, or how the check goes on."""
        key = request.path_params["key"]
        for folder, starts in self._runs.waiting().items():
            if self._shelf.key(folder) == key and (self._runs.is_running(folder) or not has_scan(folder)):
                failure = self._runs.failure(folder)
                return page(
                    request, "starting.html", screen="check", is_top=False, key=key, starts=starts, failure=failure
                )
        entry = await run_in_threadpool(self._shelf.entry, key)
        if entry.scan is None:
            raise AnswerError(422, "This check cannot be read", entry.error)
        checked = await run_in_threadpool(_checked, entry)
        return page(
            request, "checked.html", screen="check", is_top=False, entry=entry, checked=checked, kind_of=kind_of
        )

    async def picture(self, request: Request) -> Response:
        """Return the picture of a page."""
        folder = await run_in_threadpool(self._shelf.find, request.path_params["key"])
        if not (folder / PICTURE).is_file():
            raise AnswerError(404, "There is no picture of this page", "Go back to what was found.")
        return FileResponse(folder / PICTURE, media_type="image/jpeg")


def kind_of(issue: Issue) -> str:
    """Return what a reader tells apart."""
    if issue.outcome == "bestPractice":
        return "practice"
    return "question" if issue.outcome == "cantTell" else "language" if issue.is_style else "barrier"


def _checked(entry: Entry) -> Checked:
    with opened(entry.folder) as (engine, scan_id), engine.connect() as connection:
        columns = (page_table.c.url_id, page_table.c.final_url, page_table.c.title, page_table.c.readability)
        row = connection.execute(select(*columns).where(page_table.c.scan_id == scan_id)).first()
        if row is None:
            problem = next(iter(analysis.not_checked(connection, scan_id)), None)
            return Checked("", "", "", 0, (), 0, None, (), frozenset(), problem)
        issues = list(analysis.page_issues(connection, scan_id, row.url_id))
    shown = tuple(issues[:MAX_SHOWN])
    places = read_places(entry.folder)
    marks = _marks(entry.folder, places, shown) if places is not None and not places.why else ()
    text = row.readability or {}
    return Checked(
        row.title, row.final_url, text.get("school_age", ""), text.get("words", 0), shown, len(issues) - len(shown),
        places, marks, frozenset(number for mark in marks for number, _ in mark.badges),
    )  # fmt: skip


def _marks(folder: Path, places: PagePlaces, issues: tuple[Issue, ...]) -> tuple[Marked, ...]:
    """Return the outlines with their numbers, none of which stands on another."""
    try:
        data = (folder / PICTURE).read_bytes()
    except OSError:
        return ()
    numbers: dict[int, list[int]] = {}
    outlined: list[Outlined] = []
    for index, (target, box) in enumerate(places.boxes):
        found = [number for number, issue in enumerate(issues, 1) if issue.example.target == target]
        if found:
            numbers[index] = found
            outlined.append(Outlined(index, *box))
    picture = PagePicture("image/jpeg", data, places.width, places.height, places.page_height, tuple(outlined))
    badges = place_badges(picture, outlined, numbers)
    return tuple(
        Marked(
            Area(one.x, one.y, one.width, one.height),
            tuple((n, Area(badges[n].x, badges[n].y, badge_width(n), BADGE_PX)) for n in numbers[one.block]),
        )
        for one in outlined
    )
