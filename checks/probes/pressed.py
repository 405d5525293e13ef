"""Presses controls that open, tick or choose something while the network is held, and watches what they say of it.

No request is let through and no navigation takes place. Scripts press: what waits for a real finger is not seen.
"""

from __future__ import annotations

from typing import Any

from checks.live import LivePage
from checks.probe import Probe, Probed
from checks.probes._scripts import with_script
from checks.words import words

probe = Probe(__name__, title="Presses what opens, ticks or chooses something", spoils=False, order=66)

MOST_ELEMENTS = 20_000
MOST_TOLD = 5
"""Controls with a state that are pressed, one of each look: the others are made alike."""
MOST_UNTOLD = 4
"""Buttons that say nothing of a state; most of them do something else."""
MOST_SENDING = 2
"""Buttons of forms that a script answers, as a list that is filtered; what they send goes nowhere."""
ANSWER_MS = 120
LATE_MS = 600
"""Scripts that fade something in often tell the state when that has ended."""
LONGEST_CHARS = 150
"""Longer texts are content, and no message."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note controls whose press changed something while their state stayed (`controls`), what opened as a dialog
    (`dialogs`), with whether it, or the next Tab, takes the focus, and short texts that tell what a press has done
    (`messages`). The page is opened anew when anything was pressed.
    """
    has: dict[str, bool] = await live.evaluate(_HAS_CONTROLS)
    is_answered = has["form"] and (has["handler"] or bool(await live.listeners(("submit",))))
    if not has["control"] and not is_answered:
        return Probed({"controls": [], "dialogs": [], "messages": []})
    limits = {
        "elements": MOST_ELEMENTS,
        "most": MOST_TOLD,
        "plain": MOST_UNTOLD,
        "sending": MOST_SENDING if is_answered else 0,
        "wait": ANSWER_MS,
        "late": LATE_MS,
        "longest": LONGEST_CHARS,
        "tells": sorted(words("message_words")["tells"]),
    }
    await live.hold_network(True)
    has_pressed = True
    try:
        noted: dict[str, Any] = await live.evaluate(with_script("pressed", "pressControls"), limits)
        has_pressed = bool(noted["total"])
        for entry in noted["dialogs"]:
            if not entry["data"]["hasFocus"]:
                await live.press("Tab")
                entry["data"]["tabComes"] = await live.evaluate(_FOCUS_IS_IN, entry["data"]["index"])
    finally:
        if has_pressed:
            await live.reload()
        else:
            await live.hold_network(False)
    return Probed({key: noted[key] for key in ("controls", "dialogs", "messages")})


_HAS_CONTROLS = """() => ({
  control: document.querySelector("button, [role=button], [role=checkbox], [role=switch], [role=tab]") !== null,
  form: document.querySelector("form :is(button, input[type=submit])") !== null,
  handler: document.querySelector("form[onsubmit]") !== null,
})"""

_FOCUS_IS_IN = """(index) => {
  const dialog = (globalThis.curbcutDialogs || [])[index];
  const at = focused();
  return Boolean(dialog && at) && (dialog === at || dialog.contains(at));
}"""
