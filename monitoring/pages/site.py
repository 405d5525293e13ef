"""A finished scan as page samples see it: pages with what they offer, the links to them, documents, templates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from sqlalchemy import Engine, select

from checks.statement.read import read_statement
from checks.template import templates
from crawler.urls import BadUrlError, canonical, host_of
from monitoring.errors import MonitoringError
from store.results import read_scan
from store.schema import ScanState, State, document, page, url
from store.statements import read_statements

KEPT = ("parts", "search")
"""What is kept in memory of each page's facts; of the home page all are."""

MAX_TEXTS = 8
"""Different texts that are kept of the links to one page."""


@dataclass(frozen=True, slots=True)
class Known:
    """A page of the scan. `template` numbers the group of pages that are built like it, the largest first."""

    url_id: int
    url: str
    title: str
    lang: str
    depth: int
    found_on: str
    template: int
    facts: Mapping[str, Any]

    @property
    def parts(self) -> Mapping[str, Any]:
        """What the page offers: see `checks.page_parts`."""
        found: Mapping[str, Any] = self.facts.get("parts", {})
        return found

    @property
    def heading(self) -> str:
        """Its main heading."""
        return str(self.parts.get("h1", ""))

    @property
    def name(self) -> str:
        """What to call it in a list."""
        return self.heading or self.title or self.url

    @property
    def forms(self) -> list[Mapping[str, Any]]:
        """Its forms that are no search."""
        return [form for form in self.parts.get("forms", ()) if form["fields"] and not form["search"]]


@dataclass(frozen=True, slots=True)
class File:
    """A document of the site."""

    url: str
    title: str
    format: str
    found_on: str


class _Links:
    """The texts of links in headers, footers and menus, by where they lead."""

    def __init__(self) -> None:
        self.texts: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, frame: Iterable[tuple[str, str]], linked_from: Counter[str]) -> None:
        """Count the links of one page, each once."""
        for text, target in {(text, spelled(target)) for text, target in frame}:
            linked_from[target] += 1
            if text in self.texts[target] or len(self.texts[target]) < MAX_TEXTS:
                self.texts[target][text] += 1


@dataclass(frozen=True, slots=True)
class Site:
    """A scanned site. Addresses are in the ledger's spelling; `links` holds the texts of links by where they lead."""

    home: str
    langs: frozenset[str]
    main_lang: str
    pages: Mapping[str, Known]
    links: Mapping[str, Counter[str]]
    linked_from: Mapping[str, int]
    unchecked: frozenset[str]
    files: Mapping[str, File]
    statements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Accessibility statements by address: where the links of their section on feedback lead."""
    has_contact: frozenset[str] = frozenset()
    """Statements that give an e-mail address, a telephone number or a form for feedback themselves."""

    def is_own(self, address: str) -> bool:
        """Say whether an address is on the site's host."""
        return host_of(address) == host_of(self.home)


def read_site(engine: Engine) -> Site:
    """Return the newest scan as a site. Raises MonitoringError when it is not finished or kept no facts."""
    scan = read_scan(engine)
    if scan.state not in (ScanState.COMPLETE, ScanState.LIMITED):
        raise MonitoringError("The scan is not finished. Go on with it by --resume first.")
    links, linked_from = _Links(), Counter[str]()
    pages = _pages(engine, scan.id, links, linked_from)
    if not pages:
        raise MonitoringError("The scan checked no page, so there is none to choose from.")
    if not any("parts" in one.facts for one in pages.values()):
        raise MonitoringError(
            "The scan did not keep what is needed to choose pages: it is older than this, or ran with --only style. "
            "Scan the site again."
        )
    home = _home(scan.start_urls, pages)
    pages[home] = replace(pages[home], facts=_facts_of(engine, pages[home].url_id))
    statements, has_contact = _statements(engine, scan.id, pages)
    langs = Counter(one.lang for one in pages.values() if one.lang)
    main = pages[home].lang or (langs.most_common(1)[0][0] if langs else "")
    return Site(
        home=home,
        langs=frozenset(langs),
        main_lang=main,
        pages=pages,
        links=dict(links.texts),
        linked_from=linked_from,
        unchecked=_unchecked(engine, scan.id),
        files=_files(engine, scan.id),
        statements=statements,
        has_contact=has_contact,
    )


