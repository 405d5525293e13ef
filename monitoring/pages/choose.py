"""Chooses the pages of an in-depth sample from a finished scan, letter by letter (Annex I, point 3.2)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from urllib.parse import urlsplit

from monitoring.pages.find import Finder, Hit
from monitoring.pages.model import Chosen, Missing, PageSample
from monitoring.pages.process import steps
from monitoring.pages.services import services, uses
from monitoring.pages.site import Known, Site, spelled
from reports.analysis.words import count

RANDOM_SHARE = 0.1
"""Letter g: at least a tenth of the size of the sample from a to f."""

SEED = 1
"""Of the random pages, unless told otherwise."""

MOST_TEMPLATES = 10
ITEMS_A = ("login", "sitemap", "contact", "help", "legal information")


def choose(site: Site, *, seed: int) -> PageSample:
    """Return the pages; the same scan and seed give the same pages."""
    finder = Finder(site)
    found: list[Chosen | Missing] = [_home(site, finder), *(finder.item("a", item) for item in ITEMS_A)]
    statement = finder.statement()
    search = finder.search()
    early: list[Chosen | Missing] = [*found, search, statement, finder.feedback(statement)]
    served = services(site, finder, _urls(early))
    found += [*served, *uses(site, _urls([*early, *served])), *early[len(found) :]]
    found += _distinct(site, _urls(found))
    searches = {spelled(f["to"]) for p in site.pages.values() for f in p.parts.get("forms", ()) if f["search"]}
    found += steps(site, [one for one in found if isinstance(one, Chosen)], searches)
    found += _documents(site, [one for one in found if isinstance(one, Chosen)])
    found.append(Missing("f", "other relevant pages", "Left to you: add pages with the letter f."))
    found += _random(site, _urls(found), seed)
    pages = sorted((one for one in found if isinstance(one, Chosen)), key=lambda one: one.letter)
    missing = sorted((one for one in found if isinstance(one, Missing)), key=lambda one: one.letter)
    return PageSample(site.home, seed, tuple(pages), tuple(dict.fromkeys(missing)))


def draw(addresses: Iterable[str], seed: int) -> list[str]:
    """Return addresses in an order that the seed and their paths alone decide."""

    def digest(address: str) -> str:
        parts = urlsplit(address)
        return hashlib.sha256(f"{seed} {parts.path}?{parts.query}".encode()).hexdigest()

    return sorted(addresses, key=digest)


def _home(site: Site, finder: Finder) -> Chosen:
    return finder.chosen("a", "home", Hit(site.home, 1.0, ("the address that the scan started from",)))


def _urls(found: Iterable[Chosen | Missing]) -> set[str]:
    return {one.url for one in found if isinstance(one, Chosen)}


def _distinct(site: Site, taken: set[str]) -> list[Chosen | Missing]:
    """Return a page of each template and with each kind of content that no chosen page has."""
    found: list[Chosen | Missing] = []
    shown = [site.pages[url] for url in taken if url in site.pages]
    templates = {page.template for page in shown}
    sizes: dict[int, int] = {}
    for page in site.pages.values():
        sizes[page.template] = sizes.get(page.template, 0) + 1
    new = [page for page in site.pages.values() if page.template not in templates]
    for number in sorted({page.template for page in new})[:MOST_TEMPLATES]:
        page = next(one for one in new if one.template == number)
        reason = f"one of {sizes[number]} pages that are built alike, and unlike the pages above"
        found.append(Chosen("d", "distinct appearance", page.url, page.name, reason, 0.8))
        shown.append(page)
    left = len({page.template for page in new}) - MOST_TEMPLATES
    if left > 0:
        found.append(Missing("d", "distinct appearance", f"{left} more ways in which pages are built were left out."))
    kinds = {kind for page in shown for kind in page.parts.get("kinds", ())}
    for page in site.pages.values():
        fresh = [kind for kind in page.parts.get("kinds", ()) if kind not in kinds]
        if fresh:
            kinds.update(fresh)
            reason = f"the first page met with: {', '.join(fresh)}"
            found.append(Chosen("d", "distinct content", page.url, page.name, reason, 0.8))
    return found


def _documents(site: Site, pages: Iterable[Chosen]) -> list[Chosen | Missing]:
    """Return one document for each service and other use, where its page or a page below it has one."""
    found: list[Chosen | Missing] = []
    taken: set[str] = set()
    without: list[str] = []
    for one in pages:
        page = site.pages.get(one.url)
        if one.letter != "b" or one.item in ("search", "step of a process") or page is None:
            continue
        own = [spelled(target) for _, target in page.parts.get("files", ())]
        near = [file.url for file in site.files.values() if file.found_on == page.url]
        address = next((url for url in (*own, *near) if url in site.files and url not in taken), None)
        if address is None:
            without.append(page.name)
            continue
        taken.add(address)
        file = site.files[address]
        reason = f"linked from “{page.name}” ({one.item})"
        found.append(
            Chosen("e", f"document: {file.format}", address, file.title or address, reason, 0.9, kind="document")
        )
    if without:
        why = f"No document that no other page stands for was found on {len(without)} pages: {'; '.join(without[:10])}."
        found.append(Missing("e", "documents", why))
    return found


def _random(site: Site, taken: set[str], seed: int) -> list[Chosen | Missing]:
    wanted = math.ceil(RANDOM_SHARE * len(taken))
    pool: list[Known] = [site.pages[url] for url in draw(site.pages.keys() - taken, seed)]
    found: list[Chosen | Missing] = [
        Chosen("g", "random", page.url, page.name, f"drawn from {len(pool)} other pages, seed {seed}", 1.0)
        for page in pool[:wanted]
    ]
    if len(pool) < wanted:
        found.append(
            Missing("g", "random", f"wanted: {count(wanted, 'page')}; the scan holds {count(len(pool), 'other')}.")
        )
    return found
