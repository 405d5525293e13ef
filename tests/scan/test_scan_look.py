"""Which pages are looked at more closely, and what becomes of a probe that fails."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from checks.live import LiveError, LivePage
from checks.model import Finding, Outcome
from checks.probe import Probe, Probed
from checks.rule import Rule, passed
from scan.look import choose, judge, look, pictures_of
from store.looks import LEAST_PAGES

PAGES = [(n, f"https://elm.example/{n}", [n % 2 * 100 + k for k in range(40)]) for n in range(60)]


def test_some_of_each_template_are_chosen_and_the_order_of_pages_changes_nothing() -> None:
    chosen = choose(PAGES, per_template=2, thorough=False)
    assert [page.url_id % 2 for page in chosen] == [0, 1, 0, 1]
    assert {page.url_id for page in choose(PAGES[::-1], per_template=2, thorough=False)} == {p.url_id for p in chosen}
    assert "One of 30 pages of template" in chosen[0].why


def test_the_home_page_is_looked_at_first() -> None:
    home = (99, "https://elm.example/", PAGES[0][2])
    assert choose([*PAGES, home], per_template=1, thorough=False)[0].url_id == 99


def test_a_site_of_many_templates_is_sampled() -> None:
    alone = [(n, f"https://elm.example/{n}", list(range(n * 50, n * 50 + 40))) for n in range(60)]
    assert len(choose(alone, per_template=2, thorough=False)) == LEAST_PAGES
    assert len(choose(alone, per_template=2, thorough=True)) == 60
    assert choose(alone, per_template=0, thorough=False) == []


class Page:
    """A page that only counts how often it was opened anew."""

    url = "https://elm.example/"

    def __init__(self) -> None:
        self.reloads = 0

    async def reload(self) -> None:
        self.reloads += 1

    async def evaluate(self, function: str, argument: Any = None) -> Any:
        """Answer that no notice stands over the page."""


def probe(name: str, *, spoils: bool = False, raises: Exception | None = None, is_untouched: bool = False) -> Probe:
    made = Probe(f"checks.probes.{name}", title=name, spoils=spoils)

    @made.run
    async def run(live: LivePage) -> Probed:
        if raises is not None:
            raise raises
        return Probed({"seen": name}, is_untouched=is_untouched)

    return made


def test_a_page_is_opened_anew_only_after_a_probe_that_spoils_it() -> None:
    page = Page()
    probes = [probe("one"), probe("two", spoils=True), probe("three"), probe("four")]
    seen = asyncio.run(look(cast(LivePage, page), probes))
    assert set(seen.probed) == {"one", "two", "three", "four"}
    assert page.reloads == 1


def test_a_page_to_which_nothing_was_done_this_time_is_not_opened_anew() -> None:
    page = Page()
    probes = [probe("one", spoils=True, is_untouched=True), probe("two", spoils=True), probe("three")]
    asyncio.run(look(cast(LivePage, page), probes))
    assert page.reloads == 1


@pytest.mark.parametrize("error", [LiveError("the page went away"), ValueError("odd"), KeyError("x")])
def test_a_probe_that_fails_is_named_and_the_others_go_on(error: Exception) -> None:
    seen = asyncio.run(look(cast(LivePage, Page()), [probe("bad", raises=error), probe("good")]))
    assert list(seen.probed) == ["good"]
    assert str(error) in seen.missing["bad"]
    rule = Rule(
        "checks.rules.example", title="Example", kind="rendered", probe="bad", wcag=["2.1.1"], impact="minor",
        who="Somebody.", how="Somehow.", sources=["https://example.org/"], messages={},
    )  # fmt: skip
    rule.targets(lambda view: [])
    rule.expect(lambda target: passed())
    not_run: dict[str, Any] = dict(judge("https://elm.example/", seen, [rule]).not_run)
    assert list(not_run) == ["curbcut/example"]
    assert "did not end" in not_run["curbcut/example"]


def test_what_a_bound_cut_short_is_told_for_each_rule_of_the_probe() -> None:
    cut = Probe("checks.probes.cut", title="Cut", spoils=False)

    @cut.run
    async def run(live: LivePage) -> Probed:
        return Probed({}, notes=("Only 2 of 5 fields were changed.",))

    rule = Rule(
        "checks.rules.example", title="Example", kind="rendered", probe="cut", wcag=["2.1.1"], impact="minor",
        who="Somebody.", how="Somehow.", sources=["https://example.org/"], messages={},
    )  # fmt: skip
    rule.targets(lambda view: [])
    rule.expect(lambda target: passed())
    seen = asyncio.run(look(cast(LivePage, Page()), [cut]))
    judged = judge("https://elm.example/", seen, [rule])
    assert judged.not_run == {"curbcut/example:cut": "Only 2 of 5 fields were changed."}
    assert judged.rule_outcomes


def test_the_same_pages_are_looked_at_when_the_site_moves_to_another_host() -> None:
    moved = [
        (key, address.replace("https://elm.example", "http://127.0.0.1:41234"), own) for key, address, own in PAGES
    ]
    first, second = (choose(pages, per_template=3, thorough=False) for pages in (PAGES, moved))
    assert [page.url_id for page in first] == [page.url_id for page in second]


def test_the_first_finding_with_a_picture_shows_its_issue() -> None:
    def found(outcome: Outcome, place: str, picture: bytes | None = b"png") -> Finding:
        return Finding("rule", "curbcut", outcome, "", "", (place,), component="c", picture=picture)

    findings = [
        found(Outcome.FAILED, "unseen", None),
        found(Outcome.FAILED, "first"),
        found(Outcome.CANT_TELL, "asked"),
        found(Outcome.FAILED, "second"),
    ]
    shown = pictures_of(findings)
    assert {outcome: f.target for (_, _, outcome), f in shown.items()} == {"failed": ("first",), "cantTell": ("asked",)}
