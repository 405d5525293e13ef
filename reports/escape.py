"""Makes a site's text safe for each format it is written to: CSV, terminal, JSON, Markdown, XML and file names.

All text from a site is hostile. Each function takes any text and gives text that cannot act in its format; none of
them raises. HTML is the templates' work.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from checks.model import digest

CELL_MAX_CHARS = 32_767
"""The most a spreadsheet cell holds, in UTF-16 units (Excel specifications and limits)."""

FILE_NAME_MAX_CHARS = 100
"""Leaves room for a folder and an extension under the 255 bytes that file systems allow."""

REPLACEMENT = "\ufffd"

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL_BUT_SPACING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Spreadsheets skip leading blanks, and some skip quotes; East Asian input methods give full-width signs
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = re.compile("[\\s\u200b\u2060\ufeff\"'`]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# ESC or its one-character form, then: a string up to its terminator (OSC, DCS, SOS, PM, APC), a control sequence
# (CSI), or a two-character escape: ECMA-48, 5.3 to 5.6.
_TERMINAL_SEQUENCE = re.compile(
    "(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?"
    "|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"
    "|\x1b[ -/]*[0-~]?"
)
_JOINERS = "\u200c\u200d"  # Persian and emoji need them, and they cannot reorder or hide text
_LINE_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~-])")
_MARKDOWN_MAX_CHARS = 300
_NOT_IN_FILE_NAME = re.compile(r"[^a-z0-9._-]+")
_DOTS = re.compile(r"\.{2,}")
# Windows keeps these for devices, with any extension (Microsoft: "Naming Files, Paths, and Namespaces").
_DEVICE = re.compile(r"(con|prn|aux|nul|conin|conout|com\d?|lpt\d?)(\.|$)")


def csv_cell(value: str | float | None) -> str | int | float:
    """Return what to hand to `csv.writer`: text that no spreadsheet program evaluates; our own numbers stay numbers.

    Text that a program could take for a formula gets an apostrophe in front. Control characters go, and text longer
    than a cell holds is cut with an ellipsis.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = _CONTROL_BUT_SPACING.sub("", without_surrogates(value))
    if _FORMULA.match(text):
        text = "'" + text
    return _cut_utf16(text, CELL_MAX_CHARS)


def terminal_text(text: str) -> str:
    """Return one line that is safe to print: no escape sequences, no control characters, no reordering of text."""
    text = _TERMINAL_SEQUENCE.sub("", text)
    text = _LINE_BREAKS.sub(" ", text)
    return "".join(char for char in without_surrogates(text) if char in _JOINERS or _is_printed(char))


def json_value(value: Any) -> Any:
    """Return JSON data that every reader accepts: half characters replaced, numbers that JSON lacks made null."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {without_surrogates(str(key)): json_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(item) for item in value]
    return value


def xml_text(text: str) -> str:
    """Return `text` without the characters that XML 1.0 forbids (section 2.2). Markup is the serialiser's to escape."""
    return _NOT_XML.sub(REPLACEMENT, text)


def workflow_text(text: str) -> str:
    """Return the text of a GitHub workflow command: on one line, so that it cannot begin another command."""
    return xml_text(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """Return a property of a GitHub workflow command."""
    return workflow_text(text).replace(":", "%3A").replace(",", "%2C")


def markdown_text(text: str) -> str:
    """Return text that Markdown shows as it is, and that calls nobody's name."""
    plain = terminal_text(text)[:_MARKDOWN_MAX_CHARS].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN_SPECIAL.sub(r"\\\1", plain).replace("@", "@<!-- -->").replace("://", ":<!-- -->//")


def markdown_code(text: str) -> str:
    """Return a code span: as many backticks around it as no run within has."""
    plain = terminal_text(text)[:_MARKDOWN_MAX_CHARS].strip() or " "
    longest = max((len(run) for run in re.findall(r"`+", plain)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {plain} {fence}" if longest else f"{fence}{plain}{fence}"


def without_surrogates(text: str) -> str:
    """Return `text` with each half of a UTF-16 pair replaced: such text cannot be written as UTF-8."""
    return _SURROGATE.sub(REPLACEMENT, text)


def safe_name(text: str, taken: Collection[str] = ()) -> str:
    """Return a file or folder name made from `text` (a host name, say) that is safe on every system.

    Small ASCII letters, digits, dots, dashes and underscores; at most FILE_NAME_MAX_CHARS; never `.`, `..`, a device
    name or a name in `taken`, whatever its case.
    """
    name = _NOT_IN_FILE_NAME.sub("-", _ascii(text).lower())
    name = _DOTS.sub(".", name).strip(".-") or "site"
    if _DEVICE.match(name):
        name = f"site-{name}"
    if len(name) > FILE_NAME_MAX_CHARS:
        mark = digest(text)
        name = f"{name[: FILE_NAME_MAX_CHARS - len(mark) - 1]}-{mark}"
    return _not_taken(name, {other.casefold() for other in taken})


def _not_taken(name: str, taken: set[str]) -> str:
    result, number = name, 1
    while result in taken:
        number += 1
        ending = f"-{number}"
        result = name[: FILE_NAME_MAX_CHARS - len(ending)] + ending
    return result


def _ascii(text: str) -> str:
    try:
        return text.encode("idna").decode("ascii")
    except UnicodeError:  # not a host name
        return unicodedata.normalize("NFKD", text)


def _is_printed(char: str) -> bool:
    """Whether `char` is neither a control (Cc) nor an invisible format character (Cf), such as a bidi override."""
    return unicodedata.category(char) not in ("Cc", "Cf")


def _cut_utf16(text: str, limit: int) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * limit:
        return text
    return units[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"
