"""The comparison of two scans: chosen in a form, shown as the same page that `curbcut report compare` writes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reports.comparison.html import context
from reports.comparison.model import Comparison, read
from web.errors import AnswerError
from web.page import page
from web.shelf import Entry, Shelf, opened

SAME = "These are one and the same scan. Choose two."
MISSING = "One of these scans is no longer there, or cannot be read. Choose again."


class Compare:
    """The view of the screen."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def routes(self) -> list[Route]:
        """Return the screen's address; it stands before that of one scan."""
        return [Route("/scans/compare", self.screen)]

    async def screen(self, request: Request) -> Response:
        """Ask for two scans; where they are chosen, compare them."""
        keys = [request.query_params.get(name, "") for name in ("old", "new")]
        old, new, entries = await run_in_threadpool(self._find, *keys)
        shown: dict[str, Any] = {
            "screen": "scans",
            "is_top": False,
            "entries": entries,
            "comparison": None,
            "error": "",
        }
        shown["chosen"] = suggested(entries, *keys)
        if old is None or new is None:
            error = MISSING if all(keys) else ""
            return page(request, "compare.html", status=404 if error else 200, **shown | {"error": error})
        if old == new:
            return page(request, "compare.html", status=422, **shown | {"error": SAME})
        comparison = await run_in_threadpool(_read, old, new)
        addresses = {"old_address": f"/scans/{old.key}", "new_address": f"/scans/{new.key}"}
        return page(request, "compare.html", **shown | context(comparison) | addresses)

    def _find(self, old: str, new: str) -> tuple[Entry | None, Entry | None, list[Entry]]:
        """Return the scans of these keys, None where there is none, and all that can be chosen, those among them."""
        entries = readable(self._shelf.entries())
        by_key = {entry.key: entry for entry in entries}
        for key in filter(None, (new, old)):
            if key not in by_key:
                with suppress(AnswerError):
                    by_key |= {entry.key: entry for entry in readable([self._shelf.entry(key)])}
        return by_key.get(old), by_key.get(new), list(by_key.values())


def readable(entries: Sequence[Entry]) -> list[Entry]:
    """Return the scans that can be compared."""
    return [entry for entry in entries if entry.scan is not None]


def suggested(entries: Sequence[Entry], old: str = "", new: str = "") -> tuple[str, str]:
    """Return the keys of two scans to choose first: what is given, else the newest, and the last of its site before."""
    sites = [entry for entry in entries if not entry.is_page] or entries
    newest = next((entry for entry in entries if entry.key == new), sites[0] if sites else None)
    if newest is None:
        return old, new
    others = [entry for entry in entries if entry.key != newest.key]
    alike = [each for each in others if each.scan and newest.scan and each.scan.start_urls == newest.scan.start_urls]
    before = next((entry.key for entry in [*(each for each in alike if each in sites), *alike, *others]), "")
    return old or before, newest.key


def _read(old: Entry, new: Entry) -> Comparison:
    with (
        opened(old.folder) as (before, before_id),
        opened(new.folder) as (now, now_id),
        before.connect() as then,
        now.connect() as since,
    ):
        return read(then, before_id, since, now_id)
