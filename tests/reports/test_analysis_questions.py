"""The list of questions names what the issues are, in their order, and one of them in full is that issue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from benchmarks.fake_scan import write_fake_scan
from checks.model import Outcome
from reports import analysis
from store.database import open_database


@pytest.fixture
def council(tmp_path: Path) -> Iterator[tuple[Connection, int]]:
    engine = open_database(tmp_path / "scan.sqlite")
    scan_id = write_fake_scan(engine)
    write_fake_scan(engine, seed=2)  # another scan's questions are not ours
    with engine.connect() as connection:
        yield connection, scan_id
    engine.dispose()


def test_questions_are_the_issues_in_their_order(council: tuple[Connection, int]) -> None:
    found = analysis.questions(*council)
    issues = list(analysis.issues(*council, outcome=Outcome.CANT_TELL, style=None))
    assert len(issues) > 3
    assert [(one.id, one.wcag) for one in found] == [(issue.id, issue.wcag) for issue in issues]


def test_one_question_in_full_is_its_issue(council: tuple[Connection, int]) -> None:
    found = analysis.questions(*council)
    full = [
        analysis.issue(*council, rule_id=one.rule, component=one.component, outcome=Outcome.CANT_TELL) for one in found
    ]
    assert full == list(analysis.issues(*council, outcome=Outcome.CANT_TELL, style=None))
    nothing = analysis.issue(*council, rule_id=found[0].rule, component="none", outcome=Outcome.CANT_TELL)
    assert nothing is None
