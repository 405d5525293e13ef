"""The kinds of rule: what each reads from YAML, and where it speaks."""

from __future__ import annotations

import time

import pytest

from checks.model import Finding, Outcome, Page
from styleguide.check import check_page
from styleguide.errors import RuleFileError
from styleguide.guides import Guide
from styleguide.kinds import known_kinds
from styleguide.rule_file import read_rule
from styleguide.rules import Rule

HEAD = """
id: rule
title: A rule
language: {lang}
scope: [{scope}]
severity: warning
confidence: high
messages: {{failed: "Found."}}
why: So.
suggestion: Mend it.
sources:
  us: {{guide: Us, section: All, licence: EUPL-1.2, provenance: own}}
examples: {{fires: [x], silent: [y]}}
"""


def rule(body: str, *, scope: str = "paragraph", lang: str = "en") -> Rule:
    return read_rule(HEAD.format(scope=scope, lang=lang) + body, "x/rule.yaml", "x")


def found(body: str, html: str, *, scope: str = "paragraph", lang: str = "en") -> list[Finding]:
    page = Page("https://town.example/", "https://town.example/", html, lang=lang)
    return list(check_page(page, Guide("x", "X", (rule(body, scope=scope, lang=lang),))).findings)


def test_all_kinds_are_known() -> None:
    assert set(known_kinds()) == {
        *("capitalisation", "consistency", "existence", "first-use", "format", "length", "link-text", "metric"),
        *("occurrence", "repetition", "sequence", "spelling", "structure", "substitution", "unique"),
    }


def test_pattern_respects_words_of_any_alphabet() -> None:
    body = r"kind: existence" + "\n" + r"patterns: ['deberá\b', 'über\b']"
    assert len(found(body, "<p>Usted deberá pagar. Ganz über uns.</p>", lang="es")) == 2
    assert not found(body, "<p>Usted deberán, überall.</p>", lang="es")


def test_pattern_anchors_to_the_block() -> None:
    body = "kind: existence\npatterns: ['Note:']\nat: start"
    assert found(body, "<p>Note: pay.</p>")
    assert not found(body, "<p>Read: Note: pay.</p>")


def test_pattern_never_joins_two_blocks() -> None:
    assert not found("kind: existence\npatterns: ['one[^x]+two']", "<p>one</p><p>two</p>")


def test_exception_spares_only_what_it_overlaps() -> None:
    body = "kind: existence\npatterns: ['click']\nexcept: ['double click']"
    assert len(found(body, "<p>Do a double click, then click.</p>")) == 1


def test_bad_pattern_is_named() -> None:
    with pytest.raises(RuleFileError, match=r"x/rule.yaml:\d+: the pattern “\(a” cannot be read"):
        rule("kind: existence\npatterns: ['(a']")
    with pytest.raises(RuleFileError, match="matches nothing at all"):
        rule("kind: existence\npatterns: ['a*']")


def test_own_pattern_cannot_be_made_slow() -> None:
    started = time.process_time()
    found("kind: existence\npatterns: ['(a+)+b', '(?:a|aa)*c']", f"<p>{'a' * 40_000}</p>")
    assert time.process_time() - started < 5


def test_term_is_found_in_its_context_only() -> None:
    body = "kind: substitution\nterms: [{term: purchase, replace: [buy], not_after: [of]}]"
    assert found(body, "<p>Purchase a ticket.</p>")
    assert not found(body, "<p>Keep proof of purchase.</p>")
    assert found(body, "<p>What are you thinking of? Purchase a ticket.</p>")


def test_case_sensitive_term_is_let_be_at_a_sentence_start() -> None:
    body = "kind: substitution\nterms: [{term: Green Paper, replace: [green paper], case_sensitive: true}]"
    assert found(body, "<p>Read the Green Paper.</p>")
    assert not found(body, "<p>Green Paper is out. Read the green paper.</p>")


