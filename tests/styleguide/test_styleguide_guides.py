"""Every rule's examples run here, and no rule may lack what people need to trust it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from checks.model import Finding, Page
from styleguide.check import check_page
from styleguide.errors import RuleFileError, UnknownGuideError
from styleguide.guides import Guide, known_guides, load_guide, read_rules
from styleguide.rule_file import read_rule
from styleguide.rules import Example, Rule
from styleguide.site import NEXT_PAGE, judge_site

SHELF = "shared"
"""Rules that several guides hold and others do not; no profile of its own."""

ALL_RULES = [
    rule for name in (*known_guides(), SHELF) for rule in read_rules(files("styleguide.guides").joinpath(name), name)
]


def findings_of(rule: Rule, example: Example) -> list[Finding]:
    if rule.kind.is_for_sites_only:
        return findings_across(rule, example.html.split(NEXT_PAGE), example.lang)
    page = Page("https://town.example/", "https://town.example/", example.html, lang=example.lang)
    return [finding for finding in check_page(page, Guide("test", "Test", (rule,))).findings if finding.rule == rule.id]


def findings_across(rule: Rule, pages: list[str], lang: str) -> list[Finding]:
    assert len(pages) > 1
    guide = Guide("test", "Test", (), compared=(rule,))
    facts = []
    for number, html in enumerate(pages):
        url = f"https://town.example/{number}"
        facts.append(check_page(Page(url, url, html, lang=lang), guide).facts)
    result = judge_site(lambda: [page for page in facts if page is not None], [rule])
    assert not result.not_run
    return [finding for found in result.findings.values() for finding in found]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_examples_fire_or_stay_silent(rule: Rule) -> None:
    for example in rule.fires:
        assert findings_of(rule, example), f"{rule.id} should fire on {example}"
    for example in rule.silent:
        assert not findings_of(rule, example), f"{rule.id} should not fire on {example}"


@pytest.mark.parametrize("rule", [rule for rule in ALL_RULES if rule.terms], ids=lambda rule: rule.id)
def test_every_term_is_found(rule: Rule) -> None:
    lang = next(iter(rule.languages), "en")
    guide = Guide("test", "Test", (rule,))
    for term in rule.terms:
        context = term.context
        before = next(iter(sorted(context.after)), "Text") if context else "Text"
        after = next(iter(sorted(context.before)), "text") if context else "text"
        for form in term.forms:
            block = f"<p>Text {before} {form} {after} text.</p>"
            result = check_page(Page("https://town.example/", "https://town.example/", block, lang=lang), guide)
            assert any(form.lower().rstrip(".") in str(f.arguments["phrase"]).lower() for f in result.findings), form


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_rule_says_why_and_where_from(rule: Rule) -> None:
    info = rule.info()
    assert info.title
    assert info.who
    assert info.how
    assert info.sources
    assert rule.messages
    assert rule.fires
    assert rule.silent
    for source in rule.sources:
        assert source.licence
        assert source.url.startswith("https://") or source.provenance == "own"
    for term in rule.terms:
        assert term.sources
        assert not set(term.forms) & set(term.replace), f"{term.forms} suggests itself"


def test_ids_are_unique_and_name_their_guide() -> None:
    ids = [rule.id for rule in ALL_RULES]
    assert len(ids) == len(set(ids))
    assert {rule_id.split("/")[0] for rule_id in ids} <= {*known_guides(), SHELF}


def test_no_form_belongs_to_two_rules_of_a_guide() -> None:
    for name in known_guides():
        seen: dict[tuple[str, str], str] = {}
        for rule in load_guide(name).rules:
            for lang in rule.languages:
                for form in {form.lower() for term in rule.terms for form in term.forms}:
                    assert seen.setdefault((lang, form), rule.id) == rule.id


def test_profile_replaces_the_rule_it_turns_off() -> None:
    ids = [rule.id for rule in load_guide("govuk").rules]
    assert "govuk/long-paragraph" in ids
    assert "plain/long-paragraph" not in ids
    assert "plain/wordy-phrase" in ids
    assert load_guide("govuk").infos[0].engine == "style"


def test_guide_for_one_language_finds_in_it_what_the_whole_guide_does() -> None:
    german = load_guide(languages=frozenset({"de"}))
    ids = {rule.id for rule in german.rules}
    assert {"plain/is-to-de", "plain/long-sentence", "plain/block-capitals"} <= ids
    assert "plain/wordy-phrase" not in ids
    html = "<p>Die Prüfung obliegt der Gemeinde. Der Antrag ist bis Mai einzureichen. BITTE SOFORT ZAHLEN.</p>"
    page = Page("https://town.example/", "https://town.example/", html, lang="de")
    found = check_page(page, german).findings
    assert len({finding.rule for finding in found}) >= 3
    assert found == check_page(page, load_guide()).findings


def test_own_rules_are_read_for_every_language_so_that_mistakes_show(tmp_path: Path) -> None:
    tmp_path.joinpath("guide.yaml").write_text("name: own\ntitle: Own\nextends: plain\n", "utf-8")
    tmp_path.joinpath("shout.yaml").write_text(GOOD.replace("language: all", "language: fr").replace("kind:", "kid:"))
    with pytest.raises(RuleFileError, match=r"shout\.yaml"):
        load_guide(f"{tmp_path}/", languages=frozenset({"en"}))


def test_default_guide_has_about_two_hundred_english_forms() -> None:
    rules = [rule for rule in load_guide().rules if "en" in rule.languages]
    assert sum(len(term.forms) for rule in rules for term in rule.terms) > 200


@pytest.mark.parametrize("lang", ["de", "fr", "es", "nl"])
def test_other_languages_have_a_real_set_of_rules(lang: str) -> None:
    rules = [rule for rule in ALL_RULES if rule.guide == "plain" and lang in rule.languages]
    assert len([rule for rule in rules if rule.kind.name != "substitution"]) >= 20
    assert len({form for rule in rules for term in rule.terms for form in term.forms}) >= 150


@pytest.mark.parametrize(("name", "hint"), [("plian", "“plain”"), ("GOVUK", "“govuk”"), ("x", "easy-read, eu, govuk")])
def test_unknown_guide_names_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(UnknownGuideError, match=hint):
        load_guide(name)


GOOD = """
id: shout
title: Shouting
kind: existence
language: all
scope: [paragraph]
severity: warning
confidence: high
marks: "!"
messages:
  failed: "“{mark}” shouts."
