"""Reads the data files of this package, once each."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=32)
def load_data(name: str) -> Any:
    """Return the parsed YAML of `styleguide/data/NAME`. Callers share the value and must not change it."""
    text = files("styleguide").joinpath("data", name).read_text("utf-8")
    return yaml.load(text, Loader=YAML_LOADER)  # noqa: S506 -- a safe loader, the fast one where it is built
