"""Draws a sample of sites: stratified, seeded, with some of last time's sites and those that stakeholders asked for.

The choice depends on the sites' addresses and the seed alone, not on the order of rows or on the machine: each site's
place in the queue of its stratum is a digest of both.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

from monitoring.errors import MonitoringError
from monitoring.facts import caveat, decision
from monitoring.register.model import LEVELS, SERVICES
from monitoring.sample import notes

LEAST_RECURRING = Fraction(1, 10)
MOST_RECURRING = Fraction(1, 2)
"""Point 2.4: at least 10 % were monitored in the period before, and at least 50 % were not."""

NUTS_CHARS = 3
"""The territory that a stratum is made by: NUTS 1, the country and one sign."""

NOT_STATED = "not stated"
Stratum = tuple[str, str, str]
Site = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen site: its row in the register, why, and whether it recurs."""

    site: Site
    reason: str
    is_recurring: bool


@dataclass(slots=True)
class Drawn:
    """A sample: its sites in order, and what could not be met and why."""

    chosen: list[Chosen] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def draw(
    sites: Iterable[Site], size: int, *, seed: int, last: frozenset[str] = frozenset(), recurring: Fraction
) -> Drawn:
    """Draw `size` of the register's sites. `last` holds the keys of the sites monitored in the period before.

    `recurring` is the share to take of those; it is kept between a tenth and a half. Raises MonitoringError.
    """
    if not LEAST_RECURRING <= recurring <= MOST_RECURRING:
        raise MonitoringError("The share of recurring sites lies between 0.1 and 0.5 (Annex I, point 2.4).")
    queue = sorted(sites, key=lambda site: ticket(site["key"], seed))
    if size > len(queue):
        raise MonitoringError(f"The register holds {len(queue)} sites; {size} cannot be drawn.")
    result = Drawn()
    old = [site for site in queue if site["key"] in last]
    new = [site for site in queue if site["key"] not in last]
    n_old = _n_recurring(size, len(old), len(new), recurring, result.notes) if last else 0
    asked = sum(bool(site["nominated_by"]) for site in old)
    if asked > n_old:  # nominations are kept as far as half of the sample may recur
        n_old = max(n_old, min(asked, floor(size * MOST_RECURRING)))
    if last:
        _take(result, old, n_old, strata=allocate(queue, size), is_recurring=True)
    _take(result, new, size - n_old, strata=allocate(queue, size), is_recurring=False)
    for key, name in LEVELS.items():
        if not any(site["level"] == key for site in queue):
            result.notes.append(notes.NO_LEVEL % {"level": name})
    for service in SERVICES:
        if not any(service in each.site["services"] for each in result.chosen):
            is_known = any(service in s["services"] for s in queue)
            note = notes.FEW_OF_SERVICE if is_known else notes.NO_SERVICE
            result.notes.append(note % {"service": spoken(service)})
    result.chosen.sort(key=lambda each: (each.site["level"], ticket(each.site["key"], seed)))
    return result


def ticket(key: str, seed: int) -> bytes:
    """Return a site's place in the queue: a digest of seed and address."""
    return hashlib.sha256(f"{seed}\n{key}".encode()).digest()


def stratum_of(site: Site) -> Stratum:
    """Return a site's level, first service and NUTS 1 territory. A site of several services counts with the first."""
    services = site["services"] or [NOT_STATED]
    return site["level"], services[0], site["nuts"][:NUTS_CHARS] or NOT_STATED


def allocate(sites: Iterable[Site], size: int) -> dict[Stratum, int]:
    """Share `size` places among strata in proportion, by largest remainders; equal ones go by the stratum's name."""
    counts = Counter(map(stratum_of, sites))
    total = sum(counts.values())
    if not total:
        return {}
    exact = {stratum: Fraction(count * size, total) for stratum, count in counts.items()}
    places = {stratum: floor(share) for stratum, share in exact.items()}
    by_remainder = sorted(exact, key=lambda stratum: (floor(exact[stratum]) - exact[stratum], stratum))
    for stratum in by_remainder[: size - sum(places.values())]:
        places[stratum] += 1
    return places


def _n_recurring(size: int, n_old: int, n_new: int, share: Fraction, noted: list[str]) -> int:
    mark = caveat(decision()["recurring_sample"]["v"])
    wanted = min(ceil(size * share), floor(size * MOST_RECURRING))
    taken = min(wanted, n_old)
    if taken < ceil(size * LEAST_RECURRING):
        noted.append(notes.TOO_FEW_AGAIN % {"taken": taken, "size": size, "mark": mark})
    if size - taken > n_new:
        taken = size - n_new
        if taken > floor(size * MOST_RECURRING):
            noted.append(notes.TOO_MANY_AGAIN % {"taken": taken, "size": size, "new": n_new, "mark": mark})
    return taken


