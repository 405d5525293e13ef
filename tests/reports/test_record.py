"""A page's record keeps the jsonl contract, for pages that were checked and pages that were not."""

from __future__ import annotations

from typing import Any

import pytest

from reports.record import records

CONTRACT = ("url", "final_url", "status", "reason", "http_status", "title", "lang", "findings", "text")
FINDING_CONTRACT = (
    "rule",
    "engine",
    "outcome",
    "wcag",
    "impact",
    "message",
    "target",
    "snippet",
    "fingerprint",
    "help_url",
)
SITE = "https://town.example"


@pytest.fixture
def found(small_scan: Any) -> dict[str, dict[str, Any]]:
    with small_scan.engine.connect() as connection:
        return {record["url"]: record for record in records(connection, small_scan.scan_id)}


def test_every_page_and_every_start_url_has_one_record_in_the_order_they_were_met(
    found: dict[str, dict[str, Any]],
) -> None:
    assert list(found) == [
        "HTTPS://Town.example",
        f"{SITE}/clean",
        f"{SITE}/slow",
        f"{SITE}/private",
        f"{SITE}/deep",
        f"{SITE}/asked-for.png",
        f"{SITE}/asked-but-waiting",
    ]


def test_every_record_has_the_keys_of_the_contract(found: dict[str, dict[str, Any]]) -> None:
    for record in found.values():
        assert set(CONTRACT) <= set(record)
        for finding in record["findings"]:
            assert set(FINDING_CONTRACT) <= set(finding)


def test_a_checked_page_has_its_findings_and_its_text(found: dict[str, dict[str, Any]]) -> None:
    home = found["HTTPS://Town.example"]
    assert home["status"] == "checked"
    assert home["reason"] is None
    assert home["detail"] is None
    assert home["final_url"] == f"{SITE}/home"
    assert home["http_status"] == 200
    assert home["lang"] == "en"
    assert home["text"]["reading_ease"] == 61.0
    assert [f["rule"] for f in home["findings"]] == ["axe/image-alt", "axe/color-contrast", "govuk/words-to-avoid"]
    assert [f["outcome"] for f in home["findings"]] == ["failed", "cantTell", "failed"]
    first, _, words = home["findings"]
    assert first["target"] == "iframe.map >>> main > img\ufffd"
    assert first["wcag"] == ["1.1.1"]
    assert first["impact"] == "critical"
    assert first["help_url"] == "https://help.example/axe/image-alt"
    assert first["span"] is None
    assert words["span"] == [3, 10]
    assert words["impact"] is None
    assert words["suggestion"] == "use"


def test_a_page_without_findings_is_checked_and_says_what_did_not_run(found: dict[str, dict[str, Any]]) -> None:
    clean = found[f"{SITE}/clean"]
    assert clean["status"] == "checked"
    assert clean["findings"] == []
    assert clean["text"] is None
    assert clean["not_run"] == {"axe/image-alt": "The frame was gone."}


@pytest.mark.parametrize(
    ("path", "state", "reason", "detail"),
    [
        ("/slow", "failed", "timeout", "The page did not answer in time. No answer after 30 s."),
        ("/private", "disallowed", "robots", "The site's robots.txt asks crawlers to stay away."),
        ("/deep", "over_limit", "max_depth", "More links away from the start than the limit allows."),
        (
            "/asked-for.png",
            "not_a_page",
            "other_media",
            "A file that is not a web page, such as a picture or data. image/png",
        ),
        (
            "/asked-but-waiting",
            "not_reached",
            "not_reached",
            "The scan stopped before it came to this address. Resume the scan to go on.",
        ),
    ],
)
def test_a_page_that_was_not_checked_says_why(
    found: dict[str, dict[str, Any]], path: str, state: str, reason: str, detail: str
) -> None:
    record = found[SITE + path]
    assert record["status"] == "not_checked"
    assert (record["state"], record["reason"], record["detail"]) == (state, reason, detail)
    assert record["findings"] == []
    assert record["text"] is None
    assert record["title"] is None
