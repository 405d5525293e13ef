"""Joins settling, the engines and the snapshot into the one script that is evaluated on each page.

One evaluate a page: every further round trip to the browser costs several milliseconds (DESIGN, decision 3).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from checks.model import EngineScript
from crawler.config import Limits

BLANK = "about:blank"
ERROR_PAGE = "chrome-error:"
"""The scheme of the page that Chromium itself shows where none could be opened."""


@cache
def _source(name: str) -> str:
    return files("crawler.render").joinpath(name).read_text(encoding="utf-8")


def init_script() -> str:
    """Return the script that keeps what a page still waits for, and its slow timers; install it before page scripts."""
    return _source("pending.js") + _source("timers.js")


def page_script(engines: tuple[EngineScript, ...]) -> str:
    """Return the function expression to evaluate on a page; it takes `page_options(...)`."""
    runs = ",\n".join(f'  "{engine.name}": ({engine.run})' for engine in engines)
    return f"""async (options) => {{
  const settle = ({_source("settle.js")});
  const snapshot = ({_source("snapshot.js")});
  const engines = {{
{runs}
  }};
  const cut = await settle(options.settle);
  const results = {{}};
  for (const name of Object.keys(engines)) {{
    try {{ results[name] = await engines[name](options.engines[name]); }}
    catch (error) {{ results[name] = {{ error: String(error && error.message || error).slice(0, 500) }}; }}
  }}
  const captured = snapshot(options.snapshot);
  captured.cut = cut.concat(captured.cut);
  const [navigation] = performance.getEntriesByType("navigation");
  const shown = location.protocol === "{ERROR_PAGE}" ? "" : navigation && navigation.name;
  captured.url = shown || location.href; // the navigation's name is not moved by history.pushState
  captured.status = (navigation && navigation.responseStatus) || 0;
  captured.answered = !navigation || navigation.decodedBodySize > 0 || !navigation.responseStatus;
  captured.engines = results;
  return captured;
}}"""


def settle_script() -> str:
    """Return the function expression that waits for a page as `page_script` does; it takes the option `settle`."""
    return f"({_source('settle.js')})"


def page_options(engines: tuple[EngineScript, ...], limits: Limits) -> dict[str, Any]:
    """Return the options object for `page_script`, in the browser's units (milliseconds, counts)."""
    return {
        "settle": {
            "loadMs": limits.load_s * 1000,
            "settleMs": limits.settle_s * 1000,
            "timersMs": limits.timers_s * 1000,
            "quietMs": limits.quiet_s * 1000,
            "blindQuietMs": limits.blind_quiet_s * 1000,
        },
        "snapshot": {"chars": limits.html_chars, "nodes": limits.nodes, "links": limits.links_per_page},
        "engines": {engine.name: dict(engine.options) for engine in engines},
    }


CUT_SHORT = {
    "load": "The page had not finished loading after {load_s:g} s; it was checked as it stood.",
    "settle": "The page kept changing for {settle_s:g} s after loading; it was checked as it stood.",
    "links": "The page has more than {links_per_page} links; the rest were not followed.",
    "text": "The page is longer than {html_chars} characters; the rest was not read.",
    "nodes": "The page has more than {nodes} elements; the rest were not read.",
    "depth": "The page nests elements very deeply; the deepest levels were read as one.",
    "attributes": "Some very long attributes were shortened.",
}
"""What a reader is told of each bound that was met; filled from the limits."""


def explain_cuts(codes: list[str], limits: Limits) -> tuple[str, ...]:
    """Return one plain sentence for each known code; codes made up by a hostile page are dropped."""
    values = {name: getattr(limits, name) for name in limits.__slots__}
    return tuple(CUT_SHORT[code].format(**values) for code in codes if code in CUT_SHORT)
