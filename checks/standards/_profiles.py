"""Profiles: what a scan is measured against."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from checks.standards._criteria import Criterion, FunctionalMapping, criteria, functional_mappings
from checks.standards._load import load


class UnknownProfileError(ValueError):
    """The caller asked for a profile that does not exist. The message names the nearest one and all of them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A standard, cut down to what a web page can be measured against.

    `criteria` are success criterion numbers in the order of WCAG. `clauses` gives the standard's own clause for each,
    and `functional` the functional performance statements it serves; both are empty for plain WCAG, which has
    neither. `axe_tags` are the axe-core tags whose rules to run. `cited` says whether the Official Journal cited the
    standard for Directive (EU) 2016/2102 on the day `seen` (ISO 8601); None where that question does not arise.
    `satisfied` are criteria that are met by definition and can never fail. `document_criteria` and `document_clauses`
    are the same for documents that are no web pages, such as PDFs: some criteria make no demand of those.
    """

    id: str
    title: str
    url: str
    note: str
    wcag_version: str
    levels: tuple[str, ...]
    criteria: tuple[str, ...]
    clauses: Mapping[str, str]
    functional: Mapping[str, FunctionalMapping]
    axe_tags: tuple[str, ...]
    satisfied: tuple[str, ...]
    document_criteria: tuple[str, ...]
    document_clauses: Mapping[str, str]
    cited: bool | None = None
    seen: str = ""


@cache
def profiles() -> Mapping[str, Profile]:
    """Return every profile by id; the first is the default."""
    data = load("profiles.yaml")
    return MappingProxyType({row["id"]: _profile(row, data["axe_tags"]) for row in data["profiles"]})


def default_profile() -> Profile:
    """Return the profile that is used when nobody names one: the standard the Official Journal cites."""
    return next(iter(profiles().values()))


def profile(id: str) -> Profile:  # noqa: A002  the profile's own word for its name
    """Return the profile with this id; UnknownProfileError, which names the nearest one, if there is none."""
    known = profiles()
    if id in known:
        return known[id]
    # Any name is nearer than none: cutoff 0 always finds the best of the few.
    nearest = difflib.get_close_matches(id.lower(), known, n=1, cutoff=0.0)[0]
    raise UnknownProfileError(
        f"There is no profile {id!r}. Did you mean {nearest}? The profiles are: {', '.join(known)}."
    )


def _profile(row: dict[str, Any], axe_tags: dict[str, list[str]]) -> Profile:
    version, levels = row["wcag"], tuple(row["levels"])
    members = [c for c in criteria().values() if version in c.versions and c.level in levels]
    prefix = row.get("clause")
    mappings = functional_mappings() if prefix else {}
    return Profile(
        id=row["id"],
        title=row["title"],
        url=row["url"],
        note=row.get("note", ""),
        wcag_version=version,
        levels=levels,
        criteria=tuple(c.num for c in members),
        clauses=MappingProxyType(_clauses(members, prefix)),
        functional=MappingProxyType({c.num: mappings[c.num] for c in members if c.num in mappings}),
        axe_tags=(*axe_tags[version], *(axe_tags["AAA"] if "AAA" in levels else ())),
        document_criteria=tuple(c.num for c in members if c.num not in row.get("void_for_documents", ())),
        document_clauses=MappingProxyType(
            _clauses([c for c in members if c.num not in row.get("void_for_documents", ())], row.get("document_clause"))
        ),
        satisfied=tuple(c.num for c in members if c.satisfied_by_definition),
        cited=row.get("cited"),
        seen=row.get("seen", ""),
    )


def _clauses(members: list[Criterion], prefix: str | None) -> dict[str, str]:
    return {c.num: prefix + c.num for c in members} if prefix else {}
