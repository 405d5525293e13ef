"""The standards as data: success criteria, EN 301 549 and its functional performance statements. Imports no other room.

The tables are the YAML files in this folder, each with its sources.
"""

from checks.standards._clauses import Clause, other_clauses
from checks.standards._criteria import (
    WCAG_VERSIONS,
    Criterion,
    FunctionalMapping,
    FunctionalStatement,
    criteria,
    functional_mappings,
    functional_statements,
    with_stricter,
)
from checks.standards._people import left_to_people
from checks.standards._profiles import (
    Profile,
    UnknownProfileError,
    default_profile,
    profile,
    profiles,
)

__all__ = [
    "WCAG_VERSIONS",
    "Clause",
    "Criterion",
    "FunctionalMapping",
    "FunctionalStatement",
    "Profile",
    "UnknownProfileError",
    "criteria",
    "default_profile",
    "functional_mappings",
    "functional_statements",
    "left_to_people",
    "other_clauses",
    "profile",
    "profiles",
    "with_stricter",
]
