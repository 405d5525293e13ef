"""What people and sites do to the app: hostile pages, a scan that is killed, forms sent twice, the back button."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import update
from starlette.testclient import TestClient

from benchmarks.fake_scan import write_fake_scan
from store.database import open_database
from store.schema import finding, page, scan, url
from web.app import make_app
from web.config import WebConfig
from web.shelf import Shelf

HERE = "http://127.0.0.1:8642"
EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }} \x00\x1b[31m\u202e' javascript:alert(1)"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(make_app(WebConfig(tmp_path)), base_url=HERE) as made:
        made.get("/scans")
        yield made


def form(app: TestClient, **fields: str) -> dict[str, str]:
    return {"form_key": app.cookies["curbcut_form"], **fields}


def scan_in(folder: Path, *, evil: str = "", state: str = "complete") -> None:
    """Write a scan into a folder; with `evil` every text of the site is that."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = open_database(folder / "curbcut.sqlite")
    write_fake_scan(engine, n_pages=3, n_findings=12, n_not_checked=1, state="interrupted")
    with engine.begin() as connection:
        connection.execute(update(scan).values(state=state, settings={}, start_urls=["https://killed.example/"]))
        if evil:
            texts = {"message": evil, "snippet": evil, "target": [evil], "suggestion": evil, "region": evil}
            connection.execute(update(finding).values(**texts))
            connection.execute(update(page).values(title=evil, lang=evil, final_url="javascript:alert(1)"))
            connection.execute(update(url).values(url="javascript:alert(1)//" + url.c.url))
            connection.execute(update(scan).values(start_urls=["javascript:alert(1)//" + evil], notes=[evil]))
    engine.dispose()


def test_a_hostile_site_is_only_text_on_every_screen(app: TestClient, tmp_path: Path) -> None:
    for name in ("one", "two", "page-x"):
        scan_in(tmp_path / name, evil=EVIL)
    one, two, checked = (Shelf(tmp_path).key(tmp_path / name) for name in ("one", "two", "page-x"))
    app.post(f"/scans/{one}/report", data=form(app))
    paths = (
        "/scans", f"/scans/{one}", f"/scans/{one}/findings", f"/scans/compare?old={one}&new={two}", "/review",
        f"/review/{one}", "/check", f"/check/{checked}", f"/scans/{one}/report/index.html",
        f"/scans/{one}/report/issues.html",
    )  # fmt: skip
    for path in paths:
        answer = app.get(path)
        assert answer.status_code == 200, path
        made = BeautifulSoup(answer.text, "lxml")
        assert not [tag for tag in made.find_all("script") if tag.string], path
        assert not made.select("img[src=x], [onerror]"), path
        links = [str(tag.get("href") or tag.get("action") or "") for tag in made.select("a, form")]
        assert not [link for link in links if link.lower().startswith(("javascript:", "data:"))], path
        assert "{{ 7*7 }}" in answer.text or "49" not in answer.text, path
        assert "\x00" not in answer.text, path
        assert "\x1b" not in answer.text, path


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def wait_until_ready(folder: Path) -> None:
    """Wait until every child that was started can be stopped."""
    logs = list(folder.glob("*/curbcut-serve.log"))
    assert logs
    wait_for(lambda: all("ready" in log.read_text(encoding="utf-8") for log in logs))


def test_a_scan_that_is_killed_is_told_and_goes_on(child: Path, app: TestClient, tmp_path: Path) -> None:
    started = app.post("/scans", data=form(app, address="https://killed.example/"))
    assert "In progress" in started.text
    folder = next(tmp_path.glob("killed.example-*"))
    wait_until_ready(tmp_path)
    scan_in(folder, state="running")  # what the scan has written by now
    assert "In progress" in app.get(started.url.path).text
    number = int(re.findall(r"^pid (\d+)$", (folder / "curbcut-serve.log").read_text(encoding="utf-8"), re.M)[0])
    os.kill(number, signal.SIGKILL)
    with app.stream("GET", f"{started.url.path}/events") as events:
        assert "event: end" in list(events.iter_lines())
    after = app.get(started.url.path)
    assert "Something ended it from outside (SIGKILL)" in after.text
    assert "Stopped before its end" in after.text
    assert "Go on with this scan" in after.text
    assert "12 findings" in app.get(f"{started.url.path}/findings").text
    again = app.post(f"{started.url.path}/resume", data=form(app))
    assert "In progress" in again.text
    wait_until_ready(tmp_path)
    assert "--resume" in (folder / "curbcut-serve.log").read_text(encoding="utf-8")


def test_a_form_sent_twice_starts_one_scan(child: Path, app: TestClient, tmp_path: Path) -> None:
    for address, prefix in (("/scans", "twice.example-"), ("/check", "page-twice.example-")):
        first, second = (app.post(address, data=form(app, address="https://twice.example/")) for _ in range(2))
        assert first.url == second.url
        assert len(list(tmp_path.glob(f"{prefix}*"))) == 1
    wait_until_ready(tmp_path)


def test_what_a_form_does_is_answered_with_a_redirect(child: Path, tmp_path: Path) -> None:
    """So that neither the back button nor a reload sends a form again."""
    scan_in(tmp_path / "done")
    scan_in(tmp_path / "half", state="interrupted")
    done, half = (Shelf(tmp_path).key(tmp_path / name) for name in ("done", "half"))
    with TestClient(make_app(WebConfig(tmp_path)), base_url=HERE, follow_redirects=False) as app:
        question = BeautifulSoup(app.get(f"/review/{done}").text, "lxml").select_one("[name=question]")
        assert question is not None
        verdict = {"question": str(question["value"]), "answer": "passed", "name": "Ann"}
        forms = [
            ("/scans", {"address": "https://a.example/"}), ("/check", {"address": "https://a.example/"}),
            (f"/scans/{half}/stop", {}), (f"/scans/{done}/resume", {}), (f"/scans/{done}/report", {}),
            (f"/review/{done}", verdict),
        ]  # fmt: skip
        for address, fields in forms:
            answer = app.post(address, data=form(app, **fields))
            assert answer.status_code == 303, address
            assert app.get(answer.headers["location"]).status_code == 200, address
        again = app.post(f"/review/{done}", data=form(app, **verdict))
        assert (again.status_code, "answered this question already" in again.text) == (409, True)
        taken_back = {"undo": "axe/none nothing"}
        assert app.post(f"/review/{done}/undo", data=form(app, **taken_back)).status_code == 409
        wait_until_ready(tmp_path)


@pytest.mark.browser
def test_a_dead_address_is_told(app: TestClient) -> None:
    started = app.post("/check", data=form(app, address="http://127.0.0.1:1/"))
    wait_for(lambda: "In progress" not in app.get(started.url.path).text, 120)
    text = BeautifulSoup(app.get(started.url.path).text, "lxml").get_text()
    assert "This page could not be checked" in text
    assert "http://127.0.0.1:1/" in text
    assert "Check another address" in text
