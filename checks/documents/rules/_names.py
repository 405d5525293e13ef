"""Which names of files and titles say something of a document, and which only a program understands."""

from __future__ import annotations

import re

from checks.words import plain, words

_FILE_ENDING = re.compile(
    r"\.(pdf|docx?|docm|dotx?|odt|rtf|pptx?|odp|xlsx?|ods|indd|qxp|qxd|pub|cdr|ai|eps|dvi|tex|tmp|html?|txt|epub|pages)$",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"^microsoft (word|powerpoint|excel|office word)\s*[-–]\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBERED = re.compile(r"[\s_-]*\(?\d*\)?$")
LONG_WORD = 8
"""Words as long as "Jahresbericht" or "guidelines" can say it alone."""

_SAYS_NOTHING = frozenset(
    """document doc dokument dokumente datei file files fichier final version entwurf draft copy kopie copie scan
    scanned
    print druck download upload layout folie slide slides presentation präsentation workbook mappe tabelle
    sheet page seite web neu new old alt pdf word excel the and und der die das for fur für img image bild unknown
    tmp temp test untitled unbenannt jan feb mar apr may jun jul aug sep oct nov dec""".split()  # noqa: SIM905
)
_PROGRAM_TITLES = re.compile(
    r"(about:blank|layout|folie|slide|seite|page|scan|document|dokument|untitled|unbenannt|sans titre|powerpoint[- ]"
    r"(presentation|präsentation)|présentation powerpoint|presentación de powerpoint|powerpoint|print|bildschirmfoto"
    r"|mappe|workbook|book)",
    re.IGNORECASE,
)


def is_file_name(text: str) -> bool:
    """Return whether a title is the name of a file, perhaps with the program's name before it."""
    return bool(_PROGRAM.match(text) or _FILE_ENDING.search(text.strip()))


def describes(name: str) -> bool:
    """Return whether the name of a file may say what it is about: two words, or a long one, not of the file."""
    stem = _FILE_ENDING.sub("", _PROGRAM.sub("", name.strip()))
    found = {word.casefold() for word in _WORD.findall(stem.replace("_", " "))}
    telling = found - _SAYS_NOTHING
    return len(telling) >= 2 or any(len(word) >= LONG_WORD for word in telling)


def is_leftover(title: str) -> bool:
    """Return whether a title is what a program puts in until somebody writes one."""
    stem = _NUMBERED.sub("", title.strip())
    if plain(title) in words("empty_titles")["leftover"] or plain(stem) in words("empty_titles")["leftover"]:
        return True
    return bool(_PROGRAM_TITLES.fullmatch(stem)) or not any(c.isalnum() for c in title)
