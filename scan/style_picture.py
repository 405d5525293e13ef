"""Opens pages in a browser for `curbcut style`: one picture of each, with the places that findings are about."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, urlsplit

from checks.live import LiveError, LivePage
from crawler.addresses import private_hosts
from crawler.config import CrawlConfig, Limits
from crawler.errors import BrowserUnusableError, CrawlError, SiteError
from crawler.one_tab import one_tab
from crawler.render.capture import Renderer
from crawler.render.whole import Box, Wanted, WholePage, take
from reports.style.model import Outlined, PagePicture, ShownBlock, StyleText
from scan.drafts import Opened
from scan.folder_server import serve_folder
from scan.style import PICTURED_KINDS
from scan.version import VERSION
from styleguide.input import DraftFormat

MAX_PICTURES = 10
"""Pages of one call that are pictured: each picture is up to 2 MB of the one HTML file."""

MAX_OUTLINES = 80
"""Outlines on one picture; more would hide the page."""

LACKS_STYLE = "A style sheet of the page did not load, so the picture lacks it. Name a built site's folder or address."
PICTURE_S = 60.0
"""For one page, from its address to its picture."""

NO_BROWSER = "no browser could be used"


class _NoPictureError(Exception):
    """A text gets no picture; the message says why."""


class StylePictures:
    """The pictures of one call: a browser that starts at the first page. Use it in a `with` block.

    `targets` are what the user named: a file's folder is served while its page is open, and only a host that was named
    may be private.
    """

    def __init__(self, targets: Iterable[str], browser_path: Path | None = None) -> None:
        self._roots = [Path(target) for target in targets if "://" not in target]
        self._browser_path = browser_path
        self._served = ExitStack()
        self._origins: dict[Path, str] = {}
        self._runner = asyncio.Runner()
        self._started = AsyncExitStack()
        self._renderer: tuple[str, Renderer] | None = None
        self._taken = 0
        self.unusable = ""
        """Why no browser could be used, as far as one was asked for."""

    def __enter__(self) -> StylePictures:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._runner.run(self._started.aclose())
        finally:
            self._runner.close()
            self._served.close()

    def add(self, text: StyleText, opened: Opened) -> StyleText:
        """Return the text with the picture of its page, or with a note that says why there is none."""
        blocks = wanted_blocks(text)
        if opened.draft is None or not blocks:
            return text
        try:
            taken = self._runner.run(self._take(self._address(opened), blocks[:MAX_OUTLINES]))
        except _NoPictureError as error:
            return _without(text, str(error))
        except BrowserUnusableError as error:
            self.unusable = str(error)
            return _without(text, NO_BROWSER)
        except (CrawlError, LiveError) as error:
            detail = error.detail or error.reason if isinstance(error, SiteError) else str(error)
            return _without(text, f"the browser could not show it ({detail})")
        self._taken += 1
        notes = (*text.notes, LACKS_STYLE) if taken.lacks_style else text.notes
        return replace(text, picture=_picture(taken, blocks), notes=notes)

    def _address(self, opened: Opened) -> str:
        """Return where a browser finds the text as a page. Raises _NoPictureError when it is none, or not its turn."""
        is_page = opened.draft is not None and opened.draft.format is DraftFormat.HTML
        if not is_page or (opened.path is None and "://" not in opened.name):
            raise _NoPictureError("only web pages and HTML files have one")
        if self.unusable:
            raise _NoPictureError(NO_BROWSER)
        if self._taken >= MAX_PICTURES:
            raise _NoPictureError(f"{MAX_PICTURES} pages were pictured before this one; name fewer at a time")
        if opened.path is None:
            return opened.name
        root = next((root for root in self._roots if root.is_dir() and root in opened.path.parents), opened.path.parent)
        if root not in self._origins:
            self._origins[root] = self._served.enter_context(serve_folder(root))
        return f"{self._origins[root]}/{quote(opened.path.relative_to(root).as_posix())}"

    async def _take(self, address: str, blocks: Sequence[tuple[ShownBlock, tuple[str, ...]]]) -> WholePage:
        renderer = await self._renderer_for((urlsplit(address).hostname or "").lower())
        wanted = [Wanted(target, block.text, block.kind) for block, target in blocks]

        async def visit(live: LivePage) -> WholePage:
            taken = await take(live, wanted)
            if live.url != address and all(place == "gone" for place in taken.places):
                raise LiveError(f"it sends a browser on to {live.url[:200]}")
            return taken

        return await renderer.look(address, visit, may_open=lambda _: False)

    async def _renderer_for(self, host: str) -> Renderer:
        """Return a browser that may open `host` even on a private network, and no other host there."""
        if self._renderer is not None and self._renderer[0] == host:
            return self._renderer[1]
        await self._started.aclose()
        self._renderer = None
        allowed = await private_hosts({host})
        config = CrawlConfig(
            *((), f"curbcut/{VERSION}"),
            allow_private=allowed,
            browser_path=self._browser_path,
            limits=Limits(look_s=PICTURE_S),
        )
        renderer = await self._started.enter_async_context(one_tab(config))
        self._renderer = (host, renderer)
        return renderer


def wanted_blocks(text: StyleText) -> list[tuple[ShownBlock, tuple[str, ...]]]:
    """Return the headings, links and buttons that have findings, in order, each with the selector path to it."""
    blocks = {block.number: block for block in text.blocks if block.kind in PICTURED_KINDS}
    targets: dict[int, tuple[str, ...]] = {}
    for found in text.findings:
        if found.place.block in blocks and found.finding.target:
            targets.setdefault(found.place.block, found.finding.target)
    return [(blocks[number], target) for number, target in targets.items()]


def _picture(taken: WholePage, blocks: Sequence[tuple[ShownBlock, tuple[str, ...]]]) -> PagePicture:
    outlined, unseen = [], {}
    for (block, _), place in zip(blocks, taken.places, strict=False):
        if isinstance(place, Box):
            outlined.append(Outlined(block.number, *place))
        else:
            unseen[block.number] = str(place)
    unseen |= {block.number: "many" for block, _ in blocks[len(taken.places) :]}
    size = (taken.width, taken.height, taken.page_height)
    return PagePicture(taken.media_type, taken.data, *size, tuple(outlined), unseen)


def _without(text: StyleText, reason: str) -> StyleText:
    return replace(text, notes=(*text.notes, f"No picture of the page: {reason}."))
