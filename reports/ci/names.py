"""The names that settings may hold: kept apart, so that reading the settings loads no writer."""

from __future__ import annotations

from enum import StrEnum

FORMAT_NAMES = ("sarif", "junit", "github", "gitlab", "markdown")


class FailOn(StrEnum):
    """What makes a build fail. Accepted findings never do, and neither do questions to people."""

    NEW = "new"
    SERIOUS = "serious"
    WCAG = "wcag"
    STYLE = "style"
    ANY = "any"
