from __future__ import annotations

import io
import zipfile
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from styleguide.blocks import Block, BlockKind
from styleguide.input import Draft, DraftFormat, UnreadableError, read_draft
from styleguide.input.draft import read_text
from styleguide.input.pieces import SourceMap

MARKDOWN = """---
title: Fees for parking
description: "What you pay, and when"
lang: en-GB
---

# Parking *fees*

You must pay [the fee in May](https://town.example/pay-the-fee "Pay the fee") for
A&amp;B \\*stars\\* and `code`.

- first item
- second **item**

| Year | Fee |
|------|-----|
| 2026 | ten |

```
not read
```

<p>Raw <b>markup</b> &eacute;t&eacute;</p>

![A map of the town](map.png)
{: .wide }
"""


def draft(source: str, format_: DraftFormat | None = None) -> Draft:
    return read_text(source, "draft", format_=format_, lang="en")


def placed(read: Draft, block: Block) -> str:
    where = read.locate(block, 0, len(block.text))
    assert where.is_exact
    return read.source[where.start : where.end]


def block_of(read: Draft, text: str) -> Block:
    return next(block for block in read.document.blocks if block.text == text)


def test_markdown_blocks() -> None:
    read = draft(MARKDOWN)
    assert read.format is DraftFormat.MARKDOWN
    assert read.document.lang == "en"
    assert [(block.kind, block.text) for block in read.document.blocks] == [
        (BlockKind.TITLE, "Fees for parking"),
        (BlockKind.DESCRIPTION, "What you pay, and when"),
        (BlockKind.HEADING, "Parking fees"),
        (BlockKind.LINK, "the fee in May"),
        (BlockKind.PARAGRAPH, "You must pay the fee in May for A&B *stars* and code."),
        (BlockKind.LIST_ITEM, "first item"),
        (BlockKind.LIST_ITEM, "second item"),
        (BlockKind.TABLE_CELL, "Year"),
        (BlockKind.TABLE_CELL, "Fee"),
        (BlockKind.TABLE_CELL, "2026"),
        (BlockKind.TABLE_CELL, "ten"),
        (BlockKind.PARAGRAPH, "Raw markup été"),
        (BlockKind.ALTERNATIVE, "A map of the town"),
    ]


def test_markdown_places() -> None:
    read = draft(MARKDOWN)
    assert placed(read, block_of(read, "Parking fees")) == "Parking *fees"
    assert placed(read, block_of(read, "the fee in May")) == "the fee in May"
    assert placed(read, block_of(read, "second item")) == "second **item"
    assert placed(read, block_of(read, "Fees for parking")) == "Fees for parking"
    assert placed(read, block_of(read, "What you pay, and when")) == "What you pay, and when"
    assert placed(read, block_of(read, "A map of the town")) == "A map of the town"
    paragraph = block_of(read, "You must pay the fee in May for A&B *stars* and code.")
    start = paragraph.text.index("*stars*")
    where = read.locate(paragraph, start, start + 7)
    assert (where.line, where.column) == (10, 10)
    assert read.source[where.start : where.end] == "*stars\\*"
    raw = block_of(read, "Raw markup été")
    assert read.locate(raw, 4, 10).column == 11


def test_html_places_see_through_markup_and_entities() -> None:
    source = (
        "<!doctype html>\r\n<html lang=en><head><title>A page</title>"
        "<meta name=description content='All &amp; more'>\r\n"
        "<script>var before = 'In order to';</script></head><body><!-- In order to -->\r\n"
        "<p hidden>In order to hide</p>\r\n"
        "<p>In&nbsp;or<b>der</b> to pay&shy;ing, use <a href='x>y'>this form</a> &lt;now></p>\r\n"
        '<a href=z><img src=m.png alt="A map"></a></body></html>'
    )
    read = draft(source)
    assert read.format is DraftFormat.HTML
    paragraph = block_of(read, "In order to paying, use this form <now>")
    where = read.locate(paragraph, 0, 11)
    assert (where.line, where.column) == (5, 4)
    assert source[where.start : where.end] == "In&nbsp;or<b>der</b> to"
    assert placed(read, block_of(read, "this form")) == "this form"
    assert placed(read, block_of(read, "A map")) == "A map"
    assert placed(read, block_of(read, "All & more")) == "All &amp; more"


def test_plain_text() -> None:
    source = (
        "Parking fees\n============\n\nYou must pay the fee in May of each year, and we send\n"
        "you a letter.\nThen:\n- first item\n- second item\n  goes on\n\nAbout us\n\nWe are a town.\n"
    )
    read = draft(source, DraftFormat.TEXT)
    assert [(block.kind, block.text) for block in read.document.blocks] == [
        (BlockKind.HEADING, "Parking fees"),
        (BlockKind.PARAGRAPH, "You must pay the fee in May of each year, and we send you a letter."),
        (BlockKind.PARAGRAPH, "Then:"),
        (BlockKind.LIST_ITEM, "first item"),
        (BlockKind.LIST_ITEM, "second item goes on"),
        (BlockKind.HEADING, "About us"),
        (BlockKind.PARAGRAPH, "We are a town."),
    ]
    assert placed(read, block_of(read, "second item goes on")) == "second item\n  goes on"
    assert read.locate(block_of(read, "About us"), 6, 8).line == 11


