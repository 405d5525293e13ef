"""Finding statements over a local server: by their link, as a file, at a fixed address, and politely."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from checks.documents.samples.pdf import link as pdf_link
from checks.documents.samples.pdf import paragraph, pdf, untagged
from checks.model import Outcome
from checks.statement.blocks import Link
from checks.statement.evaluation.build import Facts, build
from checks.statement.evaluation.cases import TODAY
from checks.statement.links import candidates, fixed_addresses, score
from crawler.errors import SiteError
from crawler.plain_fetch import HTML_TYPES, Fetched
from monitoring.statement.file import NO_TAGS
from monitoring.statement.find import find_statement
from monitoring.statement.judge import Judged, judge_file, judge_site
from monitoring.statement.visit import MAX_REQUESTS, PAUSE_S, ROBOTS, Visitor

HOME = "https://www.velmar.dk/"


class Site:
    """Stands for the network: pages by address, and what was asked for."""

    def __init__(self, **pages: str | bytes | SiteError) -> None:
        self.pages = {"robots.txt": SiteError("http", "none", http_status=404)} | pages
        self.asked: list[str] = []

    def get(self, url: str, *, user_agent: str, accept: Collection[str] = HTML_TYPES) -> Fetched:
        assert user_agent.startswith("Curbcut/")
        self.asked.append(url)
        page = self.pages.get(url.removeprefix(HOME), SiteError("http", "status 404", http_status=404))
        if isinstance(page, SiteError):
            raise page
        if isinstance(page, bytes):
            assert "application/pdf" in accept
            return Fetched(url, page, "", "application/pdf")
        return Fetched(url, page.encode(), "utf-8", "text/plain" if url.endswith(".txt") else "text/html")


@pytest.fixture
def pauses() -> list[float]:
    return []


def visitor(site: Site, pauses: list[float] | None = None) -> Visitor:
    return Visitor("Curbcut/1 (x)", get=site.get, sleep=(pauses if pauses is not None else []).append)


def home(*links: tuple[str, str]) -> str:
    return "<h1>Velmar</h1><footer>" + "".join(f'<a href="{href}">{text}</a>' for text, href in links) + "</footer>"


STATEMENT = build(Facts("da"))


def test_a_statement_is_found_by_its_link_and_judged() -> None:
    site = Site(**{"": home(("Kontakt", "/k"), ("Tilgængelighedserklæring", "/t")), "t": STATEMENT, "kontakt": "<p>x"})
    judged = judge_site(visitor(site), HOME, today=TODAY)
    outcomes = {r.info.id: str(r.outcome) for r in judged.results}
    assert judged.statement is not None and judged.statement.country == "DK"
    assert (outcomes["S-08"], outcomes["S-10"]) == ("passed", "failed")
    assert outcomes["S-35"] == "failed"  # the body's page answers with 404


def test_a_statement_that_is_named_itself_is_taken() -> None:
    judged = judge_site(visitor(Site(**{"": STATEMENT})), HOME, today=TODAY)
    assert judged.statement is not None
    assert {r.info.id: str(r.outcome) for r in judged.results}["S-08"] == "untested"


def test_a_fixed_address_is_tried_when_no_link_leads_there() -> None:
    search = find_statement(visitor(Site(**{"": home(("Kontakt", "/k")), "was": STATEMENT})), HOME)
    assert search.page is not None
    assert search.page.url == f"{HOME}was"
    assert search.home_links_to_it is False


def test_a_file_is_told_from_nothing() -> None:
    file = SiteError("media_type", "it is application/pdf")
    search = find_statement(visitor(Site(**{"": home(("Tilgængelighedserklæring", "/t.pdf")), "t.pdf": file})), HOME)
    assert (search.page, search.file) == (None, f"{HOME}t.pdf")


def test_advice_on_accessibility_is_no_statement() -> None:
    site = Site(**{"": home(("Tilgængelighed", "/tilgaengelighed")), "tilgaengelighed": "<h1>Handicap</h1><p>Rampe"})
    assert find_statement(visitor(site), HOME).page is None


def test_robots_txt_is_kept_for_what_was_not_named() -> None:
    site = Site(
        **{"": home(("Tilgængelighedserklæring", "/t")), "t": STATEMENT, "robots.txt": "User-agent: *\nDisallow: /"}
    )
    search = find_statement(visitor(site), HOME)
    assert search.page is None
    assert search.candidates[0].answer.reason_not_followed == ROBOTS
    assert f"{HOME}t" not in site.asked
    assert search.unread == f"{HOME}t"


def test_requests_to_one_host_are_spaced_and_bounded(pauses: list[float]) -> None:
    site = Site(**{"": home()})
    opened = visitor(site, pauses)
    for number in range(MAX_REQUESTS + 5):
        opened.open(f"{HOME}{number}")
    assert len(site.asked) == MAX_REQUESTS + 1  # and robots.txt
    assert all(0 < pause <= PAUSE_S for pause in pauses)
    assert len(pauses) >= MAX_REQUESTS - 1


def test_a_host_that_does_not_answer_is_left_alone() -> None:
    site = Site(**{"robots.txt": SiteError("connection", "no answer")})
    assert visitor(site).open(f"{HOME}x").answer.reason_not_followed == ROBOTS


@pytest.mark.parametrize(
    ("text", "url", "least", "most"),
    [
        ("Accessibility statement", "https://x.example/a", 1.0, 1.0),
        ("Read our accessibility statement", "https://x.example/a", 0.8, 0.9),
        ("Accessibilité : partiellement conforme", "https://x.fr/a", 0.9, 0.9),
        ("Barrierefreiheit", "https://x.de/b", 0.5, 0.7),
        ("More", "https://form.agid.gov.it/view/1", 1.0, 1.0),
        ("More", "https://x.pl/deklaracja-dostepnosci", 0.5, 0.5),
        ("Contact", "https://x.example/contact", 0.0, 0.0),
        ("Accessibility statement", "javascript:void(0)", 0.0, 0.0),
    ],
)
def test_links_are_scored_by_words_host_and_address(text: str, url: str, least: float, most: float) -> None:
    assert least <= score(Link(text, url)) <= most


def test_candidates_come_likeliest_first_and_once() -> None:
    links = [
        Link("Barrierefreiheit", "https://x.de/b#a"),
        Link("Erklärung zur Barrierefreiheit", "https://x.de/e"),
        Link("Barrierefreiheit", "https://x.de/b"),
    ]
    assert [link.url for link in candidates(links)] == ["https://x.de/e", "https://x.de/b"]


def test_fixed_addresses_belong_to_the_country() -> None:
    assert fixed_addresses("https://www.cm-velmar.pt/x/y") == ["https://www.cm-velmar.pt/acessibilidade"]
    assert fixed_addresses("https://www.velmar.example/") == []


ENGLISH = build(Facts("en"))


def as_pdf(html: str) -> bytes:
    """Return a statement's page as a tagged PDF."""
    items = []
    for tag in BeautifulSoup(html, "lxml").find_all(["h1", "h2", "h3", "p", "li"]):
        items.append(paragraph(tag.get_text(" "), tag.name.upper() if tag.name[0] == "h" else "P"))
        items += [pdf_link(a.get_text(" "), uri=str(a["href"])) for a in tag.find_all("a", href=True)]
    return pdf(*items, title="Accessibility statement", lang="en")().data


