from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styleguide.blocks import Block, BlockKind
from styleguide.text import parse, read_document


def blocks(html: str, lang: str = "en") -> list[Block]:
    return list(read_document(parse(html), lang).blocks)


def texts(html: str, kind: BlockKind | None = None) -> list[str]:
    return [block.text for block in blocks(html) if kind is None or block.kind is kind]


@pytest.mark.parametrize(
    ("html", "kind", "text"),
    [
        ("<title> A  town </title>", BlockKind.TITLE, "A town"),
        ("<meta name='Description' content='All about it'>", BlockKind.DESCRIPTION, "All about it"),
        ("<h2>Fees</h2>", BlockKind.HEADING, "Fees"),
        ("<div role=heading>Fees</div>", BlockKind.HEADING, "Fees"),
        ("<div>Direct text</div>", BlockKind.PARAGRAPH, "Direct text"),
        ("<ul><li>One</li></ul>", BlockKind.LIST_ITEM, "One"),
        ("<ul><li><p>One</p></li></ul>", BlockKind.LIST_ITEM, "One"),
        ("<table><tr><td>Cell</td></tr></table>", BlockKind.TABLE_CELL, "Cell"),
        ("<table><caption>Fees in euro</caption></table>", BlockKind.CAPTION, "Fees in euro"),
        ("<label>Name</label>", BlockKind.LABEL, "Name"),
        ("<fieldset><legend>Who?</legend></fieldset>", BlockKind.LABEL, "Who?"),
        ("<button>Send</button>", BlockKind.BUTTON, "Send"),
        ("<input type=submit value='Send it'>", BlockKind.BUTTON, "Send it"),
        ("<p class='govuk-hint'>As on the card</p>", BlockKind.HINT, "As on the card"),
        ("<p class='govuk-error-message'>Enter a date</p>", BlockKind.ERROR, "Enter a date"),
        ("<div role=alert>Enter a date</div>", BlockKind.ERROR, "Enter a date"),
        ("<p class='terror'>Not an error</p>", BlockKind.PARAGRAPH, "Not an error"),
        ("<p><a href=/x>Apply now</a></p>", BlockKind.LINK, "Apply now"),
        ("<a href=/x><h3>Card</h3><p>More words</p></a>", BlockKind.LINK, "Card More words"),
        ("<img src=a.png alt='A  map'>", BlockKind.ALTERNATIVE, "A map"),
        ("<blockquote><p>He said so</p></blockquote>", BlockKind.QUOTE, "He said so"),
    ],
)
def test_kinds(html: str, kind: BlockKind, text: str) -> None:
    assert texts(html, kind) == [text]


@pytest.mark.parametrize(
    "html",
    [
        "<html lang=en><title>T</title><header><p>One</p></header><main><p>Two</p></main>",
        "<title>T</title><main>One</main><p>Two</p>",
        "<!doctype html><title>T</title><nav>One</nav><body><p>Two</p></body>",
    ],
)
def test_a_page_may_leave_its_body_out(html: str) -> None:
    assert texts(html) == ["T", "One", "Two"]


def test_inline_markup_stays_in_its_block() -> None:
    html = "<p>You <b>must</b> <a href=/x>pay</a> the fee<em>.</em><br>By   May.</p>"
    assert texts(html, BlockKind.PARAGRAPH) == ["You must pay the fee.\nBy May."]


def test_blocks_within_blocks_part_the_text() -> None:
    assert texts("<div>Before<p>Within</p>After</div>") == ["Before", "Within", "After"]


def test_spaces_and_unseen_characters() -> None:
    [block] = blocks("<p>\u00a0Fees\u00a0\u00a0for\n\tap\u00adpli\u200bcants 👩‍👩‍👧 now\ufeff</p>")
    assert block.text == "Fees for applicants 👩‍👩‍👧 now"
    assert [block.text[token.start : token.end] for token in block.tokens] == ["Fees", "for", "applicants", "now"]


def test_what_nobody_reads_is_left_out() -> None:
    html = """<body>Seen<script>var a = 1;</script><style>p {}</style><!-- note --><template>t</template>
        <p hidden>a</p><p data-curbcut-hidden>b<b>c</b></p><p style="display: none">d</p><noscript>e</noscript>
        <pre>f</pre><select><option>g</select><svg><title>h</title></svg><textarea>i</textarea></body>"""
    assert texts(html) == ["Seen"]


