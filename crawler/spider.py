"""The spider: what to do with each answer. Every lease ends here in one state, whatever happened to it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals
from scrapy.exceptions import IgnoreRequest, StopDownload
from sqlalchemy.exc import OperationalError

from checks.model import digest
from crawler import sitemap
from crawler.context import Context, DocumentFound, Evidence
from crawler.discover import classify, discover
from crawler.errors import BrowserUnusableError, SiteError
from crawler.handler import REDIRECTS
from crawler.politeness import DisallowedError
from crawler.render.capture import Capture
from crawler.retry import POSTPONE_HOST_STATUSES, RETRY_STATUSES, backoff_s, retry_after_s
from crawler.urls import BadUrlError, canonical, extension_of, origin_of, without_route
from store.ledger import Found, Lease, Verdict
from store.looks import Look
from store.schema import State

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

MEDIA_TYPE_FORMATS = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
}
NO_CONTENT = frozenset({204, 205, 304})
"""Statuses of an answer without a body (RFC 9110 sections 15.3.5, 15.3.6, 15.4.5)."""

LOOK_ATTEMPTS = 2
REFUSED = {"private_address": State.DISALLOWED}
"""Site errors that are no failure of the site, but our own refusal."""


class SiteSpider(Spider):
    """Walks what the ledger holds. Made with `context=Context(...)`."""

    name = "curbcut"

    def __init__(self, *, context: Context, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        """Build the spider and listen for the headers of documents."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.on_headers, signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Yield nothing: the ledger is the frontier."""
        return
        yield  # an async generator by its form

    def on_headers(self, headers: Any, body_length: int, request: Request, spider: Spider) -> None:
        """Stop the download of a document that nobody checks: its headers say all that is recorded."""
        if request.meta.get("kind") != "document":
            return
        file_format = _file_format(request.meta["lease"], _media_type(headers))
        if file_format not in self.context.config.document_formats:
            raise StopDownload(fail=False)

    async def parse(self, response: Response) -> None:
        """Take an answer to its end."""
        lease: Lease = response.meta["lease"]
        checked = False
        try:
            checked = await self._keep(lease, response)
        except OperationalError as error:
            self._stop_for(error)
        finally:
            self._done(lease, checked=checked)

    async def _keep(self, lease: Lease, response: Response) -> bool:
        """Write what an answer brought; return whether that was one more checked page. Raises OperationalError."""
        try:
            if "capture" in response.meta:
                return bool(await self._in_worker(self._keep_page, lease, response.meta["capture"]))
            if response.meta["kind"] == "sitemap":
                await self._in_worker(self._keep_sitemap, lease, response)
            else:
                await self._keep_file(lease, response)
        except SiteError as error:
            await self._in_worker(self._give_up_or_retry, lease, error)
        except OperationalError:
            raise
        except Exception as error:  # one page's failure, ours or the site's, may not end the scan: it is a row
            logger.exception("Could not judge %s", lease.url)
            await self._in_worker(self._end, lease, Verdict(State.FAILED, "check_failed", _one_line(error)))
        return False

    async def on_error(self, failure: Failure) -> None:
        """Take a failed fetch to its end."""
        lease: Lease = failure.request.meta["lease"]  # type: ignore[attr-defined]
        error = failure.value
        try:
            if isinstance(error, DisallowedError):
                await self._in_worker(self._end, lease, Verdict(State.DISALLOWED, error.reason, error.detail))
            elif isinstance(error, IgnoreRequest):  # how Scrapy says that unpacking it passed the limit on bytes
                await self._too_large_or_retry(failure.request, lease, SiteError("too_large", str(error)[:200]))  # type: ignore[attr-defined]
            elif isinstance(error, SiteError):
                await self._too_large_or_retry(failure.request, lease, error)  # type: ignore[attr-defined]
            elif isinstance(error, BrowserUnusableError):
                await self._in_worker(self._give_back, lease)
                self._stop_for(error)
            else:
                logger.error("Could not fetch %s: %r", lease.url, error)
                await self._in_worker(self._end, lease, Verdict(State.FAILED, "check_failed", _one_line(error)))
        except OperationalError as broken:
            self._stop_for(broken)
        finally:
            self._done(lease, checked=False)

    async def parse_look(self, response: Response) -> None:
        """Take a closer look to its end."""
        look: Look = response.meta["look"]
        try:
            await self._in_worker(self._keep_look, look, response.meta["looked"], response.meta["elapsed_ms"])
        except OperationalError as error:
            self._stop_for(error)
        finally:
            if scheduler := self._scheduler():
                scheduler.look_done(look)

    async def on_look_error(self, failure: Failure) -> None:
        """Take a closer look that failed to its end; the page stays checked, its row says what is missing."""
        look: Look = failure.request.meta["look"]  # type: ignore[attr-defined]
        error = failure.value
        try:
            if isinstance(error, BrowserUnusableError):
                await self._in_worker(self.context.looks.release, look)
                self._stop_for(error)
            elif isinstance(error, SiteError) and error.retry and look.attempts < LOOK_ATTEMPTS:
                await self._in_worker(self.context.looks.release, look)
            else:
                if not isinstance(error, (SiteError, DisallowedError)):
                    logger.error("Could not look at %s: %r", look.url, error)
                await self._in_worker(self._end_look, look, error)
        except OperationalError as broken:
            self._stop_for(broken)
        finally:
            if scheduler := self._scheduler():
                scheduler.look_done(look)

    def _scheduler(self) -> Any:
        assert self.crawler.engine is not None  # noqa: S101
        return self.crawler.engine.scheduler

    async def _keep_file(self, lease: Lease, response: Response) -> None:
        """Take an answer that is no page to its end. A document is judged beside the worker, as that may take long."""
        file_format = _file_format(lease, _media_type(response.headers))
        if await self._in_worker(self._not_a_document, lease, response, file_format):
            return
        length = response.headers.get("Content-Length") or b""
        size = int(length) if length.isdigit() else None
        is_fetched = file_format in self.context.config.document_formats
        body = response.body if is_fetched else None
        found = DocumentFound(lease, file_format, len(response.body) if is_fetched else size, body)
        await self._judge_document(found, response)

    async def _judge_document(self, found: DocumentFound, response: Response | None) -> None:
        loop = asyncio.get_running_loop()
        evidence = await loop.run_in_executor(self.context.readers, self.context.keeper.document, found)
        await self._in_worker(self._end_document, found, evidence, response)

    async def _too_large_or_retry(self, request: Request, lease: Lease, error: SiteError) -> None:
        file_format = _file_format(lease, "")
        if error.reason == "too_large" and request.meta["kind"] == "document" and file_format:
            await self._judge_document(DocumentFound(lease, file_format, None, reason="too_large"), None)
        else:
            await self._in_worker(self._give_up_or_retry, lease, error)

    async def _in_worker(self, function: Any, *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.context.worker, function, *args)

    def _done(self, lease: Lease, *, checked: bool) -> None:
        if scheduler := self._scheduler():
            scheduler.done(lease, checked=checked)

    def _stop_for(self, error: Exception) -> None:
        if self.context.fatal is None:
            self.context.fatal = error
        self.context.stopping.set()
        assert self.crawler.engine is not None  # noqa: S101
        task = asyncio.ensure_future(self.crawler.stop_async())
        task.add_done_callback(lambda _: None)

    # What follows runs in the worker thread.

    def _keep_page(self, lease: Lease, capture: Capture) -> bool:
        context = self.context
        evidence = context.keeper.evidence(capture)
        verdict = Verdict(State.CHECKED, http_status=capture.page.http_status, content_type=capture.page.content_type)
        target = self._redirect_target(lease, capture.page.final_url) or self._page_behind(lease, capture)
        if target is not None and target.state is not State.PENDING:
            moved = Verdict(
                State.OUT_OF_SCOPE, "redirect", target.url, capture.page.http_status, redirect_to=target.url
            )
            context.ledger.finish(lease, moved, found=[target])
            return False
        if target is not None and not context.robots_allow(target.url):
            self._end_moved(
                lease, target, capture.page.http_status
            )  # its own row asks robots.txt, and ends as that says
            return False
        found = self._links(capture, lease) if context.config.discovers else []
        bound = context.config.limits.urls
        if target is None:
            context.ledger.finish(lease, verdict, found=found, at_most=bound, evidence=evidence)
            return True
        return context.ledger.finish_redirected(
            lease, target, detail=target.url, verdict=verdict, found=found, at_most=bound, evidence=evidence
        )

    def _keep_look(self, look: Look, result: object, elapsed_ms: int) -> None:
        try:
            evidence = self.context.keeper.looked(look, result)
        except Exception as error:  # a strange page may not end the scan: it is a row
            logger.exception("Could not judge the closer look at %s", look.url)
            self._end_look(look, error)
            return
        self.context.looks.finish(look, elapsed_ms, evidence)

    def _end_look(self, look: Look, error: BaseException) -> None:
        reason = str(error) if isinstance(error, SiteError) else _one_line(error)
        self.context.looks.fail(look, reason, self.context.keeper.not_looked(look, reason))

    def _redirect_target(self, lease: Lease, final_url: str) -> Found | None:
        """Return the row of the address the page ended up at, or None when that is the lease's own."""
        if not self.context.config.follow:
            return None  # a named page stands for itself, wherever it leads
        try:
            if canonical(final_url) == lease.url:
                return None
        except BadUrlError as error:
            raise SiteError("bad_url", f"leads to an address that is not valid: {error}") from error
        return classify(self.context, final_url, source="redirect", depth=lease.depth, found_on=lease.url)

    def _page_behind(self, lease: Lease, capture: Capture) -> Found | None:
        """Return the row of the address without its route, where no script reads the route: one page, not two."""
        address = without_route(lease.url)
        if address == lease.url or not self.context.ledger.holds(address, digest(capture.page.html)):
            return None
        return classify(self.context, address, source="link", depth=lease.depth, found_on=lease.url)

    def _links(self, capture: Capture, lease: Lease) -> list[Found]:
        hrefs = [href for href, _ in capture.links]
        if capture.canonical:
            hrefs.append(capture.canonical)
        return list(discover(self.context, hrefs, source="link", depth=lease.depth + 1, found_on=lease.url))

    def _keep_sitemap(self, lease: Lease, response: Response) -> None:
        limits = self.context.config.limits
        guessed = lease.source == "start"
        if self._followed(lease, response, kind="sitemap"):
            return
        if response.status != 200:
            if guessed:  # nobody said that there is one
                self._end(
                    lease, Verdict(State.NOT_A_PAGE, "sitemap", f"none here (HTTP {response.status})", response.status)
                )
                return
            raise _status_error(response)
        try:
            links = sitemap.read(response.body, max_bytes=limits.sitemap_bytes, max_urls=limits.urls, base=response.url)
        except ValueError as error:
            if guessed:
                self._end(lease, Verdict(State.NOT_A_PAGE, "sitemap", f"none here: {error}", response.status))
                return
            raise SiteError("bad_response", str(error), http_status=response.status) from error
        if links.cut:
            self.context.note(f"The sitemap {lease.url} is longer than Curbcut reads; its end was left out.")
        found = list(discover(self.context, links.pages, source="sitemap", depth=1, found_on=lease.url))
        if lease.depth < limits.sitemap_depth:
            rows = discover(self.context, links.sitemaps, source="sitemap", depth=lease.depth + 1, found_on=lease.url)
            found += [
                Found(row.url, "sitemap", "sitemap", row.depth, row.found_on, row.address)
                for row in rows
                if row.reason in ("", "other_media")
            ]
        self.context.ledger.finish(
            lease,
            Verdict(
                State.NOT_A_PAGE,
                "sitemap",
                "" if links.pages or links.sitemaps else "it names no address",
                response.status,
                _media_type(response.headers),
            ),
            found=found,
            at_most=limits.urls,
        )

    def _not_a_document(self, lease: Lease, response: Response, file_format: str) -> bool:
        """Take an answer to its end that is no document; return whether it is none."""
        if self._followed(lease, response, kind=lease.kind):
            return True
        if response.status >= 400:
            raise _status_error(response)
        media_type = _media_type(response.headers)
        if media_type in ("text/html", "application/xhtml+xml") and lease.kind == "page":
            if b"attachment" in (response.headers.get("Content-Disposition") or b"").lower():
                raise SiteError("bad_response", "the page was offered as a download", http_status=response.status)
            raise SiteError("crashed", "the browser broke off the page", http_status=response.status, retry=True)
        if not file_format:
            if response.status in NO_CONTENT:
                raise SiteError(
                    "bad_response", f"HTTP {response.status}: the answer holds no page", http_status=response.status
                )
            self._end(lease, Verdict(State.NOT_A_PAGE, "other_media", media_type, response.status, media_type))
            return True
        return False

    def _end_document(self, found: DocumentFound, evidence: Evidence, response: Response | None) -> None:
        status = response.status if response is not None else None
        media_type = _media_type(response.headers) if response is not None else ""
        self.context.ledger.finish(
            found.lease,
            Verdict(State.NOT_A_PAGE, "document", found.file_format, status, media_type),
            evidence=evidence,
        )

    def _followed(self, lease: Lease, response: Response, *, kind: str) -> bool:
        """Follow a redirect of a file by putting its target on the ledger."""
        location = response.headers.get("Location")
        if response.status not in REDIRECTS or not location:
            return False
        target = classify(
            self.context,
            response.urljoin(location.decode("latin-1")),
            source="redirect",
            depth=lease.depth,
            found_on=lease.url,
        )
        if target.reason == "scheme":
            raise SiteError("bad_scheme", f"leads to {target.url[:100]}", http_status=response.status)
        if target.state is State.PENDING and kind == "sitemap":
            target = Found(target.url, kind, "redirect", target.depth, target.found_on, target.address)
        self._end_moved(lease, target, response.status)
        return True

    def _end_moved(self, lease: Lease, target: Found, http_status: int | None) -> None:
        state = State.OUT_OF_SCOPE if target.state is State.OUT_OF_SCOPE else State.NOT_A_PAGE
        moved = Verdict(state, "redirect", target.url, http_status, redirect_to=target.url)
        self.context.ledger.finish(lease, moved, found=[target])

    def _was_sent_on(self, lease: Lease, error: SiteError) -> bool:
        """End a lease whose page sent the browser on to what brings no page: that address has a row of its own."""
        if not (self.context.config.follow and error.final_url):
            return False
        target = classify(self.context, error.final_url, source="redirect", depth=lease.depth, found_on=lease.url)
        if target.url == lease.url:
            return False
        self._end_moved(lease, target, None)
        return True

    def _give_up_or_retry(self, lease: Lease, error: SiteError) -> None:
        if self._was_sent_on(lease, error):
            return
        limits = self.context.config.limits
        wait = error.retry_after_s if error.retry_after_s is not None else backoff_s(lease.attempts, limits.retry_s)
        if error.retry and lease.attempts < limits.attempts and wait <= limits.retry_after_s:
            until = time.time() + wait
            self.context.ledger.release(lease, not_before=until, detail=f"{error.reason} {error.detail}".strip())
            if error.http_status in POSTPONE_HOST_STATUSES:
                self.context.ledger.postpone(origin_of(lease.url), until)
            return
        state = REFUSED.get(error.reason, State.FAILED)
        if lease.kind == "sitemap" and lease.source == "start":
            state, error = State.NOT_A_PAGE, SiteError("sitemap", f"none here ({error})")
        self._end(lease, Verdict(state, error.reason, error.detail, error.http_status))

    def _give_back(self, lease: Lease) -> None:
        self.context.ledger.release(lease, give_back=True)

    def _end(self, lease: Lease, verdict: Verdict) -> None:
        self.context.ledger.finish(lease, verdict)


def _status_error(response: Response) -> SiteError:
    after = response.headers.get("Retry-After") or b""
    return SiteError(
        "http_status",
        f"HTTP {response.status}",
        http_status=response.status,
        retry=response.status in RETRY_STATUSES,
        retry_after_s=retry_after_s(after.decode("latin-1")),
    )


def _file_format(lease: Lease, media_type: str) -> str:
    """Return a document's format by its media type, else its file ending; empty if neither says that it is one."""
    return MEDIA_TYPE_FORMATS.get(media_type) or (extension_of(lease.url) if lease.kind == "document" else "")


def _media_type(headers: Any) -> str:
    value = headers.get("Content-Type") or b""
    return value.decode("latin-1").split(";", 1)[0].strip().lower()


def _one_line(error: BaseException | None) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
