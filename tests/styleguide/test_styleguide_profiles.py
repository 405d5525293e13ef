"""Profiles: an organisation's own folder, its words, what it turns off, and what a page turns off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checks.model import Finding, Page
from styleguide.check import StyleResult, check_page
from styleguide.errors import RuleFileError, UnknownGuideError
from styleguide.guides import known_guides, load_guide
from styleguide.site import PageFacts, judge_site

ABOUT = "name: town\ntitle: Our town\nextends: plain\n"


def guide_folder(tmp_path: Path, about: str) -> str:
    folder = tmp_path / "town"
    folder.mkdir()
    folder.joinpath("guide.yaml").write_text(ABOUT + about, "utf-8")
    return str(folder)


def check(html: str, guide: str = "plain", url: str = "https://town.example/news/1") -> StyleResult:
    return check_page(Page(url, url, html, lang="en"), load_guide(guide))


def rules_of(result: StyleResult) -> list[str]:
    return [finding.rule for finding in result.findings]


def test_each_profile_has_its_own_parameters() -> None:
    limits = {
        name: next(rule.parameters.max_words for rule in load_guide(name).rules if rule.id == "plain/long-sentence")
        for name in known_guides()
    }
    assert limits["govuk"] == 25
    assert limits["canada"] == limits["eu"] == 20
    assert limits["easy-read"] == 15


def test_guides_that_contradict_each_other_are_never_joined() -> None:
    nhs, eighteen_f = ({rule.id for rule in load_guide(name).rules} for name in ("nhs", "18f"))
    assert "shared/negative-contraction" in nhs - eighteen_f
    assert "shared/time-joined" in nhs - eighteen_f
    assert "shared/time-dotted" in eighteen_f - nhs


def test_source_of_the_profile_comes_first() -> None:
    rule = next(rule for rule in load_guide("nhs").rules if rule.id == "shared/negative-contraction")
    assert rule.sources[0].guide == "NHS digital service manual"


def test_less_sure_words_are_off_unless_asked_for() -> None:
    html = "<p>However, we will provide additional help.</p>"
    assert not check(html).findings
    url = "https://town.example/"
    assert check_page(Page(url, url, html, lang="en"), load_guide("plain", "low")).findings


def test_own_words(tmp_path: Path) -> None:
    folder = guide_folder(
        tmp_path, "words: {never: [synergy hub], always: {town hall: Town House}, names: [In Order To Ltd]}\n"
    )
    result = check("<p>The synergy hub is in the town hall. Ask In Order To Ltd in order to park.</p>", folder)
    assert sorted(rules_of(result)) == ["plain/wordy-phrase", "town/always", "town/never"]
    assert next(f for f in result.findings if f.rule == "town/always").suggestion == "Town House"


def test_rules_off_with_a_reason_and_parameters_set(tmp_path: Path) -> None:
    about = "off: [{rule: plain/wordy-phrase, reason: We like it}]\nset: {plain/long-sentence: {max_words: 5}}\n"
    folder = guide_folder(tmp_path, about)
    result = check("<p>You must now pay in order to park here.</p>", folder)
    assert rules_of(result) == ["plain/long-sentence"]
    assert dict(load_guide(folder).off)["plain/wordy-phrase"] == "We like it"


def test_rule_off_on_a_path(tmp_path: Path) -> None:
    folder = guide_folder(tmp_path, "paths: [{rule: plain/wordy-phrase, path: '/news/*', reason: quotes}]\n")
    html = "<p>Pay in order to park.</p>"
    assert check(html, folder).notes == ("plain/wordy-phrase: 1 place is ignored here: quotes.",)
    assert rules_of(check(html, folder, "https://town.example/fees")) == ["plain/wordy-phrase"]


@pytest.mark.parametrize(
    ("about", "line", "mend"),
    [
        ("off: [plain/wordy-phras]\n", 4, "did you mean “plain/wordy-phrase”"),
        ("use: [shared/nothing]\n", 4, "there is no rule “shared/nothing”"),
        ("set:\n  plain/long-sentence:\n    max_word: 5\n", 6, "did you mean “max_words”"),
        ("words: {nevr: [x]}\n", 4, "did you mean “never”"),
        ("paths: [{rule: x, path: y}]\n", 4, "“reason” is missing"),
        ("offf: []\n", 4, "did you mean “off”"),
    ],
)
def test_errors_name_file_line_and_mend(tmp_path: Path, about: str, line: int, mend: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        load_guide(guide_folder(tmp_path, about))
    assert str(caught.value).startswith(f"town/guide.yaml:{line}: ")
    assert mend in str(caught.value)


def test_guide_that_extends_nothing_known(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    folder.joinpath("guide.yaml").write_text("title: T\nextends: plian\n", "utf-8")
    with pytest.raises(RuleFileError, match=r"town/guide.yaml:2: .*“plain”"):
        load_guide(str(folder))
    with pytest.raises(UnknownGuideError, match="no file"):
        load_guide(str(tmp_path / "nowhere"))


WORDY = "<p>Pay in order to park.</p>"


def test_page_turns_a_rule_off_by_attribute() -> None:
    result = check(
        f"<div data-curbcut-ignore='wordy-phrase' data-curbcut-reason='the law says so'>{WORDY}</div>{WORDY}"
    )
    assert len(result.findings) == 1
    assert result.notes == ("plain/wordy-phrase: 1 place is ignored here: the law says so.",)


def test_page_turns_a_rule_off_by_comments() -> None:
    off, on = "<!-- curbcut-off plain/wordy-phrase: a quote -->", "<!-- curbcut-on plain/wordy-phrase -->"
    result = check(f"{WORDY}{off}{WORDY}{WORDY}{on}{WORDY}")
    assert len(result.findings) == 2
    assert result.notes == ("plain/wordy-phrase: 2 places are ignored here: a quote.",)


@pytest.mark.parametrize(
    ("html", "left"),
    [
        (f"<!-- curbcut-ignore wordy-phrase the law says so -->\n{WORDY}{WORDY}", 1),
        (f"<!-- curbcut-ignore plain/wordy-phrase: the law says so --><ul><li>{WORDY}</li><li>{WORDY}</li></ul>", 0),
        ("<p>Pay in order to park. <!-- curbcut-ignore wordy-phrase the law says so --> In order to stay.</p>", 0),
        (f"<!-- curbcut-ignore link-text, all the law says so -->{WORDY}{WORDY}", 1),
        (f"{WORDY}<!-- curbcut-ignore wordy-phrase the law says so -->", 1),
        (f"<!-- curbcut-ignore link-text the law says so -->{WORDY}", 1),
    ],
)
def test_comment_turns_a_rule_off_for_what_follows(html: str, left: int) -> None:
    result = check(html)
    assert len(result.findings) == left
    assert all(note.endswith("ignored here: the law says so.") for note in result.notes)


def test_missing_reason_is_said() -> None:
    assert "no reason given" in check(f"<div data-curbcut-ignore=all>{WORDY}</div>").notes[0]


def facts_of(*bodies: str, guide: str = "plain") -> list[PageFacts]:
    facts = []
    for number, body in enumerate(bodies):
        url = f"https://town.example/{number}"
        html = f"<html lang=en><head><title>Contact</title></head><body>{body}</body></html>"
        result = check_page(Page(url, url, html), load_guide(guide))
        assert result.facts is not None
        facts.append(result.facts)
    return facts


def judged(facts: list[PageFacts], rule: str) -> list[Finding]:
    result = judge_site(lambda: facts, load_guide("plain").compared)
    assert not result.not_run
    return [finding for found in result.findings.values() for finding in found if finding.rule == rule]


def test_site_has_two_spellings() -> None:
    facts = facts_of(
        "<p>Send an email.</p>", "<p>An email, an email.</p>", "<p>Write an e-mail now.</p>", "<p>Mail</p>"
    )
    [found] = judged(facts, "plain/two-spellings")
    assert found.url == "https://town.example/2"
    assert found.message.startswith("These pages write “email” (3 in all) and “e-mail” (1 in all).")
    assert found.snippet == "Write an e-mail now."
    assert found.span == (9, 15)
    assert found.target
    result = judge_site(lambda: facts, load_guide("plain").compared)
    assert [outcomes.get("plain/two-spellings") for outcomes in result.rule_outcomes.values()] == [
        *("passed", "passed", "failed"),
        None,
    ]


def test_rare_spelling_that_is_ignored_does_not_count() -> None:
    facts = facts_of("<p>Send an email.</p>", "<p data-curbcut-ignore=two-spellings>Write an e-mail now.</p>")
    assert judged(facts, "plain/two-spellings") == []


def test_same_sentence_on_many_pages_is_one_passage_and_one_issue() -> None:
    footer = "<footer><p>Write an e-mail to us.</p></footer>"
    found = judged(facts_of("<p>An email, an email, an email.</p>", *[footer] * 2), "plain/two-spellings")
    assert len(found) == 2
    assert len({finding.fingerprint for finding in found}) == 1
    assert len({finding.component for finding in found}) == 1


def test_pages_with_the_same_title_are_one_issue_with_a_place_each() -> None:
    found = judged(facts_of("<p>a</p>", "<p>b</p>", "<p>c</p>"), "plain/same-title")
    assert [finding.url for finding in found] == [f"https://town.example/{number}" for number in range(3)]
    assert found[0].arguments["pages"] == 3
    assert len({finding.component for finding in found}) == 1
    assert len({finding.fingerprint for finding in found}) == 3


def test_two_addresses_of_one_page_share_their_title_by_right() -> None:
    facts = [replace(page, identity="one page") for page in facts_of("<p>a</p>", "<p>a</p>")]
    assert judged(facts, "plain/same-title") == []


def test_what_was_only_generalised_is_not_cited() -> None:
    rule = next(rule for rule in load_guide("plain").rules if rule.id == "plain/passive-duty-de")
    assert {source.provenance for source in rule.sources} == {"generalised"}
    assert rule.help_url == rule.info().help_url == ""
    assert "generalised" in rule.info().sources[0]