def spelled(address: str) -> str:
    """Return an address in the ledger's spelling; as it is where it has none."""
    try:
        return canonical(address)
    except BadUrlError:
        return address


def folder_of(address: str) -> str:
    """Return the directory part of an address, up to the last slash."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rsplit('/', 1)[0]}/"


def _pages(engine: Engine, scan_id: int, links: _Links, linked_from: Counter[str]) -> dict[str, Known]:
    """Return the pages without those that are there twice. Of what the scan noted only `KEPT` is kept in memory."""
    query = (
        select(url.c.id, url.c.url, url.c.depth, url.c.found_on, page.c.title, page.c.lang, page.c.same_as,
               page.c.content_hash, page.c.sketch, page.c.facts)
        .join(page, page.c.url_id == url.c.id)
        .where(url.c.scan_id == scan_id, url.c.state == State.CHECKED)
        .order_by(url.c.depth, url.c.id)
    )  # fmt: skip
    found: dict[str, Known] = {}
    sketches: dict[str, list[int]] = {}
    same: dict[str, str] = {}
    seen: set[str] = set()
    with engine.connect() as connection:
        for row in connection.execute(query, execution_options={"yield_per": 200}):
            if row.content_hash in seen:
                continue
            seen.add(row.content_hash)
            facts = row.facts or {}
            links.add(facts.get("frame", ()), linked_from)
            sketches[row.url], same[row.url] = row.sketch or [], row.same_as
            lang = row.lang.replace("_", "-").split("-")[0].lower()
            kept = {key: facts[key] for key in KEPT if key in facts}
            found[row.url] = Known(row.id, row.url, row.title, lang, row.depth, row.found_on, 0, kept)
    found = {key: one for key, one in found.items() if same[key] in ("", key) or same[key] not in found}
    groups = templates((one.url_id, sketches[key]) for key, one in sorted(found.items()))
    template = {key: number for number, group in enumerate(groups, start=1) for key in group}
    return {key: replace(one, template=template[one.url_id]) for key, one in found.items()}


def _facts_of(engine: Engine, url_id: int) -> Mapping[str, Any]:
    with engine.connect() as connection:
        facts: Mapping[str, Any] = connection.execute(select(page.c.facts).where(page.c.url_id == url_id)).scalar_one()
    return facts or {}


def _home(starts: Iterable[str], pages: Mapping[str, Known]) -> str:
    """Return the start address; where it only leads elsewhere, the page that was met first."""
    return next((start for start in starts if start in pages), next(iter(pages)))


def _unchecked(engine: Engine, scan_id: int) -> frozenset[str]:
    """Return pages that the scan met and did not check because of its own limits."""
    query = select(url.c.url).where(url.c.scan_id == scan_id, url.c.state == State.OVER_LIMIT, url.c.kind == "page")
    with engine.connect() as connection:
        return frozenset(connection.execute(query).scalars())


def _files(engine: Engine, scan_id: int) -> dict[str, File]:
    query = (
        select(url.c.url, document.c.title, document.c.format, url.c.found_on)
        .join(document, document.c.url_id == url.c.id)
        .where(url.c.scan_id == scan_id)
        .order_by(url.c.id)
    )
    with engine.connect() as connection:
        return {row.url: File(row.url, row.title, row.format, row.found_on) for row in connection.execute(query)}


def _statements(
    engine: Engine, scan_id: int, pages: Mapping[str, Known]
) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    found: dict[str, tuple[str, ...]] = {}
    reachable: set[str] = set()
    with engine.connect() as connection:
        kept = read_statements(connection, scan_id)
    for one in kept:
        if one.url not in pages:
            continue
        told = read_statement(BeautifulSoup(one.html, "lxml"), one.final_url, title=one.title, lang=one.lang)
        sections = [section for section in told.sections if section.kind == "feedback"]
        found[one.url] = tuple(spelled(link.url) for section in sections for link in section.links)
        if told.emails or told.phones or told.has_form:
            reachable.add(one.url)
    return found, frozenset(reachable)
