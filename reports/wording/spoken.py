"""Which language is spoken: English, or one that has a folder of catalogues below `locale/`.

A context variable, so that a sentence made deep in the analysis needs no argument for it. Only who writes a report
for people opens `speaking`; whoever does not gets English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import resources
from pathlib import Path

from babel import Locale

ENGLISH = "en"

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in `language`, one of `languages()`, until the block ends; KeyError for another."""
    if language not in languages():
        raise KeyError(language)
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that can be spoken: English and those with a folder."""
    return (ENGLISH, *sorted(path.name for path in folder().iterdir() if path.is_dir()))


def folder() -> Path:
    """Return where the catalogues are."""
    return Path(str(resources.files("reports.wording"))) / "locale"


def lang() -> str:
    """Return the language that is spoken, such as `de`."""
    return _spoken.get()


def direction() -> str:
    """Return in which direction it is written: `ltr` or `rtl`."""
    return str(Locale.parse(lang()).text_direction)


def locale() -> str:
    """Return the CLDR's locale for it; English dates have the day first."""
    return "en_GB" if lang() == ENGLISH else lang()
