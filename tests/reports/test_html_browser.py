"""The HTML report in a browser: no barrier that axe-core finds, usable by keyboard, on a phone, and inert."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.fake_scan import write_fake_scan
from reports.html import write
from store.database import open_database

pytestmark = pytest.mark.browser
Violations = Callable[[Page], list[str]]

OPENS_WITHIN_S = 2.0

KINDS = {
    "index": "index.html",
    "issues": "issues.html",
    "questions": "questions.html",
    "criteria": "criteria.html",
    "pages": "pages.html",
    "language": "language.html",
    "documents": "documents.html",
    "not-checked": "not-checked.html",
    "not-checked, part 2": "not-checked-2.html",
    "page": "pages/6.html",
    "issue": "issues/*.html",
    "style rule": "language/*.html",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("html-browser")
    engine = open_database(folder / "scan.sqlite")
    scan_id = write_fake_scan(engine, n_pages=45, n_findings=900, n_not_checked=300, state="interrupted")
    index = write(engine, scan_id, folder / "report")
    engine.dispose()
    return index.parent


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


def file_of(report: Path, kind: str) -> Path:
    return sorted(report.glob(KINDS[kind]))[0]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])  # colours do not hang on the width
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, report: Path, violations: Violations, scheme: Any, width: int
) -> None:
    problems: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
        page.on("console", lambda message: problems.append(f"console: {message.text}"))
        for kind in KINDS:
            page.goto(file_of(report, kind).as_uri())
            page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
            problems += [f"{kind}: {problem}" for problem in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                problems.append(f"{kind}: wider than {width} pixels")
    assert not problems, "\n".join(problems)


def test_axe_finds_nothing_in_a_filtered_and_sorted_list(desk: Page, report: Path, violations: Violations) -> None:
    desk.goto((report / "not-checked.html").as_uri())
    desk.get_by_label("What happened").select_option("Failed")
    desk.get_by_role("button", name="Address").click()
    expect(desk.get_by_role("status")).to_contain_text("Sorted by Address, ascending")
    assert violations(desk) == []


def test_keyboard_alone_filters_sorts_and_follows(desk: Page, report: Path) -> None:
    desk.goto((report / "not-checked.html").as_uri())
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "skip"
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"
    for _ in range(10):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.type") == "search":
            break
    desk.keyboard.type("old/29 timeout")
    status = desk.get_by_role("status")
    expect(status).to_have_text("None of 321 addresses match")
    for _ in "timeout":
        desk.keyboard.press("Backspace")
    expect(status).to_have_text("11 of 321 addresses")  # old/29 and old/290 to old/299, in both parts
    rows = desk.locator("table.rows tbody tr")
    expect(rows).to_have_count(11)
    for _ in range(4):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.textContent") == "Address":
            break
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("columnheader", name="Address")).to_have_attribute("aria-sort", "ascending")
    expect(rows.first).to_contain_text("/old/29")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("columnheader", name="Address")).to_have_attribute("aria-sort", "descending")
    expect(rows.first).to_contain_text("/old/299")


def test_focus_is_visible(desk: Page, report: Path) -> None:
    desk.goto((report / "issues.html").as_uri())
    for _ in range(15):
        desk.keyboard.press("Tab")
        style = desk.evaluate(
            "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
        )
        assert style == ["solid", "3px"]


def test_numbers_sort_as_numbers_and_the_list_comes_back(desk: Page, report: Path) -> None:
    desk.goto((report / "pages.html").as_uri())
    column = desk.locator("table.rows tbody td.number:nth-child(6)")
    before = desk.locator("table.rows tbody").inner_text()
    desk.get_by_role("button", name="Words a sentence").click()
    shown = [float(text.replace("–", "0")) for text in column.all_inner_texts()]
    assert shown == sorted(shown, reverse=True)
    desk.get_by_role("button", name="Show all again").click()
    assert desk.locator("table.rows tbody").inner_text() == before
    assert desk.evaluate("document.activeElement.type") == "search"


def test_a_filtered_list_shows_more_on_request(desk: Page, report: Path) -> None:
    desk.goto((report / "not-checked.html").as_uri())
    desk.get_by_label("Filter all").fill("old")
    rows = desk.locator("table.rows tbody tr")
    expect(rows).to_have_count(100)
    expect(desk.get_by_role("status")).to_contain_text("the first 100 shown")
    desk.get_by_role("button", name="Show more").click()
    expect(rows).to_have_count(200)
    assert desk.evaluate("document.activeElement.closest('tr').rowIndex") == 101
    desk.get_by_label("Filter all").fill("")
    expect(rows).to_have_count(250)
    expect(desk.get_by_role("navigation", name="More addresses")).to_be_visible()


def test_a_missing_data_file_is_said(desk: Page, report: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(report, tmp_path / "copy")
    (copy / "data" / "not-checked.js").unlink()
    desk.goto((copy / "not-checked.html").as_uri())
    desk.get_by_label("Filter all").fill("old")
    expect(desk.get_by_role("status")).to_contain_text("could not be loaded")


def test_hostile_text_stays_inert(browser: Browser, report: Path) -> None:
    """No dialog, no script but ours, no request but for files of the report, on any page, filtered or not."""
    events: list[str] = []
    with browser.new_context() as context:
        context.add_init_script("window.alert = text => console.error(`ran ${text}`)")
        page = context.new_page()
        page.on("dialog", lambda dialog: events.append(f"dialog {dialog.message}"))
        page.on("console", lambda message: events.append(f"console {message.text}"))
        page.on("request", lambda request: events.append(request.url) if "file:" not in request.url[:5] else None)
        files = [*report.glob("*.html"), *report.glob("pages/*.html"), *report.glob("language/*.html")]
        for path in files:
            page.goto(path.as_uri())
            if page.locator("input[type=search]").count():
                page.locator("input[type=search]").first.fill("script")
                page.wait_for_timeout(200)
    assert len(files) > 55
    assert events == []


def test_the_policy_stops_a_script_that_got_in_anyway(desk: Page, report: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(report, tmp_path / "copy")
    index = copy / "index.html"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("<main", "<script>document.title = 'ran'</script><img src=x onerror=alert(1)><main"))
    desk.goto(index.as_uri())
    assert "Overview" in desk.title()


def test_everything_can_be_read_without_scripts(browser: Browser, report: Path) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto((report / "not-checked.html").as_uri())
        assert page.locator("table.rows tbody tr").count() == 250
        assert page.locator("input:visible, button:visible").count() == 0
        page.get_by_role("link", name="Next", exact=True).click()
        assert page.locator("table.rows tbody tr").count() == 71


def test_links_are_large_enough_to_hit(browser: Browser, report: Path) -> None:
    """WCAG 2.5.8: 24 by 24 pixels, but for links in a line of text."""
    with browser.new_context(viewport={"width": 320, "height": 900}) as context:
        page = context.new_page()
        page.goto((report / "issues.html").as_uri())
        sizes = page.evaluate(
            "[...document.querySelectorAll('nav a, button:not([hidden]), input, select, summary')]"
            ".map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, r]) => r.width)"
            ".map(([t, r]) => [t, r.width, r.height])"
        )
    assert len(sizes) > 10
    assert [size for size in sizes if min(size[1:]) < 24] == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("n_pages", [1_000, pytest.param(5_000, marks=pytest.mark.torture)])
def test_a_report_of_many_pages_opens_at_once(browser: Browser, tmp_path: Path, n_pages: int) -> None:
    """Five thousand pages take a minute to write: `make torture` does it."""
    engine = open_database(tmp_path / "scan.sqlite")
    scan_id = write_fake_scan(engine, n_pages=n_pages, n_findings=20 * n_pages, n_not_checked=n_pages)
    folder = write(engine, scan_id, tmp_path / "report").parent
    engine.dispose()
    with browser.new_context() as context:
        page = context.new_page()

        def filtered() -> None:
            page.get_by_label("Filter all").fill(f"museum part {n_pages - 5}")
            expect(page.get_by_role("status")).to_contain_text(f"1 of {n_pages:,} pages")
            page.get_by_label("Filter all").fill("")
            expect(page.get_by_role("status")).not_to_contain_text(f"1 of {n_pages:,} pages")

        for name in ("index.html", "issues.html", "not-checked.html", "pages.html"):
            assert quickest(lambda name=name: page.goto((folder / name).as_uri())) < OPENS_WITHIN_S, name
        assert quickest(filtered) < OPENS_WITHIN_S


def quickest(work: Callable[[], object], tries: int = 5) -> float:
    """Return the least seconds that `work` took: what else the machine does must not count."""
    took = []
    for _ in range(tries):
        start = time.monotonic()
        work()
        took.append(time.monotonic() - start)
        if took[-1] < OPENS_WITHIN_S:
            break
    return min(took)
