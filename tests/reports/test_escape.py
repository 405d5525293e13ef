"""Text from sites made safe for CSV, terminals, JSON, XML and file names."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.escape import (
    CELL_MAX_CHARS,
    FILE_NAME_MAX_CHARS,
    csv_cell,
    json_value,
    safe_name,
    terminal_text,
    without_surrogates,
    xml_text,
)

any_text = st.text(st.characters())  # lone surrogates and control characters included
nasty_text = st.text(st.sampled_from("=+-@\t\r\n '\"\x00\x1b[]\\;m0\x07\x9b\x9d\ud800\u202e\u200b＝abc/.:"))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\nx",
        "  =1",
        "\u00a0=1",
        "\ufeff=1",
        '"=1',
        "'=1",
        "＝1",
        "\x00=1",
        "=cmd|' /C calc'!A0",
        "-",
    ],
)
def test_a_cell_that_a_spreadsheet_could_evaluate_gets_an_apostrophe(text: str) -> None:
    assert str(csv_cell(text)).startswith("'")
    assert str(csv_cell(text))[1:] == text.replace("\x00", "")


@pytest.mark.parametrize(
    "text", ["", "a=b", "1.4.3", "x -y", "https://a.example/?a=1", "<a href='='>", "é", "two\nlines"]
)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert csv_cell(text) == text


@pytest.mark.parametrize("value", [0, -5, 12.5, -0.1])
def test_our_own_numbers_stay_numbers(value: float) -> None:
    assert csv_cell(value) is value


def test_nothing_is_an_empty_cell() -> None:
    assert csv_cell(None) == ""


@pytest.mark.parametrize("text", ["x" * 40_000, "=" * 40_000, "\U0001f600" * 40_000])
def test_a_cell_holds_no_more_than_a_spreadsheet_does(text: str) -> None:
    cell = str(csv_cell(text))
    assert CELL_MAX_CHARS - 1 <= len(cell.encode("utf-16-le")) // 2 <= CELL_MAX_CHARS
    assert cell.endswith("…")


@given(any_text | nasty_text)
def test_no_cell_can_act_and_every_cell_comes_back_as_written(text: str) -> None:
    cell = csv_cell(text)
    assert isinstance(cell, str)
    assert not re.match(r"[\s\"']*[=+\-@]|[\t\r]", cell.removeprefix("'")) or cell.startswith("'")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", cell)
    stream = io.StringIO()
    csv.writer(stream).writerow(["first", cell])
    assert next(csv.reader(io.StringIO(stream.getvalue(), newline=""))) == ["first", cell]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ‘text’, naïve 日本", "plain ‘text’, naïve 日本"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("a\x1b]0;new title\x07b", "ab"),
        ("a\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1bPq#0;2\x1b\\b", "ab"),
        ("a\x9d0;title\x9cb", "ab"),
        ("a\x1bcb", "ab"),
        ("\x1b\x1b[m[31mx", "[31mx"),
        ("bell\x07 back\x08 del\x7f nul\x00", "bell back del nul"),
        ("two\r\nlines\u2028three\tfour", "two lines three four"),
        ("safe\u202etxt.exe\u2066", "safetxt.exe"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("half \ud83d", "half \ufffd"),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
    ],
)
def test_terminal_text_says_the_same_and_does_nothing(text: str, shown: str) -> None:
    assert terminal_text(text) == shown


@given(any_text | nasty_text)
def test_terminal_text_never_controls_a_terminal(text: str) -> None:
    shown = terminal_text(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert not [c for c in shown if unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI")]
    assert terminal_text(shown) == shown


@given(
    st.recursive(
        any_text | st.floats() | st.integers() | st.none(), lambda v: st.lists(v) | st.dictionaries(any_text, v)
    )
)
@example({"\ud800": ["\udfff", float("nan"), float("inf")]})
def test_json_values_can_always_be_written_as_utf_8(value: object) -> None:
    safe = json_value(value)
    for ensure_ascii in (True, False):
        written = json.dumps(safe, allow_nan=False, ensure_ascii=ensure_ascii)
        assert json.loads(written.encode("utf-8")) == safe


def test_json_values_that_are_fine_stay_as_they_are() -> None:
    value = {"a": [1, 2.5, None, True, "é", {"b": "\u2028"}]}
    assert json_value(value) == value
    assert json_value(("a", "b")) == ["a", "b"]


@given(any_text)
def test_xml_text_always_parses(text: str) -> None:
    element = ElementTree.Element("a")
    element.text = xml_text(text)
    parsed = ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8"))  # noqa: S314  our own text
    assert (parsed.text or "") == xml_text(text).replace("\r\n", "\n").replace("\r", "\n")


@given(any_text)
def test_text_without_surrogates_can_be_encoded(text: str) -> None:
    assert len(without_surrogates(text).encode("utf-8").decode("utf-8")) == len(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("www.oldport.example", "www.oldport.example"),
        ("WWW.Oldport.Example", "www.oldport.example"),
        ("oldport.example.", "oldport.example"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("..", "site"),
        (".", "site"),
        ("", "site"),
        ("../../etc/passwd", "etc-passwd"),
        ("/", "site"),
        ("CON", "site-con"),
        ("con.example", "site-con.example"),
        ("LPT1", "site-lpt1"),
        ("console.example", "console.example"),
        ("127.0.0.1:8080", "127.0.0.1-8080"),
        ("[::1]", "1"),
        ("a\x00b", "a-b"),
    ],
)
def test_a_file_name_is_safe_on_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(any_text | nasty_text, st.lists(any_text))
def test_a_file_name_is_always_safe(text: str, others: list[str]) -> None:
    taken: list[str] = []
    for host in [text, *others, text.upper()]:
        name = safe_name(host, taken)
        assert re.fullmatch(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_-])?", name)
        assert ".." not in name
        assert len(name) <= FILE_NAME_MAX_CHARS
        assert name not in {t.casefold() for t in taken}
        taken.append(name)


def test_long_names_stay_apart() -> None:
    first, second = safe_name("a" * 300 + ".example"), safe_name("a" * 300 + ".org")
    assert len(first) == len(second) == FILE_NAME_MAX_CHARS
    assert first != second


def test_names_that_differ_only_in_case_stay_apart() -> None:
    assert safe_name("Museum", taken=["museum"]) == "museum-2"
    assert safe_name("museum", taken=["MUSEUM", "museum-2"]) == "museum-3"
