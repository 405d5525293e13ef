"""Checks a page that somebody else's browser shows: Playwright's page or Selenium's driver, in the middle of a test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checks.model import EngineScript, Finding
from checks.standards import profile
from crawler.config import Limits
from crawler.errors import SiteError
from crawler.render.capture import page_from
from crawler.render.script import page_options, page_script
from scan.errors import UsageError
from scan.judge import Judge, engine_scripts
from scan.settings import load

FRAMES = 50
_ELSEWHERE = "http://localhost/"
"""Stands for a page without an address of the web, such as one made by `set_content`."""

_SELENIUM = """const [options, done] = arguments;
Promise.resolve((SCRIPT)(options)).then(done, (error) => done({ failed: String(error) }));"""


def check_live(page: Any, profile_id: str = "") -> list[Finding]:
    """Return what is found on a live page now, barriers first. Keys, pointer and window sizes are left alone.

    `page` is a page of Playwright's synchronous API or a Selenium WebDriver. Raises UsageError for anything else, and
    when the page cannot be read.
    """
    settings = load({"only": "wcag", **({"profile": profile_id} if profile_id else {})})
    chosen = profile(settings.profile)
    engines = engine_scripts(settings, chosen)
    limits = Limits()
    script, options = page_script(engines), page_options(engines, limits)
    if hasattr(page, "execute_async_script"):
        address, raw = page.current_url, _with_selenium(page, engines, script, options, limits)
    elif hasattr(page, "frames") and hasattr(page, "evaluate"):
        address, raw = page.url, _with_playwright(page, engines, script, options)
    else:
        raise UsageError("Give a page of Playwright's synchronous API or a Selenium WebDriver.")
    if not isinstance(raw, dict) or "failed" in raw:
        raise UsageError(f"The page could not be read: {raw.get('failed') if isinstance(raw, dict) else raw!r}")
    if not address.startswith(("http://", "https://")):
        address = raw["url"] = _ELSEWHERE
    try:
        captured, _ = page_from(raw, address=address, status=200, limits=limits)
    except SiteError as error:
        raise UsageError(f"The page could not be read: {error.detail}") from error
    found = Judge(settings, chosen, 0, set()).judge(captured).findings
    return sorted(found, key=lambda finding: finding.outcome, reverse=True)  # "failed" sorts last


def _with_playwright(page: Any, engines: tuple[EngineScript, ...], script: str, options: dict[str, Any]) -> Any:
    for frame in page.frames[:FRAMES]:
        for engine in engines:
            done = frame.evaluate(f"() => {{ {engine.init}\n }}")
            if hasattr(done, "__await__"):
                done.close()
                raise UsageError("This page is of Playwright's asynchronous API; give one of its synchronous API.")
    return page.evaluate(script, options)


def _with_selenium(
    driver: Any, engines: tuple[EngineScript, ...], script: str, options: dict[str, Any], limits: Limits
) -> Any:
    for _ in _frames(driver):
        for engine in engines:
            driver.execute_script(engine.init)
    before = driver.timeouts.script
    driver.set_script_timeout(limits.page_s)
    try:
        return driver.execute_async_script(_SELENIUM.replace("SCRIPT", script), options)
    finally:
        driver.set_script_timeout(before)


def _frames(driver: Any) -> Iterator[None]:
    """Yield in the top document and then in each frame of it, and end in the top document."""
    driver.switch_to.default_content()
    yield
    for frame in driver.find_elements("css selector", "iframe, frame")[:FRAMES]:
        driver.switch_to.frame(frame)
        yield
        driver.switch_to.default_content()