def test_french_article_does_not_hide_a_word() -> None:
    [finding] = found(
        "kind: substitution\nterms: [{term: octroi, replace: [don]}]", "<p>L’octroi tarde.</p>", lang="fr"
    )
    assert finding.arguments["phrase"] == "octroi"
    assert finding.span == (2, 8)


def test_vale_swap_is_read() -> None:
    [finding] = found("kind: substitution\nswap: {utilize: use|apply}", "<p>Utilize it.</p>")
    assert finding.suggestion == "use, apply"


def test_a_form_may_name_its_own_better_word() -> None:
    body = "kind: substitution\nterms: [{term: abändern, forms: {abgeändert: geändert|neu}, replace: [ändern]}]"
    [finding] = found(body, "<p>Das ist abgeändert.</p>", lang="de")
    assert finding.suggestion == "geändert, neu"
    [finding] = found(body, "<p>Wir wollen das abändern.</p>", lang="de")
    assert finding.suggestion == "ändern"


def test_occurrence_counts_in_each_sentence() -> None:
    body = "kind: occurrence\npatterns: [',']\nmax: 2\nper: sentence\nquoted: true"
    [finding] = found(body, "<p>One, two. A, b, c, d.</p>")
    assert finding.arguments["count"] == 3


def test_format_spares_the_right_form() -> None:
    body = "kind: format\npatterns: ['[0-9]+ ?(?:am|pm)']\nallows: ['[0-9]+am']\nform: 9am"
    assert [f.arguments["phrase"] for f in found(body, "<p>From 9am to 5 pm.</p>")] == ["5 pm"]


def test_sequence_share_speaks_once_a_page() -> None:
    body = "kind: sequence\nsteps: [{class: be}, {class: participle}]\nmax_per_1000_words: 8"
    [finding] = found(body, "<p>" + "The form was signed today. " * 40 + "</p>")
    assert finding.arguments["count"] == 40
    assert not found(body, "<p>The form was signed.</p>")


def test_sequence_counts_in_a_sentence() -> None:
    body = "kind: sequence\nsteps: [{class: be}, {class: participle}]\nmax_per_sentence: 1"
    [finding] = found(body, "<p>A form was signed. If it is signed and a fee is paid, we act. It is checked.</p>")
    assert finding.arguments["count"] == 2
    assert finding.span == (19, 61)
    with pytest.raises(RuleFileError, match="remove one of the two"):
        rule(body + "\nmax_per_1000_words: 8")


def test_metric_asks_and_never_fails() -> None:
    body = "kind: metric\nmetric: words-per-sentence\nmax: 5"
    [finding] = found(body, "<p>" + "These are seven words in a row. " * 20 + "</p>")
    assert finding.outcome is Outcome.CANT_TELL


def test_abbreviation_is_explained_anywhere_on_the_page() -> None:
    body = "kind: first-use\nallow: [PDF]"
    assert len(found(body, "<p>Ask the DPLA. The DPLA knows. A PDF.</p>")) == 1
    assert not found(body, "<p>Ask the Department of Parks (DPLA).</p><p>The DPLA knows.</p>")
    assert not found(body, "<p><abbr title='Department of Parks'>DPLA</abbr> knows.</p>")
    assert not found(body, "<p>SEND THE FORM NOW</p>")


def test_interrupted_list_is_no_list_of_one_item() -> None:
    body = "kind: structure\ncheck: single-item-list"
    assert found(body, "<ul><li>one</li></ul>", scope="list-item")
    assert not found(body, "<ul><li>one</li></ul><p>Note: x</p><ul><li>two</li></ul>", scope="list-item")


def test_structure_check_that_needs_a_limit_says_so() -> None:
    with pytest.raises(RuleFileError, match="needs a limit"):
        rule("kind: structure\ncheck: long-list")


def test_names_are_no_title_case() -> None:
    body = "kind: capitalisation\nstyle: sentence-case\nmin_words: 4"
    assert found(body, "<h2>How You Apply For Permits</h2>", scope="heading")
    assert not found(body, "<h2>Johnson Space Center Manual</h2>", scope="heading")
    assert not found(body, "<h2>How you apply in Upper Town</h2>", scope="heading")
