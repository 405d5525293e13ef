"""What can go wrong while pages are brought in. The branches say who must act."""

from __future__ import annotations


class CrawlError(Exception):
    """Base of all; the message is one plain sentence."""


class SiteError(CrawlError):
    """The site's doing: one URL ends in `failed` with this reason, and the crawl goes on.

    `reason` is a code of `store.reasons`, `detail` the particulars. `retry` says whether another try may help,
    `retry_after_s` how long the site asked us to wait. `final_url` is where the page had sent the browser, if anywhere.
    """

    def __init__(
        self,
        reason: str,
        detail: str = "",
        *,
        http_status: int | None = None,
        retry: bool = False,
        retry_after_s: float | None = None,
        final_url: str = "",
    ) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.http_status = http_status
        self.retry = retry
        self.retry_after_s = retry_after_s
        self.final_url = final_url


class NotAPageError(CrawlError):
    """The answer is no web page: a download or another media type. The URL is looked at again by plain HTTP."""


class RefusedAddressError(CrawlError):
    """The host is on a private network and was not allowed by name."""


class BrowserUnusableError(CrawlError):
    """Our machine: no browser starts or stays alive. The scan stops and can be resumed."""