why: It is loud.
suggestion: Use a full stop.
sources:
  us: {guide: Us, section: All, licence: EUPL-1.2, provenance: own}
examples:
  fires: [Now!]
  silent: [Now.]
"""


def test_good_rule_is_read() -> None:
    rule = read_rule(GOOD, "x/shout.yaml", "x")
    assert rule.id == "x/shout"
    assert findings_of(rule, rule.fires[0])[0].message == "“!” shouts."


@pytest.mark.parametrize(
    ("old", "new", "line", "mend"),
    [
        ("kind: existence", "kind: existance", 4, "did you mean “existence”"),
        ("title: Shouting", "titel: Shouting", 3, "did you mean “title”"),
        ("why: It is loud.", "why:", 12, "“why” is missing"),
        ("{mark}", "{marks}", 11, "{marks} is not known"),
        ("scope: [paragraph]", "scope: [paragraf]", 6, "use one of"),
        ("severity: warning", "severity: bad", 7, "must be one of"),
        ("  silent: [Now.]", "  silent: []", 18, "needs examples"),
        ("provenance: own", "provenance: source", 15, "needs its address"),
        ("licence: EUPL-1.2, ", "", 15, "“licence” is missing"),
        ('marks: "!"', 'marks: "a"', 9, "punctuation only"),
        ("language: all", "language: no", 5, "list of texts"),
        ("id: shout", "id: Shout It", 2, "small letters"),
        ("id: shout", "id: shout\nid: again", 3, "given twice"),
        ("title: Shouting", "title: [Shouting", 4, "not good YAML"),
        ("title: Shouting", "title: &a Shouting\nwhy: *a", 3, "anchors"),
    ],
)
def test_bad_rule_names_line_and_mend(old: str, new: str, line: int, mend: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        read_rule(GOOD.replace(old, new), "x/shout.yaml", "x")
    assert str(caught.value).startswith(f"x/shout.yaml:{line}: ")
    assert mend in str(caught.value)


@pytest.mark.parametrize(
    ("rule", "line", "mend"),
    [
        ("extends: existence\nmessage: Weak word\ntokens: [clearly]", 1, "write “kind: existence”"),
        ("message: Use '%s'\nextends: substitution\nswap: {utilize: use}", 2, "write “kind: existence”"),
        ("id: commas\nkind: occurrence\nmax: 3\ntoken: ','", 4, "write “patterns:” with a list"),
        ("id: shout\nkind: existence\nignorecase: true\ntokens: [clearly]", 3, "case is ignored here"),
    ],
)
def test_rules_in_vales_own_form_say_what_to_write_here(rule: str, line: int, mend: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        read_rule(rule, "x/ported.yaml", "x")
    assert f"x/ported.yaml:{line}: " in str(caught.value)
    assert mend in str(caught.value)


def test_pattern_among_tokens_is_refused_and_does_not_match_nothing() -> None:
    text = GOOD.replace('marks: "!"', "tokens: ['(?:very|really) good']")
    assert text != GOOD
    with pytest.raises(RuleFileError, match=r"is a pattern; write it under “patterns:”"):
        read_rule(text, "x/shout.yaml", "x")


def test_term_from_unknown_source_is_refused() -> None:
    text = GOOD.replace("kind: existence", "kind: substitution").replace(
        'marks: "!"', "terms: [{term: a b, from: [them]}]"
    )
    text = text.replace("language: all", "language: en").replace("{mark}", "{phrase}")
    with pytest.raises(RuleFileError, match=r"x/shout.yaml:9: no source is called “them”"):
        read_rule(text, "x/shout.yaml", "x")