def test_hidden_inline_text_does_not_part_a_sentence() -> None:
    assert texts("<p>Pay<span hidden> not</span> now.</p>") == ["Pay now."]


def test_title_and_description_are_read_though_nobody_sees_the_head() -> None:
    html = (
        "<html><head><title data-curbcut-hidden>T</title><meta name=description content=D data-curbcut-hidden></head>"
    )
    assert texts(html) == ["T", "D"]


def test_languages() -> None:
    html = """<html lang=de-AT><body><p>Hallo</p><div xml:lang=fr><p>Salut <i lang=en>hello</i></p></div>
        <p>Das <span lang=en>token</span> Wort</p>"""
    found = [(block.lang, block.text) for block in blocks(html)]
    assert found == [("de", "Hallo"), ("fr", "Salut hello"), ("de", "Das token Wort")]
    word = blocks(html)[2]
    assert [word.text[start:end] for start, end in word.unread] == ["token"]
    assert [token.word for token in word.tokens] == ["das", "wort"]


def test_page_language_serves_where_the_markup_is_silent() -> None:
    assert [block.lang for block in blocks("<p>Hallo", "de-DE")] == ["de"]
    assert [block.lang for block in blocks("<p>Hallo", "")] == [""]


@pytest.mark.parametrize(
    ("html", "region"),
    [
        ("<header><p>x</p></header>", "header"),
        ("<nav><ul><li>x</ul></nav>", "nav"),
        ("<footer>x</footer>", "footer"),
        ("<main><p>x</p></main>", "main"),
        ("<main><article><header>x</header></article></main>", "main"),
        ("<div role=contentinfo><section>x</section></div>", "footer"),
        ("<div id=cookie-banner><p>x</p></div>", "cookies"),
        ("<div class='site-cookie-notice'><nav>x</nav></div>", "cookies"),
        ("<aside>x</aside>", "aside"),
        ("<div id=site-footer><div><p>x</p></div></div>", "footer"),
        ("<ul class='nav navbar-nav'><li>x</ul>", "nav"),
        ("<div class=breadcrumbs>x</div>", "nav"),
        ("<div id=header><p>x</p></div>", "header"),
        ("<div id=header-wrapper><main><p>x</p></main></div>", "main"),
        ("<main><div class=header><p>x</p></div></main>", "main"),
        ("<div class=menu-planning><p>x</p></div>", ""),
        ("<p>x</p>", ""),
    ],
)
def test_regions(html: str, region: str) -> None:
    assert [block.region for block in blocks(html)] == [region]


def test_code_and_quotations_are_unread() -> None:
    [block] = blocks("<p>Set <code>in order to</code> or <q>prior to</q>.</p>")
    assert [block.text[start:end] for start, end in block.unread] == ["in order to", "prior to"]
    assert [token.word for token in block.tokens] == ["set", "or"]


def test_link_name_comes_from_aria() -> None:
    html = "<b id=t>Parking</b><a href=/x aria-labelledby='t u'>More</a><a href=/y aria-label='Fees in May'>More</a>"
    assert [block.name for block in blocks(html) if block.kind is BlockKind.LINK] == ["Parking", "Fees in May"]


FRAGMENTS = st.lists(
    st.one_of(
        st.text(alphabet="ab .\n\u00a0\u00ad\u200b\ue000&é👩", max_size=8),
        st.sampled_from(
            ["<b>", "</b>", "<p>", "</p>", "<br>", "<code>", "</code>", "<a href=x>", "</a>", "<li>", "<i lang=fr>"]
        ),
    ),
    max_size=40,
)


@given(FRAGMENTS)
def test_offsets_hold_for_any_markup(parts: list[str]) -> None:
    for block in blocks("<body>" + "".join(parts)):
        assert block.text == block.text.strip()
        assert "  " not in block.text
        assert not set(block.text) & set("\u00a0\u00ad\u200b\t\ue000")
        assert all(0 <= start < end for start, end in block.unread)
        assert all(before[1] <= after[0] for before, after in pairwise(block.unread))
        for token in block.tokens:
            assert block.text[token.start : token.end].lower().replace("’", "'") == token.word
            assert not block.is_unread(token.start, token.end)
        for sentence in block.sentences:
            assert block.sentence_at(sentence.start) == sentence
