"""What the ledger says of a browser's errors."""

from __future__ import annotations

import pytest

from crawler.errors import NotAPageError, SiteError
from crawler.render.capture import site_error


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
