"""Words for counts, places and states."""

from __future__ import annotations

import re

from reports.wording import Foreign, number, say, to_say

REGIONS = {
    "header": to_say("in the header"),
    "banner": to_say("in the header"),
    "nav": to_say("in the navigation"),
    "navigation": to_say("in the navigation"),
    "main": to_say("in the main content"),
    "footer": to_say("in the footer"),
    "contentinfo": to_say("in the footer"),
    "aside": to_say("in the side column"),
    "complementary": to_say("in the side column"),
    "search": to_say("in the search"),
    "form": to_say("in a form"),
    "dialog": to_say("in a dialog"),
    "cookies": to_say("in the cookie notice"),
}
"""A finding's `region` is a landmark's element or role; a region that is not here is left unsaid."""

IMPACTS = {
    "critical": to_say("critical"),
    "serious": to_say("serious"),
    "moderate": to_say("moderate"),
    "minor": to_say("minor"),
}

SCHOOLS = (
    to_say("primary school, up to age 10"),
    to_say("primary school, up to age 11"),
    to_say("lower secondary school, age 11 to 14"),
    to_say("lower secondary school, age 12 to 15"),
    to_say("upper secondary school, age 14 to 19"),
    to_say("upper secondary school, age 15 to 18"),
    to_say("university"),
    to_say("specialists"),
)
"""What a reading age may be, beside `_AGE`: see `styleguide.school_age`."""

_AGE = re.compile(r"age (\d+) to (\d+)")

SCAN_STATES = (to_say("complete"), to_say("limited"), to_say("interrupted"), to_say("running"))

STATES = {
    "checked": to_say("Checked"),
    "not_a_page": to_say("Not a page"),
    "out_of_scope": to_say("Out of scope"),
    "disallowed": to_say("Disallowed"),
    "failed": to_say("Failed"),
    "over_limit": to_say("Over a limit"),
    "not_reached": to_say("Not reached yet"),
}


def count(value: int, one: str, many: str = "") -> str:
    """Return a number with its noun, in what is only in English: "1 page", "38 pages"; `many` if not just with an s."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def reading_age(words: str) -> str:
    """Return the school age of a text in the language that is spoken; one that is not known stays English."""
    age = _AGE.fullmatch(words)
    if age:
        return say("age %(low)s to %(high)s", low=number(int(age[1])), high=number(int(age[2])))
    return say(words) if words in SCHOOLS else Foreign(words)


def where(region: str) -> str:
    """Return " in the header" for `header` (with a leading space), or nothing for a region without a name."""
    words = REGIONS.get(region, "")
    return f" {say(words)}" if words else ""
