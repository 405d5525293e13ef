"""What stands above a Markdown text between two lines of three hyphens: its title, description and language."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from styleguide.resources import YAML_LOADER

MAX_CHARS = 20_000
"""Longer front matter than this is data, not a page's description."""

_FENCED = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_TITLES = ("title",)
_DESCRIPTIONS = ("description", "meta_description", "summary", "excerpt")
_LANGUAGES = ("lang", "language", "locale")


class FrontMatter(NamedTuple):
    """`end` is where the text begins; each value comes with its offset in the source."""

    end: int = 0
    title: tuple[str, int] = ("", 0)
    description: tuple[str, int] = ("", 0)
    lang: str = ""


def read_front_matter(source: str) -> FrontMatter:
    """Return the front matter of a source, empty where there is none or it cannot be read."""
    if not source.startswith("---"):
        return FrontMatter()
    found = _FENCED.match(source, 0, MAX_CHARS)
    if found is None:
        return FrontMatter()
    try:
        data = yaml.load(found.group(1), YAML_LOADER)  # noqa: S506 # the loader is PyYAML's safe one, in C
    except (yaml.YAMLError, ValueError, RecursionError):
        return FrontMatter(found.end())
    if not isinstance(data, dict):
        return FrontMatter()

    def first(keys: tuple[str, ...]) -> tuple[str, int]:
        for key in keys:
            value = data.get(key)
            if isinstance(value, str) and value.strip():
                place = re.compile(rf"^{key}[ \t]*:[ \t]*[|>\"']?-?\s*", re.M).search(source, 0, found.end())
                return value, place.end() if place else 0
        return "", 0

    return FrontMatter(found.end(), first(_TITLES), first(_DESCRIPTIONS), first(_LANGUAGES)[0])
