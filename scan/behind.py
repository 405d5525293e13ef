"""A page as it stands behind its consent notice: put away without agreeing, again after each time it is opened."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urldefrag

from checks import banner
from checks.live import LiveError, LivePage

DISMISS_S = 10.0
"""The longest that putting a notice away may take."""


class StillThereError(LiveError):
    """The notice is still there: nothing in it refuses or closes it, or the page behind was never seen."""


async def stands_over(live: LivePage) -> str | None:
    """Return the name of the layer over a page (it may be empty), or None when there is none to be seen."""
    found = await asyncio.wait_for(banner.find(live), DISMISS_S)
    return None if found is None else str(found["data"]["name"])


class BehindPage:
    """A live page that is always shown behind its notice: `reload` opens it anew and puts the notice away."""

    def __init__(self, live: LivePage) -> None:
        self._live = live

    def __getattr__(self, name: str) -> Any:
        return getattr(self._live, name)

    async def reload(self) -> None:
        """Open the page anew and put the notice away. Raises StillThereError."""
        await self._live.reload()
        address = urldefrag(self._live.url).url
        try:
            done = await asyncio.wait_for(banner.dismiss(self._live), DISMISS_S)
        except TimeoutError:
            raise StillThereError(f"the notice was not put away after {DISMISS_S:g} s") from None
        if done.how == "left":
            raise StillThereError("no button refuses or closes it, and Escape does not")
        if urldefrag(self._live.url).url != address:
            await self._live.reload()  # the button led elsewhere; the page itself is what we came for
            if await stands_over(self._live) is not None:
                raise StillThereError("its button leads to another page, and the notice comes back")
        await self._live.evaluate(_FROM_THE_TOP)


_FROM_THE_TOP = """() => {
  // The next Tab starts at the top of the page, and not where the notice was.
  const had = document.body.getAttribute("tabindex");
  document.body.setAttribute("tabindex", "-1");
  document.body.focus({ preventScroll: true });
  document.body.blur();
  if (had === null) document.body.removeAttribute("tabindex"); else document.body.setAttribute("tabindex", had);
}"""
