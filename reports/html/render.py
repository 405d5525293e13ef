"""Turns templates into files. All text from a site passes here: cleaned, escaped, and a link only if it is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from reports import wording
from reports.analysis import words

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f]")
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
        "moment": wording.moment,
        "duration": wording.duration,
        "file_size": wording.file_size,
        "decimal": wording.decimal,
        "number": wording.number,
        "count": words.count,
        "language_of": wording.language_of,
        "of_rule": wording.of_rule,
        "english": wording.Foreign,
        "reading_age": words.reading_age,
    }
    env.globals |= {"say": _say, "say_n": _say_n, "lang": wording.lang, "direction": wording.direction}
    return env


def _say(message: str, **values: object) -> Markup:
    """Say a message in a template: its values are cleaned and escaped; those that are markup of ours stay so."""
    said = escape(wording.say(message))
    return said % _cleaned(values) if values else said


def _say_n(one: str, many: str, n: int, **values: object) -> Markup:
    said = wording.say_n(one, many, n, **{name: "%(" + name + ")s" for name in values})
    return escape(said) % _cleaned(values) if values else escape(said)


def _cleaned(values: Mapping[str, object]) -> dict[str, object]:
    return {name: clean(value) for name, value in values.items()}


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
