"""What Member States arrange for statements, from `data/national.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

import yaml

MEMORY = "M"


@dataclass(frozen=True, slots=True)
class Names:
    """Names by which a text is recognised, hosts that links lead to, and how sure the list is."""

    words: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    is_unverified: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """One country's conventions; see the head of the data file."""

    code: str
    domains: tuple[str, ...]
    paths: tuple[str, ...]
    hosts: tuple[str, ...]
    link_texts: tuple[str, ...]
    meta: str
    laws: Names
    bodies: Names
    is_unverified: bool
    marks: Mapping[str, str] = field(default_factory=dict)


@cache
def countries() -> dict[str, Country]:
    """Return all countries by code."""
    text = (resources.files("checks.statement.data") / "national.yaml").read_text(encoding="utf-8")
    return {code: _country(code, row) for code, row in yaml.safe_load(text)["countries"].items()}


@cache
def statement_hosts() -> frozenset[str]:
    """Return the central sites that hold statements."""
    return frozenset(host for country in countries().values() for host in country.hosts)


def country_of(url: str) -> str:
    """Return the country that a site's top-level domain tells, or an empty string."""
    domain = (urlsplit(url).hostname or "").rpartition(".")[2]
    return next((code for code, country in countries().items() if domain in country.domains), "")


def is_on_host(url: str, hosts: tuple[str, ...] | frozenset[str]) -> bool:
    """Return whether an address is on one of these hosts or below one."""
    host = (urlsplit(url).hostname or "").lower()
    return any(host == known or host.endswith(f".{known}") for known in hosts)


def _country(code: str, row: Mapping[str, Any]) -> Country:
    return Country(
        code,
        tuple(row["domains"]),
        tuple(row.get("paths", ())),
        tuple(row.get("hosts", ())),
        tuple(row.get("link_texts", ())),
        row.get("meta", ""),
        _names(row["laws"]),
        _names(row["bodies"]),
        row.get("certainty", MEMORY) == MEMORY,
        row.get("marks", {}),
    )


def _names(row: Mapping[str, Any]) -> Names:
    return Names(tuple(row["words"]), tuple(row.get("hosts", ())), row["certainty"] == MEMORY)
