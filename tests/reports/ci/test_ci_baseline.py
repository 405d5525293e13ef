"""The baseline: what it accepts, for how long, on which pages, and what it tells when a barrier is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reports.ci.baseline import (
    Baseline,
    BaselineError,
    Entry,
    entries_for,
    merged,
    read,
    without,
    write,
)
from reports.ci.model import CiFinding, CiPage, Gone, Standing

TODAY = date(2026, 11, 26)
LATER = date(2027, 5, 1)


def finding(fingerprint: str = "aa11", rule: str = "axe/image-alt", **changes: str) -> CiFinding:
    made = CiFinding(rule, "axe", "failed", ("1.1.1",), "critical", "No alt.", "", "img", "<img>", fingerprint, "", "")
    return replace(made, **changes)  # type: ignore[arg-type]


def page(address: str, *findings: CiFinding) -> CiPage:
    return CiPage(address, address, is_checked=True, findings=findings)


def standings(baseline: Baseline, judged: CiPage) -> list[str]:
    return [str(found.standing) for found in baseline.judge(judged).page.findings]


def gone(
    entries: Iterable[Entry], pages: Iterable[CiPage], *, is_whole: bool = True, rules: str = "axe/image-alt"
) -> list[Gone]:
    baseline, used, checked = Baseline(entries, TODAY), Counter[tuple[int, str]](), set[str]()
    for one in pages:
        used.update(baseline.judge(one).used)
        checked.add(one.address)
    return list(baseline.gone(used, checked=frozenset(checked), rules=frozenset({rules}), is_whole=is_whole))


def test_what_is_listed_is_accepted_and_nothing_else() -> None:
    baseline = Baseline([Entry("axe/image-alt", "aa11", ("/a.html",), expires=LATER, reason="old logo")], TODAY)
    assert standings(baseline, page("/a.html", finding(), finding("bb22"))) == ["accepted", "new"]
    assert standings(baseline, page("/b.html", finding())) == ["new"]
    assert baseline.judge(page("/a.html", finding())).page.findings[0].reason == "old logo"


def test_a_second_copy_of_a_known_barrier_is_new() -> None:
    baseline = Baseline([Entry("axe/image-alt", "aa11", ("/a.html",))], TODAY)
    assert standings(baseline, page("/a.html", finding(), finding())) == ["accepted", "new"]
    twice = Baseline([Entry("axe/image-alt", "aa11", ("/a.html", "/a.html"))], TODAY)
    assert standings(twice, page("/a.html", finding(), finding(), finding())) == ["accepted", "accepted", "new"]


def test_an_entry_counts_again_from_its_day_on() -> None:
    entry = Entry("axe/image-alt", "aa11", ("/a.html",), expires=date(2026, 11, 27))
    assert standings(Baseline([entry], TODAY), page("/a.html", finding())) == ["accepted"]
    assert standings(Baseline([entry], date(2026, 11, 27)), page("/a.html", finding())) == ["expired"]


def test_what_has_not_expired_is_used_first() -> None:
    old = Entry("axe/image-alt", "aa11", ("/a.html",), expires=date(2026, 1, 1))
    fresh = Entry("axe/image-alt", "aa11", ("/a.html",), expires=LATER)
    assert standings(Baseline([old, fresh], TODAY), page("/a.html", finding())) == ["accepted"]


def test_a_star_accepts_on_every_page_that_fits_once_a_page() -> None:
    baseline = Baseline([Entry("axe/image-alt", "aa11", ("/news/*?x=[1]",))], TODAY)
    assert standings(baseline, page("/news/a?x=[1]", finding(), finding())) == ["accepted", "new"]
    assert standings(baseline, page("/news/a?x=1", finding())) == ["new"]


def test_questions_stand_apart() -> None:
    baseline = Baseline([Entry("axe/image-alt", "aa11", ("/a.html",))], TODAY)
    question = finding(outcome="cantTell")
    judged = baseline.judge(page("/a.html", question, finding()))
    assert [found.standing for found in judged.page.findings] == [Standing.NEW, Standing.ACCEPTED]
    assert not judged.page.findings[0].counts


TABLE = '<table class="fees"><tr><td>Permit</td><td>20</td></tr></table>'


def test_a_table_with_other_classes_is_the_same_table() -> None:
    known = finding("c1", "curbcut/data-table-without-headers", snippet=TABLE)
    [entry] = entries_for([page("/fees", known)], expires=None)
    baseline = Baseline([entry], TODAY)
    styled = replace(known, fingerprint="c2", snippet=TABLE.replace("fees", "table striped"))
    assert standings(baseline, page("/fees", styled)) == ["accepted"]
    assert standings(baseline, page("/fees", known, styled)) == ["accepted", "new"]
    other = replace(styled, snippet="<table class='fees'><tr><td>Badge</td></tr></table>")
    assert standings(baseline, page("/fees", other)) == ["new"]
    empty = replace(styled, snippet="<table>")
    assert standings(Baseline([replace(entry, element="<table>")], TODAY), page("/fees", empty)) == ["new"]


def test_elements_with_words_of_their_own_are_never_matched_by_words() -> None:
    link = finding("d1", "axe/link-name", snippet='<a href="/a">More</a>')
    baseline = Baseline(entries_for([page("/", link)], expires=None), TODAY)
    assert standings(baseline, page("/", replace(link, fingerprint="d2", snippet='<a href="/b">More</a>'))) == ["new"]


def test_what_is_gone_is_told_page_by_page() -> None:
    entry = Entry("axe/image-alt", "aa11", ("/a", "/a", "/b", "/gone"))
    pages = [page("/a", finding()), page("/b", finding())]
    assert [item.pages for item in gone([entry], pages)] == [("/a", "/gone")]
    assert [item.pages for item in gone([entry], pages, is_whole=False)] == [("/a",)]
    assert gone([entry], pages, rules="axe/another") == []


def test_a_pattern_is_gone_only_when_no_page_has_it() -> None:
    entry = Entry("axe/image-alt", "aa11", ("*",))
    assert gone([entry], [page("/a", finding()), page("/b")]) == []
    assert [item.pages for item in gone([entry], [page("/a")])] == [("*",)]
    assert gone([entry], [page("/a")], is_whole=False) == []


def test_gone_places_leave_the_file_and_the_rest_stays() -> None:
    entries = [Entry("r", "aa", ("/a", "/a", "/b"), reason="why"), Entry("r", "bb", ("/c",))]
    left = list(without(entries, [Gone("r", "aa", "", ("/a",)), Gone("r", "bb", "", ("/c",))]))
    assert left == [Entry("r", "aa", ("/a", "/b"), reason="why")]


def test_what_most_pages_have_in_their_header_is_accepted_on_all() -> None:
    logo = finding(region="header")
    pages = [page(f"/{name}", logo, logo) for name in "abc"]
    [entry] = entries_for([*pages, page("/d")], expires=LATER, owner="web team")
    assert (entry.pages, entry.owner, entry.expires) == (("*", "*"), "web team", LATER)
    [entry] = entries_for([page(f"/{name}", finding(region="main")) for name in "abc"], expires=None)
    assert entry.pages == ("/a", "/b", "/c")
    [entry] = entries_for([*pages, *(page(f"/{name}") for name in "defgh")], expires=None)
    assert entry.pages == ("/a", "/a", "/b", "/b", "/c", "/c")


def test_only_new_failures_get_entries() -> None:
    known = replace(finding(), standing=Standing.ACCEPTED)
    assert entries_for([page("/a", known, finding("q", outcome="cantTell"))], expires=None) == []


def test_new_places_join_an_entry_with_the_same_particulars() -> None:
    old = Entry("r", "aa", ("/b",), reason="why", expires=LATER)
    assert merged([old], [Entry("r", "aa", ("/a",), reason="why", expires=LATER)]) == [replace(old, pages=("/a", "/b"))]
    assert len(merged([old], [Entry("r", "aa", ("/a",), reason="", expires=LATER)])) == 2


@pytest.mark.parametrize("name", ["baseline.yaml", "baseline.json"])
def test_a_file_is_read_as_it_was_written_in_one_order(tmp_path: Path, name: str) -> None:
    entries = [
        Entry("r/b", "1234567890123456", ("/b", "/a"), element="<img alt='“ü: #'>", reason="- yes: no", expires=LATER),
        Entry("r/a", "12e4567890123456", ("*",), owner="null", message="a\nb"),
    ]
    write(tmp_path / name, entries)
    first = (tmp_path / name).read_bytes()
    back = read(tmp_path / name)
    assert [entry.rule for entry in back] == ["r/a", "r/b"]
    assert {entry.fingerprint for entry in back} == {"1234567890123456", "12e4567890123456"}
    assert back == [replace(entries[1]), replace(entries[0], pages=("/a", "/b"))]
    write(tmp_path / name, reversed(back))
    assert (tmp_path / name).read_bytes() == first


def test_one_barrier_more_is_a_few_lines_more_and_no_other_line_changes(tmp_path: Path) -> None:
    entries = [Entry("r", f"{number:04x}", ("/a",), reason="x" * 200) for number in range(0, 40, 2)]
    path = tmp_path / "b.yaml"
    write(path, entries)
    before = path.read_text().splitlines()
    write(path, [*entries, Entry("r", "0007", ("/a",))])
    after = path.read_text().splitlines()
    assert len(after) - len(before) == 9
    position = next(at for at, line in enumerate(after) if "0007" in line) - 1
    assert after[:position] + after[position + 9 :] == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 2\nfindings: []\n", "no baseline of version 1"),
        ("- a\n", "no baseline"),
        ("version: 1\nfindings: [1]\n", "finding 1"),
        ("version: 1\nfindings:\n- {rule: r, fingerprint: 'f', page: [/a]}\n", "there is no page. Did you mean pages?"),
        ("version: 1\nfindings:\n- {rule: r, fingerprint: 'f', pages: /a}\n", "pages must be a list"),
        ("version: 1\nfindings:\n- {rule: r, fingerprint: 12, pages: [/a]}\n", "between quotation marks"),
        ("version: 1\nfindings:\n- {rule: r, pages: [/a]}\n", "one is missing"),
        ("version: 1\nfindings:\n- {rule: r, fingerprint: 'f', pages: [/a], expires: soon}\n", "must be a date"),
        ("version: [\n", "cannot be read"),
        ("a: !!python/object/apply:os.system [ls]\n", "cannot be read"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(text)
    with pytest.raises(BaselineError, match=message):
        read(path)


def test_a_date_may_be_written_in_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text("version: 1\nfindings:\n- {rule: r, fingerprint: f, pages: [/a], expires: 2027-05-01}\n"
                    "- {rule: r, fingerprint: g, pages: [/a], expires: '2027-05-01'}\n"
                    "- {rule: r, fingerprint: h, pages: [/a], expires: never}\n")  # fmt: skip
    assert [entry.expires for entry in read(path)] == [LATER, LATER, None]
