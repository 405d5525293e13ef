from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.model import Finding, Outcome, Page
from styleguide.check import MAX_FINDINGS_PER_PHRASE, MAX_FINDINGS_PER_RULE, StyleResult, check_page
from styleguide.guides import load_guide
from styleguide.text import parse

URL = "https://town.example/fees"


def check(html: str, *, guide: str = "govuk", lang: str = "en") -> StyleResult:
    return check_page(Page(URL, URL, html, lang=lang), load_guide(guide))


def only(result: StyleResult) -> Finding:
    [finding] = result.findings
    return finding


def test_finding_of_a_word() -> None:
    finding = only(
        check("<main id=main><p>First.</p><p>You must&nbsp;pay <b>prior</b> to&shy; the end of May.</p></main>")
    )
    assert finding.rule == "plain/wordy-phrase"
    assert finding.engine == "style"
    assert finding.outcome is Outcome.FAILED
    assert finding.url == URL
    assert finding.message == "“prior to” is longer than it need be. Write “before”."
    assert finding.arguments == {"phrase": "prior to", "better": "“before”"}
    assert finding.suggestion == "before"
    assert finding.target == ("#main > p:nth-of-type(2)",)
    assert finding.span == (13, 21)
    assert finding.snippet == "You must pay prior to the end of May."
    assert finding.region == "main"
    assert finding.wcag == ()
    assert finding.impact is None
    assert finding.help_url.startswith("https://")


def test_outcomes_of_all_rules() -> None:
    outcomes = check("<p>Pay prior to May. <a href=/x>PDF</a></p>").rule_outcomes
    assert set(outcomes) == {rule.id for rule in load_guide("govuk").rules}
    assert outcomes["plain/wordy-phrase"] is Outcome.FAILED
    assert outcomes["plain/link-text"] is Outcome.CANT_TELL
    assert outcomes["plain/hidden-verb"] is Outcome.PASSED
    assert outcomes["plain/wordy-phrase-de"] is Outcome.INAPPLICABLE


def test_fingerprint_survives_moved_markup_and_component_is_the_phrase() -> None:
    one = only(check("<p>Pay in order to park.</p>"))
    moved = only(check("<div class=x><section><p id=new>Pay <i>in order</i>\n to park.</p></section></div>"))
    other = only(check("<p>Walk In order to save.</p>"))
    assert one.fingerprint == moved.fingerprint
    assert one.component == moved.component == other.component
    assert one.fingerprint != other.fingerprint


def test_same_sentence_twice_is_two_places() -> None:
    first, second = check("<p>Pay in order to park.</p><p>Pay in order to park.</p>").findings
    assert first.fingerprint != second.fingerprint
    assert first.component == second.component
    assert first.target != second.target


def test_longest_phrase_wins() -> None:
    finding = only(check("<p>Provide assistance with forms.</p>"))
    assert finding.arguments["phrase"] == "Provide assistance with"


def test_cap_says_what_was_cut() -> None:
    wordy = ("in order to", "prior to", "subsequent to", "in the event of", "with regard to")
    texts = [f"<p>Pay fee {number} {wordy[number % 5]} parking.</p>" for number in range(MAX_FINDINGS_PER_RULE + 5)]
    result = check("".join(texts))
    assert len(result.findings) == MAX_FINDINGS_PER_RULE
    assert result.findings[-1].message.endswith("(5 more places on this page are not listed.)")
    assert result.findings[-1].arguments["more_on_page"] == 5
    assert result.notes == ("plain/wordy-phrase: 10 of 15 places are listed, the first on the page.",)
    one = check("".join(texts[: MAX_FINDINGS_PER_RULE + 1]))
    assert one.findings[-1].message.endswith("(1 more place on this page is not listed.)")


def test_what_says_the_same_everywhere_is_listed_by_the_length_of_the_text() -> None:
    sentences = [f"We {'walk and ' * (30 + number % 7)}rest by house {number}." for number in range(8)]
    result = check("".join(f"<p>{sentence}</p>" for sentence in sentences))
    found = [finding for finding in result.findings if finding.rule == "plain/long-sentence"]
    assert [finding.arguments["words"] for finding in found] == [73, 75, 77]  # the longest, as they stand
    assert found[-1].arguments["more_on_page"] == 5
    assert "plain/long-sentence: 3 of 8 places are listed, the worst on the page." in result.notes
    more = check("".join(f"<p>{sentence}</p>" for sentence in sentences) + "<p>It is so.</p>" * 300)
    # 560 and 900 words: six places
    assert len([finding for finding in more.findings if finding.rule == "plain/long-sentence"]) == 6


