"""The Write screen, with and without its script."""

from __future__ import annotations

import html
import time
from typing import Any

import pytest
from starlette.testclient import TestClient

from styleguide.guides import load_guide
from web.config import MAX_MARKED_CHARS
from web.drafts import judge_text

HARD = "# Fees\n\nYou must utilise the form. 👩‍👩‍👧 Prior to May, utilise it.\n"


def hints(client: TestClient, key: str, text: str, **more: str) -> dict[str, Any]:
    answer = client.post("/write/hints", data={"form_key": key, "text": text, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def thousand_words() -> str:
    """A clumsy text of a thousand words in paragraphs, none like another."""
    sentence = (
        "In order to utilise service {n}, the applicant is required to furnish form {n} prior to the {n}th of May."
    )
    paragraphs = [" ".join(sentence.format(n=n + k) for k in range(5)) for n in range(0, 50, 5)]
    return "# Fees\n\n" + "\n\n".join(paragraphs) + "\n"


def in_script(text: str, start: int, end: int) -> str:
    """Cut a text as a script does: by UTF-16 units."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_marks_stand_where_a_script_counts(client: TestClient, key: str) -> None:
    found = hints(client, key, HARD)
    marked = [in_script(HARD, mark["start"], mark["end"]) for mark in found["marks"]]
    assert marked == ["utilise", "Prior to", "utilise"]
    assert [mark["better"] for mark in found["marks"]] == [["use"], ["Before"], ["use"]]
    assert found["status"].startswith("3 hints.")


def test_the_panel_says_the_same_with_buttons_for_the_script(client: TestClient, key: str) -> None:
    panel = hints(client, key, HARD)["panel"]
    assert panel.count('data-use="') == 3
    assert "What helps most" in panel
    assert 'name="use"' not in panel


def test_an_empty_text_says_nothing(client: TestClient, key: str) -> None:
    assert hints(client, key, " \n ")["status"] == ""
    assert hints(client, key, "")["marks"] == []


def test_the_guide_and_the_language_may_be_chosen(client: TestClient, key: str) -> None:
    assert hints(client, key, "Click here.", guide="govuk", lang="en")["marks"] is not None
    nobody = hints(client, key, HARD, guide="../../etc", lang="<b>")
    assert [mark["group"] for mark in nobody["marks"]] == ["words"] * 3


def test_without_a_script_a_form_marks_the_text(client: TestClient, key: str) -> None:
    page = client.post("/write", data={"form_key": key, "text": HARD.replace("\n", "\r\n"), "do": "text"}).text
    assert page.count('<mark class="words">') == 3 + 1  # and the legend
    assert '<button name="use" value="' in page
    assert html.escape(HARD) in page  # the text stands in its field, to be changed on


def test_without_a_script_a_button_replaces_one_word(client: TestClient, key: str) -> None:
    at = HARD.index("utilise")
    page = client.post("/write", data={"form_key": key, "text": HARD, "use": f"{at}:{at + 7}:use"}).text
    assert "You must use the form." in page
    assert "“utilise” was replaced by “use”." in page


@pytest.mark.parametrize("use", ["3:9:use", "x", "1:2", "0:5:<script>", "²:3:use", ":::", "-1:4:use"])
def test_a_button_of_an_older_text_replaces_nothing(client: TestClient, key: str, use: str) -> None:
    page = client.post("/write", data={"form_key": key, "text": HARD, "use": use}).text
    assert "Nothing was replaced" in page
    assert html.escape(HARD) in page


def test_hostile_text_is_only_text(client: TestClient, key: str) -> None:
    evil = '"><script>alert(1)</script> We utilise </textarea><img src=x onerror=alert(1)> &amp; \x00 \x1b[31m'
    page = client.post("/write", data={"form_key": key, "text": evil}).text
    panel = hints(client, key, evil)["panel"]
    for made in (page, panel):
        assert "<script>alert" not in made
        assert "<img src=x" not in made


def test_a_paste_of_5_mb_is_kept_and_refused_with_its_limit(client: TestClient, key: str) -> None:
    long = "word " * 1_000_000
    answer = client.post("/write", data={"form_key": key, "text": long}, files={"file": ("", b"")})
    assert answer.status_code == 413
    assert f"{MAX_MARKED_CHARS:,}" in answer.text
    assert long in answer.text
    told = client.post("/write/hints", data={"form_key": key, "text": long})
    assert told.status_code == 413
    assert "5,000,000 characters" in told.json()["error"]


def test_a_text_file_is_taken_over(client: TestClient, key: str) -> None:
    file = {"file": ("fees.md", HARD.replace("\n", "\r\n").encode())}
    assert client.post("/write/file", data={"form_key": key}, files=file).json()["text"] == HARD
    page = client.post("/write", data={"form_key": key, "text": "old", "do": "file"}, files=file).text
    assert html.escape(HARD) in page
    assert "fees.md was taken over" in page


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", b"%PDF-1.7", "is a PDF"),
        ("a.bin", b"\x00\x01\x02" * 99, "is not a text file"),
        ("a.docx", b"PK\x03\x04broken", "cannot be read as a Word document"),
        ("a.txt", b"", "is empty"),
        ("<b>.txt", b"   ", "There is no text in"),
        ("a.txt", b"x" * (MAX_MARKED_CHARS + 1), "fit in here"),
    ],
)
def test_a_file_that_is_no_text_is_told(client: TestClient, key: str, name: str, data: bytes, says: str) -> None:
    answer = client.post("/write/file", data={"form_key": key}, files={"file": (name, data)})
    assert answer.status_code == 422
    assert says in answer.json()["error"]
    if not data:
        return  # without a script an empty file is no file
    page = client.post("/write", data={"form_key": key, "text": "kept", "do": "file"}, files={"file": (name, data)})
    assert says in html.unescape(page.text)
    assert "kept" in page.text
    assert "<b>.txt" not in page.text


def test_a_thousand_words_are_marked_before_a_writer_notices(client: TestClient, key: str) -> None:
    text = thousand_words()
    assert len(text.split()) >= 1_000
    guide = load_guide()
    judge_text(text, guide)  # what is read once a process
    started = time.process_time()
    judged = judge_text(text, guide)
    assert judged.hints
    assert time.process_time() - started < 1.5  # ten times what the screen promises: 150 ms on a quiet machine
    assert hints(client, key, text)["marks"]
