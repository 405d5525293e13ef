"""Timers of a page run when they are told to, and only those that are still set."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from checks.live import LivePage
from checks.probes._timed_changes import timed_changes

LookAt = Callable[[str, Callable[[LivePage], Awaitable[Any]]], tuple[str, Any]]

PAGE = """<p id="said"></p><script>
  const say = (word) => { said.textContent += word; };
  setInterval(say, 40000, "a");
  (function again() { setTimeout(() => { say("b"); again(); }, 50000); })();
  setTimeout("say('c')", 45000);
  clearInterval(setInterval(say, 41000, "d"));
  clearTimeout(setTimeout(say, 41000, "e"));
  setTimeout(say, 3600000, "f");
</script>"""
SAID = """async () => {
  await new Promise((done) => setTimeout(done, 50));
  return document.querySelector("#said").textContent;
}"""


@pytest.mark.browser
def test_timers_that_are_set_run_without_their_wait(look_at: LookAt) -> None:
    async def visit(live: LivePage) -> list[Any]:
        seen: list[Any] = [sorted(await live.timers())]
        for waits in ([40000], [45000, 50000], [45000, 50000]):
            await live.run_timers(waits)
            seen.append(await live.evaluate(SAID))
        return [*seen, sorted(await live.timers())]

    _, seen = look_at(PAGE, visit)
    first, *said, last = seen
    assert first == [40000, 45000, 50000]
    assert [said[0], sorted(said[1]), sorted(said[2])] == ["a", ["a", "b", "c"], ["a", "b", "b", "c"]]
    assert last == [40000, 50000]  # what runs once is used up


OPTIONS = {"all": 1_000, "most": 10, "small": 256, "words": ["stop"]}
LEAVES = """<p id="said">Here</p><script>
  setInterval(() => { location.href = "/away/"; }, 40000);
  navigation.addEventListener("navigateerror", () => { document.title = "Stayed"; });
</script>"""
GO = '() => { location.hash = "#said"; location.assign("/away/"); }'


@pytest.mark.browser
def test_a_timer_that_leaves_the_page_does_not_and_later_the_page_is_free_again(look_at: LookAt) -> None:
    async def visit(live: LivePage) -> tuple[Any, str, str, str]:
        address = live.url
        timed = await timed_changes(live, OPTIONS)
        title, here = await live.evaluate("() => document.title"), live.url
        await live.evaluate(GO)
        await live.pause(0.3)
        return timed.has_changed, title, here.removeprefix(address), live.url.rpartition("/")[0][-5:]

    _, seen = look_at(LEAVES, visit)
    assert seen == (False, "Stayed", "", "/away")
