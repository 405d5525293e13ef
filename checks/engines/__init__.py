"""Engines: checks of others that run in the page. Each is a folder; `engine.py` says what it has to offer."""

from __future__ import annotations

import importlib
import pkgutil

from checks.engines.engine import Engine


def engines() -> tuple[Engine, ...]:
    """Return every engine, in the order of the folders' names."""
    names = sorted(name for _, name, is_package in pkgutil.iter_modules(__path__) if is_package)
    return tuple(importlib.import_module(f"{__name__}.{name}").engine for name in names)