def _take(
    result: Drawn, queue: Sequence[Site], count: int, *, strata: Mapping[Stratum, int], is_recurring: bool
) -> None:
    """Take nominated sites first, then fill each stratum's places, then fill up from the queue."""
    left = Counter(strata)
    left.subtract(Counter(stratum_of(each.site) for each in result.chosen))
    if is_recurring:  # the recurring part keeps the proportions of the whole as far as it goes
        left = Counter(_scaled(left, count, queue))
    start = len(result.chosen)
    again = "; monitored in the period before, too" if is_recurring else ""

    def take(sites: Iterable[Site], why: Callable[[Site], str]) -> list[Site]:
        rest = []
        for site in sites:
            reason = why(site) if len(result.chosen) - start < count else ""
            if reason:
                result.chosen.append(Chosen(site, reason + again, is_recurring))
                left[stratum_of(site)] -= 1
            else:
                rest.append(site)
        return rest

    rest = take(queue, lambda site: f"Nominated by {site['nominated_by']}" if site["nominated_by"] else "")
    cut = [site["url"] for site in rest if site["nominated_by"]]
    if cut:
        note = notes.NO_PLACE_AGAIN if is_recurring else notes.NO_PLACE
        what = "site" if len(cut) == 1 else "sites"
        result.notes.append(note % {"n": len(cut), "sites": what, "urls": ", ".join(cut[:10])})
    rest = take(rest, lambda site: f"Drawn for {describe(stratum_of(site))}" if left[stratum_of(site)] > 0 else "")
    short = defaultdict(int, {stratum: number for stratum, number in left.items() if number > 0})
    take(rest, lambda site: f"Drawn for {describe(stratum_of(site))}, in place of a group with too few sites")
    if not is_recurring and short:
        result.notes += [
            notes.PLACES_SHORT
            % {
                "n": number,
                "places": "place" if number == 1 else "places",
                "level": LEVELS[level],
                "service": spoken(service),
                "territory": territory,
            }
            for (level, service, territory), number in sorted(short.items())
        ]


def _scaled(left: Mapping[Stratum, int], count: int, queue: Sequence[Site]) -> dict[Stratum, int]:
    total = sum(left.values())
    have = Counter(map(stratum_of, queue))
    exact = {stratum: Fraction(number * count, total) for stratum, number in left.items()} if total else {}
    places = {stratum: min(floor(share), have[stratum]) for stratum, share in exact.items()}
    for stratum in sorted(exact, key=lambda s: (floor(exact[s]) - exact[s], s)):
        if sum(places.values()) < count and places[stratum] < have[stratum]:
            places[stratum] += 1
    return places


def spoken(service: str) -> str:
    """Return a service of the Decision as people write it."""
    return service.replace("-", " ")


def describe(stratum: Stratum) -> str:
    """Return a stratum in words."""
    level, service, territory = stratum
    return f"{LEVELS[level]}, {spoken(service)}, territory {territory}"


def representativeness(
    register: Iterable[Site], chosen: Iterable[Site]
) -> list[tuple[str, str, int, float, int, float]]:
    """Return (by what, group, in the register, its share, in the sample, its share), shares from 0 to 1.

    A site of several services counts once for each, so the shares of services add up to more than 1.
    """
    ways: dict[str, Callable[[Site], Sequence[str]]] = {
        "level": lambda site: (LEVELS[site["level"]],),
        "service": lambda site: list(map(spoken, site["services"])) or [NOT_STATED],
        "territory": lambda site: (site["nuts"][:NUTS_CHARS] or NOT_STATED,),
    }
    whole, part = list(register), list(chosen)
    rows = []
    for way, groups in ways.items():
        all_of = Counter(group for site in whole for group in groups(site))
        some_of = Counter(group for site in part for group in groups(site))
        if way == "level":
            all_of.update(dict.fromkeys(LEVELS.values(), 0))
        if way == "service":
            all_of.update(dict.fromkeys(map(spoken, SERVICES), 0))
        rows += [
            (
                way,
                group,
                all_of[group],
                all_of[group] / len(whole) if whole else 0.0,
                some_of[group],
                some_of[group] / len(part) if part else 0.0,
            )
            for group in sorted({*all_of, *some_of})
        ]
    return rows
