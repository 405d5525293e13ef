"""The Campaign screen: the register, the samples with their sites by state, and trends over the years. Read only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import urlencode

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitoring.campaign.overview import STATES, SiteRow, read_samples, read_sites, register_by_level
from monitoring.campaign.run import site_folder
from monitoring.errors import MonitoringError
from monitoring.member_state.amounts import percent
from monitoring.member_state.trends import Trend, read_trends
from monitoring.places import CAMPAIGNS
from monitoring.register.model import LEVELS
from monitoring.register.read import sites
from monitoring.sample.draw import spoken
from monitoring.sample.keep import Kept, read_sample
from monitoring.sample.tables import representativeness_table
from reports.escape import safe_name
from scan.run import DATABASE
from store.database import open_database
from store.errors import StoreError
from store.stamp import Stamp, stamp
from web.config import WebConfig
from web.errors import AnswerError
from web.page import page
from web.shelf import Shelf

STATE_TITLES = {
    "done": "Done", "running": "Running", "interrupted": "Stopped before its end", "failed": "Failed",
    "waiting": "Not begun",
}  # fmt: skip
REGISTER_A_PAGE = 100
CHARTED = 12
"""Criteria in the chart of a trend; the table has all."""

Result = TypeVar("Result")


class Campaign:
    """The views of the screen."""

    def __init__(self, config: WebConfig, shelf: Shelf) -> None:
        self._config = config
        self._shelf = shelf
        self._trends: tuple[object, list[Trend]] | None = None
        self._lock = Lock()

    def routes(self) -> list[Route]:
        """Return the screen's addresses."""
        return [
            Route("/campaign", self.overview),
            Route("/campaign/register", self.register),
            Route("/campaign/trends", self.trends),
            Route("/campaign/samples/{name:path}", self.sample),
        ]

    async def overview(self, request: Request) -> Response:
        """Show the register's size and the samples; where there is no monitoring yet, how to begin."""
        if not self._config.has_monitoring:
            return page(request, "campaigns.html", screen="campaign", config=self._config, samples=None, levels={})
        samples, levels = await run_in_threadpool(self._with, _overview)
        return page(
            request, "campaigns.html", screen="campaign", config=self._config, samples=samples, levels=levels,
        )  # fmt: skip

    async def register(self, request: Request) -> Response:
        """List the register's sites, some at a time; words and a level narrow it down."""
        words, level = request.query_params.get("words", "")[:200], request.query_params.get("level", "")
        level = level if level in LEVELS else ""
        number = request.query_params.get("part", "1")
        part = min(int(number), 10_000) if number.isascii() and number.isdigit() and number != "0" else 1
        first = REGISTER_A_PAGE * (part - 1)
        n_found, found = await run_in_threadpool(self._with, lambda engine: _register(engine, words, level, first))
        query = {"words": words, "level": level}
        return page(
            request, "register.html", screen="campaign", is_top=False, n_found=n_found, found=found, words=words,
            level=level, levels=LEVELS, spoken=spoken, part=part, first=first,
            last=max(1, -(-n_found // REGISTER_A_PAGE)), link=lambda to: "?" + urlencode({**query, "part": to}),
        )  # fmt: skip

    async def sample(self, request: Request) -> Response:
        """Show one sample: how it was drawn, and its sites by state."""
        name, wanted = request.path_params["name"], request.query_params.get("state", "")
        kept, rows = await run_in_threadpool(self._with, lambda engine: self._sample(engine, name))
        last = kept.row["facts"]["sample_of_last_period"]
        counts = Counter(row.status.state for row in rows)
        return page(
            request, "sample.html", screen="campaign", is_top=False, kept=kept, counts=counts, states=STATES,
            titles=STATE_TITLES, wanted=wanted if wanted in STATES else "", percent=percent, last=last,
            key=lambda row: self._key(row.folder), key_of_last=lambda row: self._key_of_last(row, last),
            rows=[row for row in rows if wanted not in STATES or row.status.state == wanted],
            shares=representativeness_table(kept), urls={each["site_id"]: each["site"]["url"] for each in kept.sites},
        )  # fmt: skip

    async def trends(self, request: Request) -> Response:
        """Show the share of sites that fail each criterion, a column for each year."""
        trends = await run_in_threadpool(self._with, self._read_trends)
        return page(
            request, "trends.html", screen="campaign", is_top=False, trends=trends, percent=percent, charted=CHARTED
        )

    def _with(self, work: Callable[[Engine], Result]) -> Result:
        with self._opened() as engine:
            try:
                return work(engine)
            except MonitoringError as error:
                raise AnswerError(404, "There is no such sample", str(error)) from error
            except (StoreError, SQLAlchemyError) as error:
                raise AnswerError(500, "The monitoring database cannot be read", str(error)) from error

    @contextmanager
    def _opened(self) -> Iterator[Engine]:
        if not self._config.has_monitoring:
            text = "Begin with a register: curbcut register import FILE. Then start curbcut serve with --database."
            raise AnswerError(404, "There is no monitoring here yet", text)
        try:
            engine = open_database(self._config.database, read_only=True)
        except (StoreError, OSError) as error:
            raise AnswerError(500, "The monitoring database cannot be read", str(error)) from error
        try:
            yield engine
        finally:
            engine.dispose()

    def _sample(self, engine: Engine, name: str) -> tuple[Kept, list[SiteRow]]:
        kept = read_sample(engine, name)
        return kept, read_sites(kept, self._campaigns / safe_name(name))

    @property
    def _campaigns(self) -> Path:
        return self._config.campaigns or self._config.folder / CAMPAIGNS

    def _key(self, folder: Path) -> str:
        """Return what names a site's scan in addresses, "" where it has none or it is not under the app's folder."""
        is_ours = folder.is_relative_to(self._shelf.folder) and (folder / DATABASE).is_file()
        return self._shelf.key(folder) if is_ours else ""

    def _key_of_last(self, row: SiteRow, last: str) -> str:
        """Return what names the site's scan in the sample of the period before, "" where there is none."""
        return self._key(site_folder(self._campaigns / safe_name(last), row.member["site"]["url"])) if last else ""

    def _read_trends(self, engine: Engine) -> list[Trend]:
        """Read the trends, once for each state of scans and samples: it takes a while for hundreds of them."""
        with self._lock:
            now = _changes(self._campaigns), read_samples(engine)
            if self._trends is None or self._trends[0] != now:
                self._trends = now, read_trends(engine, self._campaigns)
            return self._trends[1]


def _overview(engine: Engine) -> tuple[Any, dict[str, int]]:
    with engine.connect() as connection:
        levels = register_by_level(connection)
    return read_samples(engine), levels


def _register(engine: Engine, words: str, level: str, first: int) -> tuple[int, list[Any]]:
    with engine.connect() as connection:
        found = list(islice(sites(connection, level=level, text=words), first, first + REGISTER_A_PAGE))
        n_found = sum(1 for _ in sites(connection, level=level, text=words))
    return n_found, found


def _changes(campaigns: Path) -> list[tuple[Path, Stamp]]:
    """Return what tells whether a scan of a campaign has changed, come or gone."""
    return [(file, stamp(file)) for file in sorted(campaigns.glob(f"*/*/{DATABASE}"))]
