"""A comparison as a page: in a folder of its own, or as a part of a page of the web app."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from reports.comparison.model import CAUTION, KINDS, NONE, Comparison, counted
from reports.html.folder import replacing
from reports.html.render import Site

MAX_ROWS = 200
_STYLE = "report.css"


def write(comparison: Comparison, folder: Path, *, version: str) -> Path:
    """Write the page into `folder` and return it. FileExistsError where the folder holds something else; OSError."""
    with replacing(folder) as fresh:
        site = Site(fresh, {})
        style = resources.files("reports") / "assets" / _STYLE
        site.path(f"assets/{_STYLE}").write_bytes(style.read_bytes())
        site.render("index.html", "compared.html", version=version, **context(comparison))
    return folder / "index.html"


def context(comparison: Comparison) -> dict[str, Any]:
    """Return what the template `comparison.html` needs."""
    return {
        "comparison": comparison,
        "kinds": KINDS,
        "nothing": NONE,
        "counted": counted,
        "caution": CAUTION,
        "max_rows": MAX_ROWS,
    }
