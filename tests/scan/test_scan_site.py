"""The pages of a scan compared: what the style rules noted on each becomes findings about the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as lxml_html
from sqlalchemy import Engine, insert, select

from checks.model import Outcome, Page
from checks.standards import profile
from crawler.render.capture import Capture
from reports import analysis, html
from scan.judge import Judge
from scan.settings import load
from scan.site import compare_pages
from store.database import open_database
from store.results import start_scan
from store.schema import finding, page, url
from styleguide.guides import load_guide

SITE = "https://town.example"
FOOTER = "<footer><p>Prior to a visit, write an e-mail.</p></footer>"
RULES = load_guide("plain").infos
BODIES = (
    f"<p>Send an email, or one more email.</p>{FOOTER}",
    f"<p>An email is fine, an e-mail is too, and an email is free.</p>{FOOTER}",
    f"<p>No letters.</p>{FOOTER}",
)


@pytest.fixture
def scanned(tmp_path: Path) -> Iterator[tuple[Engine, int, Judge]]:
    engine = open_database(tmp_path / "scan.sqlite")
    settings = load({"only": "style"})
    standard = profile(settings.profile)
    scan_id = start_scan(engine, start_urls=[SITE], settings={}, versions={}, profile=standard.id, rules=RULES)
    judge = Judge(settings, standard, scan_id, set())
    for number, body in enumerate(BODIES):
        address = f"{SITE}/{number}"
        html = f"<html lang=en><head><title>Contact</title></head><body>{body}</body></html>"
        write = judge.evidence(Capture(Page(address, address, html, title="Contact", lang="en"), (), "", (), 1))
        with engine.begin() as connection:
            values = {"scan_id": scan_id, "url": address, "kind": "page", "state": "checked", "source": "link"}
            key = connection.execute(insert(url).values(values)).inserted_primary_key
            assert key is not None
            write(connection, key[0])
    yield engine, scan_id, judge
    engine.dispose()


def rows(engine: Engine, rule: str) -> list[tuple[str, str, str]]:
    query = select(url.c.url, finding.c.region, finding.c.message).join(url, url.c.id == finding.c.url_id)
    with engine.connect() as connection:
        found = connection.execute(query.where(finding.c.rule == rule).order_by(url.c.url))
        return [(row.url.removeprefix(SITE), row.region, row.message) for row in found]


def test_two_spellings_and_same_titles_become_findings(scanned: tuple[Engine, int, Judge]) -> None:
    engine, scan_id, judge = scanned
    for _ in range(2):  # a resumed scan compares its pages again
        assert compare_pages(engine, scan_id, judge.rules, judge.guide) == []
    spellings = rows(engine, "plain/two-spellings")
    assert [where for where, _, _ in spellings] == ["/0", "/1", "/2"]
    message = "These pages write “email” (4 in all) and “e-mail” (4 in all). Use one of the two."
    assert {said for _, _, said in spellings} == {message}
    assert [where for where, _, _ in rows(engine, "plain/same-title")] == ["/0", "/1", "/2"]
    with engine.connect() as connection:
        for url_id, n_style in connection.execute(select(page.c.url_id, page.c.n_style)).all():
            query = select(finding.c.id).where(finding.c.url_id == url_id, finding.c.outcome == Outcome.FAILED)
            assert n_style == len(connection.execute(query).all())
        outcomes = connection.execute(select(page.c.rule_outcomes)).scalars().all()
    assert {page_outcomes["plain/same-title"] for page_outcomes in outcomes} == {Outcome.FAILED}


def test_what_pages_share_is_counted_once(scanned: tuple[Engine, int, Judge]) -> None:
    engine, scan_id, _ = scanned
    assert len(rows(engine, "plain/wordy-phrase")) == len(BODIES)
    with engine.connect() as connection:
        [rule] = analysis.rule_summaries(connection, scan_id, outcome=Outcome.FAILED, style=True)
        assert (rule.n_pages, rule.n_places, rule.n_elements) == (3, 3, 1)
        assert analysis.finding_totals(connection, scan_id).n_style == 1
        [issue] = analysis.issues(connection, scan_id, outcome=Outcome.FAILED, style=True)
    assert issue.sentence == "1 passage in the footer, on 3 pages: rewrite it once."


def test_links_and_headings_are_pictured_as_people_see_them(scanned: tuple[Engine, int, Judge]) -> None:
    _, _, judge = scanned
    links = "<p>Read <a href=/a>here</a> or <a href=/b>here</a> prior to May.</p>"
    page = Page(SITE, SITE, f"<html lang=en><head><title>Fees</title></head><body>{links}</body></html>", lang="en")
    [request] = judge.picks(page)  # the same words twice need one picture, and words in a sentence none
    assert request.finding.rule == "plain/link-text"
    assert request.finding.target


def test_report_tells_each_phrase_once_and_what_only_the_site_shows(
    scanned: tuple[Engine, int, Judge], tmp_path: Path
) -> None:
    engine, scan_id, judge = scanned
    compare_pages(engine, scan_id, judge.rules, judge.guide)
    html.write(engine, scan_id, tmp_path / "report")
    tree = lxml_html.parse(tmp_path / "report" / "language.html")

    def rows(name: str) -> list[tuple[str, str]]:
        found = tree.xpath(f'//div[@id="list-{name}"]//tbody/tr')
        return [(row.xpath("string(th//a)"), row.xpath("string(td[last()])").strip()) for row in found]

    assert ("“Prior to” is longer than it need be. Write “before”.", "3") in rows("passages")
    compared = dict(rows("compared"))
    assert compared.pop("These pages write “email” (4 in all) and “e-mail” (4 in all). Use one of the two.") == "3"
    [(title, n_pages)] = compared.items()
    assert title.startswith("3 pages have the title “Contact”, such as ")
    assert n_pages == "3"
