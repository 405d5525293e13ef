"""What a sample says could not be met, and why: kept in English with the sample, said again in another language."""

from __future__ import annotations

import re
from functools import cache

from reports.wording import ENGLISH, Foreign, lang, say, to_say

FEW_SITES = to_say(
    "The register holds %(available)s sites and the formula asks for %(size)s: at least 75 %% of those that exist are "
    "enough, %(few)s (Annex I, point 2.1.6%(mark)s)."
)
TOO_FEW_AGAIN = to_say(
    "Only %(taken)s of %(size)s sites were monitored in the period before, not 10 %%: no more of them are in the "
    "register (Annex I, point 2.4%(mark)s)."
)
TOO_MANY_AGAIN = to_say(
    "%(taken)s of %(size)s sites were monitored in the period before, more than half: the register holds only "
    "%(new)s others (Annex I, point 2.4%(mark)s)."
)
NONE_AGAIN = to_say(
    "No recurring sites: this database holds no %(method)s sample of the period before (Annex I, point 2.4)."
)
NO_LEVEL = to_say("No %(level)s are in the sample, because the register holds none.")
NO_SERVICE = to_say("The service %(service)s is not in the sample: the register names no site with it.")
FEW_OF_SERVICE = to_say("The service %(service)s is not in the sample: too few sites have it for a place of their own.")
NO_PLACE = to_say("%(n)s nominated %(sites)s found no place: %(urls)s.")
NO_PLACE_AGAIN = to_say(
    "%(n)s nominated %(sites)s found no place, because at least half of the sample must be new (Annex I, point 2.4): "
    "%(urls)s."
)
PLACES_SHORT = to_say(
    "%(n)s %(places)s fewer than its share for %(level)s, %(service)s, territory %(territory)s: nominated or recurring "
    "sites of other groups, or too few sites, took them."
)
MESSAGES = (
    FEW_SITES, TOO_FEW_AGAIN, TOO_MANY_AGAIN, NONE_AGAIN, NO_LEVEL, NO_SERVICE, FEW_OF_SERVICE, NO_PLACE_AGAIN,
    NO_PLACE, PLACES_SHORT,
)  # fmt: skip
WORDS = (to_say(" (unverified)"), to_say("place"), to_say("places"), to_say("site"), to_say("sites"))
"""Words that are put into these notes, besides those of the Decision."""


def spoken_note(note: str) -> str:
    """Return a note in the language that is spoken; one of an older Curbcut that is worded otherwise stays English."""
    if lang() == ENGLISH:
        return note
    for message in MESSAGES:
        found = _pattern(message).fullmatch(note)
        if found is not None:
            return say(message, **{name: say(value) if value else "" for name, value in found.groupdict().items()})
    return Foreign(note)


@cache
def _pattern(message: str) -> re.Pattern[str]:
    """Return what finds the values in a note that was made from a message."""
    parts = re.split(r"%\((\w+)\)s", message)
    texts, names = (re.escape(text.replace("%%", "%")) for text in parts[::2]), parts[1::2]
    pattern = next(texts)
    for name, text in zip(names, texts, strict=True):
        pattern += f"(?P<{name}>.*?){text}"
    return re.compile(pattern)
