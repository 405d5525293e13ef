"""The app in a real browser: by keyboard, without JavaScript, narrow and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from benchmarks.writing import CLOCK, measure, next_marks

pytestmark = pytest.mark.browser
Violations = Callable[[Page], list[str]]

TOWN = "The town has a new park by the river. It is open all day, and you can take your dog there if it is on a lead. "
HARD = "# Fees\n\nYou must utilise the form. Prior to May, [click here](/x).\n\n" + "\n\n".join(
    TOWN.replace("park", place) for place in ("park", "path", "lawn", "field")
)


@pytest.fixture
def desk(browser: Browser, origin: str) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}, base_url=origin) as context:
        yield context.new_page()


def write(page: Page, text: str) -> None:
    page.goto("/write")
    page.get_by_label("Your text").fill(text)
    page.locator(".hints > li").first.wait_for()


@pytest.fixture
def narrow_and_dark(browser: Browser, origin: str) -> Iterator[Page]:
    viewport: Any = {"width": 320, "height": 900}
    with browser.new_context(viewport=viewport, color_scheme="dark", base_url=origin) as context:
        yield context.new_page()


def states(screens: tuple[str, ...]) -> tuple[str, ...]:
    """Return addresses of what screens also say: nothing found, an answer kept, an error."""
    findings = next(path for path in screens if path.endswith("/findings"))
    question = next(path for path in screens if path.startswith("/review/"))
    undo = "axe%2Fcolor-contrast+00234decbc9f7965"
    return (
        f"{findings}?words=nowhere",
        f"{question}?done=passed&was=A+title&undo={undo}",
        "/scans/compare?old=x&new=y",
    )


def test_no_barrier_narrow_and_dark(narrow_and_dark: Page, screens: tuple[str, ...], violations: Violations) -> None:
    """Wide and light, our own checks look at the same screens: test_web_own_checks.py."""
    problems: list[str] = []
    page = narrow_and_dark
    page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
    said: list[tuple[str, str]] = []
    page.on("console", lambda message: said.append((message.location["url"], message.text)))
    for path in (*screens, *states(screens)):
        page.goto(path)
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        problems += [f"{path}: {problem}" for problem in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            problems.append(f"{path}: wider than 320 pixels")
        problems += [f"{path}: console: {text}" for url, text in said if url != page.url]  # an error page is a 404
        said.clear()
    assert not problems, "\n".join(problems)


def test_no_barrier_in_a_marked_text(narrow_and_dark: Page, violations: Violations) -> None:
    write(narrow_and_dark, HARD)
    assert violations(narrow_and_dark) == []
    assert narrow_and_dark.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_keyboard_alone_goes_through_marks_and_uses_the_better_word(desk: Page) -> None:
    write(desk, HARD)
    status, text = desk.get_by_role("status"), desk.get_by_label("Your text")
    expect(status).to_contain_text("Reading age")
    text.evaluate("field => field.setSelectionRange(0, 0)")
    desk.keyboard.press("F8")
    expect(status).to_contain_text("“utilise” has a simpler word")
    assert text.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == "utilise"
    desk.keyboard.press("Alt+Enter")
    expect(text).to_have_value(HARD.replace("utilise", "use"))
    expect(status).to_contain_text("“utilise” is now “use”")
    desk.keyboard.press("Control+z")
    expect(text).to_have_value(HARD)
    desk.keyboard.press("Shift+F8")
    assert text.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == "click here"


def test_a_button_uses_the_word_and_the_focus_goes_to_the_next_hint(desk: Page) -> None:
    write(desk, HARD)
    desk.get_by_role("button", name="Use “use”").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("Your text")).to_have_value(HARD.replace("utilise", "use"))
    expect(desk.get_by_role("button", name="Use “Before”")).to_be_focused()


def test_marks_follow_their_words_while_somebody_types(desk: Page) -> None:
    write(desk, HARD)
    desk.route("**/write/hints", lambda route: route.abort())  # nothing but the page itself may move them
    text = desk.get_by_label("Your text")
    text.evaluate("field => field.setSelectionRange(0, 0)")
    desk.keyboard.type("👍 New. ")
    assert desk.locator(".under mark").all_text_contents() == ["utilise", "Prior to", "click here"]
    assert desk.locator(".under").text_content() == f"👍 New. {HARD}\n\u200b"


def test_a_pause_leads_to_one_request_and_a_letter_waits_for_none(desk: Page) -> None:
    desk.add_init_script(CLOCK)
    wait = measure(desk, 300, keys=1)  # raises where a letter led to more than one
    assert wait.marks
    assert wait.letter_ms < wait.key_ms - wait.pause_ms, "the letter was painted only with the marks"
    several = "for (const letter of 'several') document.execCommand('insertText', false, letter)"
    assert next_marks(desk, lambda: desk.evaluate(several))["requests"] == 1


def test_a_text_too_long_for_marks_stays_light_for_the_browser(desk: Page) -> None:
    """Laid out by directions line by line and a second time below, a paste of 5 MB held a browser up for minutes."""
    write(desk, HARD)
    text, editor = desk.get_by_label("Your text"), desk.locator(".editor")
    desk.evaluate(
        "text.addEventListener('beforeinput', () => { window.told = document.querySelector('.editor').className })"
    )
    text.focus()
    desk.keyboard.insert_text("word " * 50_000)
    assert desk.evaluate("window.told") == "editor long", "the browser is told too late"
    expect(desk.get_by_role("status")).to_contain_text("up to 200,000 are marked here")
    expect(text).to_have_css("unicode-bidi", "isolate")
    assert desk.locator(".under").text_content() == "\n\u200b"
    text.fill(HARD)
    expect(editor).to_have_class("editor")
    expect(desk.locator(".under mark").first).to_have_text("utilise")


def test_a_reload_and_a_file_lose_nothing(desk: Page, tmp_path: Path) -> None:
    write(desk, HARD)
    desk.reload()
    expect(desk.get_by_label("Your text")).to_have_value(HARD)
    file = tmp_path / "page.html"
    file.write_text("<main><h1>Bins</h1><p>We utilise <a href='/b'>bins</a>.</p></main>", encoding="utf-8")
    desk.get_by_label("Word, HTML, Markdown").set_input_files(file)
    expect(desk.get_by_label("Your text")).to_have_value("# Bins\n\nWe utilise [bins](/b).\n")
    expect(desk.get_by_role("status")).to_contain_text("page.html was taken over")
    desk.get_by_label("Your text").focus()
    desk.keyboard.press("Control+z")
    expect(desk.get_by_label("Your text")).to_have_value(HARD)
    binary = tmp_path / "bad.txt"
    binary.write_bytes(b"\0\1" * 50)
    desk.get_by_label("Word, HTML, Markdown").set_input_files(binary)
    expect(desk.get_by_role("status")).to_contain_text("is not a text file")
    expect(desk.get_by_label("Your text")).to_have_value(HARD)


def test_without_javascript_a_button_marks_and_another_replaces(browser: Browser, origin: str) -> None:
    with browser.new_context(java_script_enabled=False, base_url=origin) as context:
        page = context.new_page()
        page.goto("/write")
        page.get_by_label("Your text").fill(HARD)
        page.get_by_role("button", name="Mark the text").click()
        expect(page.locator(".marked mark").first).to_have_text("utilise")
        page.get_by_role("button", name="Use “use”").click()
        expect(page.get_by_label("Your text")).to_have_value(HARD.replace("utilise", "use"))


def test_a_tab_that_nobody_looks_at_keeps_no_connection_to_the_server(desk: Page) -> None:
    """A browser opens six connections to one server, so six such tabs would keep every other page waiting."""
    asked: list[str] = []
    desk.route(
        "**/watching",
        lambda route: route.fulfill(
            content_type="text/html",
            body='<section id="watch" data-events="/events"><progress hidden></progress><p class="words"></p>'
            '<p role="status"></p></section><script src="/assets/watch.js" type="module"></script>',
        ),
    )
    news = 'retry: 50\ndata: {"words": "3 pages", "done": 3, "known": 9}\n\n'

    def tell(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/event-stream", body=news)

    desk.route("**/events", tell)
    desk.clock.install()
    desk.goto("/watching")
    expect(desk.locator(".words")).to_have_text("3 pages.")
    look = "state => { Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});"
    look += " document.dispatchEvent(new Event('visibilitychange')) }"
    desk.evaluate(look, "hidden")
    desk.wait_for_timeout(100)
    before = len(asked)
    desk.wait_for_timeout(300)
    assert len(asked) == before, "it asks on while it is hidden"
    desk.evaluate(look, "visible")
    desk.wait_for_timeout(200)
    assert len(asked) > before, "it does not ask again when it is looked at"
    desk.unroute("**/events")
    desk.route("**/events", lambda route: route.abort())
    desk.wait_for_timeout(200)
    desk.clock.fast_forward(10_000)
    expect(desk.locator(".words")).to_contain_text("The app does not answer.")


def test_a_text_is_printed_with_its_marks_and_no_fields(desk: Page) -> None:
    write(desk, HARD)
    desk.emulate_media(media="print")
    expect(desk.locator(".under")).to_contain_text("You must utilise the form.")
    expect(desk.locator(".under mark").first).to_have_css("color", "rgb(0, 0, 0)")
    expect(desk.get_by_label("Your text")).to_be_hidden()
