"""Spelling dictionaries in hunspell's form, where the machine has them. Nothing is ever fetched.

`spylls` (pure Python, MPL-2.0; it carries an American dictionary) reads them. Both are optional: most dictionaries are
under the GPL or LGPL, so we ship none.
"""

from __future__ import annotations

import gc
import os
import re
import threading
import warnings
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

_FOLDERS = (
    "~/.local/share/hunspell",
    "/usr/local/share/hunspell",
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "~/Library/Spelling",
    "/Library/Spelling",
)

_PREFERRED = {"en": ("en_GB", "en_US"), "de": ("de_DE", "de_AT"), "fr": ("fr_FR", "fr"), "es": ("es_ES", "es")}
"""Dictionaries to take first, by language: an English word is right if it is British or American."""

MAX_DICTIONARIES = 2
"""Dictionaries of one language that are loaded: each takes a second and tens of megabytes."""

_LETTERS = {"de": "äöüß", "fr": "àâçèéêëîïôùûœ", "es": "áéíñóúü", "nl": "ëïéè", "sv": "åäö", "it": "àèéìòù"}
"""Letters of a language beside those of English."""

_LOCK = threading.Lock()
_loaded: dict[str, tuple[Any, ...]] = {}

_AMERICAN = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"our(?=$|s$|ed$|ing$|er|ite|able|ful|less|hood|ly)", "or"),
        (r"is(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)", "iz"),
        (r"ys(?=(?:e|es|ed|er|ing)$)", "yz"),
        (r"tre(?=s?$)", "ter"),
        (r"ogue(?=s?$)", "og"),
        (r"ence(?=s?$)", "ense"),
        (r"ll(?=(?:ed|ing|er|ers|ation)$)", "l"),
        (r"mme(?=s?$)", "m"),
        (r"dgement", "dgment"),
        (r"l(?=ments?$|s?$|ful$)", "ll"),
    )
)
"""British spellings made American, for machines that have no British dictionary."""


@lru_cache(maxsize=1)
def dictionary_files() -> dict[str, tuple[Path, ...]]:
    """Return the dictionaries found, by language: the paths without their ending, the preferred first."""
    found: dict[str, list[Path]] = {}
    for folder in _folders():
        for file in sorted(folder.glob("*.aff")) if folder.is_dir() else ():
            if file.with_suffix(".dic").is_file():
                found.setdefault(re.split(r"[_-]", file.stem)[0].lower(), []).append(file.with_suffix(""))
    return {lang: tuple(_chosen(lang, paths)) for lang, paths in found.items()}


def _folders() -> Iterator[Path]:
    yield from (Path(folder).expanduser() for folder in os.environ.get("DICPATH", "").split(os.pathsep) if folder)
    yield from (Path(folder).expanduser() for folder in _FOLDERS)
    spec = find_spec("spylls")
    if spec is not None and spec.submodule_search_locations:
        yield Path(spec.submodule_search_locations[0]) / "hunspell" / "data" / "en"


def _chosen(lang: str, paths: list[Path]) -> list[Path]:
    by_name = {path.name.replace("-", "_"): path for path in reversed(paths)}  # the first folder wins
    order = [*_PREFERRED.get(lang, (f"{lang}_{lang.upper()}", lang)), *sorted(by_name)]
    return [by_name[name] for name in dict.fromkeys(order) if name in by_name][:MAX_DICTIONARIES]


def what_is_missing(lang: str) -> str:
    """Return why words of a language cannot be checked here and what mends that, or "" when they can."""
    if find_spec("spylls") is None:
        return "the package that reads dictionaries is not installed; run: pip install spylls"
    if lang not in dictionary_files():
        return (
            f"there is no dictionary for “{lang}”; install one, on Debian with: apt install hunspell-{lang}, or put "
            "its .aff and .dic files into a folder and name that in DICPATH"
        )
    return ""


@lru_cache(maxsize=100_000)
def is_spelt_right(word: str, lang: str) -> bool:
    """Return whether a dictionary of the language has the word. Cached: words repeat across a site."""
    if _has(word, lang):
        return True
    if lang == "en":
        return any(_has(american, lang) for american in _american(word))
    return False


@lru_cache(maxsize=5_000)
def near_word(word: str, lang: str) -> str:
    """Return a word of the dictionary that is one slip of the finger away, or ""."""
    letters = sorted({*"abcdefghijklmnopqrstuvwxyz", *_LETTERS.get(lang, "")})
    halves = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]  # the first letter is seldom the wrong one
    slips = chain(
        (left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1),
        (left + letter + right for left, right in halves for letter in letters),
        (left + right[1:] for left, right in halves if right),
        (left + letter + right[1:] for left, right in halves if right for letter in letters),
    )
    return next((slip for slip in slips if slip != word and _has(slip, lang)), "")


def _american(word: str) -> Iterator[str]:
    every = word
    for pattern, replacement in _AMERICAN:
        changed = pattern.sub(replacement, word)
        if changed != word:
            yield changed
            every = pattern.sub(replacement, every)
    yield every


def _has(word: str, lang: str) -> bool:
    return any(dictionary.lookup(word) for dictionary in _load(lang))


def _load(lang: str) -> tuple[Any, ...]:
    with _LOCK:
        if lang not in _loaded:
            from spylls.hunspell import Dictionary  # noqa: PLC0415 # optional, and few runs need it

            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)  # spylls leaves the files it has read to the collector
                _loaded[lang] = tuple(Dictionary.from_files(str(path)) for path in dictionary_files()[lang])
                gc.collect()
        return _loaded[lang]
