"""Scrapy's download handler: pages are rendered in a browser, everything else is fetched by plain HTTP."""

from __future__ import annotations

import ssl
import time
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    UnsupportedURLSchemeError,
)
from scrapy.http import HtmlResponse, Response

from checks.live import LiveError
from crawler.context import Context
from crawler.errors import NotAPageError, SiteError
from crawler.guard import REASON_HEADER
from crawler.urls import host_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


MAYBE_MOVED = frozenset({"connection", "dns", "tls", "bad_scheme", "timeout"})
"""How a page fails in the browser when it redirects to a place that cannot be opened."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})


class RenderingHandler(BaseDownloadHandler):
    """Serves http and https. Raises SiteError for whatever the site does wrong."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._context: Context = crawler.spider.context  # type: ignore[union-attr]
        self._http = AiohttpDownloadHandler(crawler)

    async def download_request(self, request: Request) -> Response:
        """Return the answer; a rendered page is in `request.meta["capture"]`."""
        if request.meta["kind"] == "look":
            return await self._look(request)
        if request.meta["kind"] == "page":
            try:
                return await self._render(request)
            except NotAPageError:
                request.meta["kind"] = "document"  # look at it again, as a file
        return await self._fetch(request)

    async def close(self) -> None:
        """Close the HTTP connections; the browser belongs to whoever started the crawl."""
        await self._http.close()

    async def _render(self, request: Request) -> Response:
        lease = request.meta["lease"]
        try:
            capture = await self._context.renderer.capture(
                request.url, named=lease.source == "start", picks=self._context.keeper.picks
            )
        except SiteError as error:
            if error.reason in MAYBE_MOVED and not error.final_url and (moved := await self._moved(request)):
                return moved
            raise self._explained(error.final_url or request.url, error) from error
        request.meta["capture"] = capture
        # The body is what Scrapy's scraper counts to hold back new pages while earlier ones are being judged.
        return HtmlResponse(request.url, body=capture.page.html.encode("utf-8", "replace"), encoding="utf-8")

    async def _look(self, request: Request) -> Response:
        started = time.monotonic()
        try:
            request.meta["looked"] = await self._context.renderer.look(
                request.url, self._context.keeper.look, may_open=self._context.may_open
            )
        except NotAPageError as error:
            raise SiteError("check_failed", f"the page had become something else: {error}") from error
        except LiveError as error:
            raise SiteError("check_failed", str(error), retry=True) from error
        request.meta["elapsed_ms"] = int((time.monotonic() - started) * 1000)
        return Response(request.url)

    async def _moved(self, request: Request) -> Response | None:
        """Return the redirect that led the browser to where nothing could be opened, if it was one."""
        try:
            response = await self._fetch(request.copy())
        except SiteError:
            return None
        return response if response.status in REDIRECTS and response.headers.get("Location") else None

    async def _fetch(self, request: Request) -> Response:
        host = host_of(request.url)
        if host not in self._context.config.allow_private:
            request.meta["proxy"] = self._context.guard.url
        limits = self._context.config.limits
        request.meta["download_timeout"] = limits.http_s  # the handler's own default is shorter
        if request.meta["kind"] == "document":
            request.meta.update(download_maxsize=limits.document_bytes, download_timeout=limits.document_s)
        try:
            response = await self._http.download_request(request)
        except (DownloadTimeoutError, TimeoutError) as error:
            raise SiteError("timeout", "no complete answer in time", retry=True) from error
        except CannotResolveHostError as error:
            raise SiteError("dns", f"{host} could not be found") from error
        except DownloadConnectionRefusedError as error:  # Scrapy's word for a certificate that nobody trusts, too
            failure = _tls_failure(error) or SiteError("connection", "no connection", retry=True)
            raise self._explained(request.url, failure) from error
        except DownloadCancelledError as error:
            raise SiteError("too_large", str(error)[:200]) from error
        except UnsupportedURLSchemeError as error:
            raise SiteError("bad_url", str(error)[:200]) from error
        except DownloadFailedError as error:
            failure = _tls_failure(error) or SiteError("bad_response", str(error)[:200], retry=True)
            raise self._explained(request.url, failure) from error
        if response.headers.get(REASON_HEADER) and "proxy" in request.meta:
            raise self._explained(request.url, SiteError("connection", "no connection", retry=True))
        return response

    def _explained(self, url: str, error: SiteError) -> SiteError:
        """Return the guard's reason where the guard is why there was no connection."""
        refusal = self._context.guard.refusal(host_of(url))
        if refusal is None:
            return error
        is_worth_a_retry = refusal.reason == "connection"
        return SiteError(refusal.reason, refusal.detail, retry=is_worth_a_retry, final_url=error.final_url)


def _tls_failure(error: BaseException) -> SiteError | None:
    """Return what to say when a secure connection is behind `error`, with the certificate's fault if that is it."""
    cause: BaseException | None = error
    while cause is not None:
        certificate = getattr(cause, "certificate_error", cause)  # aiohttp puts it in an error of its own
        if isinstance(certificate, ssl.SSLCertVerificationError):
            return SiteError("tls", certificate.verify_message)
        if isinstance(cause, (ssl.SSLError, ssl.CertificateError)):
            return SiteError("tls", str(cause)[:200], retry=True)
        cause = cause.__cause__
    return None