def test_same_phrase_is_listed_three_times() -> None:
    result = check("".join(f"<p>Pay fee {number} in order to park.</p>" for number in range(5)))
    assert len(result.findings) == MAX_FINDINGS_PER_PHRASE
    assert result.findings[-1].arguments["more_on_page"] == 2


def test_long_snippets_are_cut_at_words() -> None:
    text = "more word " * 10 + "in order to " + "word more"
    finding = only(check(f"<p>{text}</p>"))
    assert finding.snippet.startswith("…word more word")
    assert " in order to word" in finding.snippet


def test_region_of_boilerplate_is_known() -> None:
    assert only(check("<footer><p>Pay prior to May.</p></footer>")).region == "footer"


def test_soup_can_be_shared() -> None:
    html = "<html lang=en><p>Pay prior to May."
    page = Page(URL, URL, html)
    assert check_page(page, load_guide(), parse(html)) == check_page(page, load_guide())


def test_text_in_another_language_is_left_to_its_own_rules() -> None:
    assert not check("<html lang=fr><p>Le mot prior to.").findings
    german = only(check("<html lang=de><p>Die Prüfung obliegt der Gemeinde."))
    assert german.rule == "plain/wordy-phrase-de"
    assert german.suggestion == "muss …"


def test_nothing_is_said_of_an_empty_page() -> None:
    result = check("")
    assert not result.findings
    assert set(result.rule_outcomes.values()) == {Outcome.INAPPLICABLE}
    assert result.readability is not None
    assert result.readability.words == 0


def test_threads_agree() -> None:
    pages = [Page(URL, URL, f"<html lang=en><p>Pay fee {number} prior to May.") for number in range(40)]
    alone = [check_page(page, load_guide()) for page in pages]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda page: check_page(page, load_guide()), pages)) == alone


N = 200_000
HOSTILE = {
    "row of stops": "<p>" + "." * N + "x",
    "stops and spaces": "<p>" + ". " * N,
    "row of marks": "<p>a" + "!" * N + "x",
    "half a phrase": "<p>" + "in order " * (N // 9),
    "one phrase": "<p>" + "in order to " * (N // 12),
    "one sentence each": "<p>" + "In order to. " * (N // 13),
    "brackets": "<p>a." + "(" * N,
    "quotation marks": "<p>" + "“in order to ” " * (N // 15),
    "capitals": "<p>" + "ABCDEF " * (N // 7),
    "initials": "<p>" + "A. " * N,
    "inline code": "<p>" + "<code>a</code> b! " * 5_000,
    "depth": "<div>" * 5_000 + "<p>In order to. " * 30,
    "siblings": "<p>in order to</p>" * 5_000,
    "links": "<a href=x aria-labelledby='a b'>here</a>" * 5_000,
    "long word": "<p>" + "a" * 2_000_000,
    "breaks": "<p>" + "a<br>" * 20_000,
    "class names": "<p class='" + "cookie-" * 50_000 + "'>x",
    "shadow roots": "<curbcut-shadow>" * 200 + "<p>in order to",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_bounded_time(name: str) -> None:
    check("<p>" + "warm " * 200)
    html = f"<html lang=en><body>{HOSTILE[name]}"
    soup = parse(html)
    start = time.process_time()
    result = check_page(Page(URL, URL, html), load_guide("govuk"), soup)
    # Quadratic work on these would take minutes; a slow machine needs about half a second.
    assert time.process_time() - start < 5
    assert all(len("".join(finding.target)) < 3_000 for finding in result.findings)


@settings(max_examples=200)
@given(st.text(max_size=200), st.sampled_from(["en", "de", "", "x-klingon"]))
def test_any_text_is_survived_and_spans_are_right(text: str, lang: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    result = check(f"<p>{escaped} in order to go.</p><a href=/x>{escaped}</a>", lang=lang)
    for finding in result.findings:
        assert finding.span is not None
        assert 0 <= finding.span[0] < finding.span[1]
        if "phrase" in finding.arguments:
            assert str(finding.arguments["phrase"]).replace("\n", " ") in finding.snippet


def test_import_is_quick_and_leaves_textstat_for_later() -> None:
    code = (
        "import sys, styleguide.check, styleguide.guides; sys.exit('textstat' in sys.modules or 'nltk' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
