"""The kinds of style rule, one module each. A new module with a `KIND` is found; nothing here is edited."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from styleguide.rules import Kind


@lru_cache(maxsize=1)
def known_kinds() -> dict[str, Kind]:
    """Return each kind by its name in YAML."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return {kind.name: kind for module in modules if isinstance(kind := getattr(module, "KIND", None), Kind)}
