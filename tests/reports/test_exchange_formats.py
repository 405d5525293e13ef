"""EARL, the WCAG-EM Report Tool's file and OpenACR: what readers need is there, and nothing claims to conform."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import pytest
import yaml
from jsonschema import Draft7Validator
from sqlalchemy import Engine, update

from benchmarks.fake_scan import write_fake_scan
from checks import standards
from reports import earl, openacr, wcag_em
from store.database import open_database
from store.errors import NoScanError
from store.schema import scan

OUTCOMES = {"earl:passed", "earl:failed", "earl:cantTell", "earl:inapplicable", "earl:untested"}
LEVELS = ["partially-supports", "not-evaluated"]
OPENACR = json.loads((Path(__file__).parents[1] / "data" / "openacr.json").read_text(encoding="utf-8"))
Scan = tuple[Engine, int]


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scan]:
    engine = open_database(tmp_path_factory.mktemp("exchange") / "scan.sqlite")
    yield engine, write_fake_scan(engine, n_pages=30, n_findings=400, n_not_checked=20)
    engine.dispose()


def written(write: Callable[[Engine, int, TextIO], None], scan: Scan) -> str:
    stream = io.StringIO()
    write(*scan, stream)
    return stream.getvalue()


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner) if key != "@context" else ()
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.parametrize("module", [earl, wcag_em])
def test_every_key_has_a_meaning_in_the_context(module: Any, council: Scan) -> None:
    data = json.loads(written(module.write, council))
    assert set(keys(data)) - set(data["@context"]) <= {"@context", "@graph"}


def test_earl_has_an_assertion_for_page_rule_and_criterion(council: Scan) -> None:
    assertor, *assertions = json.loads(written(earl.write, council))["@graph"]
    assert assertor["type"] == ["Assertor", "Software"]
    assert assertions
    seen = set()
    for one in assertions:
        assert one["type"] == "Assertion"
        assert one["assertedBy"] == assertor["id"]
        assert one["mode"] == "earl:automatic"
        assert one["result"]["outcome"]["id"] in OUTCOMES
        assert one["subject"]["id"]
        seen.add((one["subject"]["id"], one["test"]["identifier"], one["test"].get("isPartOf", {}).get("id")))
    assert len(seen) == len(assertions)  # none twice
    failed = [one for one in assertions if one["result"]["outcome"]["id"] == "earl:failed"]
    assert failed
    assert all(one["result"]["outcome"]["type"] == "earl:Fail" for one in failed)
    assert any(one["result"].get("pointer") for one in failed)
    assert not any(one["test"]["identifier"].startswith("plain/") for one in assertions)
    assert all(("id" in one["test"]) != ("isPartOf" in one["test"]) for one in assertions)  # see reports/earl.py


@pytest.mark.parametrize(
    ("number", "version", "expected"),
    [
        ("1.1.1", "2.1", "WCAG21:non-text-content"),
        ("1.1.1", "2.2", "WCAG:non-text-content"),
        ("2.5.8", "2.1", "WCAG:target-size-minimum"),
        ("4.1.1", "2.2", "WCAG21:parsing"),
    ],
)
def test_criteria_are_named_as_the_report_tool_knows_them(number: str, version: str, expected: str) -> None:
    assert earl.criterion_id(number, version) == expected


def test_the_evaluation_names_pages_and_only_what_was_found_on_them(council: Scan) -> None:
    data = json.loads(written(wcag_em.write, council))
    structured, at_random = data["selectSample"]["structuredSample"], data["selectSample"]["randomSample"]
    pages = [one["description"] for one in structured + at_random]
    assert structured and len(set(pages)) == len(pages)
    assert len(at_random) >= len(structured) * wcag_em.RANDOM_SHARE
    assert data["defineScope"]["wcagVersion"] == "2.1"
    assert data["defineScope"]["conformanceTarget"] == "AA"
    assert data["@context"]["date"]["@type"] == "W3CDTF"  # without a type the tool opens the file and drops the date
    assert set(data["@context"]) & {"WCAG20", "WCAG21", "WCAG", "WCAG22"} == {"WCAG20", "WCAG21", "WCAG"}
    assert data["auditSample"]
    known = {f"WCAG21:{c.id}" for c in standards.criteria().values()}
    for one in data["auditSample"]:
        assert one["subject"]["description"] in pages
        assert one["test"]["id"] in known
        assert one["result"]["outcome"]["id"] in ("earl:failed", "earl:cantTell")
        assert one["result"]["description"]


def test_the_sample_is_the_same_each_time(council: Scan) -> None:
    assert written(wcag_em.write, council) == written(wcag_em.write, council)


def test_openacr_is_valid_and_claims_nothing(council: Scan) -> None:
    text = written(openacr.write, council)
    data = yaml.safe_load(text)
    Draft7Validator(OPENACR["schema"]).validate(data)
    criteria = [c["num"] for chapter in data["chapters"].values() for c in chapter["criteria"]]
    assert sorted(criteria) == sorted(standards.profile("en301549-v3.2.1").criteria)
    levels = {c["components"][0]["adherence"]["level"] for ch in data["chapters"].values() for c in ch["criteria"]}
    assert levels == set(LEVELS)
    assert "conforms" not in text


@pytest.mark.parametrize("profile", sorted(standards.profiles()))
def test_openacr_keeps_to_the_catalogue_that_it_names(council: Scan, profile: str) -> None:
    engine, scan_id = council
    with engine.connect() as connection:
        connection.execute(update(scan).values(profile=profile))
        data = openacr.report(connection, scan_id)
        connection.rollback()
    Draft7Validator(OPENACR["schema"]).validate(data)
    catalogue = OPENACR["catalogues"][data["catalog"]]
    for name, chapter in data["chapters"].items():
        if name in catalogue:
            assert {c["num"] for c in chapter["criteria"]} <= set(catalogue[name])
        for component in (part for c in chapter["criteria"] for part in c["components"]):
            assert component["name"] in OPENACR["components"]
            assert component["adherence"]["level"] in OPENACR["levels"]


@pytest.mark.parametrize("broken", [{"author": {}}, {"title": 1}, {"chapters": {"software": {"criteria": [{}]}}}])
def test_the_schema_of_openacr_refuses(council: Scan, broken: dict[str, Any]) -> None:
    data = yaml.safe_load(written(openacr.write, council))
    assert not Draft7Validator(OPENACR["schema"]).is_valid(data | broken)


@pytest.mark.parametrize("module", [earl, wcag_em, openacr])
def test_a_scan_that_is_not_there_is_said(module: Any, council: Scan) -> None:
    with pytest.raises(NoScanError):
        written(module.write, (council[0], 99))
