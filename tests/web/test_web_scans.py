"""The Scans screen: lists, serves reports, searches, starts, stops and resumes; children are stood in for."""

from __future__ import annotations

import html
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from starlette.testclient import TestClient

from cli.main import main
from cli.scan import command as scan_command
from scan.run import DATABASE
from scan.settings import Settings
from store.database import open_database
from store.results import end_scan, start_scan
from store.schema import ScanState
from web import shelf as shelf_module
from web.app import make_app
from web.config import WebConfig
from web.runs import NO_SCAN, Runs
from web.scans import options_again
from web.shelf import Shelf

HERE = "http://127.0.0.1:8642"


@pytest.fixture
def app(folder: Path) -> Iterator[TestClient]:
    with TestClient(make_app(WebConfig(folder)), base_url=HERE, follow_redirects=False) as made:
        made.get("/scans")
        yield made


def key_of(folder: Path, name: str) -> str:
    return Shelf(folder).key(folder / name)


def test_all_scans_are_listed_and_a_broken_one_says_so(app: TestClient, folder: Path) -> None:
    page = app.get("/scans").text
    for name in ("one", "deep/er/two", "no-scan"):
        assert f"/scans/{key_of(folder, name)}" in page
    assert page.count("Cannot be read") == 1
    assert "Stopped before its end" in page
    broken = app.get(f"/scans/{key_of(folder, 'no-scan')}")
    assert "cannot be opened as a Curbcut database" in broken.text


def test_a_scan_is_read_once_and_again_when_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("page-one", "two"):
        with_scan(tmp_path / name, ScanState.COMPLETE)
    read: list[str] = []
    opened = shelf_module.opened
    monkeypatch.setattr(shelf_module, "opened", lambda folder: (read.append(folder.name), opened(folder))[1])
    shelf = Shelf(tmp_path)
    assert [entry.name for entry in shelf.entries(prefix="page-")] == read == ["page-one"]
    assert len(shelf.entries()) == 2
    assert {entry.state for entry in shelf.entries()} == {"complete"}
    assert sorted(read) == ["page-one", "two"]
    with_scan(tmp_path / "two", ScanState.LIMITED)
    assert {entry.name: entry.state for entry in shelf.entries()} == {"page-one": "complete", "two": "limited"}
    assert read.count("page-one") == 1


def test_a_scan_that_is_not_there_is_told(app: TestClient) -> None:
    for path in ("/scans/0123456789abcdef", "/scans/0/findings", "/scans/x/report/index.html", "/scans/x/events"):
        assert app.get(path).status_code == 404


def test_a_scan_shows_its_numbers_and_what_can_be_done(app: TestClient, folder: Path) -> None:
    done, half = (app.get(f"/scans/{key_of(folder, name)}").text for name in ("one", "deep/er/two"))
    assert "Open the report" in done
    assert "Go on with this scan" not in done
    assert "Go on with this scan" in half
    assert "to mend, on" in done


def test_the_report_opens_under_a_policy_of_its_own(app: TestClient, folder: Path) -> None:
    root = f"/scans/{key_of(folder, 'one')}/report/"
    index = app.get(root + "index.html")
    assert index.status_code == 200
    assert "form-action 'none'" in index.headers["content-security-policy"]
    assert "connect-src" not in index.headers["content-security-policy"]
    assert app.get(root + "assets/report.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize(
    "path",
    [
        "../curbcut.sqlite",
        "..%2fcurbcut.sqlite",
        "%2e%2e/%2e%2e/secret.txt",
        "/etc/passwd",
        "",
        "assets",
        "%00",
        "a" * 300,
    ],
)
def test_nothing_outside_the_report_is_served(app: TestClient, folder: Path, path: str) -> None:
    answer = app.get(f"/scans/{key_of(folder, 'one')}/report/{path}")
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_words_are_found_whatever_their_case_and_signs_are_only_signs(app: TestClient, folder: Path) -> None:
    root = f"/scans/{key_of(folder, 'one')}/findings"
    everything = app.get(root).text
    assert '<p class="status" role="status">0 findings' not in everything
    for words in ("IMAGE-ALT", "image-alt"):
        assert "axe/image-alt" in app.get(root, params={"words": words}).text
    assert "0 findings" in app.get(root, params={"words": "image-alt nowhere-at-all"}).text
    for sign in ("%", "_", "\\", "'", '"', "<script>"):
        answer = app.get(root, params={"words": sign + "qqqq"})
        assert "0 findings" in answer.text
    assert "<script>alert" not in everything
    assert app.get(root, params={"part": "99999999999", "kind": "nonsense"}).status_code == 200


def test_the_kinds_are_apart(app: TestClient, folder: Path) -> None:
    root = f"/scans/{key_of(folder, 'one')}/findings"
    questions = app.get(root, params={"kind": "questions"}).text
    assert "A person must look" in questions
    assert "A person must look</span>" not in app.get(root, params={"kind": "barriers"}).text


def test_a_report_is_written_where_there_is_none(app: TestClient, folder: Path) -> None:
    key = key_of(folder, "deep/er/two")
    form_key = app.cookies["curbcut_form"]
    answer = app.post(f"/scans/{key}/report", data={"form_key": form_key})
    assert answer.headers["location"] == f"/scans/{key}/report/index.html"
    assert app.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"address": "not an address at all: ://"}, "is not a web address"),
        ({"address": ""}, "Name at least one address"),
        ({"address": "file:///etc/passwd"}, "is not a web address"),
        ({"address": "https://www.example.org/", "pages": "-1"}, "as a number"),
        ({"address": "https://www.example.org/", "pages": "²"}, "as a number"),
    ],
)
def test_a_form_that_cannot_start_a_scan_says_why(app: TestClient, given: dict[str, str], says: str) -> None:
    answer = app.post("/scans", data={"form_key": app.cookies["curbcut_form"], **given})
    assert answer.status_code == 422
    assert says in html.unescape(answer.text)


