"""The tables of a sample: its sites with reasons, register against sample, what could not be met, replacements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitoring.register.read import level_word
from monitoring.sample.draw import representativeness
from monitoring.sample.keep import REPRESENTATIVENESS, Kept
from monitoring.sheets import Table

SITES = (
    "position", "url", "body", "level", "services", "nuts", "lau", "nominated by", "recurring", "reason",
)  # fmt: skip


def sample_tables(kept: Kept) -> list[Table]:
    """Return all tables of a sample, the sites first."""
    urls = {each["site_id"]: each["site"]["url"] for each in kept.sites}
    return [
        Table("Sites", SITES, [_line(number, each) for number, each in enumerate(kept.current, 1)]),
        representativeness_table(kept),
        Table("Not met", ("what",), [(note,) for note in kept.row["notes"]]),
        Table(
            "Replacements",
            ("at", "who", "removed", "added", "reason"),
            [(c["at"], c["who"], urls[c["removed_id"]], urls[c["added_id"]], c["reason"]) for c in kept.changes],
        ),
    ]


def representativeness_table(kept: Kept) -> Table:
    """Return the register, as it was when the sample was drawn, against the sample as it is now."""
    now = {(way, group): (n, share) for way, group, _, _, n, share in representativeness([], _sites(kept))}
    rows = [
        (
            str(row["by"]),
            str(row["group"]),
            int(row["register"]),
            float(row["register_share"]),
            *now.get((row["by"], row["group"]), (0, 0.0)),
        )
        for row in kept.row["facts"]["representativeness"]
    ]
    return Table("Representativeness", tuple(name.replace("_", " ") for name in REPRESENTATIVENESS), rows)


def _sites(kept: Kept) -> list[Mapping[str, Any]]:
    return [each["site"] for each in kept.current]


def _line(number: int, member: Mapping[str, Any]) -> tuple[str | int, ...]:
    site = member["site"]
    return (
        number,
        site["url"],
        site["body"],
        level_word(site["level"]),
        "; ".join(site["services"]),
        site["nuts"],
        site["lau"],
        site["nominated_by"],
        "yes" if member["is_recurring"] else "no",
        member["reason"],
    )
