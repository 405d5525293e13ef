"""The HTML view of a text in a browser: no barrier that axe-core finds, in both colour schemes, and on a phone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser
from playwright.sync_api import Page as PlaywrightPage

from checks.model import Outcome, Page
from checks.run import check_page, rules_for
from checks.standards import profile
from reports.style.changes import best_changes
from reports.style.model import Outlined, PagePicture, StyleReport, StyleText
from reports.style.view import to_html
from scan.style import judge, with_readability
from styleguide.guides import load_guide
from styleguide.input.draft import read_text

SOURCE = """# Parking <b onclick="evil()">permits</b>

In order to apply you must utilise the form prior to May. Click [here](x.html) to do it, or call &lt;script&gt;.

## Who may apply

You should commence the application process in order to facilitate the determination of eligibility by the competent
authority, which will subsequently communicate its decision to you in writing within a period of twenty-eight days.

- people who live in the street
- carers who submit a letter in order to prove it

## What it costs

A permit costs 50 pounds a year. You pay when you apply. You can pay by card, by bank transfer or at the office. We do
not take cash. If you move house within the year, tell us. We pay back what is left of the year. It takes two weeks.

| Zone | Fee |
|------|-----|
| A    | 50  |

![Image of a map](map.png)
"""


def picture(text: StyleText) -> PagePicture:
    """Return a picture of an empty page on which every heading and link stands close to the next."""
    data = io.BytesIO()
    Image.new("RGB", (1280, 900), "white").save(data, "JPEG")
    seen = [block.number for block in text.blocks if block.kind in ("heading", "link")]
    outlined = (Outlined(block, 80 * index, 300, 70, 18) for index, block in enumerate(seen))
    return PagePicture("image/jpeg", data.getvalue(), 1280, 900, 2_000, tuple(outlined))


def report() -> StyleReport:
    guide = load_guide()
    texts = []
    for name, source in (("parking.md", SOURCE), ("empty.md", ""), ("<script>.md", "Pay prior to May.")):
        draft = read_text(source, name, lang="en")
        text = with_readability(judge(draft, guide), draft, sections=True)
        texts.append(replace(text, picture=picture(text)))
    return StyleReport(guide.name, guide.title, "1.0", tuple(texts), {info.id: info for info in guide.infos})


@pytest.fixture(scope="module")
def view() -> str:
    return to_html(report())


def test_words_are_marked_and_nothing_of_the_text_acts(view: str) -> None:
    assert '<mark class="words">In order to</mark>' in view
    assert "<script" not in view
    assert "onclick=" not in view
    assert "call &lt;script&gt;." in view


def test_links_are_marked_where_they_are_read(view: str) -> None:
    assert re.search(r'Click <mark class="structure">here</mark><a [^>]*>\d+</a> to do it', view)
    assert '<span class="kind" lang="en">link</span>' not in view


def test_the_second_of_two_links_alike_is_the_second_in_its_paragraph() -> None:
    draft = read_text("<p>See here, then <a href=a>here</a> or <a href=b>here</a>.</p>", "page.html", lang="en")
    shown = judge(draft, load_guide()).blocks
    assert [(block.holder, block.at) for block in shown] == [(3, 15), (3, 23), (0, 0)]


def test_steps_are_numbered_and_cells_of_a_row_stand_together() -> None:
    table = "<table><tr><td>Zone<td>Fee<tr><td>A<td>50</table>"
    draft = read_text(f"<ol><li>Apply.<li><p>Pay.</p></ol><ul><li>Wait.</ul>{table}", "page.html", lang="en")
    shown = judge(draft, load_guide()).blocks
    assert [block.marker for block in shown[:3]] == ["1.", "2.", ""]
    assert [block.row for block in shown[3:]] == [1, 1, 2, 2]


def test_sentences_that_cost_most_are_shown(view: str) -> None:
    assert "Sentences that cost most" in view
    assert "You should commence the application process" in view


def test_it_says_what_helps_most(view: str) -> None:
    text = report().texts[0]
    changes = best_changes(text)
    assert 1 <= len(changes) <= 3
    assert [change.weight for change in changes] == sorted((change.weight for change in changes), reverse=True)
    for change in changes:
        assert all(f'id="t1m{number}"' in view for number in change.findings)
        assert all(f'id="t1b{block}"' in view for block in change.blocks)


def test_sections_have_their_own_numbers() -> None:
    sections = report().texts[0].sections
    assert [section.heading for section in sections] == ["Parking permits", "Who may apply", "What it costs"]
    assert all(section.readability.words for section in sections)


def test_it_passes_our_own_rules(view: str) -> None:
    page = Page("https://town.example/view", "https://town.example/view", view, lang="en")
    found = check_page(page, rules_for(profile("en301549-v3.2.1").criteria)).findings
    assert [finding.message for finding in found if finding.outcome is Outcome.FAILED] == []


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (320, "light")], ids=str)
def shown(request: pytest.FixtureRequest, browser: Browser, view: str, tmp_path: Path) -> Iterator[PlaywrightPage]:
    width, scheme = request.param
    file = tmp_path / "view.html"
    file.write_text(view, "utf-8")
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        yield page


@pytest.mark.browser
def test_axe_finds_no_barrier(shown: PlaywrightPage, violations: Callable[[PlaywrightPage], list[str]]) -> None:
    assert violations(shown) == []
    assert not shown.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.textContent") == "Skip to content"
