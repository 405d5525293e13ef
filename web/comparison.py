"""The comparison of two scans: chosen in a form, shown as the same page that `curbcut report compare` writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reports.comparison.html import context
from reports.comparison.model import Comparison, read
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
        entries = readable(await run_in_threadpool(self._shelf.entries))
        by_key = {entry.key: entry for entry in entries}
        keys = [request.query_params.get(name, "") for name in ("old", "new")]
        old, new = (by_key.get(key) for key in keys)
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


def readable(entries: Sequence[Entry]) -> list[Entry]:
    """Return the scans that can be compared."""
    return [entry for entry in entries if entry.scan is not None]


def suggested(entries: Sequence[Entry], old: str = "", new: str = "") -> tuple[str, str]:
    """Return the keys of two scans to choose first: what is given, else the newest, and the last of its site before."""
    newest = next((entry for entry in entries if entry.key == new), entries[0] if entries else None)
    if newest is None:
        return old, new
    others = [entry for entry in entries if entry.key != newest.key]
    alike = [each for each in others if each.scan and newest.scan and each.scan.start_urls == newest.scan.start_urls]
    before = next((entry.key for entry in [*alike, *others]), "")
    return old or before, newest.key


def _read(old: Entry, new: Entry) -> Comparison:
    with (
        opened(old.folder) as (before, before_id),
        opened(new.folder) as (now, now_id),
        before.connect() as then,
        now.connect() as since,
    ):
        return read(then, before_id, since, now_id)
