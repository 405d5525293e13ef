"""What became of a finding is said only where both scans looked in the same way."""

from __future__ import annotations

from reports.analysis.fates import Compared, Example, Fate, Seen, compare


def seen(
    found: dict[str, set[str]],
    ran: dict[str, set[str]],
    *,
    asked: tuple[str, ...] = (),
    gone: frozenset[str] = frozenset(),
    version: str = "1",
) -> Seen:
    return Seen(
        {("rule", mark): Example("Bad.", ("1.1.1",), urls=urls) for mark, urls in found.items()},
        {address: frozenset(rules) for address, rules in ran.items()},
        frozenset(("rule", mark) for mark in asked),
        gone,
        {"rule": version, "other": version},
    )


def fates(compared: Compared) -> dict[str, Fate]:
    return {mark: fate for (_, mark), fate in compared.fates.items()}


def test_what_became_of_a_finding_is_said_only_where_its_page_was_checked() -> None:
    before = seen(
        {"a": {"/"}, "b": {"/"}, "c": {"/gone"}, "d": {"/x"}, "g": {"/", "/gone"}},
        {"/": {"rule"}, "/gone": {"rule"}, "/x": {"rule"}},
    )
    now = seen({"a": {"/new"}, "e": {"/"}, "f": {"/new"}}, {"/": {"rule"}, "/new": {"rule"}, "/x": {"other"}})
    assert fates(compare(before, now)) == {
        "a": Fate.STILL,
        "b": Fate.MENDED,
        "c": Fate.NOT_LOOKED_AT,  # its page was not met
        "d": Fate.NOT_LOOKED_AT,  # its page was checked without the rule
        "e": Fate.NEW,
        "f": Fate.FIRST_SEEN,
        "g": Fate.IN_PART,  # one of its pages was not met
    }


def test_another_version_of_a_rule_mends_nothing_and_brings_nothing_new() -> None:
    ran = {"/": {"rule"}}
    before, now = seen({"a": {"/"}, "b": {"/"}}, ran), seen({"a": {"/"}, "c": {"/"}}, ran, version="2")
    assert fates(compare(before, now)) == {"a": Fate.STILL, "b": Fate.OTHER_RULES, "c": Fate.FIRST_SEEN}


def test_a_question_is_neither_mended_nor_new() -> None:
    ran = {"/": {"rule"}}
    before, now = seen({"a": {"/"}}, ran, asked=("b",)), seen({"b": {"/"}}, ran, asked=("a",))
    assert fates(compare(before, now)) == {"a": Fate.ASKED, "b": Fate.WAS_ASKED}
    assert not any(fate.is_certain for fate in fates(compare(before, now)).values())


def test_a_page_that_is_no_longer_there_mends_nothing_and_hides_no_mend() -> None:
    before = seen({"a": {"/old"}, "b": {"/old", "/"}}, {"/": {"rule"}, "/old": {"rule"}})
    now = seen({}, {"/": {"rule"}}, gone=frozenset({"/old"}))
    assert fates(compare(before, now)) == {"a": Fate.PAGE_GONE, "b": Fate.MENDED}
