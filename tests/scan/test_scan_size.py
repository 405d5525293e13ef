"""A site's size and complexity decide how many pages are checked, and the choice is repeatable."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from scan.size import Estimate, choose, estimate, part_of
from store.choices import Choice, KnownPage, known_pages, read_choices, write_choices
from store.database import open_database
from store.results import start_scan
from store.schema import State, url


def site(n_checked: int, n_free: int, *, origin: str = "https://www.velmar.example") -> list[KnownPage]:
    """A site with some pages checked, and the others in three parts, half of them news."""
    checked = [
        KnownPage(n + 1, f"{origin}/{n or ''}", State.CHECKED, int(n > 0), list(range(n % 2, 60, 2)))
        for n in range(n_checked)
    ]
    parts = ("news", "news", "services", "council")
    free = [KnownPage(1000 + n, f"{origin}/{parts[n % 4]}/{n}", State.OVER_LIMIT, 2, []) for n in range(n_free)]
    return checked + free


@pytest.mark.parametrize(
    ("n_pages", "n_templates", "wanted"),
    [(1, 1, 1), (4, 1, 4), (12, 2, 7), (500, 5, 15), (100_000, 8, 24), (100_000, 40, 26)],
)
def test_the_formula(n_pages: int, n_templates: int, wanted: int) -> None:
    assert Estimate(n_pages, n_templates).wanted == wanted


def test_the_first_pages_are_kept_and_each_part_of_the_site_gets_a_page() -> None:
    pages = site(8, 400)
    chosen = choose(pages, [])
    assert len(chosen) == estimate(pages).wanted == 11
    assert chosen[0].why == "The home page."
    assert [one.url_id for one in chosen[:8]] == list(range(1, 9))
    assert Counter(part_of(one.url) for one in chosen[8:]) == {"/news/": 1, "/services/": 1, "/council/": 1}
    assert "/news/ of the site has 200 known addresses" in chosen[8].why
    assert all(one.why for one in chosen)


def test_the_choice_does_not_depend_on_the_host_or_the_order() -> None:
    one, other = site(8, 100), site(8, 100, origin="http://127.0.0.1:5000")
    there = {address.split("/", 3)[3] for address in (c.url for c in choose(other, []))}
    assert {c.url.split("/", 3)[3] for c in choose(one, [])} == there
    assert {c.url for c in choose([*one[:8], *reversed(one[8:])], [])} == {c.url for c in choose(one, [])}


def test_a_chosen_page_that_fails_is_replaced_once() -> None:
    pages = site(8, 100)
    chosen = choose(pages, [])
    ended = {c.url_id: State.CHECKED for c in chosen} | {chosen[-1].url_id: State.FAILED}
    pages = [replace(one, state=ended.get(one.url_id, one.state)) for one in pages]
    [instead] = choose(pages, chosen)
    assert instead.instead_of == chosen[-1].url
    assert "could not be checked" in instead.why
    pages = [replace(one, state=State.CHECKED) if one.url_id == instead.url_id else one for one in pages]
    assert choose(pages, [*chosen, instead]) == []


def test_a_small_site_is_checked_whole() -> None:
    pages = site(5, 0)
    assert len(choose(pages, [])) == 5
    assert len(choose(site(8, 400), [], at_most=9)) == 9
    assert choose(pages, choose(pages, [])) == []


def test_parts_of_sites_in_several_languages() -> None:
    assert part_of("https://a.example/de/dienste/tonne") == "/de/dienste/"
    assert part_of("https://a.example/dienste/tonne/1") == "/dienste/"
    assert part_of("https://a.example/x?y=/z/") == "/"


def test_choices_are_written_with_the_queue(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "x.sqlite")
    scan = start_scan(engine, start_urls=[], settings={}, versions={}, profile="wcag22-aa", rules=())
    with engine.begin() as connection:
        for key, state in ((1, "checked"), (2, "over_limit"), (3, "over_limit"), (4, "out_of_scope")):
            row = {"id": key, "scan_id": scan, "url": f"https://a.example/{key}", "kind": "page", "source": "link"}
            connection.execute(insert(url).values(row | {"state": state, "depth": key, "reason": "max_pages"}))
    assert [one.url_id for one in known_pages(engine, scan)] == [1, 2, 3]
    chosen = [Choice(1, "https://a.example/1", "first"), Choice(3, "https://a.example/3", "drawn")]
    write_choices(engine, scan, chosen)
    assert read_choices(engine, scan) == chosen
    with engine.connect() as connection:
        states = {row.id: row.state for row in connection.execute(select(url.c.id, url.c.state))}
    assert states == {1: "checked", 2: "over_limit", 3: "pending", 4: "out_of_scope"}
    engine.dispose()