def output(folder: Path) -> str:
    return (folder / "curbcut-serve.log").read_text(encoding="utf-8")


def wait_for_child(runs: Runs, folder: Path) -> None:
    while "ready" not in output(folder):
        assert runs.is_running(folder)
        time.sleep(0.02)


def with_scan(folder: Path, state: ScanState = ScanState.INTERRUPTED) -> None:
    engine = open_database(folder / DATABASE)
    start = ["https://www.example.org/"]
    scan_id = start_scan(engine, start_urls=start, settings={}, versions={}, profile="any", rules=[])
    end_scan(engine, scan_id, state, elapsed_s=1)
    engine.dispose()


def test_a_child_is_started_stopped_and_its_failure_told(child: Path, tmp_path: Path) -> None:
    runs = Runs(tmp_path / "scans")
    try:
        folder = runs.start(["www.example.org"], ["--max-pages", "3"])
        wait_for_child(runs, folder)
        assert f"['scan', '--max-pages', '3', '--out', '{folder}', '--', 'https://www.example.org/']" in output(folder)
        assert folder.name.startswith("www.example.org-")
        assert runs.stop(folder)
        run = runs._runs[folder]
        assert run.process.wait(60) == 4
        assert runs.failure(folder) == NO_SCAN, "it was stopped before its database was there"
        with_scan(folder)
        assert runs.failure(folder) == ""
        assert not runs.stop(folder)
        bad = runs.start(["https://fails.example/"])
        runs._runs[bad].process.wait(60)
        assert runs.failure(bad).endswith("No browser could be started.")
    finally:
        runs.close()


def test_what_a_killed_app_has_left_behind_can_be_stopped_by_the_next(child: Path, tmp_path: Path) -> None:
    killed, following = Runs(tmp_path / "scans"), Runs(tmp_path / "scans")
    try:
        folder = killed.start(["www.example.org"])
        wait_for_child(killed, folder)
        assert not following.stop(folder.with_name("another"))
        assert not following.is_stopping(folder)
        assert following.stop(folder)
        assert following.is_stopping(folder)
        assert killed._runs[folder].process.wait(60) == 4
    finally:
        killed.close()


def test_a_scan_that_is_being_stopped_says_so_and_has_no_button_for_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/scans/{Shelf(folder).key(folder / 'one')}"
    monkeypatch.setattr(Runs, "is_running", lambda *_: True)
    with TestClient(make_app(WebConfig(folder)), base_url=HERE) as app:
        assert f'action="{address}/stop"' in app.get(address).text
        monkeypatch.setattr(Runs, "is_stopping", lambda *_: True)
        page = app.get(address).text
    assert "It is being stopped" in page
    assert f'action="{address}/stop"' not in page


def test_the_check_of_a_page_does_not_go_on_as_the_scan_of_its_site(tmp_path: Path) -> None:
    for name in ("page-www.example.org-1", "www.example.org-1"):
        with_scan(tmp_path / name)
    shelf = Shelf(tmp_path)
    page, site = (shelf.key(tmp_path / name) for name in ("page-www.example.org-1", "www.example.org-1"))
    with TestClient(make_app(WebConfig(tmp_path)), base_url=HERE) as app:
        assert f'action="/scans/{site}/resume"' in app.get(f"/scans/{site}").text
        shown = app.get(f"/scans/{page}").text
        assert f'action="/scans/{page}/resume"' not in shown
        assert f'href="/check/{page}"' in shown


def test_children_end_with_the_server(child: Path, tmp_path: Path) -> None:
    runs = Runs(tmp_path / "scans")
    folders = [runs.start([f"https://{name}.example/"]) for name in "ab"]
    for folder in folders:
        wait_for_child(runs, folder)
    runs.close()
    assert [runs._runs[folder].process.returncode for folder in folders] == [4, 4]


def test_the_app_shows_a_scan_that_starts_and_one_that_failed(child: Path, tmp_path: Path) -> None:
    with TestClient(make_app(WebConfig(tmp_path)), base_url=HERE) as app:
        app.get("/scans")
        form = {"form_key": app.cookies["curbcut_form"]}
        page = app.post("/scans", data={**form, "address": "www.example.org"})
        assert "In progress" in page.text
        stopped = app.post(f"{page.url.path}/stop", data=form)
        assert stopped.status_code == 200
        with app.stream("GET", f"{page.url.path}/events") as events:  # they end with the child
            assert "event: end" in list(events.iter_lines())
        ended = app.get(page.url.path).text
        assert NO_SCAN in ended
        assert "watch.js" not in ended, "a page that watches what has ended would load itself again and again"
        failed = app.post("/scans", data={**form, "address": "https://fails.example/"})
        with app.stream("GET", f"{failed.url.path}/events") as events:
            lines = list(events.iter_lines())
        assert "event: end" in lines
        assert "No browser could be started." in app.get(failed.url.path).text


def test_a_scan_goes_on_with_the_settings_it_had() -> None:
    had = Settings(
        exclude=("/a,b", "-x"), contact="-me@example.org", robots=False, delay=2, only=("style",), max_pages=3, tabs=4
    )
    options = options_again(had.stored())
    program = click.Context(main, **main.context_settings)
    context = scan_command.make_context("scan", [*options, "--", "https://www.example.org/"], parent=program)
    seen = {name: value for name, value in context.params.items() if name in Settings.model_fields}
    again = Settings(**{name: value for name, value in seen.items() if value not in (None, ())})
    assert again.stored() == {**had.stored(), "max_pages": Settings().max_pages}
