"""Makes pages from templates: everything escaped, one frame around all screens."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from reports.html.render import environment
from scan.version import VERSION
from web.errors import AnswerError

SCREENS = (
    ("write", "/write", "Write"),
    ("check", "/check", "Check a page"),
    ("scans", "/scans", "Scans"),
    ("review", "/review", "Review"),
)
"""The screens in the menu: name, address, label."""

CAMPAIGN = ("campaign", "/campaign", "Campaign")
"""Is in the menu where there is a monitoring database."""


@cache
def templates() -> Environment:
    """Return the template environment, with the filters that the HTML report uses."""
    made = environment()
    made.loader = ChoiceLoader([PackageLoader("web", "templates"), PackageLoader("reports", "templates")])
    made.globals |= {"version": VERSION}
    return made


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a whole page; its forms know the key that proves them ours."""
    screens = (*SCREENS, CAMPAIGN) if request.app.state.config.has_monitoring else SCREENS
    html = templates().get_template(template).render(form_key=request.state.form_key, screens=screens, **context)
    return HTMLResponse(html, status)


def part(template: str, **context: Any) -> str:
    """Return a part of a page, for scripts that put it in."""
    return templates().get_template(template).render(**context)


def error_page(request: Request, error: AnswerError) -> HTMLResponse:
    """Return the page that says what went wrong and what to do."""
    return page(request, "error.html", status=error.status, screen="", error=error)
