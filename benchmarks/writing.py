"""How soon the Write screen of `curbcut serve` shows its marks, in a real browser."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Page, sync_playwright

from crawler.browsers import find_browser, launch_arguments

WORDS = 1_000
KEYS, WARM_KEYS = 15, 3
SENTENCE = "In order to utilise service {n}, the applicant is required to furnish form {n} prior to the {n}th of May."
SENTENCES_A_PARAGRAPH = 5

CLOCK = """
(() => {
  let times = {}, marked = null;
  const afterPaint = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel(); // a task behind the frame: what changed before it is on the screen
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  });
  window.curbcutNextMarks = () => {
    times = { requests: 0 };
    return new Promise((resolve) => { marked = resolve; });
  };
  const real = window.fetch;
  window.fetch = (...given) => {
    times.asked = performance.now();
    times.requests += 1;
    return real(...given);
  };
  addEventListener("keydown", (event) => { times.pressed = event.timeStamp; }, true);
  addEventListener("input", () => afterPaint((now) => { times.typed = now; }));
  addEventListener("DOMContentLoaded", () => {
    const news = new MutationObserver(() => afterPaint((now) => marked?.({ ...times, marked: now })));
    news.observe(document.getElementById("panel"), { childList: true }); // is written in one go with the marks
  });
})();
"""


@dataclass(frozen=True, slots=True)
class Wait:
    """Medians in milliseconds: from a key to its letter, from a key to the marks, from the pause's end to the marks."""

    letter_ms: float
    key_ms: float
    pause_ms: float
    marks: int


def clumsy_text(words: int) -> str:
    """Return a text of at least so many words in paragraphs, none like another, with hints in each."""
    a_paragraph = len(SENTENCE.split()) * SENTENCES_A_PARAGRAPH
    numbers = range(0, SENTENCES_A_PARAGRAPH * -(-words // a_paragraph), SENTENCES_A_PARAGRAPH)
    paragraphs = (" ".join(SENTENCE.format(n=n + k) for k in range(SENTENCES_A_PARAGRAPH)) for n in numbers)
    return "# Fees\n\n" + "\n\n".join(paragraphs) + "\n"


def waits(*sizes: int) -> list[Wait]:
    """Return for texts of so many words how long each thing took, in `curbcut serve` and a browser of their own."""
    found = find_browser(None)
    with _app() as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.path, args=list(launch_arguments(found)))
        try:
            page = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=origin).new_page()
            page.add_init_script(CLOCK)
            return [measure(page, words) for words in sizes]
        finally:
            browser.close()


def measure(page: Page, words: int, keys: int = KEYS) -> Wait:
    """Type single letters into a text of so many words on the Write screen of a page that has the `CLOCK`.

    Each letter is typed when the marks of the last one are there. RuntimeError where one led to more than one request.
    """
    page.goto("/write")
    text = page.get_by_label("Your text")
    next_marks(page, lambda: text.fill(clumsy_text(words)))
    text.evaluate("field => field.setSelectionRange(40, 40)")
    times = [next_marks(page, lambda: page.keyboard.press("a")) for _ in range(WARM_KEYS + keys)][WARM_KEYS:]
    if any(one["requests"] != 1 for one in times):
        raise RuntimeError("A letter led to more than one request")
    return Wait(
        median(one["typed"] - one["pressed"] for one in times),
        median(one["marked"] - one["pressed"] for one in times),
        median(one["marked"] - one["asked"] for one in times),
        page.locator(".under mark").count(),
    )


def next_marks(page: Page, act: Callable[[], None]) -> dict[str, float]:
    """Do something that changes the text, and return the times of the marks that follow."""
    page.evaluate("() => { window.curbcutWaited = curbcutNextMarks() }")
    act()
    times: dict[str, float] = page.evaluate("window.curbcutWaited")
    return times


@contextmanager
def _app() -> Iterator[str]:
    """Run `curbcut serve` on a folder of its own, and yield its address."""
    with tempfile.TemporaryDirectory(prefix="curbcut-bench-") as folder:
        command = [sys.executable, "-m", "cli.main", "serve", "--port", "0", "--folder", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603 - our own program
            assert process.stdout is not None  # noqa: S101 - asked for
            try:
                for line in process.stdout:
                    found = re.search(r"http://127\.0\.0\.1:\d+", line)
                    if found:
                        yield found.group()
                        break
                else:
                    raise RuntimeError("curbcut serve printed no address")
            finally:
                process.terminate()