def docx(body: str, **parts: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f'<w:styles {space}><w:docDefaults><w:lang w:val="de-AT"/></w:docDefaults><w:style '
        'w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>',
        **parts,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def test_word_document() -> None:
    def paragraph(text: str, style: str = "") -> str:
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"

    data = docx(paragraph("Gebühren", "Heading1") + paragraph("Sie zahlen im Mai."))
    read = read_draft(data, "brief.docx")
    assert read.document.lang == "de"
    assert [(block.kind, block.text) for block in read.document.blocks] == [
        (BlockKind.HEADING, "Gebühren"),
        (BlockKind.PARAGRAPH, "Sie zahlen im Mai."),
    ]
    where = read.locate(read.document.blocks[1], 0, 3)
    assert (where.line, where.block) == (0, 2)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"%PDF-1.7", "a.txt", "is a PDF"),
        (b"\x7fELF\0\0\0\0", "a.md", "not a text file"),
        (b"PK\x03\x04broken", "a.docx", "cannot be read as a Word document"),
        (docx("<w:p>"), "a.docx", "cannot be read as a Word document"),
    ],
)
def test_what_is_no_text_says_so(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read_draft(data, name)


@pytest.mark.parametrize(
    "data",
    [
        "Gebühren für Öl".encode("cp1252"),
        "Gebühren für Öl".encode("utf-16"),
        b"\xef\xbb\xbf" + "Gebühren für Öl".encode(),
        b"<meta charset=iso-8859-1><p>" + "Gebühren für Öl".encode("latin-1"),
        b"<meta charset=no-such-thing><p>" + "Gebühren für Öl".encode("latin-1"),
        b"<meta charset=base64><p>" + "Gebühren für Öl".encode("latin-1"),
    ],
)
def test_encodings(data: bytes) -> None:
    [block] = read_draft(data, "a").document.blocks
    assert block.text == "Gebühren für Öl"


def test_empty_drafts() -> None:
    for name in ("a.md", "a.txt", "a.html", "-"):
        assert read_draft(b"", name).document.blocks == ()


CHARACTERS = st.text(alphabet="ab .\n\r\t\u00a0\u00ad\u200b\u200f\ue000&é👩*_[]()<>#`-1|!\\\u05d0\x00\"'", max_size=30)
MARKS = st.sampled_from(
    [
        *("<b>", "</b>", "<p>", "<!--", "-->", "<a href='x'>", "</a>", "&amp;", "&nbsp", "&#x41;", "<script>"),
        *(
            "[words](x)",
            "![alt](y)",
            "**bold**",
            "\n\n",
            "\n- item\n",
            "# Head\n",
            "```\n",
            "---\n",
            "{{ x }}",
            "<img alt='a b'>",
        ),
    ]
)


@settings(deadline=None)
@example("``\r``1 ", DraftFormat.MARKDOWN)
@given(st.lists(st.one_of(CHARACTERS, MARKS), max_size=20).map("".join), st.sampled_from(list(DraftFormat)[:3]))
def test_every_block_has_its_place(source: str, format_: DraftFormat) -> None:
    read = draft(source, format_)
    for block in read.document.blocks:
        where = read.locate(block, 0, len(block.text))
        assert 0 <= where.start <= where.end <= len(source)
        assert where.line >= 1
        assert where.column >= 1


WORDS = st.lists(st.text(alphabet="abcé👩\u05d0", min_size=1, max_size=8), min_size=1, max_size=12)
GAPS = st.sampled_from([" ", "\u00a0", "  ", " \u00ad", "\u200b "])


@settings(deadline=None)
@given(st.data(), WORDS, st.sampled_from(list(DraftFormat)[:3]))
def test_places_are_exact_between_unseen_characters(
    data: st.DataObject, words: list[str], format_: DraftFormat
) -> None:
    text = words[0] + "".join(data.draw(GAPS) + word for word in words[1:])
    source = f"<p>{text}</p>" if format_ is DraftFormat.HTML else f"First line here.\n\n{text}\n"
    read = draft(source, format_)
    block = read.document.blocks[-1]
    for token in block.tokens:
        where = read.locate(block, token.start, token.end)
        assert where.is_exact
        assert source[where.start : where.end].lower().replace("\u00ad", "").replace("\u200b", "") == token.word


HOSTILE = {
    "one line": "word " * 2_000_000,
    "no space": "a" * 10_000_000,
    "open tags": "<a " * 300_000,
    "open comments": "<!--" * 300_000,
    "open quotes": "<a b='" * 200_000,
    "brackets": "[" * 50_000,
    "emphasis": "*a_ " * 50_000,
    "escapes": "\\*" * 50_000,
    "entities": "&amp;x" * 100_000,
    "headings": "a\n\n" * 20_000,
    "lists": "- a\n" * 10_000,
    "nested lists": "".join(" " * (2 * i) + "- a\n" for i in range(300)),
    "quotes": ">" * 20_000 + "a",
    "templates": "{%" * 200_000,
    "front matter": "---\n" * 20_000,
    "joiners": "\u200d\u202e" * 500_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("format_", list(DraftFormat)[:3])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_bounded_time(name: str, format_: DraftFormat) -> None:
    start = process_time()
    read = draft(HOSTILE[name], format_)
    for block in read.document.blocks[:50]:
        read.locate(block, 0, len(block.text))
    assert process_time() - start < 60  # far above what it takes; a quadratic reader takes many minutes


def test_a_block_that_is_not_in_the_source_is_placed_roughly() -> None:
    read = draft("<p>One two</p>", DraftFormat.HTML)
    [block] = read.document.blocks
    assert SourceMap([], [block]).span(block, 0, 3) == (0, 0, False)
