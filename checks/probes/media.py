"""Listens to what plays by itself, for how long, and tries the page's controls on it.

Sound that a script plays without an element in the page (`new Audio()`) is not seen.
"""

from __future__ import annotations

from typing import Any

from checks.live import LiveError, LivePage
from checks.probe import Probe, Probed
from checks.probes._controls import CONTROLS_JS, MOST_CONTROLS, MOST_ELEMENTS, WAIT_MS, stopping_words

probe = Probe(__name__, title="Listens to what plays by itself", spoils=False, order=20)

MOST_MEDIA = 10
LISTEN_S = 1.0
"""Time in which sound is measured; speech seldom pauses for longer."""

LOAD_S = 3.0
"""Time in which media must have begun to arrive; those that have not are left out."""

LONG_S = 3.0
"""Sound up to this long needs no control (WCAG 1.4.2)."""

WATCHED_S = 3.5
"""What seems to be without a control must still play after this, so that a script has had its time to stop it."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note each audio and video element that plays by itself, and the control that stops it.

    The page is opened anew when its controls were tried.
    """
    options: dict[str, Any] = {
        "all": MOST_ELEMENTS,
        "most": MOST_MEDIA,
        "listen": LISTEN_S * 1000,
        "load": LOAD_S * 1000,
    }
    if await live.evaluate(_IS_HELD_BACK, options):
        await live.press("Shift")  # a browser may hold sound back until the person has touched the page
    listened = await live.evaluate(_LISTEN, options)
    heard: list[dict[str, Any]] = listened["heard"]
    n_left = int(listened["left"])
    notes = (f"{n_left} more players were not listened to.",) if n_left else ()
    unclear = [entry for entry in heard if _needs_a_control(entry["data"])]
    if not unclear:
        return Probed({"playing": heard}, notes=notes)
    await live.pause(WATCHED_S - LISTEN_S)
    await live.hold_network(True)
    try:
        for entry in unclear:
            entry["data"].update(await _try_controls(live, entry["target"]))
    finally:
        await live.reload()
    return Probed({"playing": heard}, notes=notes)


def _needs_a_control(data: dict[str, Any]) -> bool:
    return bool(data["isAudible"] and data["lasts"] > LONG_S and not data["hasControls"])


async def _try_controls(live: LivePage, target: list[str]) -> dict[str, Any]:
    address = live.url
    options = {
        "target": target,
        "words": stopping_words(),
        "all": MOST_ELEMENTS,
        "most": MOST_CONTROLS,
        "wait": WAIT_MS,
    }
    try:
        tried: dict[str, Any] = await live.evaluate(_TRY, options)
    except LiveError:
        return {"lostPage": True}
    return tried if live.url == address else {"lostPage": True}


_IS_HELD_BACK = (
    """({ all }) => allElements(all).some((m) => m.matches("audio[autoplay], video[autoplay]") && m.paused)"""
)

_LISTEN = """async ({ all, most, listen, load }) => {
  const FOR_EVER_S = 1e6;
  const [QUIET_BYTES, LOUD_BYTES, HEARD] = [500, 4000, 0.002]; // compressed silence takes some 250 bytes a second
  const media = allElements(all).filter((element) => element.localName === "audio" || element.localName === "video");
  const starting = media.filter((m) => m.autoplay || !m.paused);
  const playing = starting.slice(0, most);
  const left = starting.slice(most).filter((m) => !m.muted && m.volume > 0).length;
  if (!playing.some((m) => !m.muted && m.volume > 0)) return { heard: [], left };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  for (const m of playing) if (m.paused && m.autoplay && m.currentTime === 0) m.play().catch(() => {});
  const isComing = (m) => !m.muted && !m.error && m.isConnected && (m.readyState < m.HAVE_FUTURE_DATA || m.currentTime === 0);
  for (const end = performance.now() + load; performance.now() < end && playing.some(isComing);) await pause(40);
  const ear = (m) => {
    try {
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      context.createMediaStreamSource(m.captureStream()).connect(analyser);
      return { context, analyser, samples: new Float32Array(analyser.fftSize), peak: 0 };
    } catch { return null; } // of another origin, or not loaded yet
  };
  const ears = playing.map((m) => m.muted ? null : ear(m));
  const before = playing.map((m) => [m.webkitAudioDecodedByteCount || 0, m.currentTime]);
  const isOwed = (m, index) => !m.paused && !m.muted && (m.currentTime - before[index][1]) * 1000 < listen;
  const [soonest, latest] = [performance.now() + listen, performance.now() + listen + load]; // a busy machine plays late
  while (performance.now() < soonest || (performance.now() < latest && playing.some(isOwed))) {
    await pause(40);
    for (const one of ears) {
      if (!one) continue;
      one.analyser.getFloatTimeDomainData(one.samples);
      for (const sample of one.samples) one.peak = Math.max(one.peak, Math.abs(sample));
    }
  }
  for (const one of ears) if (one) one.context.close();
  const heard = playing.flatMap((m, index) => {
    if (m.muted || m.volume === 0 || !m.duration) return [];
    const [bytes, time] = before[index];
    const played = m.currentTime - time;
    const rate = played > 0.2 ? ((m.webkitAudioDecodedByteCount || 0) - bytes) / played : (m.webkitAudioDecodedByteCount || 0);
    const part = /[#&]t=(?:npt:)?([0-9.:]*)(?:,([0-9.:]+))?/.exec(m.currentSrc) || [];
    const seconds = (text) => (text || "").split(":").reduce((sum, piece) => 60 * sum + (Number(piece) || 0), 0);
    const end = part[2] ? Math.min(seconds(part[2]), m.duration) : m.duration;
    const lasts = m.loop || !Number.isFinite(m.duration) ? FOR_EVER_S : Math.max(0, end - seconds(part[1]));
    const isHeard = ears[index] !== null && ears[index].peak > HEARD;
    if (rate < QUIET_BYTES && !isHeard) return [];
    return [seen(m, { isAudible: true, isCertain: isHeard || (ears[index] === null && rate > LOUD_BYTES), lasts,
      hasControls: m.controls && m.localName === "audio" || m.controls && isSeen(m), isPlaying: !m.paused, loops: m.loop })];
  });
  return { heard, left };
}"""  # noqa: E501  JavaScript

_TRY = (
    "async ({ target, words, all, most, wait }) => {"
    + CONTROLS_JS
    + """
  const media = elementAt(target);
  if (!media) return { stoppedItself: true };
  const isQuiet = () => media.paused || media.muted || media.volume === 0 || !media.isConnected;
  if (isQuiet()) return { stoppedItself: true };
  const found = buttonsOf(all);
  const distance = (button) => { let steps = 0; for (let n = media; n && !n.contains(button); n = n.parentElement) steps++; return steps; };
  const ranked = found.map((button) => [saysOneOf(nameOf(button), words) ? 0 : 1, distance(button), button])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((entry) => entry[2]);
  for (const button of ranked.slice(0, most)) {
    const name = nameOf(button); // now: many a button changes its name when it is pressed
    button.click();
    await pause(wait);
    if (isQuiet()) return { control: { name, isHidden: isKeptFromAt(button), hasPicture: hasPicture(button) } };
  }
  const sliders = allElements(all).filter((element) => element.matches("input[type=range], [role=slider]") && isSeen(element));
  return { control: null, leftOut: Math.max(0, ranked.length - most) + sliders.length };
}"""  # noqa: E501  JavaScript
)
