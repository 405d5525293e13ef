"""Runs a page's slow timers without their wait, and notes what they change again and again.

What changes every five seconds would have to be watched for half a minute. The page's own timers are run a few times
instead, with the network held, so that no timer that reports or asks for something reaches a server more often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checks.live import LivePage
from checks.probes._moving import MOVING_JS

MOST_WAITS = 6
"""Different waits of timers that are tried, the shortest first."""

QUICK_MS = 2_100
"""What changes so often changes at least twice while a page is watched; it is not hurried."""

ROUNDS = 4
LEAST_ROUNDS = 3
"""Rounds in which a part must have changed: one that changes once only tells something that has happened."""

ANSWER_S = 0.2
SETTLE_S = 0.7
"""Time for a change to take place: slides and fades take about 0.6 s, and many do not start a second one meanwhile."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What timers changed: `moving` as the probe `movement` notes it. `is_quick`: something changes every moment.

    `before` and `after` are pictures of the window from before the first change and from after it.
    `has_changed`: the page is no longer as it was opened.
    """

    moving: Sequence[Any] = ()
    is_quick: bool = False
    has_changed: bool = False
    before: bytes = b""
    after: bytes = b""


async def timed_changes(live: LivePage, options: Mapping[str, Any]) -> Timed:
    """Run the page's slow timers; note what changes in most rounds, and whether it stops when less motion is asked for.

    `options` are those of `movement`, which has set the page to allow motion; so it is left.
    """
    waits = sorted(await live.timers())[:MOST_WAITS]
    if not waits:
        return Timed()
    before = await live.screenshot()
    await live.hold_network(True)
    try:
        await live.evaluate(_WATCH_FOR, options["all"])
        if not await _run(live, waits, ANSWER_S):
            return Timed(has_changed=bool(await live.evaluate(_ANYTHING)))
        await live.pause(SETTLE_S)
        after = await live.screenshot()
        is_quick, slow = False, []
        for wait in waits:
            n_changed = 0
            for _ in range(ROUNDS):
                if wait <= QUICK_MS and n_changed:
                    break
                if not await _run(live, [wait], SETTLE_S):
                    break
                n_changed += 1
            if wait <= QUICK_MS:
                is_quick = is_quick or n_changed > 0
            elif n_changed >= LEAST_ROUNDS:
                slow.append(wait)
        await live.media(prefers_reduced_motion="reduce")
        stopped = [wait for wait in slow if not await _run(live, [wait], SETTLE_S)]
        await live.media(prefers_reduced_motion="no-preference")
        found = await live.evaluate(_CHANGED, {**options, "waits": slow, "stopped": stopped, "least": LEAST_ROUNDS})
    finally:
        await live.hold_network(False)
    return Timed(found, is_quick, True, before, after)


async def _run(live: LivePage, waits: Sequence[float], answer_s: float) -> bool:
    """Run timers once; return whether something that people see has changed."""
    await live.evaluate(_NEXT_ROUND, waits[0] if len(waits) == 1 else None)
    await live.run_timers(waits)
    await live.pause(answer_s)
    return bool(await live.evaluate(_HAS_CHANGED))


_WATCH_FOR = """(all) => {
  const timed = globalThis.curbcutTimed = { wait: null, isChanged: false, isTouched: false, rounds: new Map() };
  // A part, and what changes in its parts: of a row of slides, one goes and another comes.
  const add = (e, child) => {
    const own = timed.rounds.get(e) || timed.rounds.set(e, { wait: timed.wait, all: [], own: new Set(), children: new Set(), texts: new Set() }).get(e);
    if (own.wait !== timed.wait) return; // another timer's
    if (child) own.children.add(child); else own.own.add(timed.round);
    if (!own.all.includes(timed.round)) own.all.push(timed.round);
  };
  timed.note = (records) => {
    for (const record of records) {
      const e = record.target.nodeType === 1 ? record.target : parentOf(record.target) || record.target.host;
      if (!e || e === document.body || e === document.documentElement || e.closest("head, script, style")) continue;
      timed.isTouched = true;
      if (record.type === "attributes" && record.oldValue === e.getAttribute(record.attributeName)) continue;
      const parent = parentOf(e);
      const isPart = parent && parent !== document.body && parent !== document.documentElement;
      if (!isSeen(e) && !(isPart && isSeen(parent))) continue;
      timed.isChanged = true;
      if (timed.wait === null) continue;
      add(e);
      if (isPart && record.type === "attributes") add(parent, e);
    }
  };
  timed.observer = new MutationObserver(timed.note);
  const options = { subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true,
    attributeFilter: ["style", "class", "src", "srcset", "hidden", "aria-hidden", "transform", "data-active"] };
  timed.observer.observe(document.documentElement, options);
  for (const { shadowRoot } of allElements(all)) if (shadowRoot) timed.observer.observe(shadowRoot, options);
  // Navigations that a timer begins do not take place.
  const ending = new AbortController();
  globalThis.navigation?.addEventListener("navigate", (event) => {
    if (event.cancelable && !event.destination.sameDocument) event.preventDefault();
  }, { signal: ending.signal });
  timed.end = () => { timed.observer.disconnect(); ending.abort(); };
}"""  # noqa: E501  JavaScript

_NEXT_ROUND = """(wait) => {
  const timed = globalThis.curbcutTimed;
  timed.note(timed.observer.takeRecords());
  timed.round = (timed.round || 0) + 1;
  timed.wait = wait;
  timed.isChanged = false;
}"""

_HAS_CHANGED = """() => {
  const timed = globalThis.curbcutTimed;
  timed.note(timed.observer.takeRecords());
  for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  for (const [e, own] of timed.rounds)
    if (own.all.at(-1) === timed.round) own.texts.add(cut((e.innerText || "").trim(), 300));
  return timed.isChanged;
}"""

_ANYTHING = "() => { curbcutTimed.end(); return curbcutTimed.isTouched; }"

_CHANGED = (
    "({ all, most, small, words, waits, stopped, least }) => {"
    + MOVING_JS
    + """
  const timed = globalThis.curbcutTimed;
  timed.end();
  const changed = [...timed.rounds].filter(([e, own]) => waits.includes(own.wait) && own.all.length >= least
    && (own.own.size >= least || own.children.size > 1) && e.isConnected && isSeen(e) && big(e) && !isBusy(e));
  const area = ([e]) => { const box = e.getBoundingClientRect(); return box.width * box.height; };
  const holds = (outer, e) => { // across shadow roots, too
    for (let node = e; node; node = parentOf(node)) if (node === outer) return true;
    return false;
  };
  const around = (e) => { // what holds the slides and what belongs to them: the dots that tell which one is shown
    let outer = e;
    for (let steps = 0; steps < 2 && outer.parentElement && !/^(body|main)$/.test(outer.parentElement.localName); steps++) outer = outer.parentElement;
    return outer;
  };
  const frameAround = (e) => { // what cuts off the slides that wait: there people see the change
    for (let node = e.parentElement; node && node !== document.body; node = node.parentElement)
      if (getComputedStyle(node).overflowX !== "visible") return node;
    return e;
  };
  const kept = [];
  const larger = (one, other) => area(other) - area(one) || (holds(one[0], other[0]) ? -1 : 1);
  for (const one of changed.sort(larger))
    if (!kept.some(([e, own]) => holds(e, one[0]) || own.wait === one[1].wait && holds(around(e), one[0]))) kept.push(one);
  return kept.slice(0, most).map(([e, own]) => ({ ...withControl(e, { kind: "timer", seconds: Math.round(own.wait / 100) / 10,
    changes: own.all.length, until: Math.round(own.wait * own.all.length), texts: own.texts.size, sayings: sayingsOf(own.texts),
    grows: own.texts.size > 1 && isGrowing(own.texts), text: (e.innerText || "").trim().length,
    stopsWhenReduced: stopped.includes(own.wait), isTimer: Boolean(e.closest("[role=timer], [role=log]")) }),
    box: boxOf(frameAround(e)) }));
}"""  # noqa: E501  JavaScript
)
