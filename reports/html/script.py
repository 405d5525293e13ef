"""The words of `report.js` in another language: a file that stands beside it and is read before it."""

from __future__ import annotations

import json
from importlib import resources

from babel.messages.extract import extract

from reports.wording import say

FILE = "assets/words.js"


def messages() -> tuple[str, ...]:
    """Return what `report.js` says, in English."""
    script = resources.files("reports") / "assets" / "report.js"
    with script.open("rb") as file:
        found = extract("javascript", file, keywords={"say": None})
        return tuple(dict.fromkeys(str(message) for _, message, _, _ in found))


def translations() -> str:
    """Return a script that hands `report.js` its words in the language that is spoken; pure ASCII."""
    return f"window.curbcutWords = {json.dumps({message: say(message) for message in messages()}, indent=1)};\n"
