"""Samples: Austria's published sizes, proportions, recurring and nominated sites, repeatability, replacements."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from cli.main import main
from monitoring.errors import MonitoringError
from monitoring.facts import decision
from monitoring.register.load import load
from monitoring.sample import keep
from monitoring.sample.draw import Site, allocate, draw, representativeness, stratum_of
from monitoring.sample.size import period_of, sizes, wanted_of
from store.database import open_database

TENTH = Fraction(1, 10)
YEAR_OF_PERIOD = {2: 2022, 3: 2023}


@pytest.mark.parametrize("case", decision()["sample_size"]["test_vectors"], ids=lambda case: f"period {case['period']}")
def test_austrias_published_sizes(case: dict[str, int]) -> None:
    found = sizes(case["population"], YEAR_OF_PERIOD[case["period"]])
    assert (found.simplified, found.in_depth, found.mobile) == (case["simplified"], case["indepth"], case["mobile"])


def test_periods_are_years_from_2022() -> None:
    for entry in decision()["periods"]["numbering"]:
        for year in map(int, str(entry["years"]).split("-")):
            assert period_of(year) == entry["n"]
    with pytest.raises(MonitoringError, match="before"):
        period_of(2019)


def test_few_sites_are_monitored_to_three_quarters() -> None:
    assert wanted_of(253, 300) == (253, "")
    size, why = wanted_of(253, 101)
    assert size == 76
    assert "2.1.6 (unverified)" in why


def site(number: int, level: str = "c", service: str = "health", nuts: str = "AT130", nominated: str = "") -> Site:
    url = f"https://s{number}.example/"
    return {
        "id": number, "key": f"s{number}.example/", "url": url, "level": level, "nuts": nuts,
        "services": [service] if service else [], "nominated_by": nominated,
    }  # fmt: skip


REGISTER = [
    site(n, level="abcd"[n % 4], service=("health", "education", "")[n % 3], nuts=("AT130", "AT211", "")[n // 3 % 3])
    for n in range(400)
]


def keys(sites: list[Site]) -> list[str]:
    return [each["key"] for each in sites]


def test_the_same_seed_draws_the_same_in_any_order() -> None:
    first = draw(REGISTER, 60, seed=7, recurring=TENTH).chosen
    shuffled = sorted(REGISTER, key=lambda each: str(each["id"])[::-1])
    assert draw(shuffled, 60, seed=7, recurring=TENTH).chosen == first
    assert draw(REGISTER, 60, seed=8, recurring=TENTH).chosen != first


@given(size=st.integers(1, 400), seed=st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_each_stratum_has_its_share(size: int, seed: int) -> None:
    drawn = Counter(stratum_of(each.site) for each in draw(REGISTER, size, seed=seed, recurring=TENTH).chosen)
    assert drawn == {stratum: places for stratum, places in allocate(REGISTER, size).items() if places}
    for stratum, count in Counter(map(stratum_of, REGISTER)).items():
        assert abs(drawn[stratum] - count * size / len(REGISTER)) < 1


@given(
    size=st.integers(1, 200),
    n_last=st.integers(0, 400),
    share=st.sampled_from([TENTH, Fraction(3, 10), Fraction(1, 2)]),
)
@settings(max_examples=60, deadline=None)
def test_recurring_sites_lie_between_a_tenth_and_a_half(size: int, n_last: int, share: Fraction) -> None:
    last = frozenset(keys(REGISTER[:n_last]))
    result = draw(REGISTER, size, seed=1, last=last, recurring=share)
    assert len({each.site["key"] for each in result.chosen}) == size
    recurring = sum(each.is_recurring for each in result.chosen)
    assert recurring == sum(each.site["key"] in last for each in result.chosen)
    too_few_old = bool(last) and 10 * recurring < size
    too_few_new = 2 * recurring > size
    said = [note for note in result.notes if "in the period before" in note]
    assert bool(said) == (too_few_old or too_few_new)
    assert not too_few_new or size - recurring == len(REGISTER) - n_last


def test_nominated_sites_are_taken_first_and_say_so() -> None:
    asked = [site(1_000 + n, nominated="DPO council") for n in range(5)]
    result = draw([*REGISTER, *asked], 20, seed=3, recurring=TENTH)
    reasons = {each.site["key"]: each.reason for each in result.chosen}
    assert all(reasons[key] == "Nominated by DPO council" for key in keys(asked))
    cut = draw([*REGISTER, *asked], 3, seed=3, recurring=TENTH)
    assert any("2 nominated sites found no place" in note for note in cut.notes)


def test_nominated_sites_recur_up_to_half() -> None:
    asked = [site(1_000 + n, nominated="DPO council") for n in range(14)]
    register, last = [*REGISTER, *asked], frozenset(keys(asked))
    few = draw(register, 60, seed=3, last=last, recurring=TENTH)
    assert sum(bool(each.site["nominated_by"]) for each in few.chosen) == 14
    many = draw(register, 20, seed=3, last=last, recurring=TENTH)
    assert sum(each.is_recurring for each in many.chosen) == 10
    assert any(note.startswith("4 nominated sites found no place, because at least half") for note in many.notes)


def test_what_the_register_lacks_is_said() -> None:
    notes = draw([site(n) for n in range(9)], 5, seed=1, recurring=TENTH).notes
    assert "No state websites are in the sample, because the register holds none." in notes
    assert "The service transport is not in the sample: the register names no site with it." in notes


def test_the_table_counts_register_and_sample() -> None:
    table = {(way, group): rest for way, group, *rest in representativeness(REGISTER, REGISTER[:4])}
    assert table["level", "local websites"] == [100, 0.25, 1, 0.25]
    assert table["service", "health"] == [134, 0.335, 2, 0.5]
    assert table["service", "transport"] == [0, 0.0, 0, 0.0]


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "m.sqlite"
    lines = [f"s{n}.example,Town {n},{('state', 'local')[n % 2]},health,AT130" for n in range(120)]
    (tmp_path / "r.csv").write_text("\n".join(["url,body,level,services,territory", *lines]))
    engine = open_database(path)
    load(engine, tmp_path / "r.csv", who="Ada")
    engine.dispose()
    return str(path)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_database(database)
    yield opened
    opened.dispose()


def drawn(engine: Engine, year: int, method: str = "in-depth") -> keep.Kept:
    return keep.draw_sample(
        engine, name=f"{year}", population=8_858_775, year=year, method=method, seed=1, recurring=0.3, who="Ada"
    )


def test_the_next_period_takes_some_of_the_last(engine: Engine) -> None:
    first, second = drawn(engine, 2025), drawn(engine, 2026)
    assert "No recurring sites" in first.row["notes"][0]
    before = {each["site_id"] for each in first.current}
    assert sum(each["site_id"] in before for each in second.current) == 7  # 30 % of 23, rounded up
    assert second.row["facts"]["sample_of_last_period"] == "2025"
    with pytest.raises(MonitoringError, match="already"):
        drawn(engine, 2026)


def test_a_replacement_is_logged(engine: Engine) -> None:
    kept = drawn(engine, 2025)
    inside = {each["site"]["url"] for each in kept.current}
    gone = kept.current[0]["site"]["url"]
    other = next(url for n in range(120) if (url := f"https://s{n}.example/") not in inside)
    keep.replace(engine, "2025", remove=gone, add=other, reason="switched off", who="Bo")
    after = keep.read_sample(engine, "2025")
    assert {each["site"]["url"] for each in after.current} == inside - {gone} | {other}
    assert [(change["who"], change["reason"]) for change in after.changes] == [("Bo", "switched off")]
    with pytest.raises(MonitoringError, match="not in the sample"):
        keep.replace(engine, "2025", remove=gone, add=gone, reason="x", who="Bo")


def test_the_command_line_draws_and_writes(database: str, tmp_path: Path) -> None:
    out = tmp_path / "s.json"
    arguments = ["--population", "8858775", "--year", "2026", "--method", "simplified", "--seed", "5"]
    done = CliRunner().invoke(main, ["sample", "draw", *arguments, "--database", database, "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "90 sites of 120 in the register" in done.output  # 75 % of those that exist
    content = json.loads(out.read_text())
    assert len(content["Sites"]) == 90
    assert all(each["reason"] for each in content["Sites"])
    again = CliRunner().invoke(main, ["sample", "draw", *arguments, "--database", database, "--as", "twin"])
    listed = [line.split()[0] for line in again.output.splitlines() if line.startswith("https://")]
    assert listed == [each["url"] for each in content["Sites"]]


def test_the_command_line_prints_austrias_sizes() -> None:
    done = CliRunner().invoke(main, ["sample", "size", "--population", "8858775", "--year", "2026"])
    assert [line.split()[:3] for line in done.output.splitlines()[2:]] == [
        ["simplified", "341", "3"], ["in-depth", "23", "5"], ["mobile", "apps", "15"],
    ]  # fmt: skip
