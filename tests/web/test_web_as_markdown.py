"""A Word document or an HTML page as Markdown: what rules are about stays, and nothing else becomes markup."""

from __future__ import annotations

import io
import zipfile

import pytest

from scan.style import judge
from styleguide.guides import load_guide
from styleguide.input import DraftFormat, read_draft
from web.as_markdown import as_markdown

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

PAGE = """<!doctype html><html lang="en"><head><title>Fees - Ferry Town</title></head><body>
<nav><a href="/">Utilise our home page</a></nav>
<main><h1>Fees</h1><p>You must utilise <a href="/form?a=1&b=(2)">this form</a> prior to May.<br>Call us.</p>
<ul><li>one</li><li>two <a href="/x">Click here</a></li></ul><ol><li>first</li><li>second</li></ol>
<table><tr><th>Age</th><th>Fee | year</th></tr><tr><td>Adult</td><td>5</td></tr></table>
<h2>Help</h2><p>1. is no list. * nor _this_ [x] &lt;b&gt; `code`</p><p># no heading</p>
<p><img src="a.png" alt="A picture of a kerb"></p></main></body></html>"""


def converted(html: str) -> str:
    return as_markdown(read_draft(html.encode(), "page.html"))


def test_headings_lists_tables_and_links_stay() -> None:
    text = converted(PAGE)
    assert text.startswith("# Fees\n\nYou must utilise [this form](/form?a=1&b=%282%29) prior to May.\nCall us.\n\n")
    assert "- one\n- two [Click here](/x)\n" in text
    assert "1. first\n2. second\n" in text
    assert "| Age | Fee \\| year |\n| --- | --- |\n| Adult | 5 |\n" in text
    assert "## Help" in text
    assert "![A picture of a kerb](picture)" in text


def test_what_repeats_on_every_page_goes() -> None:
    assert "home page" not in converted(PAGE)
    assert "Ferry Town" not in converted(PAGE)


def test_signs_of_the_text_are_no_markup() -> None:
    text = converted(PAGE)
    assert "\\1. is no list. \\* nor _this_ \\[x\\] \\<b> \\`code\\`" in text
    assert "\\# no heading" in text


@pytest.mark.parametrize("guide", ["plain", "govuk"])
def test_the_same_is_found_in_the_text_as_in_the_page(guide: str) -> None:
    rules = load_guide(guide)
    page = read_draft(PAGE.encode(), "page.html")
    text = read_draft(as_markdown(page).encode(), "page.md")
    assert text.format is DraftFormat.MARKDOWN

    def found(draft: object) -> set[tuple[str, str]]:
        judged = judge(draft, rules).findings  # type: ignore[arg-type]
        return {
            (one.finding.rule, one.words) for one in judged if one.finding.region not in ("nav", "header", "footer")
        }

    # The title goes: what is found in it is the page's own.
    assert found(text) <= found(page)
    assert {one for one in found(page) if one[1] in ("utilise", "prior to", "Click here")} <= found(text)
    assert any(words == "utilise" for _, words in found(text))


def test_a_word_document_keeps_its_links() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Fees</w:t></w:r></w:p>'
        '<w:p><w:r><w:t xml:space="preserve">You must utilise </w:t></w:r><w:hyperlink r:id="r9"><w:r>'
        "<w:t>this form</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>"
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r9" Type="{OFFICE}/hyperlink" Target="https://example.org/form" '
        'TargetMode="External"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:styleId="Heading1">'
        '<w:name w:val="heading 1"/></w:style></w:styles>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    text = as_markdown(read_draft(stream.getvalue(), "fees.docx"))
    assert text == "# Fees\n\nYou must utilise [this form](https://example.org/form).\n"
