"""Modules that others import whether they need them or not: loaded only when something in them is used.

`importlib.util.LazyLoader` does not serve: up to Python 3.11 the import statement itself looks at the module and so
loads it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module until one of its names is looked up, and then hands out the real one's."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def load_later(*names: str) -> None:
    """Put off the import of these modules until one of their names is looked up. Those that are not there stay so."""
    for name in names:
        if name not in sys.modules and find_spec(name) is not None:
            sys.modules[name] = _Later(name)
