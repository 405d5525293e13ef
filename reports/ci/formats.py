"""The formats that a build can ask for, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TextIO

from reports.ci import inline, junit, markdown, sarif
from reports.ci.model import CiReport

FORMATS: Mapping[str, Callable[[CiReport, TextIO], None]] = {
    "sarif": sarif.write,
    "junit": junit.write,
    "github": inline.write_github,
    "gitlab": inline.write_gitlab,
    "markdown": markdown.write,
}
FILES = {
    "sarif": "report.sarif",
    "junit": "junit.xml",
    "github": "annotations.txt",
    "gitlab": "gl-code-quality-report.json",
    "markdown": "summary.md",
}
"""How each is called in a scan's folder."""
