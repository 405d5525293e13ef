"""Reads the page's own scripts for timers that lead elsewhere. Scripts in files of their own are not read."""

from __future__ import annotations

import re
from typing import Any

from checks.live import LivePage
from checks.probe import Probe, Probed

probe = Probe(__name__, title="Reads timers in the page's scripts", spoils=False, order=5)

MOST_SCRIPTS = 20
MOST_CHARS = 20_000
"""Characters read of each script; longer ones are data or whole programs."""

MOST_TIMERS = 5
SOON_MS = 1_000
"""A timer up to this long is a redirect, which nobody could read anything before."""

LONG_MS = 20 * 60 * 60 * 1_000
"""Time limits over twenty hours are free (WCAG 2.2.1)."""

_LEAVES = (
    r"(?:(?:window|document|top|self|parent)\.)?location(?:\.href)?\s*=(?!=)"
    r"|location\.(?:assign|replace|reload)\(|\.(?:logout|signOut|logOut)\("
)
_TIMER = re.compile(
    rf"\bset(?P<kind>Timeout|Interval)\(\s*(?P<body>[^;]{{0,120}}?(?:{_LEAVES})[^;]{{0,200}}?;?\s*\}}?)\s*[\"'`]?"
    r"\s*,\s*(?P<ms>\d[\d_]{0,9}(?:\s*\*\s*\d[\d_]{0,6}){0,3}|\d(?:\.\d)?e\d)\s*\)"
)


@probe.run
async def look(live: LivePage) -> Probed:
    """Note the timers whose own function opens another page, with the time they wait."""
    scripts: list[str] = await live.evaluate(_SCRIPTS, {"most": MOST_SCRIPTS, "chars": MOST_CHARS})
    found = [timer for text in scripts for timer in timers(text)][:MOST_TIMERS]
    if not found:
        return Probed({"timers": []})
    page: dict[str, Any] = await live.evaluate("() => seen(document.body)")
    return Probed({"timers": [{**page, "data": timer} for timer in found]})


def timers(script: str) -> list[dict[str, Any]]:
    """Return the timers of a script that lead elsewhere after more than a moment: their seconds and what they do."""
    found = []
    for match in _TIMER.finditer(script):
        wait_ms = 1.0
        for factor in match["ms"].replace("_", "").split("*"):
            wait_ms *= float(factor)
        if SOON_MS < wait_ms <= LONG_MS:
            found.append({"seconds": round(wait_ms / 1000), "does": _what(match["body"])})
    return found


def _what(body: str) -> str:
    """Return the part of a timer's function that leaves the page, as evidence."""
    leaving = re.search(rf"(?:{_LEAVES})[^;{{}}]*", body)
    return " ".join(leaving[0].split())[:100] if leaving else ""


_SCRIPTS = """({ most, chars }) => [...document.scripts].filter((s) => !s.src && /^$|javascript|module/.test(s.type))
  .slice(0, most).map((s) => cut(s.textContent, chars)).filter((text) => /set(Timeout|Interval)/.test(text))"""
