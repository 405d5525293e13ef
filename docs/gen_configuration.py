"""The tables of docs/configuration.md, from `scan/settings.py`."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cli.options import PATTERNS, SCAN_ONLY
from docs.parts import table, with_parts
from scan.settings import PREFIX, Settings

PAGE = "docs/configuration.md"
HEADERS = ("key", "flag", "environment", "type", "default", "what it does")
_WORDS = {bool: "true or false", int: "whole number", float: "number", str: "text", Path: "path"}


def pages() -> dict[str, str]:
    """Return docs/configuration.md with its table renewed."""
    return {PAGE: with_parts(PAGE, {"settings": table(HEADERS, _rows())})}


def _rows() -> Iterator[tuple[str, ...]]:
    for name, field in Settings.model_fields.items():
        flag = "--" + name.replace("_", "-")
        meaning = f"{field.description}{_whose(name)}"
        flags = f"`{flag}`, `--no-{flag[2:]}`" if field.annotation is bool else f"`{flag}`"
        yield f"`{name}`", flags, f"`{PREFIX}{name.upper()}`", _type(name, field.annotation), _default(field), meaning


def _whose(name: str) -> str:
    if name in PATTERNS:
        return " Not for `steps`."
    return " Only for `scan`." if name in SCAN_ONLY else ""


def _type(name: str, annotation: Any) -> str:
    if name in Settings.LIST_FIELDS:
        return "list of text"
    if typing.get_origin(annotation) is typing.Literal:
        return " or ".join(f"`{value}`" for value in typing.get_args(annotation))
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
    return _WORDS[annotation]


def _default(field: Any) -> str:
    value = field.get_default()
    if value in (None, "", ()):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{', '.join(value)}`" if isinstance(value, tuple) else f"`{value}`"
