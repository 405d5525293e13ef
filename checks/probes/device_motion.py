"""Shakes and tilts the device by events, and watches whether the page answers; tries the page's buttons after.

Only pages that listen for motion are touched. Events reach them only where the browser allows sensors (https).
"""

from __future__ import annotations

from checks.live import LiveError, LivePage
from checks.probe import Probe, Probed
from checks.probes._controls import CONTROLS_JS, MOST_CONTROLS, MOST_ELEMENTS, WAIT_MS

probe = Probe(__name__, title="Tilts and shakes the device", spoils=False, order=30)

EVENTS = ("devicemotion", "deviceorientation", "deviceorientationabsolute")


@probe.run
async def look(live: LivePage) -> Probed:
    """Note what motion changed, which buttons change the same, and which switch motion off.

    The page is opened anew when it listens for motion.
    """
    heard = sorted({listener.event for listener in await live.listeners(EVENTS)})
    if not heard:
        return Probed({"moved": []})
    address = live.url
    await live.hold_network(True)
    options = {"all": MOST_ELEMENTS, "most": MOST_CONTROLS, "wait": WAIT_MS}
    try:
        moved = await live.evaluate(_MOVE, options)
        if live.url != address:
            raise LiveError("the page went away when the device was moved")
    finally:
        await live.reload()
    return Probed({"moved": moved})


_MOVE = (
    "async ({ all, most, wait }) => {"
    + CONTROLS_JS
    + """
  if (typeof DeviceMotionEvent === "undefined" || typeof DeviceOrientationEvent === "undefined") return [];
  // What people can perceive of the page, element by element: own text, value, and how it looks.
  const stateOf = (element) => [[...element.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(""),
    element.value, element.checked, element.getAttribute("style"), element.getAttribute("class"), element.hidden, element.src].join("|");
  const picture = () => new Map(allElements(all).filter((e) => document.body.contains(e)).map((e) => [e, stateOf(e)]));
  const changes = (before, after) => [...after].filter(([e, state]) => before.get(e) !== state).map(([e]) => e)
    .concat([...before.keys()].filter((e) => !after.has(e)));
  const tilt = async (sign) => {
    const rate = { alpha: 60 * sign, beta: 60 * sign, gamma: 60 * sign };
    const push = { x: 25 * sign, y: 25 * sign, z: 25 * sign };
    const angles = { alpha: 45 + 45 * sign, beta: 60 * sign, gamma: 60 * sign };
    window.dispatchEvent(new DeviceMotionEvent("devicemotion", { rotationRate: rate, acceleration: push, accelerationIncludingGravity: push, interval: 16 }));
    for (const name of ["deviceorientation", "deviceorientationabsolute"]) window.dispatchEvent(new DeviceOrientationEvent(name, angles));
    await pause(wait);
  };
  const shaken = async () => {
    const before = picture();
    for (const sign of [-1, 1, 1, -1, -1, 1]) await tilt(sign);
    const between = picture();
    for (const sign of [-1, -1]) await tilt(sign);
    return new Set([...changes(before, between), ...changes(between, picture())]);
  };
  const quiet = picture();
  await pause(8 * wait);
  const byItself = new Set(changes(quiet, picture()));
  const own = (found) => [...found].filter((e) => !byItself.has(e));
  const moved = own(await shaken());
  if (!moved.length) return [seen(document.body, { changes: false })];
  const known = new Set();
  let [operates, tried, switches, disables] = ["", 0, 0, ""];
  const press = async (button) => {
    const before = picture();
    button.click();
    await pause(wait);
    if (changes(before, picture()).some((e) => moved.includes(e))) operates ||= nameOf(button) || button.localName;
  };
  for (let round = 0; round < 2 && !operates; round++) // twice: a button may show more buttons
    for (const button of buttonsOf(all)) {
      if (known.has(button) || tried >= most || operates) continue;
      known.add(button);
      tried++;
      const isSwitch = button.matches("input[type=checkbox], [role=switch], [role=checkbox], input[type=radio]");
      await press(button);
      if (isSwitch) {
        switches++;
        if (!own(await shaken()).some((e) => moved.includes(e))) disables ||= nameOf(button) || button.localName;
      }
    }
  if (!operates && !disables)
    for (const button of known) {
      if (!button.isConnected || !isSeen(button) || button.matches("input")) continue;
      button.click();
      await pause(wait);
      if (!own(await shaken()).some((e) => moved.includes(e))) { disables = nameOf(button) || button.localName; break; }
    }
  const others = allElements(all).filter((e) => e.matches("input:not([type=hidden]), select, textarea, a[href], [tabindex]")
    && !e.disabled && !known.has(e) && isSeen(e)).length;
  const [shown] = moved.filter(isSeen).concat(document.body);
  return [seen(shown, { changes: true, operates, disables, others, leftOut: Math.max(0, buttonsOf(all).length - tried) })];
}"""  # noqa: E501  JavaScript
)