def outcomes(judged: Judged) -> dict[str, Outcome]:
    return {result.info.id: result.outcome for result in judged.results}


def test_a_tagged_pdf_is_read_as_the_page_is() -> None:
    pages: dict[str, str | bytes | SiteError] = {"": home(("Accessibility statement", "/t"))}
    page, file = (
        judge_site(visitor(Site(**pages, t=statement)), HOME, today=TODAY) for statement in (ENGLISH, as_pdf(ENGLISH))
    )
    assert file.statement is not None
    assert file.statement.status == "partial"
    changed = {key for key, outcome in outcomes(file).items() if outcome is not outcomes(page)[key]}
    assert changed == {"S-07"}
    assert outcomes(file)["S-07"] is Outcome.FAILED


def test_a_pdf_that_is_named_or_that_is_something_else() -> None:
    named = judge_site(visitor(Site(t=as_pdf(ENGLISH))), f"{HOME}t", today=TODAY)
    assert (outcomes(named)["S-07"], outcomes(named)["S-13"]) == (Outcome.FAILED, Outcome.PASSED)
    brochure = pdf(paragraph("Ramps and lifts of the town hall", "H1"), title="Brochure", lang="en")().data
    other = judge_site(visitor(Site(**{"": home(("Accessibility", "/t")), "t": brochure})), HOME, today=TODAY)
    assert outcomes(other)["S-01"] is Outcome.FAILED


