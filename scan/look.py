"""Looks closely at pages: chooses them by template, runs the probes on a live page, judges what they noted."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast
from urllib.parse import urlsplit

from checks.live import LiveError, LivePage
from checks.model import BEHIND, Finding, Judgement, Outcome, Page
from checks.probe import Probe, Probed
from checks.rule import Rule
from checks.run import check_probed
from checks.template import templates
from scan.behind import BehindPage, stands_over
from scan.engines import read_all
from store.looks import LEAST_PAGES, SHARE_OF_PAGES, Chosen

BANNER = "banner"
"""The probe that looks at a notice over a page."""

PROBE_S = 45.0
"""The longest that one probe may take on one page."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the probes noted on one page, by name, and why some did not.

    `behind` names the probes that saw the page behind its notice; `engines` holds the raw output of each engine there.
    `note` says why a notice could not be put away.
    """

    url: str
    probed: Mapping[str, Probed]
    missing: Mapping[str, str]
    behind: frozenset[str] = frozenset()
    engines: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


def choose(candidates: Iterable[tuple[int, str, list[int]]], *, per_template: int, thorough: bool) -> list[Chosen]:
    """Return the pages to look at: all, or `per_template` of each template, the largest templates first.

    `candidates` are (id, address, sketch) in a steady order. The choice depends on the addresses alone, so that two
    scans of an unchanged site look at the same pages.
    """
    pages = list(candidates)
    if thorough:
        return [Chosen(key, "All pages were to be looked at.") for key, _, _ in pages]
    addresses = {key: address for key, address, _ in pages}
    most = max(LEAST_PAGES, int(len(pages) * SHARE_OF_PAGES))
    groups = templates((key, its_sketch) for key, _, its_sketch in pages)
    chosen: list[Chosen] = []
    for turn in range(per_template):  # one of each template before a second of any
        for number, group in enumerate(groups, start=1):
            ranked = sorted(group, key=lambda key: _rank(addresses[key]))
            if turn < len(ranked) and len(chosen) < most:
                chosen.append(Chosen(ranked[turn], f"One of {len(group)} pages of template {number}."))
    return chosen


def _rank(address: str) -> tuple[int, str]:
    """Put a site's home page first, and the others in an order that means nothing.

    The host does not count: a copy of a site, or a server on another port, is looked at on the same pages.
    """
    parts = urlsplit(address)
    place = f"{parts.path}?{parts.query}"
    return (place != "/?", hashlib.sha256(place.encode()).hexdigest())


async def look(live: LivePage, probes: Iterable[Probe], *, engines: Iterable[str] = ()) -> Looked:
    """Run probes on an open page, each on the page in its first state. Raises LiveError when the page is lost.

    Where a notice stands over the page, only the probe for notices sees it: the others, and the engines of those
    names, see the page behind it.
    """
    chosen = list(probes)
    address = live.url
    name = await _notice(live)
    if name is None:
        probed, missing = await _run(live, chosen)
        return Looked(address, probed, missing)
    first = [probe for probe in chosen if probe.name == BANNER]
    others = [probe for probe in chosen if probe.name != BANNER]
    probed, missing = await _run(live, first)
    behind = cast(LivePage, BehindPage(live))
    try:
        await behind.reload()
    except LiveError as error:
        await live.reload()
        more, more_missing = await _run(live, others)
        return Looked(address, {**probed, **more}, {**missing, **more_missing}, note=_still_there(name, error))
    raw = {name: await _engine(behind, name) for name in engines}
    more, more_missing = await _run(behind, others)
    return Looked(address, {**probed, **more}, {**missing, **more_missing}, frozenset(more), raw)


async def _run(live: LivePage, probes: Iterable[Probe]) -> tuple[dict[str, Probed], dict[str, str]]:
    probed: dict[str, Probed] = {}
    missing: dict[str, str] = {}
    address = live.url
    is_fresh = True
    for probe in probes:
        try:
            if not is_fresh or live.url != address:
                await live.reload()
                address = live.url
            probed[probe.name] = await asyncio.wait_for(probe.look(live), PROBE_S)
            is_fresh = not probe.spoils or probed[probe.name].is_untouched
        except TimeoutError:
            missing[probe.name], is_fresh = f"not done after {PROBE_S:g} s", False
        except LiveError as error:
            missing[probe.name], is_fresh = str(error), False
        except Exception as error:  # noqa: BLE001  what a strange page does to one probe stays that probe's affair
            missing[probe.name], is_fresh = f"{type(error).__name__}: {error}"[:300], False
    return probed, missing


async def _notice(live: LivePage) -> str | None:
    """Return the name of the notice over the page; a page that cannot be asked has none."""
    try:
        return await stands_over(live)
    except (LiveError, TimeoutError):
        return None


async def _engine(live: LivePage, engine: str) -> Any:
    """Run the engine on the page as it stands; what it cannot tell is known from the page as it opened."""
    try:
        return await asyncio.wait_for(live.run_engine(engine), PROBE_S)
    except (LiveError, TimeoutError) as error:
        return {"error": str(error) or f"not done after {PROBE_S:g} s"}


def _still_there(name: str, error: LiveError) -> str:
    called = f" “{name}”" if name else ""
    return f"The notice{called} over the page could not be put away without agreeing to it: {error}."


def judge(url: str, looked: Looked, rules: Iterable[Rule]) -> Judgement:
    """Return what the rules of the kind `rendered`, and the engines behind a notice, say of a look.

    `<rule>:cut` in `not_run` says what a rule left out, and `BEHIND` why the page behind a notice was not seen.
    """
    chosen = [rule for rule in rules if rule.kind == "rendered"]
    result = check_probed(Page(url, looked.url, html=""), looked.probed, chosen)
    there = {rule.id for rule in chosen if rule.probe in looked.behind}
    findings = [replace(found, state=BEHIND) if found.rule in there else found for found in result.findings]
    not_run = dict(result.not_run)
    if looked.engines:
        seen = read_all(looked.engines, url)
        findings += [replace(found, state=BEHIND) for found in seen.findings]
        not_run.update({f"{name}:{BEHIND}": why for name, why in seen.not_run.items()})
    if looked.note:
        not_run[BEHIND] = looked.note
    for rule in chosen:
        if rule.probe in looked.missing:
            not_run[rule.id] = f"The closer look did not end: {looked.missing[rule.probe]}"
        elif rule.probe in looked.probed and looked.probed[rule.probe].notes:
            not_run[f"{rule.id}:cut"] = " ".join(looked.probed[rule.probe].notes)
    return Judgement(tuple(findings), result.rule_outcomes, None, not_run)


def rules_not_run(rules: Iterable[Rule], reason: str) -> dict[str, str]:
    """Return why each rule of the kind `rendered` did not run on a page."""
    return {rule.id: f"The page could not be looked at closely: {reason}" for rule in rules if rule.kind == "rendered"}


def pictures_of(findings: Iterable[Finding]) -> dict[tuple[str, str, Outcome], Finding]:
    """Return the first finding with a picture of each issue."""
    first: dict[tuple[str, str, Outcome], Finding] = {}
    for found in findings:
        if found.picture:
            first.setdefault(found.issue, found)
    return first
