"""The demo town is whole: pages built from their sources, links that lead somewhere, barriers where they are said."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup

from checks import run
from checks.documents import run as documents
from checks.model import Outcome
from checks.statement.check import infos
from demo.barriers import BARRIERS, Kind, load_register
from demo.build import build, read_sources
from demo.server import TOWN, load_behaviour
from scan.folder_server import Folder
from styleguide.guides import load_guide

REGISTER = load_register()
BEHAVIOUR = load_behaviour()
PAGES = sorted(read_sources())
LINK_ATTRIBUTES = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "script": "src",
    "iframe": "src",
    "form": "action",
}
# "not run" rules are documented as null; everything else must name a rule that axe-core 4.12 has, or one of ours
AXE_RULE = re.compile(r"axe/[a-z]+(-[a-z]+)*")
OUR_RULES = {rule.id for rule in (*run.all_rules(), *documents.all_rules(), *load_guide("plain").rules)}
STATEMENT_CHECKS = {f"statement/{check}" for check in infos()}


@cache
def soup(page: str) -> BeautifulSoup:
    file = Folder(TOWN).find(page)
    assert file is not None, page
    return BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")


def links(page: str) -> list[str]:
    return [
        str(element[attribute])
        for tag, attribute in LINK_ATTRIBUTES.items()
        for element in soup(page).find_all(tag)
        if element.has_attr(attribute)
    ]


def local_path(link: str, page: str) -> str | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    assert not parts.path or parts.path.startswith("/"), f"{page}: {link} must start with a slash"
    return unquote(parts.path) or page


def test_town_is_what_the_sources_build() -> None:
    built = build()
    stale = [
        name for name, text in built.items() if not (TOWN / name).is_file() or (TOWN / name).read_text("utf-8") != text
    ]
    assert stale == [], "run python -m demo.build"
    assert {file.relative_to(TOWN).as_posix() for file in TOWN.rglob("*.html")} <= set(built)


def test_town_is_large_enough_and_in_three_languages() -> None:
    assert len(PAGES) >= 38
    languages = {source.lang for source in read_sources().values()}
    assert languages == {"en", "de", "fr"}
    assert len([page for page in PAGES if page.startswith("/de/")]) >= 7


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere_or_are_listed(page: str) -> None:
    folder = Folder(TOWN)
    answered = {*BEHAVIOUR.redirects, *BEHAVIOUR.statuses, *BEHAVIOUR.forms}
    broken = set()
    for link in links(page):
        path = local_path(link, page)
        if path is not None and path not in answered and folder.find(path) is None:
            broken.add(link)
    assert broken == {link for source, link in REGISTER.broken_links if source == page}


def test_fragments_exist_on_the_pages_they_name() -> None:
    folder = Folder(TOWN)
    missing = []
    for page in PAGES:
        for link in links(page):
            fragment, path = urlsplit(link).fragment, local_path(link, page)
            if fragment and path and folder.find(path) and not soup(path).find(id=fragment):
                missing.append((page, link))
    assert missing == []


def test_redirects_end_at_a_page_or_leave_the_site() -> None:
    folder = Folder(TOWN)
    for redirect in BEHAVIOUR.redirects.values():
        target, hops = redirect.to, 0
        while target in BEHAVIOUR.redirects and hops < 5:
            target, hops = BEHAVIOUR.redirects[target].to, hops + 1
        assert target.startswith("https://www.example.org/") or folder.find(target)


def test_every_kind_of_address_is_linked() -> None:
    everything = [link for page in PAGES for link in links(page)]
    wanted = ["mailto:", "tel:", "javascript:", "https://www.example.org/", "/assets/img/town-plan.jpg", "/index.html"]
    assert [start for start in wanted if not any(link.startswith(start) for link in everything)] == []
    assert any("utm_" in link and "#" in link for link in everything)
    special = {*BEHAVIOUR.redirects, *BEHAVIOUR.statuses}
    assert special <= {urlsplit(link).path for link in everything}
    files = {"/" + file.relative_to(TOWN).as_posix() for file in (TOWN / "documents").iterdir()}
    assert files <= set(everything)


def test_only_reserved_hosts_are_named() -> None:
    for page in PAGES:
        for link in links(page):
            host = urlsplit(link).hostname
            assert host is None or host.endswith((".example", ".example.org")), (page, link)


def test_pages_are_reached_as_the_register_says() -> None:
    linked_from: dict[str, set[str]] = {}
    for page in PAGES:
        for element in soup(page).find_all(["a", "area"], href=True):
            path = local_path(str(element["href"]), page)
            if path and path != page:
                linked_from.setdefault(path, set()).add(page)
    assert linked_from["/internal/budget-draft.html"] == {"/council/documents.html"}
    assert linked_from["/more/allotments.html"] == {"/more/"}
    assert linked_from["/more/"] - {"/more/allotments.html"} == {"/sitemap.html"}
    assert linked_from.get("/visit/ferries/island-line.html", set()) <= {"/visit/ferries/north-quay.html"}
    sitemap = (TOWN / "sitemap-pages.xml").read_text(encoding="utf-8")
    assert "/emergency.html" in sitemap
    unlinked = {page for page in PAGES if page not in linked_from and page != "/"}
    assert unlinked <= set(REGISTER.reached_by)
    assert set(REGISTER.reached_by) <= set(PAGES)


def test_register_is_large_and_its_entries_are_distinct() -> None:
    ids = [barrier.id for barrier in REGISTER.barriers]
    assert len(ids) == len(set(ids))
    kinds = [barrier.kind for barrier in REGISTER.barriers]
    assert kinds.count(Kind.WCAG) >= 35
    assert {kind: kinds.count(kind) >= 5 for kind in Kind} == dict.fromkeys(Kind, True)
    assert sum(barrier.expected_rule is not None for barrier in REGISTER.barriers) >= 35
    assert any(barrier.expected_outcome is Outcome.CANT_TELL for barrier in REGISTER.barriers)


def test_register_names_real_rules_criteria_and_pages() -> None:
    for barrier in REGISTER.barriers:
        assert barrier.what.endswith("."), barrier.id
        assert all(re.fullmatch(r"[1-4]\.\d\.\d{1,2}", criterion) for criterion in barrier.wcag), barrier.id
        named = barrier.expected_rule
        assert named is None or named in OUR_RULES | STATEMENT_CHECKS or AXE_RULE.fullmatch(named), barrier.id
        assert barrier.kind is not Kind.WCAG or barrier.wcag, barrier.id
        for page in barrier.pages:
            assert Folder(TOWN).find(page), f"{barrier.id}: there is no {page}"


def test_targets_exist_unless_a_script_writes_them() -> None:
    for barrier in REGISTER.barriers:
        if len(barrier.target) != 1 or barrier.pages == ("/visit/ferries.html",):
            continue  # frames, shadow roots and scripts need the browser test
        for page in barrier.pages:
            assert soup(page).select_one(barrier.target[0]), f"{barrier.id}: no {barrier.target[0]} on {page}"


def test_classic_group_is_the_pages_in_that_template() -> None:
    classic = {path for path, source in read_sources().items() if source.template == "classic"}
    assert set(REGISTER.groups["classic"]) == classic


def test_clean_pages_have_no_planted_barrier() -> None:
    assert len(REGISTER.clean) >= 3
    planted = {page for barrier in REGISTER.barriers for page in barrier.pages}
    assert planted.isdisjoint(REGISTER.clean)
    assert set(REGISTER.clean) | planted | {"/visit/harbour-map-frame.html"} >= set(PAGES)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"pages": "classic"}, "either page or pages"),
        ({"expected_outcome": None}, "go together"),
        ({"kind": "odd"}, "odd"),
    ],
)
def test_malformed_register_is_refused(tmp_path: Path, change: dict[str, str | None], complaint: str) -> None:
    data = yaml.safe_load(BARRIERS.read_text(encoding="utf-8"))
    entry = next(entry for entry in data["barriers"] if "page" in entry and entry["expected_rule"])
    entry.update(change)
    file = tmp_path / "barriers.yaml"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        load_register(file)


def test_documents_are_what_the_register_says() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    tagged, fonts = {}, {}
    for file in (TOWN / "documents").glob("*.pdf"):
        with pikepdf.open(file) as pdf:
            tagged[file.name] = "/StructTreeRoot" in pdf.Root
            fonts[file.name] = "/Font" in pdf.pages[0].Resources
        assert file.stat().st_size < 60_000
    assert tagged == {
        "budget-2027.pdf": True,
        "minutes-september.pdf": True,
        "bin-calendar-2026.pdf": False,
        "building-rules-1978.pdf": False,
    }
    assert [name for name, has_font in fonts.items() if not has_font] == ["building-rules-1978.pdf"]
