"""What is left to people for each success criterion."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from checks.standards._load import load


@cache
def left_to_people() -> Mapping[str, str]:
    """Return one sentence for each criterion of levels A and AA: what only a person can judge."""
    return MappingProxyType({str(num): text for num, text in load("people.yaml").items()})
