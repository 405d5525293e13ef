"""The demo town's documents: what our rules find in them is what the register says, no less and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.documents.run import check_document
from demo.barriers import Kind, load_register
from demo.server import TOWN

FILES = sorted((TOWN / "documents").iterdir())
REGISTER = load_register()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_rules_find_what_was_planted_and_nothing_else(file: Path) -> None:
    path = f"/documents/{file.name}"
    result = check_document(file, url=f"https://town.example{path}", declared=file.suffix[1:])
    assert result.is_checked, result
    assert result.not_run == {}
    found = {(finding.rule, finding.outcome) for finding in result.findings}
    planted = {
        (barrier.expected_rule, barrier.expected_outcome) for barrier in REGISTER.barriers if path in barrier.pages
    }
    assert found == planted


def test_some_documents_are_clean_and_others_are_not() -> None:
    planted = {page for b in REGISTER.barriers if b.kind is Kind.DOCUMENT for page in b.pages}
    clean = {f"/documents/{file.name}" for file in FILES} - planted
    assert clean == {"/documents/budget-2027.pdf", "/documents/benefits-leaflet.odt"}
