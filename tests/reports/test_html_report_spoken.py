"""The HTML report in another language and direction: its texts are messages of the catalogue, or say what they are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import delete, update

from benchmarks.fake_scan import write_fake_scan
from reports.comparison import html as comparison_html
from reports.comparison import model
from reports.html import script, write
from reports.wording import speaking
from store.database import open_database
from store.schema import rule, scan

SPOKEN = re.compile("⟦[^⟦⟧]*⟧")
ATTRIBUTES = ("aria-label", "alt", "data-label", "data-noun", "title", "placeholder")
OF_THE_SITE = "bdi, code, pre, script, style, [lang]:not(html)"
DATA = re.compile(
    r"https?://\S+|[\w-]+\.example|\b[a-z]+/[\w-]+|EN 301 549 [\w.]+( \(WCAG [\d.]+ level AA\))?|\bWCAG\b|\bUTC\b"
    r"|\b(axe-core|Curbcut|Playwright|Python|Chromium|Browser|xx|ms|min|de|en|fr)\b|\b(pdf|docx|xlsx|odt|ods)\b",
    re.IGNORECASE,
)


@pytest.fixture
def report(tmp_path: Path, arabic: str) -> Path:
    engine = open_database(tmp_path / "scan.sqlite")
    write_fake_scan(engine, n_pages=12, n_findings=300, n_not_checked=260)
    with speaking(arabic):
        folder = write(engine, 1, tmp_path / "report").parent
    engine.dispose()
    return folder


def unsaid(text: str) -> str:
    """Return what is left of a text without messages of the catalogue and data."""
    while SPOKEN.search(text):
        text = SPOKEN.sub("", text)
    left = DATA.sub("", text)
    return left.strip() if re.search("[a-zA-Z]{2}", left) else ""


def texts(page: BeautifulSoup) -> list[str]:
    """Return the texts of a page that are not the site's, with those that only software reads out."""
    shown = [str(tag[name]) for name in ATTRIBUTES for tag in page.find_all(attrs={name: True})]
    shown.append(page.title.get_text().rpartition(" – ")[2] if page.title else "")  # before it stand names of the site
    for other in page.select(OF_THE_SITE):
        if not other.decomposed and "⟦" not in other.get_text():
            other.decompose()
    body = page.body
    assert body is not None
    blocks = body.find_all(["p", "li", "dt", "dd", "th", "td", "h1", "h2", "h3", "h4", "caption", "summary", "span"])
    return shown + [block.get_text(" ") for block in blocks if isinstance(block, Tag)]


def test_no_text_of_the_report_stays_in_english(report: Path, arabic: str) -> None:
    found: dict[str, str] = {}
    for path in sorted(report.rglob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        assert page.html is not None
        assert (page.html["lang"], page.html["dir"]) == (arabic, "rtl")
        found |= {left: path.name for text in texts(page) if (left := unsaid(text))}
    assert found == {}


def test_the_script_gets_its_words(report: Path) -> None:
    written = (report / script.FILE).read_text(encoding="ascii")
    words = json.loads(written.removeprefix("window.curbcutWords = ").removesuffix(";\n"))
    assert words == {message: f"⟦{message}⟧" for message in script.messages()}
    assert "None of %(all)s %(noun)s match" in words


def test_rows_for_filters_are_in_the_language_too(report: Path) -> None:
    """Rows of a long list come from a data file: its notes name the language of each part that is another."""
    written = (report / "data" / "not-checked.js").read_text(encoding="ascii")
    rows = json.loads(written[written.index("[") : written.rindex("]") + 1])
    assert {row[1][0][0] for row in rows} == {"⟦"}
    notes = [row[2][3] for row in rows if len(row[2]) > 3]
    assert any(isinstance(note, list) and note[0][1] == "en" for note in notes)


def test_no_text_of_a_comparison_stays_in_english(tmp_path: Path, arabic: str) -> None:
    engines = [open_database(tmp_path / f"{name}.sqlite") for name in ("old", "new")]
    for engine, n_findings in zip(engines, (200, 80), strict=True):
        write_fake_scan(engine, n_pages=8, n_findings=n_findings, n_not_checked=4)
    with engines[1].begin() as connection:
        changed = {"profile": "en301549-v4.1.1", "state": "limited", "versions": {"browser": "Chromium 157"}}
        connection.execute(update(scan).values(settings={"tabs": 3, "driver": ""}, **changed))
        connection.execute(delete(rule).where(rule.c.id == "axe/image-alt"))
    with speaking(arabic), engines[0].connect() as before, engines[1].connect() as now:
        path = comparison_html.write(model.read(before, 1, now, 1), tmp_path / "out", version="1.0")
    for engine in engines:
        engine.dispose()
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    assert page.html is not None
    assert (page.html["lang"], page.html["dir"]) == (arabic, "rtl")
    assert {left for text in texts(page) if (left := unsaid(text))} == set()
