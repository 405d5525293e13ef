"""Who may ask, from where, how much, and what the browser may do with the answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from web.app import make_app
from web.config import MAX_BODY_BYTES, WebConfig

HERE = "http://127.0.0.1:8642"
TOKEN = "a-token-that-nobody-guesses"  # noqa: S105 # of this test
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|javascript:", re.I)


def posts(client: TestClient) -> list[str]:
    routes = getattr(client.app, "routes", [])
    return [route.path for route in routes if "POST" in (getattr(route, "methods", None) or ())]


def test_every_answer_forbids_scripts_of_others(client: TestClient) -> None:
    for path in ("/write", "/nowhere", "/assets/web.css", "/"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_has_a_script_in_it(client: TestClient, key: str) -> None:
    marked = client.post("/write", data={"form_key": key, "text": "We utilise a form."}).text
    for html in (client.get("/write").text, client.get("/nowhere").text, marked):
        assert not INLINE.search(html)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8642", "127.0.0.1.evil.example", ""])
def test_a_foreign_name_that_points_here_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/write", headers={"host": host})
    assert answer.status_code == 421
    assert "another name" in answer.text


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1:9", "[::1]:8642"])
def test_this_machine_s_own_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/write", headers={"host": host}).status_code == 200


def test_no_form_is_taken_without_its_key(client: TestClient, key: str) -> None:
    assert posts(client)
    for path in posts(client):
        for data in ({}, {"form_key": ""}, {"form_key": key[:-1]}, {"form_key": "é" + key}):
            assert client.post(path, data=data).status_code == 403, path
    client.cookies.clear()
    assert client.post("/write", data={"form_key": key, "text": "x"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"origin": "http://[evil"},
    ],
)
def test_a_form_of_another_site_is_refused(client: TestClient, key: str, headers: dict[str, str]) -> None:
    assert client.post("/write", data={"form_key": key, "text": "x"}, headers=headers).status_code == 403


def test_own_forms_pass_whether_or_not_the_browser_says_where_from(client: TestClient, key: str) -> None:
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": HERE}, {}):
        assert client.post("/write", data={"form_key": key, "text": "x"}, headers=headers).status_code == 200


def test_two_tabs_have_one_key(client: TestClient, key: str) -> None:
    assert f'value="{key}"' in client.get("/write").text


def test_a_key_that_a_browser_holds_lives_longer_than_the_server(client: TestClient, key: str, tmp_path: Path) -> None:
    with TestClient(make_app(WebConfig(tmp_path)), base_url=HERE, cookies=dict(client.cookies)) as again:
        assert again.post("/write", data={"form_key": key, "text": "Hello."}).status_code == 200


def test_too_much_is_told_and_not_read_into_memory(client: TestClient, key: str) -> None:
    answer = client.post("/write", content=b"x", headers={"content-length": str(MAX_BODY_BYTES + 1)})
    assert answer.status_code == 413
    assert "Nothing is lost" in answer.text


def test_a_request_that_never_says_its_length_is_cut(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.guard.MAX_BODY_BYTES", 1000)

    def endless() -> object:
        yield from (b"text=" + b"x" * 500 for _ in range(10))

    answer = client.post("/write", content=endless(), headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413


def test_a_broken_form_is_a_clear_answer(client: TestClient) -> None:
    broken = client.post(
        "/write", content=b"--x\r\nnonsense", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert broken.status_code in (400, 403)
    assert "<h1>" in broken.text


@pytest.fixture
def locked(tmp_path: Path) -> TestClient:
    return TestClient(
        make_app(WebConfig(tmp_path, token=TOKEN)), base_url="http://desk.example", follow_redirects=False
    )


def test_without_the_token_there_is_only_the_door(locked: TestClient) -> None:
    answer = locked.get("/write")
    assert (answer.status_code, answer.headers["location"]) == (303, "/enter?to=%2Fwrite")
    assert "<textarea" not in locked.get("/enter").text
    assert locked.post("/write/hints", data={"text": "x"}).status_code == 401
    assert locked.get("/assets/web.css").status_code == 200


def test_a_link_with_the_token_opens_and_forgets_it(locked: TestClient) -> None:
    answer = locked.get(f"/write?a=1&token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/write?a=1")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert locked.get("/write").status_code == 200


def test_a_link_with_the_token_leads_nowhere_else(locked: TestClient) -> None:
    assert locked.get(f"http://desk.example//evil.example/?token={TOKEN}").headers["location"] == "/evil.example/"


@pytest.mark.parametrize("wrong", ["", "x", TOKEN + "x", "é"])
def test_a_wrong_token_is_told(locked: TestClient, wrong: str) -> None:
    form_key = re.search(r'name="form_key" value="([^"]+)"', locked.get("/enter").text)
    assert form_key is not None
    answer = locked.post("/enter", data={"form_key": form_key.group(1), "token": wrong})
    assert answer.status_code == 401
    assert "That is not the token" in answer.text
    assert locked.get("/write").status_code == 303


@pytest.mark.parametrize(
    ("to", "lands"), [("/write", "/write"), ("//evil.example", "/"), ("https://evil.example", "/")]
)
def test_the_right_token_leads_where_one_wanted_to_go(locked: TestClient, to: str, lands: str) -> None:
    form_key = re.search(r'name="form_key" value="([^"]+)"', locked.get("/enter").text)
    assert form_key is not None
    answer = locked.post("/enter", params={"to": to}, data={"form_key": form_key.group(1), "token": f" {TOKEN} "})
    assert (answer.status_code, answer.headers["location"]) == (303, lands)
    assert locked.get("/write").status_code == 200


def test_the_token_is_in_no_page_and_no_repr(locked: TestClient, tmp_path: Path) -> None:
    locked.get(f"/?token={TOKEN}")
    assert TOKEN not in locked.get("/write").text
    assert TOKEN not in repr(WebConfig(tmp_path, token=TOKEN))
