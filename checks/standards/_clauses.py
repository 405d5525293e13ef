"""The clauses of EN 301 549 that are no success criteria of WCAG: which concern websites, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from checks.standards._load import load


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of one version of EN 301 549.

    `version` is such as `V3.2.1`. `web` says what Annex A makes of it for web content: `always`, `conditional` (where
    the site has the feature), `not-listed`, `documents` (for those alone) or `unknown`. `certainty` is `standard`,
    `unverified` or `secondary`, as `clauses.yaml` explains. `is_our_title` is true where no source quotes the
    standard's own title, and `was` is the number in the version before, where it moved.
    """

    num: str
    title: str
    version: str
    web: str
    certainty: str
    is_our_title: bool = False
    was: str = ""


@cache
def other_clauses(version: str = "") -> tuple[Clause, ...]:
    """Return the clauses of a version (`V3.2.1`), or of all; none of a version that is not known.

    Of V4.1.1 only what it changes is known. Its other clauses are those of V3.2.1 as far as nothing says otherwise.
    """
    tables = load("clauses.yaml")
    return tuple(
        _clause(row, name, table) for name, table in tables.items() if version in ("", name) for row in table["clauses"]
    )


def _clause(row: dict[str, Any], version: str, table: dict[str, Any]) -> Clause:
    is_unverified = any(row["num"].startswith(prefix) for prefix in table["unverified"])
    return Clause(
        num=row["num"],
        title=row["title"],
        version=version,
        web=row["web"],
        certainty="unverified" if is_unverified else table["certainty"],
        is_our_title=row.get("words") == "ours",
        was=row.get("was", ""),
    )
