"""Letter b: one page of each type of service, and of each other use that the site's main menu offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from monitoring.pages.find import Finder
from monitoring.pages.model import Chosen, Missing
from monitoring.pages.site import Known, Site, folder_of, spelled
from monitoring.pages.words import ENGLISH, service_of

MOST_OTHER = 5
"""Pages below the overview of services that name none of the Decision's: so many are taken."""

MOST_USES = 8
MOST_LINKED = 0.5
"""A page that more than this share of all pages link to in header, footer or menu belongs to the frame."""

ON_OVERVIEW, ELSEWHERE = 0.85, 0.65
"""Confidence for a service's page that the overview of services leads to, and for one that its words alone tell of."""

MAX_DEPTH = 4


def services(site: Site, finder: Finder, taken: Collection[str]) -> list[Chosen | Missing]:
    """Return the overview of services, one page of each type of service, and what was not found."""
    hits = [hit for hit in finder.hits("services") if hit.url in site.pages and hit.url != site.home]
    overview = hits[0] if hits else None
    found: list[Chosen | Missing] = []
    below: set[str] = set()
    if overview is not None:
        found.append(finder.chosen("b", "overview of services", overview))
        below = set(_below(site, overview.url)) - set(taken)
    by_type, unnamed = _by_type(site, below, {*taken, *([overview.url] if overview else ())})
    for service, pages in by_type.items():
        best, word = min(pages, key=lambda pair: (pair[0].url not in below, *_rank(pair[0])))
        where = "linked from the overview of services" if best.url in below else "told by its words alone"
        found.append(_chosen(best, f"service: {service}", f"“{word}”; {where}", is_sure=best.url in below))
    if not by_type and overview is None:
        found.append(Missing("b", "types of service", "Neither an overview of services nor a page on one was told."))
    for page in unnamed[:MOST_OTHER]:
        reason = "linked from the overview of services; its words name none of the Decision’s services"
        found.append(_chosen(page, "other service", reason, is_sure=True))
    if len(unnamed) > MOST_OTHER:
        rest = len(unnamed) - MOST_OTHER
        found.append(Missing("b", "other services", f"{rest} more pages below the overview of services were left out."))
    return found


def uses(site: Site, taken: Collection[str]) -> list[Chosen]:
    """Return one page for each entry of the home page's menus that no page of the sample stands for yet."""
    found: dict[str, Chosen] = {}
    covered = {_section(url, site) for url in taken if url != site.home} - {""}
    for nav in site.pages[site.home].facts.get("navs", ()):
        for text, target in nav["links"]:
            address = spelled(target)
            page = site.pages.get(address)
            if page is None or address in taken or page.lang not in ("", site.main_lang) or len(found) >= MOST_USES:
                continue
            section = _section(address, site)
            if section and section in covered:
                continue
            covered.add(section)
            said = f"menu entry “{text}”" if text.strip() else "a menu entry without words"
            found.setdefault(address, Chosen("b", "other use", address, page.name, said, 0.75))
    return list(found.values())


def _by_type(
    site: Site, below: Collection[str], taken: Collection[str]
) -> tuple[dict[str, list[tuple[Known, str]]], list[Known]]:
    by_type: defaultdict[str, list[tuple[Known, str]]] = defaultdict(list)
    unnamed: list[Known] = []
    langs = frozenset({site.main_lang or ENGLISH})
    for page in _candidates(site, taken):
        service, word = service_of(_texts(site, page), langs)
        if service:
            by_type[service].append((page, word))
        elif page.url in below:
            unnamed.append(page)
    return dict(sorted(by_type.items())), unnamed


def _candidates(site: Site, taken: Collection[str]) -> Iterator[Known]:
    inside = {spelled(target) for page in site.pages.values() for _, target in page.parts.get("onward", ())}
    for page in site.pages.values():
        is_step = page.url in inside or bool(page.parts.get("step"))  # its process begins elsewhere
        if page.url not in taken and not is_step and page.depth <= MAX_DEPTH and page.lang in ("", site.main_lang):
            yield page


def _texts(site: Site, page: Known) -> Iterable[str]:
    return (page.heading or page.title, *site.links.get(page.url, ()))


def _below(site: Site, overview: str) -> Iterator[str]:
    folder = folder_of(overview)
    is_root = folder == folder_of(site.home)
    most = MOST_LINKED * len(site.pages)
    for page in site.pages.values():
        is_inside = not is_root and page.url.startswith(folder)
        if is_inside or (page.found_on == overview and site.linked_from.get(page.url, 0) <= most):
            yield page.url


def _rank(page: Known) -> tuple[bool, bool, bool, int, str]:
    """Put first the pages where something can be done: a form, a way into a process, documents."""
    parts = page.parts
    return (not page.forms, not parts.get("onward"), not parts.get("files"), page.depth, page.url)


def _chosen(page: Known, item: str, reason: str, *, is_sure: bool) -> Chosen:
    return Chosen("b", item, page.url, page.name, reason, ON_OVERVIEW if is_sure else ELSEWHERE)


def _section(url: str, site: Site) -> str:
    """Return the first part of a path below the home page's folder; empty for what lies directly in it."""
    folder = folder_of(site.home)
    rest = url[len(folder) :] if url.startswith(folder) else url.split("/", 3)[-1]
    return rest.split("/", 1)[0] if "/" in rest else ""
