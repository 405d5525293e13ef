"""The standards' tables: counts, clauses and names against the published standards."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from checks.standards import (
    UnknownProfileError,
    criteria,
    default_profile,
    functional_mappings,
    functional_statements,
    other_clauses,
    profile,
    profiles,
    with_stricter,
)

FACTS = Path(__file__).parents[4] / "shared" / "data" / "wad"
EN_PROFILES = ("en301549-v3.2.1", "en301549-v4.1.1")
NEW_IN_WCAG_22_AA = {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}


def facts(name: str) -> Any:
    path = FACTS / name
    if not path.exists():
        pytest.skip("the facts these tables were made from are not beside this checkout")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def test_what_fails_a_criterion_fails_the_stricter_one_as_well() -> None:
    assert with_stricter(["4.1.2", "2.1.1"]) == ("2.1.1", "2.1.3", "4.1.2")
    assert with_stricter(["2.4.9", "2.4.4"]) == ("2.4.9", "2.4.4")
    assert with_stricter(["4.1.2"]) == ("4.1.2",)
    pairs = [(c, criteria()[c.stricter]) for c in criteria().values() if c.stricter]
    assert pairs
    assert all(one.level in ("A", "AA") and other.level == "AAA" for one, other in pairs)


@pytest.mark.parametrize(("version", "all_levels", "a_and_aa"), [("2.0", 61, 38), ("2.1", 78, 50), ("2.2", 86, 55)])
def test_each_wcag_version_has_its_published_number_of_criteria(version: str, all_levels: int, a_and_aa: int) -> None:
    members = [c for c in criteria().values() if version in c.versions]
    assert len(members) == all_levels
    assert len([c for c in members if c.level in ("A", "AA")]) == a_and_aa


@pytest.mark.parametrize(
    ("id_", "count", "version"),
    [
        ("en301549-v3.2.1", 50, "2.1"),
        ("en301549-v4.1.1", 55, "2.2"),
        ("wcag20-aa", 38, "2.0"),
        ("wcag21-aa", 50, "2.1"),
        ("wcag22-aa", 55, "2.2"),
    ],
)
def test_a_profile_has_its_criteria_in_order(id_: str, count: int, version: str) -> None:
    found = profile(id_)
    assert found.id == id_
    assert found.wcag_version == version
    assert len(found.criteria) == len(set(found.criteria)) == count
    assert list(found.criteria) == sorted(found.criteria, key=lambda n: [int(part) for part in n.split(".")])
    assert {criteria()[n].level for n in found.criteria} == {"A", "AA"}


def test_the_default_is_the_standard_that_the_official_journal_cites() -> None:
    assert default_profile().id == "en301549-v3.2.1"
    assert [p.id for p in profiles().values() if p.cited] == ["en301549-v3.2.1"]
    newer = profile("en301549-v4.1.1")
    assert newer.cited is False
    assert newer.seen == "2026-10-06"
    assert "did not cite" in newer.note


@pytest.mark.parametrize("id_", EN_PROFILES)
def test_every_criterion_of_an_en_profile_has_a_clause(id_: str) -> None:
    found = profile(id_)
    assert tuple(found.clauses) == found.criteria
    assert all(clause == f"9.{num}" for num, clause in found.clauses.items())


def test_plain_wcag_has_no_clauses() -> None:
    assert not profile("wcag21-aa").clauses
    assert not profile("wcag21-aa").functional


def test_parsing_is_satisfied_by_definition_and_gone_from_2_2() -> None:
    assert [c.num for c in criteria().values() if c.satisfied_by_definition] == ["4.1.1"]
    assert profile("en301549-v3.2.1").satisfied == ("4.1.1",)
    assert "4.1.1" not in profile("en301549-v4.1.1").criteria
    assert profile("en301549-v4.1.1").satisfied == ()


def test_2_2_adds_six_criteria_to_2_1_at_a_and_aa() -> None:
    assert set(profile("wcag22-aa").criteria) - set(profile("wcag21-aa").criteria) == NEW_IN_WCAG_22_AA


def test_axe_tags_follow_the_version() -> None:
    assert profile("wcag20-aa").axe_tags == ("wcag2a", "wcag2aa")
    assert profile("en301549-v3.2.1").axe_tags == ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
    assert profile("en301549-v4.1.1").axe_tags == ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@pytest.mark.parametrize(
    ("num", "version", "page"),
    [
        ("1.1.1", "2.2", "https://www.w3.org/WAI/WCAG22/Understanding/non-text-content.html"),
        ("1.1.1", "2.0", "https://www.w3.org/TR/UNDERSTANDING-WCAG20/text-equiv-all.html"),
        ("2.5.5", "2.2", "https://www.w3.org/WAI/WCAG22/Understanding/target-size-enhanced.html"),
        ("2.5.5", "2.1", "https://www.w3.org/WAI/WCAG21/Understanding/target-size.html"),
        ("2.5.8", "2.0", "https://www.w3.org/WAI/WCAG22/Understanding/target-size-minimum.html"),
        ("4.1.1", "2.2", "https://www.w3.org/WAI/WCAG22/Understanding/parsing.html"),
    ],
)
def test_a_criterion_links_to_its_page(num: str, version: str, page: str) -> None:
    assert criteria()[num].url(version) == page


def test_a_wcag_version_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        criteria()["1.1.1"].url("3.0")


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [("en301549-v321", "en301549-v3.2.1"), ("WCAG22-AA", "wcag22-aa"), ("wcag2.1", "wcag21-aa"), ("", "wcag22-aa")],
)
def test_an_unknown_profile_is_an_error_that_names_the_nearest(asked: str, nearest: str) -> None:
    with pytest.raises(UnknownProfileError, match=f"Did you mean {nearest}"):
        profile(asked)


def test_every_functional_statement_a_criterion_serves_exists() -> None:
    statements = functional_statements()
    assert len(statements) == 11
    assert "".join(sorted(s.need for s in statements.values())) == "abcdefghi"
    for num, mapping in functional_mappings().items():
        assert mapping.primary, num
        assert set(mapping.primary) | set(mapping.secondary) <= set(statements)
        assert not set(mapping.primary) & set(mapping.secondary)


def test_functional_statements_cover_all_of_v3_2_1_and_all_that_is_known_of_v4_1_1() -> None:
    assert tuple(profile("en301549-v3.2.1").functional) == profile("en301549-v3.2.1").criteria
    newer = profile("en301549-v4.1.1")
    assert set(newer.criteria) - set(newer.functional) == NEW_IN_WCAG_22_AA


def test_the_data_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        criteria()["1.1.1"].level = "AAA"  # type: ignore[misc]
    with pytest.raises(TypeError):
        criteria()["9.9.9"] = criteria()["1.1.1"]  # type: ignore[index]
    assert {criteria()["1.1.1"], criteria()["1.1.1"]} == {criteria()["1.1.1"]}


def test_criteria_agree_with_the_facts() -> None:
    rows = facts("wcag_sc.yaml")["success_criteria"]
    assert [row["num"] for row in rows] == list(criteria())
    for row in rows:
        ours = criteria()[row["num"]]
        assert (ours.handle, ours.level, ours.principle) == (row["handle"], row["level"], row["principle"])
        assert list(ours.versions) == row["versions"]
        for id_, key in zip(EN_PROFILES, (row["en301549_v321"]["web"], row["en301549_v411_web"]), strict=True):
            assert profile(id_).clauses.get(ours.num) == key


def test_functional_mappings_agree_with_the_facts() -> None:
    rows = facts("en301549_v321_fps_all_clauses.json")
    for num, mapping in functional_mappings().items():
        assert {"primary": list(mapping.primary), "secondary": list(mapping.secondary)} == rows[f"9.{num}"]
    assert {f"9.{num}" for num in functional_mappings()} == {k for k in rows if k.startswith("9.") and k != "9.6"}


def test_other_clauses_agree_with_the_facts() -> None:
    table = facts("en301549_v321.yaml")
    web = {"not listed": "not-listed", "unconditional": "always"}
    expected = {
        row["id"]: (_spelled(row["title"]), web.get(row["wad_table_A1_web"], "conditional"))
        for row in table["other_clauses_relevant"]
    }
    of_documents = [row for row in table["clause_10_non_web_documents"] if "wcag" not in row]
    expected |= {row["id"]: (row["title"], "documents") for row in of_documents}
    assert {clause.num: (clause.title, clause.web) for clause in other_clauses("V3.2.1")} == expected
    told = facts("en301549_v411_delta.yaml")
    criteria_clauses = set(profile("en301549-v4.1.1").clauses.values())
    assert set(told["new_web_clauses"]) - criteria_clauses == {"9.7"}
    assert "9.7" in {clause.num for clause in other_clauses("V4.1.1")}


def _spelled(title: str) -> str:
    """Mend what was broken when the facts were read from a PDF."""
    return title.replace("Visualstatus", "Visual status").replace("video- based", "video-based")


def test_a_clause_says_how_sure_it_is() -> None:
    sure = {(clause.num, clause.version): clause.certainty for clause in other_clauses()}
    assert sure["5.2", "V3.2.1"] == "standard"
    assert sure["6.5.2", "V3.2.1"] == "unverified"
    assert sure["9.7", "V4.1.1"] == "secondary"
    assert not other_clauses("V2.1.2")


def test_no_clause_is_listed_twice_or_is_a_criterion() -> None:
    for version in ("V3.2.1", "V4.1.1"):
        numbers = [clause.num for clause in other_clauses(version)]
        chosen = profile(f"en301549-{version.lower()}")
        assert len(numbers) == len(set(numbers))
        assert not {*numbers} & {*chosen.clauses.values(), *chosen.document_clauses.values()}


def test_the_standards_import_no_other_room() -> None:
    code = "import sys, json, checks.standards; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = [m for m in json.loads(done.stdout) if m.split(".")[0] in ("checks", "crawler", "store", "reports", "scan")]
    assert all(m == "checks" or m.startswith("checks.standards") for m in ours)
