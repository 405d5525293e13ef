"""The Review screen: one question at a time, answers with a name, and each can be taken back."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from web.app import make_app
from web.config import WebConfig
from web.shelf import Shelf

HERE = "http://127.0.0.1:8642"


@pytest.fixture
def app(folder: Path, tmp_path: Path) -> Iterator[TestClient]:
    shutil.copytree(folder / "one", tmp_path / "one")
    with TestClient(make_app(WebConfig(tmp_path)), base_url=HERE) as made:
        made.get("/review")
        yield made


@pytest.fixture
def address(app: TestClient, tmp_path: Path) -> str:
    return f"/review/{Shelf(tmp_path).key(tmp_path / 'one')}"


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return html.unescape(found.group(1))


def n_open(page: str) -> int:
    found = re.search(r"Question \d+ of (\d+)", page)
    return int(found.group(1)) if found else 0


def answer(app: TestClient, address: str, page: str, **given: str) -> str:
    form = {"form_key": field(page, "form_key"), "question": field(page, "question"), "name": "Ann", **given}
    return app.post(address, data=form).text


def test_a_question_has_what_is_needed_to_answer_it(app: TestClient, address: str) -> None:
    page = app.get(address).text
    assert n_open(page) > 1
    for words in ("How to decide", "Criterion", "Where on the page", "It is a barrier", "Your name", "Progress"):
        assert words in page
    assert "<script>alert" not in page


def test_an_answer_is_kept_with_its_name_and_can_be_taken_back(app: TestClient, address: str) -> None:
    before = app.get(address).text
    after = answer(app, address, before, answer="passed", note="Seen <b>twice</b>.")
    assert n_open(after) == n_open(before) - 1
    assert "Kept: “It is fine”" in after
    assert "<bdi>Ann</bdi>" in after
    assert "Seen &lt;b&gt;twice&lt;/b&gt;." in after
    assert field(after, "name") == "Ann"  # nobody types it twice
    undo = {name: field(after, name) for name in ("form_key", "undo", "criterion")}
    again = app.post(f"{address}/undo", data=undo).text
    assert n_open(again) == n_open(before)
    assert field(again, "question") == field(before, "question")
    assert "<bdi>Ann</bdi>" not in again
    assert app.post(f"{address}/undo", data=undo).status_code == 409


def test_the_list_says_how_many_questions_are_open_and_opens_no_scan_twice(
    app: TestClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listed() -> int:
        found = re.search(r'data-label="Open questions" class="number">(\d+)<', app.get("/review").text)
        assert found is not None
        return int(found.group(1))

    before = listed()
    with monkeypatch.context() as patched:
        patched.setattr("web.shelf.opened", None)
        assert listed() == before
    answer(app, address, app.get(address).text, answer="passed")
    assert listed() == before - 1


def test_every_question_can_be_answered(app: TestClient, address: str) -> None:
    page = app.get(address).text
    answers = ("passed", "failed", "inapplicable")
    for number in range(n_open(page)):
        page = answer(app, address, page, answer=answers[number % 3])
    assert "Every question of this scan is answered." in page
    assert "Kept:" in page


def test_two_tabs_answer_a_question_once(app: TestClient, address: str) -> None:
    tab = app.get(address).text
    answer(app, address, tab, answer="failed", name="Ann")
    late = answer(app, address, tab, answer="passed", name="Bo")
    assert "answered this question already" in late
    assert "<bdi>Ann</bdi>" in late
    assert "<bdi>Bo</bdi>" not in late


@pytest.mark.parametrize(
    ("given", "says"),
    [({"answer": ""}, "Choose one of the answers"), ({"answer": "passed", "name": " "}, "Say who you are")],
)
def test_what_is_missing_is_said_and_the_note_stays(
    app: TestClient, address: str, given: dict[str, str], says: str
) -> None:
    page = app.get(address).text
    after = answer(app, address, page, note="My reason", **given)
    assert says in after
    assert "My reason</textarea>" in after
    assert n_open(after) == n_open(page)


def test_skipping_goes_on_and_round(app: TestClient, address: str) -> None:
    page = app.get(address).text
    seen = []
    for _ in range(n_open(page)):
        seen.append(field(page, "question"))
        link = re.search(r'class="button" href="([^"]+)"', page)
        assert link is not None
        page = app.get(html.unescape(link.group(1))).text
    assert len(set(seen)) == len(seen)
    assert field(page, "question") == seen[0]


def test_one_criterion_at_a_time(app: TestClient, address: str) -> None:
    found = re.findall(r"\?criterion=([\w.]+)", app.get(address).text)
    assert found
    for number in dict.fromkeys(found):
        page = app.get(address, params={"criterion": number}).text
        assert n_open(page) >= 1
        assert 'aria-current="true"' in page
    assert "No question is open here" in app.get(address, params={"criterion": "9.9.9"}).text


def test_the_list_counts_what_is_open(app: TestClient, address: str) -> None:
    page = app.get("/review").text
    assert f'href="{address}"' in page
    assert f'class="number">{n_open(app.get(address).text)}<' in page


@pytest.mark.parametrize("number", ["", "x", "²", "4000000000", "9" * 30])
def test_no_picture_is_a_clear_answer(app: TestClient, address: str, number: str) -> None:
    answer = app.get(f"{address}/picture", params={"finding": number})
    assert answer.status_code == 404
