"""What the ledger says of a browser's errors."""

from __future__ import annotations

import pytest

from crawler.config import Limits
from crawler.errors import NotAPageError, SiteError
from crawler.render.capture import page_from, site_error


@pytest.mark.parametrize(
    ("message", "reason", "detail", "retry"),
    [
        ("Page.goto: net::ERR_CONNECTION_REFUSED at http://h/", "connection", "ERR_CONNECTION_REFUSED", True),
        ("Page.goto: net::ERR_UNSAFE_PORT at http://h:9/\nCall log:\n - x", "bad_url", "ERR_UNSAFE_PORT", False),
        ("Page.goto: net::ERR_NEVER_HEARD_OF at http://h/\nCall log:", "connection", "ERR_NEVER_HEARD_OF", True),
        ("Page.evaluate: something\nelse", "check_failed", "Page.evaluate: something else", True),
    ],
)
def test_errors_of_the_browser(message: str, reason: str, detail: str, retry: bool) -> None:
    error = site_error(message)
    assert isinstance(error, SiteError)
    assert (error.reason, error.detail, error.retry) == (reason, detail, retry)


@pytest.mark.parametrize("message", ["Page.goto: Download is starting", "net::ERR_ABORTED at http://h/"])
def test_a_download_is_no_error(message: str) -> None:
    assert isinstance(site_error(message), NotAPageError)


@pytest.mark.parametrize(
    ("body", "is_page"), [("%PDF-1.7\n1 0 obj", False), ("<p>%PDF-1.7 is how such files start.", True)]
)
def test_a_pdf_is_no_page_whatever_its_server_calls_it(body: str, is_page: bool) -> None:
    raw = {"html": f'<!DOCTYPE html><html><head></head><body data-curbcut-font="16 400">{body}</body></html>'}
    if is_page:
        assert page_from(raw, address="http://h/", status=200, limits=Limits())
    else:
        with pytest.raises(SiteError, match="a PDF file that its server calls a web page"):
            page_from(raw, address="http://h/", status=200, limits=Limits())


NOTHING = '<!DOCTYPE html><html><head></head><body data-curbcut-font="16 400"></body></html>'


@pytest.mark.parametrize("raw", [{"html": ""}, {"html": NOTHING, "answered": False}])
def test_an_answer_with_nothing_in_it_is_no_page(raw: dict[str, object]) -> None:
    with pytest.raises(SiteError, match="the answer holds no document"):
        page_from(raw, address="http://h/", status=200, limits=Limits())


@pytest.mark.parametrize(
    "raw", [{"html": NOTHING, "answered": True}, {"html": "<html><body><div id=app></div>", "answered": False}]
)
def test_a_bare_page_is_a_page(raw: dict[str, object]) -> None:
    page, _ = page_from(raw, address="http://h/", status=200, limits=Limits())
    assert page.html == raw["html"]
