"""Turns templates into files. All text from a site passes here: cleaned, escaped, and a link only if it is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.analysis import words

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f]")
_SECONDS_IN_MINUTE = 60
_BYTES_STEP = 1000
_STREAM_BUFFER = 64
"""Template events joined into one write: enough to be quick, few enough that no page is held whole."""

# fmt: off
LANGUAGES = frozenset((
    "ar", "be", "bg", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi",
    "fr", "ga", "gd", "gl", "hr", "hu", "hy", "is", "it",
    "ja", "ka", "ko", "lb", "lt", "lv", "mk", "mt", "nb", "nl", "nn", "no", "pl", "pt", "rm", "ro",
    "ru", "se", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "ur", "vi", "yi", "zh",
))
# fmt: on
"""Languages that a `lang` attribute of ours may name: a site's own value may be anything, even markup."""


def clean(value: object) -> object:
    """Replace characters that no HTML document may hold; markup made by our own macros passes through."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _CONTROL.sub("\ufffd", value)
    return value


def web_link(address: str) -> str:
    """Return `address` if it is safe to link to (http or https with a host), else an empty string."""
    if _UNSAFE_IN_URL.search(address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def known_language(tag: str) -> str:
    """Return the two letters of a language tag if we know them, else an empty string."""
    primary = tag.strip().lower().replace("_", "-").split("-")[0]
    return primary if primary in LANGUAGES else ""


def moment(iso: str | None) -> str:
    """Return an ISO 8601 time as "20 November 2026, 08:00 UTC"; what cannot be read is returned as it is."""
    if not iso:
        return ""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    when = when.astimezone(UTC) if when.tzinfo else when
    return f"{when.day} {when:%B %Y, %H:%M} UTC"


def duration(seconds: float) -> str:
    """Return seconds as "24 min 10 s"."""
    minutes, rest = divmod(round(seconds), _SECONDS_IN_MINUTE)
    hours, minutes = divmod(minutes, _SECONDS_IN_MINUTE)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def file_size(size_bytes: int | None) -> str:
    """Return a size as "240 kB"; an unknown size as "unknown"."""
    if size_bytes is None:
        return "unknown"
    if size_bytes < _BYTES_STEP:
        return f"{size_bytes} bytes"
    if size_bytes < _BYTES_STEP**2:
        return f"{size_bytes / _BYTES_STEP:.0f} kB"
    return f"{size_bytes / _BYTES_STEP**2:.1f} MB"


def decimal(value: float | None) -> str:
    """Return a number with at most one decimal, or a dash where there is none."""
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")


def environment() -> Environment:
    """Return the template environment: everything escaped, unknown names are errors."""
    env = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "web_link": web_link,
        "known_language": known_language,
        "moment": moment,
        "duration": duration,
        "file_size": file_size,
        "decimal": decimal,
        "number": words.number,
        "count": words.count,
    }
    return env


class Site:
    """The folder of a report that is being written, and what every page of it needs."""

    def __init__(self, folder: Path, shared: Mapping[str, Any]) -> None:
        self.folder = folder
        self._env = environment()
        self._env.globals |= shared

    def render(self, path: str, template: str, **context: Any) -> None:
        """Write one page at `path` (made of our own names, with at most one folder), piece by piece."""
        target = self.path(path)
        root = "../" * path.count("/")
        stream = self._env.get_template(template).stream(root=root, **context)
        stream.enable_buffering(_STREAM_BUFFER)
        with target.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(stream)

    def path(self, path: str) -> Path:
        """Return the place of a file of this report, its folder made."""
        target = self.folder / path
        target.parent.mkdir(exist_ok=True)
        return target