def test_a_pdf_that_no_program_can_read_is_left_to_a_person(tmp_path: Path) -> None:
    bare = pdf(untagged("Accessibility statement"), tagged=False)().data
    site = Site(**{"": home(("Accessibility statement", "/t")), "t": bare})
    judged = judge_site(visitor(site), HOME, today=TODAY)
    assert judged.statement is None
    assert Outcome.FAILED not in {outcome for key, outcome in outcomes(judged).items() if key not in ("S-07", "S-10")}
    [asked] = [result.verdict for result in judged.results if result.info.id == "S-13"]
    assert (asked.outcome, asked.quote) == (Outcome.CANT_TELL, f"{HOME}t")
    assert NO_TAGS in asked.message
    assert outcomes(judged)["S-08"] is Outcome.PASSED
    named = judge_site(visitor(Site(t=bare)), f"{HOME}t", today=TODAY)
    assert {key: outcomes(named)[key] for key in ("S-01", "S-07", "S-13")} == {
        "S-01": Outcome.PASSED, "S-07": Outcome.FAILED, "S-13": Outcome.CANT_TELL,
    }  # fmt: skip
    (tmp_path / "s.pdf").write_bytes(bare)
    assert outcomes(judge_file(tmp_path / "s.pdf", today=TODAY))["S-13"] is Outcome.CANT_TELL


def test_a_statement_in_parts_on_pages_of_their_own_is_read_as_one() -> None:
    whole = BeautifulSoup(ENGLISH, "lxml")
    parts: dict[str, str | bytes | SiteError] = {}
    for heading in whole.find_all("h2")[-2:]:  # feedback and enforcement
        name = re.sub("[^a-z]", "", heading.get_text().lower())
        rest = [heading, *heading.find_next_siblings()]
        end = next((n for n, tag in enumerate(rest[1:], 1) if tag.name == "h2"), len(rest))
        parts[name] = "<main><h1>Velmar</h1>" + "".join(str(tag) for tag in rest[1:end]) + "</main>"
        for tag in rest[1:end]:
            tag.decompose()
        link = whole.new_tag("a", href=f"/{name}")
        link.string = heading.get_text()
        heading.name = "p"
        heading.clear()
        heading.append(link)
    site = Site(**{"": home(("Accessibility statement", "/t")), "t": str(whole), **parts})
    found = outcomes(judge_site(visitor(site), HOME, today=TODAY))
    alone = outcomes(
        judge_site(visitor(Site(**{"": home(("Accessibility statement", "/t")), "t": ENGLISH})), HOME, today=TODAY)
    )
    assert {key for key, outcome in found.items() if outcome is not alone[key]} == {"S-11"}
    assert found["S-11"] is Outcome.CANT_TELL

    gone = Site(**{"": home(("Accessibility statement", "/t")), "t": str(whole)})
    left = judge_site(visitor(gone), HOME, today=TODAY)
    failing = {result.info.id for result in left.results if result.outcome is Outcome.FAILED}
    assert not failing & {"S-28", "S-29", "S-30", "S-31", "S-33", "S-34", "S-35"}
    [asked] = [result.verdict for result in left.results if result.info.id == "S-29"]
    assert asked.outcome is Outcome.CANT_TELL
    assert "a page of its own for this, which was not read" in asked.message
