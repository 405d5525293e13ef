"""The scripts that run axe-core in a page: one installed before the page's own, one evaluated when it has settled."""

from __future__ import annotations

import importlib.util
import json
import re
import secrets
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

AXE_PACKAGE = "axe_playwright_python"
AXE_FILE = "axe.min.js"
_VERSION = re.compile(r"axe\.version\s*=\s*[\"'](\d+\.\d+\.\d+[\w.-]*)[\"']")
_MIN_MAJOR = 4

# Bounds of one run, in one page.
MAX_NODES_PER_RULE = 200  # elements told of, a rule and outcome; the rest is counted
MAX_RESULT_CHARS = 4_000_000
FRAME_PING_WAIT_MS = 1_000  # a frame without our script (sandboxed, an error page) never answers
FRAME_RESULT_WAIT_MS = 15_000
MEDIA_WAIT_MS = 3_000

# Where a page's copy of axe is kept. New in every process, so that no page can be written to look for it.
_HANDLE = f"_{secrets.token_hex(8)}"
_TOKEN = secrets.token_hex(16)


class AxeScriptError(ValueError):
    """The file given as axe-core is not one that we can run."""


def source(path: Path | None = None) -> str:
    """Return the axe-core script: the bundled one, or the file at `path` (`--axe-script`).

    Raises `AxeScriptError`, whose message says what to do, for a file that is missing, unreadable or not axe-core 4.
    """
    file = path or _bundled()
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AxeScriptError(
            f"Cannot read {file} as axe-core: {error}. Give the path of an axe.min.js file."
        ) from error
    version(text)
    return text


def version(script: str) -> str:
    """Return the version that an axe-core script says it is, such as `4.12.1`; `AxeScriptError` when it is none."""
    found = _VERSION.search(script)
    if not found or ("axe._load" not in script and "._load=" not in script):
        raise AxeScriptError("This file is not axe-core. Give the axe.min.js of an axe-core release (4.x).")
    if int(found[1].split(".")[0]) < _MIN_MAJOR:
        raise AxeScriptError(f"axe-core {found[1]} is too old. Give the axe.min.js of version {_MIN_MAJOR} or newer.")
    return found[1]


@cache
def bundled_version() -> str:
    """Return the version of the axe-core script that is used when none is given."""
    return version(source())


def init_script(script: str) -> str:
    """Return JavaScript that readies one frame, to be installed in every frame before any script of the page.

    For Playwright's `add_init_script`, or CDP's `Page.addScriptToEvaluateOnNewDocument`; it also works later, written
    to a file for `axe_selenium_python.Axe(driver, script_url=...)`. It leaves no `window.axe` behind.
    """
    handle, token = json.dumps(_HANDLE), json.dumps(_TOKEN)
    return f"""(() => {{
if (Object.prototype.hasOwnProperty.call(window, {handle})) return;
{_js("guard.js")}
{_js("messenger.js")}
{describe_script()}
{_js("compact.js")}
{_js("colours.js")}
const guard = makeGuard(window);
const before = Object.getOwnPropertyDescriptor(window, "axe");
const hadCoreJs = "__core-js_shared__" in window;
(function (module, define, exports) {{
{script}
}}).call(window);
const axe = window.axe;
if (before) Object.defineProperty(window, "axe", before); else delete window.axe;
if (!hadCoreJs) delete window["__core-js_shared__"];
const messenger = makeMessenger(window, {token}, guard);
axe.configure({{ branding: {{ application: "curbcut" }}, allowedOrigins: ["<unsafe_all_origins>"], noHtml: true }});
axe.frameMessenger(messenger.axeMessenger);
describeInFrames(axe);
rememberColours(axe);
async function run(options) {{
  guard.heal();
  try {{
    messenger.listen(); // document.open() takes listeners away
    for (const frame of document.querySelectorAll("iframe, frame")) {{
      try {{ frame.contentWindow[{handle}].listen(); }} catch {{ /* another origin, or not ready */ }}
    }}
    return await runCompact(axe, options, {{ stuck: guard.stuck }});
  }} catch (error) {{
    return JSON.stringify({{ error: String(error) }});
  }} finally {{
    guard.restore();
  }}
}}
const handle = Object.freeze({{ run, listen: messenger.listen }});
Object.defineProperty(window, {handle}, {{ value: handle }});
}})();
"""


@cache
def run_script() -> str:
    """Return the text of an async JavaScript function to evaluate in the top frame with `run_options(...)`.

    It resolves to JSON text for `normalise`, and never rejects while its page lives. Where `init_script` was not
    installed it uses the page's `window.axe`, so it also serves axe injected plainly. With Selenium:
    `execute_async_script(f"({run_script()})(arguments[0]).then(arguments[1])", options)`.
    """
    return f"""async (options) => {{
const handle = Object.getOwnPropertyDescriptor(window, {json.dumps(_HANDLE)});
if (handle) return handle.value.run(options);
{describe_script()}
{_js("compact.js")}
if (!window.axe || typeof window.axe.run !== "function") {{
  return JSON.stringify({{ error: "axe-core is not in the page" }});
}}
describeInFrames(window.axe);
return runCompact(window.axe, options, {{}});
}}"""


def run_options(tags: Iterable[str], *, max_nodes: int = MAX_NODES_PER_RULE) -> dict[str, Any]:
    """Return the options for `run_script()`: which rules, by axe tags, and the bounds of a run."""
    return {
        "tags": list(tags),
        "maxNodes": max_nodes,
        "maxChars": MAX_RESULT_CHARS,
        "pingWaitMs": FRAME_PING_WAIT_MS,
        "frameWaitMs": FRAME_RESULT_WAIT_MS,
        "mediaWaitMs": MEDIA_WAIT_MS,
    }


def _bundled() -> Path:
    spec = importlib.util.find_spec(AXE_PACKAGE)
    if spec is None or spec.origin is None:
        raise AxeScriptError(f"The Python package {AXE_PACKAGE} is missing. Install Curbcut again.")
    return Path(spec.origin).with_name(AXE_FILE)


@cache
def describe_script() -> str:
    """Return the JavaScript that describes elements: `describe(element)` and what it needs."""
    return (resources.files("checks") / "describe.js").read_text(encoding="utf-8")


@cache
def _js(name: str) -> str:
    return (resources.files("checks.engines.axe") / name).read_text(encoding="utf-8")
