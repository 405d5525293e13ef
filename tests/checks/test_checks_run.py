"""One rule's fault costs only that rule, floods are cut, and hidden things are not looked at."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from checks.catalogue import catalogue
from checks.elements import selector_of, snippet_of
from checks.judging import MAX_FINDINGS_PER_RULE
from checks.model import SNIPPET_MAX_CHARS, Outcome, Page
from checks.rule import PageView, Rule, RuleError, Verdict, failed, passed
from checks.run import all_probes, all_rules, check_page, rules_for
from checks.standards import profile


def make(name: str, expect: object = None, messages: dict[str, str] | None = None) -> Rule:
    rule = Rule(
        f"checks.rules.{name}",
        title="T",
        wcag=["1.1.1"],
        impact="minor",
        who="W.",
        how="H.",
        sources=["https://example.org"],
        messages=messages or {"failed": "This {tag} is wrong."},
    )
    rule.targets(lambda view: view.exposed("p"))
    rule.expect(expect or (lambda tag: failed(tag=tag.name)))  # type: ignore[type-var]
    return rule


def page(html: str) -> Page:
    return Page("http://elm.example/a", "http://elm.example/b", html)


def raises(_: Tag) -> Verdict:
    raise ZeroDivisionError("on purpose")


def test_a_rule_that_raises_is_named_and_the_others_go_on() -> None:
    result = check_page(page("<p>A</p>"), [make("broken", raises), make("sound")])
    assert result.not_run == {"curbcut/broken": "The rule stopped with an error: ZeroDivisionError: on purpose"}
    assert result.rule_outcomes == {"curbcut/sound": Outcome.FAILED}
    (finding,) = result.findings
    assert (finding.message, finding.arguments) == ("This paragraph is wrong.", {"tag": "p"})
    assert (finding.url, finding.engine, finding.target) == ("http://elm.example/a", "curbcut", ("html > body > p",))


def test_a_rule_that_is_not_complete_is_named() -> None:
    rule = make("sound", lambda _: failed("other"))
    assert "no message" in check_page(page("<p>A</p>"), [rule]).not_run["curbcut/sound"]
    bare = Rule("x", title="", wcag=[], impact="minor", who="", how="", sources=[], messages={})
    with pytest.raises(RuleError, match=r"@rule\.targets"):
        list(bare.verdicts(PageView(page(""), BeautifulSoup("", "lxml"))))


def test_a_flood_is_cut_and_counted() -> None:
    result = check_page(page("<p>A</p>" * (MAX_FINDINGS_PER_RULE + 5)), [make("sound")])
    assert len(result.findings) == MAX_FINDINGS_PER_RULE
    assert result.not_run == {"curbcut/sound:more": "5 more elements have this result and are not listed."}
    almost = check_page(page("<p>A</p>" * (MAX_FINDINGS_PER_RULE + 1)), [make("sound")])
    assert almost.not_run == {"curbcut/sound:more": "1 more element has this result and is not listed."}


@pytest.mark.parametrize(
    ("html", "outcome"),
    [
        ("<p>A</p>", Outcome.PASSED),
        ("<div>A</div>", Outcome.INAPPLICABLE),
        ("<div data-curbcut-hidden><p>A</p></div>", Outcome.INAPPLICABLE),
        ('<div aria-hidden="true"><p>A</p></div>', Outcome.INAPPLICABLE),
        ('<div aria-hidden="false"><p>A</p></div>', Outcome.PASSED),
    ],
)
def test_outcomes_without_findings(html: str, outcome: Outcome) -> None:
    result = check_page(page(html), [make("sound", lambda _: passed())])
    assert result.rule_outcomes == {"curbcut/sound": outcome}
    assert result.findings == ()


@pytest.mark.parametrize("html", ["", "<", "\x00", "<html", "<p>" * 3_000, "<img alt='a.png' src='http://[bad'>"])
def test_broken_pages_break_no_rule(html: str) -> None:
    assert check_page(page(html), all_rules()).not_run == {}


def test_the_callers_soup_is_used_and_left_as_it_was() -> None:
    soup = BeautifulSoup(
        "<html><head><title>Untitled</title></head><body><img src=a.png alt=a.png></body></html>", "lxml"
    )
    before = str(soup)
    result = check_page(page("other"), all_rules(), soup=soup)
    assert {finding.rule for finding in result.findings} == {
        "curbcut/image-alt-is-a-file-name",
        "curbcut/page-title-says-nothing",
    }
    assert str(soup) == before


def test_selectors_find_their_element_through_shadow_roots() -> None:
    html = "<main><p>1</p><x-box><curbcut-shadow><p>2</p><p data-t>3</p></curbcut-shadow></x-box></main>"
    soup = BeautifulSoup(f"<html><body>{html}</body></html>", "lxml")
    found = soup.select_one("[data-t]")
    assert found is not None
    host, inner = selector_of(found)
    assert (host, inner) == ("html > body > main > x-box", "p:nth-of-type(2)")
    assert [tag["data-t"] for tag in soup.select(f"{host} > curbcut-shadow > {inner}")] == [""]


def test_snippets_are_bounded() -> None:
    soup = BeautifulSoup(f"<html><body><p title='{'x' * 900}'>A</p><ul>{'<li>B</li>' * 30}</ul></body></html>", "lxml")
    paragraph, items = soup.find("p"), soup.find("ul")
    assert isinstance(paragraph, Tag)
    assert isinstance(items, Tag)
    assert len(snippet_of(paragraph)) == SNIPPET_MAX_CHARS
    assert snippet_of(items) == "<ul>"


def test_rules_are_those_of_the_profiles_criteria() -> None:
    assert rules_for(["9.9.9"]) == ()
    chosen = rules_for(["2.4.2"])
    assert "curbcut/page-title-says-nothing" in {rule.id for rule in chosen}
    assert all("2.4.2" in rule.info.wcag for rule in chosen)
    assert len(chosen) < len(all_rules())


def test_the_catalogue_lists_axe_and_our_own() -> None:
    infos = catalogue(profile("wcag22-aa"))
    assert len({info.id for info in infos}) == len(infos)
    assert {info.engine for info in infos} == {"axe", "curbcut"}
    assert all(info.who and info.how and info.sources for info in infos)
    assert all(info.wcag for info in infos if info.kind != "document")  # some documents' rules serve no criterion


def test_probes_that_spoil_a_page_come_last_so_that_it_is_seldom_opened_anew() -> None:
    spoils = [probe.spoils for probe in all_probes() if probe.name != "banner"]
    assert spoils == sorted(spoils)
