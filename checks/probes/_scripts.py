"""The JavaScript that several probes share, from the files beside this one."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def script(name: str) -> str:
    """Return the script `_<name>.js`."""
    return (resources.files("checks.probes") / f"_{name}.js").read_text(encoding="utf-8")


def with_script(name: str, function: str) -> str:
    """Return a function expression that can use what the script `_<name>.js` defines."""
    return f"async (argument) => {{ {script(name)}\nreturn await ({function})(argument); }}"
