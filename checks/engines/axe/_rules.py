"""What people need to know of axe's rules: our own words from `advice.yaml`, beside axe's facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from checks.engines.axe._messages import load
from checks.engines.axe._script import bundled_version
from checks.model import BEST_PRACTICE, Impact, RuleInfo
from checks.standards import criteria, with_stricter

ENGINE = "axe"
BEST_PRACTICE_TAG = "best-practice"
"""axe's tag for rules that no success criterion asks for."""

_CRITERION_TAG = re.compile(r"wcag([1-4])([1-9])([1-9]\d?)")


def rule_id(name: str) -> str:
    """Return our id of an axe rule: `image-alt` gives `axe/image-alt`."""
    return f"{ENGINE}/{name}"


def help_url(name: str, version: str) -> str:
    """Return Deque's page about a rule, for the axe version that ran (`4.12.1`)."""
    major_minor = ".".join(version.split(".")[:2])
    return f"https://dequeuniversity.com/rules/axe/{major_minor}/{name}"


def wcag_from_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the success criteria that axe's tags name: `wcag111` gives `1.1.1`, `wcag1411` gives `1.4.11`."""
    found = (_CRITERION_TAG.fullmatch(tag) for tag in tags)
    numbers = {".".join(match.groups()) for match in found if match}
    return tuple(sorted(numbers & set(criteria()), key=lambda number: [int(part) for part in number.split(".")]))


def rule_infos(tags: Iterable[str], version: str | None = None) -> tuple[RuleInfo, ...]:
    """Return what people need to know of each axe rule that `tags` (a profile's `axe_tags`, and
    `BEST_PRACTICE_TAG`) switch on, by id.

    `version` is that of the axe-core script in use, for the addresses of its help pages; the bundled one by default.
    """
    wanted = set(tags)
    version = version or bundled_version()
    return tuple(_info(name, row, version) for name, row in sorted(load("advice").items()) if row["tag"] in wanted)


def _info(name: str, row: Mapping[str, Any], version: str) -> RuleInfo:
    wcag = with_stricter(row["wcag"])
    page = help_url(name, version)
    return RuleInfo(
        id=rule_id(name),
        engine=ENGINE,
        kind=BEST_PRACTICE if row["tag"] == BEST_PRACTICE_TAG else "engine",
        title=row["title"],
        description=row["failed"],
        who=row["who"],
        how=row["how"],
        wcag=wcag,
        impact=Impact(row["impact"]),
        help_url=page,
        sources=(page, *(criteria()[number].url() for number in wcag)),
    )
