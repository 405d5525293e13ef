"""Enters wrong values in forms and presses their button while the network is held, and watches what the page says.

Nothing is sent: forms are kept from being submitted, no request is let through, and the page is opened anew after it.
Forms that send over a connection which is already open are left alone.
"""

from __future__ import annotations

from typing import Any

from checks.live import LivePage
from checks.probe import Probe, Probed
from checks.probes._controls import MOST_ELEMENTS
from checks.probes._scripts import script

probe = Probe(__name__, title="Enters wrong values in forms", spoils=False, order=68)

MOST_FORMS = 3
MOST_FIELDS = 60
MOST_IN_FORM = 2_000
"""Elements in a form whose names and pictures are compared."""

TYPED_MS = 150
FADE_MS = 350
"""Time in which the look of the focus has gone."""

ANSWER_S = 0.5
"""Time in which a page shows its messages; many let them fade in."""

LATE_S = 1.5
"""Some take longer; nobody is told of a form that says nothing before this has passed."""

_ANSWER = "() => globalThis.curbcutForms.answer()"


@probe.run
async def look(live: LivePage) -> Probed:
    """Note what each form said of its errors. The page is opened anew when there were forms."""
    limits = {
        "all": MOST_ELEMENTS,
        "forms": MOST_FORMS,
        "fields": MOST_FIELDS,
        "inForm": MOST_IN_FORM,
        "wait": TYPED_MS,
        "fade": FADE_MS,
    }
    if not await live.evaluate("() => document.forms.length > 0"):
        return Probed({"forms": [], "fields": []})
    start = f"(limits) => {{ {script('form_errors')} globalThis.curbcutForms = formErrors(limits); "
    found = await live.evaluate(start + "return globalThis.curbcutForms.find(); }", limits)
    if not found["forms"]:
        return Probed({"forms": [], "fields": []})
    address = live.url
    answered: list[dict[str, Any]] = []
    fields: list[dict[str, Any]] = []
    await live.hold_network(True)
    try:
        dialogs = await live.watch_dialogs()
        for form in found["forms"]:
            dialogs.clear()
            if not await live.evaluate("(target) => globalThis.curbcutForms.press(target)", form["target"]):
                continue
            await live.pause(ANSWER_S)
            noted = await live.evaluate(_ANSWER)
            if noted.get("isSilent") and not dialogs:
                await live.pause(LATE_S)
                noted = await live.evaluate(_ANSWER)
            if live.url.split("#")[0] != address.split("#")[0]:
                break
            if _is_of_the_page(noted, dialogs):
                fields += noted.pop("fields")
                answered.append({**form, "data": {**noted, "dialog": " ".join(dialogs)}})
    finally:
        await live.reload()
    return Probed({"forms": answered, "fields": fields}, notes=_notes(len(answered), found["total"]))


def _is_of_the_page(noted: dict[str, Any], dialogs: list[str]) -> bool:
    """Say whether the page itself found the errors: what a server would have answered is not known."""
    if noted["sent"]:
        return False
    if noted["isNative"] or noted["isNamed"]:
        return True
    return not noted["asked"] and bool(dialogs or noted["marked"] or noted["says"])


def _notes(n_answered: int, n_forms: int) -> tuple[str, ...]:
    """Say that forms were left out: by the bound, or because only their server looks for errors."""
    n_left = n_forms - n_answered
    return (f"What {n_left} of {n_forms} forms say of errors was not seen; their server may say it.",) if n_left else ()
