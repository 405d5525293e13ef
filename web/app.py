"""The app: its addresses, and what stands before and around them."""

from __future__ import annotations

import hmac
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from web.campaign import Campaign
from web.comparison import Compare
from web.config import WebConfig
from web.errors import AnswerError
from web.forms import read_form
from web.guard import Guard, admit
from web.page import error_page, page
from web.page_check import PageCheck
from web.review import Review
from web.runs import Runs
from web.scans import Scans
from web.shelf import Shelf
from web.write import Write

log = logging.getLogger(__name__)

_TITLES = {404: "There is no such page", 405: "That cannot be done here"}


def make_app(config: WebConfig) -> Starlette:
    """Return the app. GuideError where its style guide cannot be read."""
    shelf, runs = Shelf(config.folder, config.campaigns), Runs(config.folder)
    write, scans = Write(config), Scans(config, shelf, runs)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(write.warm_up)
        yield
        await run_in_threadpool(runs.close)

    app = Starlette(
        routes=[
            Route("/", _home),
            Route("/enter", _enter, methods=["GET", "POST"]),
            *write.routes(),
            *PageCheck(shelf, runs).routes(),
            *Compare(shelf).routes(),
            *scans.routes(),
            *Review(shelf).routes(),
            *Campaign(config, shelf).routes(),
            Mount("/assets", StaticFiles(packages=[("web", "assets"), ("reports", "assets")])),
        ],
        lifespan=lifespan,
        middleware=[Middleware(Guard, config=config, answer=error_page)],
        exception_handlers={AnswerError: _answered, HTTPException: _not_found, Exception: _failed},
    )
    app.state.config = config
    return app


def _home(request: Request) -> Response:
    return RedirectResponse("/write", 303)


async def _enter(request: Request) -> Response:
    """Ask for the token, and let in who knows it."""
    token = request.app.state.config.token
    to = request.query_params.get("to", "/")
    if not to.startswith("/") or to.startswith(("//", "/\\", "/enter")):
        to = "/"
    if request.method != "POST":
        return page(request, "enter.html", screen="", to=to, wrong=False) if token else RedirectResponse(to, 303)
    form = await read_form(request)
    if hmac.compare_digest(form.text("token").strip().encode(), token.encode()):
        return admit(RedirectResponse(to, 303), token)
    return page(request, "enter.html", status=401, screen="", to=to, wrong=True)


def _answered(request: Request, error: Exception) -> Response:
    assert isinstance(error, AnswerError)  # noqa: S101 # the handler's own key
    return error_page(request, error)


def _not_found(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    title = _TITLES.get(status, "That did not work")
    return error_page(request, AnswerError(status, title, "Choose what you want to do in the menu above."))


def _failed(request: Request, error: Exception) -> Response:
    log.error("A view failed", exc_info=error)
    text = "This is our mistake, and the terminal that runs curbcut serve shows it. Go back: what you wrote is there."
    return error_page(request, AnswerError(500, "Something went wrong here", text))
