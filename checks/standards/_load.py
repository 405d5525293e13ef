"""Read one of this folder's YAML files."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml

# libyaml reads these files eight times as fast as pure Python; a PyYAML built without it still works.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(name: str) -> Any:
    """Return the data of the file `name` in this folder."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506  both loaders are the safe ones
