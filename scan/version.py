"""Which versions took part in a scan: they belong to its numbers."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


VERSION = _version("curbcut")


def versions(engines: Mapping[str, str], *, browser: str) -> dict[str, str]:
    """Return name and version of everything that shapes a scan's findings; `engines` by their titles."""
    return {
        "curbcut": VERSION,
        **engines,
        "browser": browser,
        "python": platform.python_version(),
        "scrapy": _version("scrapy"),
        "playwright": _version("playwright"),
        "selenium": _version("selenium"),
        "textstat": _version("textstat"),
    }
