"""Writes a report as one accessible page, with the look of the scan's own report."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from jinja2 import ChoiceLoader, PackageLoader

from monitoring.writing.blocks import Report, Status
from reports.html.render import environment
from scan.version import VERSION
from store.ledger import now_iso

INDEX = "index.html"
ASSET = "report.css"
ASKED = (Status.PARTLY, Status.PERSON)


def write(report: Report, folder: Path, *, brand: str, files: Mapping[str, str]) -> Path:
    """Write the page and its style sheet into `folder`; `files` are those beside it, with what each is."""
    env = environment()
    assert env.loader is not None  # noqa: S101 - the environment is ours
    env.loader = ChoiceLoader([PackageLoader("monitoring", "templates"), env.loader])
    text = env.get_template("report.html").render(
        report=report, root="", brand=brand, files=files, asked=ASKED, written_at=now_iso(), version=VERSION
    )
    (folder / "assets").mkdir()
    (folder / "assets" / ASSET).write_bytes((resources.files("reports") / "assets" / ASSET).read_bytes())
    (folder / INDEX).write_text(text, encoding="utf-8", newline="\n")
    return folder / INDEX
