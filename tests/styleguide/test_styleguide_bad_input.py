"""Bad input on the way from bytes to findings: it is survived, offsets are right, work grows as the text does."""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styleguide.check import find, find_hits
from styleguide.guides import load_guide
from styleguide.input import DraftFormat, UnreadableError, read_draft
from styleguide.input.draft import read_text
from styleguide.text import MAX_BLOCK_CHARS, parse, read_document

FORMATS = [DraftFormat.HTML, DraftFormat.MARKDOWN, DraftFormat.TEXT]
ODD = st.sampled_from(
    [
        *(
            "\u200f",
            "\u202e",
            "\u2067\u05d0\u05d1\u2069",
            "\U0001f469\u200d\U0001f4bb",
            "\u00ad",
            "\u00a0",
            "\ud800",
            "\x00",
            "\r\n",
            "\r",
            "\n",
        ),
        *("<b>", "</p>", "<p", "<a href='", "<!--", "&#xd800;", "&nbsp", "**", "[x](", "```", "- ", "| a |", "> "),
        *("in order to", "pursuant to the", "and/or", "He said", ". ", " "),
    ]
)
DRAFTS = st.lists(st.one_of(ODD, st.text(max_size=8)), max_size=25).map("".join)


def assert_spans_hold(document_name: str, source: str, format_: DraftFormat) -> None:
    read = read_text(source, document_name, format_=format_)
    result = find(read.document, load_guide("govuk"), document_name)
    for hit, finding in zip(result.hits, result.findings, strict=True):
        assert finding.span == (hit.start, hit.end)
        assert 0 <= hit.start < hit.end <= len(hit.block.text)
        if "phrase" in finding.arguments:
            assert hit.block.text[hit.start : hit.end].startswith(str(finding.arguments["phrase"]))
        where = read.locate(hit.block, hit.start, hit.end)
        assert 0 <= where.start <= where.end <= len(source)


@settings(max_examples=30, deadline=None)
@given(DRAFTS, st.sampled_from(FORMATS))
def test_phrases_stand_where_findings_say(source: str, format_: DraftFormat) -> None:
    assert_spans_hold("draft", f"{source} You must go in order to pay.", format_)


@settings(max_examples=30, deadline=None)
@given(st.one_of(st.binary(max_size=200), DRAFTS.map(lambda text: text.encode("utf-16", "surrogatepass"))))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    for name in ("a.html", "a.md", "a.txt", "a"):
        try:
            read = read_draft(data, name)
        except UnreadableError as error:
            assert str(error).startswith(name)
        else:
            find(read.document, load_guide(), name)
            read.source.encode("utf-8")


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
def test_line_of_ten_megabytes_is_cut(name: str) -> None:
    read = read_draft(b"in order to pay " * 655_360, name)
    [block] = read.document.blocks
    assert len(block.text) <= MAX_BLOCK_CHARS
    assert len(find_hits(read.document, load_guide("govuk"), name)) <= MAX_BLOCK_CHARS // 16 + 10


def calls_of(html: str) -> int:
    """Return how many functions the rules call on a page."""
    document = read_document(parse(html), "en")
    guide = load_guide("govuk")
    count = 0

    def tick(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        find(document, guide, "x")
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("tags", ["<div>", "<ul><li>", "<ol><li><p>", "<b>", "<blockquote>"])
def test_work_grows_no_faster_than_nesting(tags: str) -> None:
    calls_of("<p>warm")
    once, twice = (calls_of(tags * depth + "in order to pay") for depth in (500, 1_000))
    assert twice < 3 * once
