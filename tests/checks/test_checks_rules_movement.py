"""What moves by itself fails only where it surely goes on: what a browser would show too slowly is told here."""

from __future__ import annotations

import pytest

from checks.model import Outcome, Page
from checks.probe import Probed
from checks.rules.movement_can_be_stopped import rule
from checks.run import check_probed

NEWS = {
    "kind": "script", "texts": 4, "sayings": 4, "until": 5000, "grows": False, "pixels": 400, "buttons": 0,
    "stopsWhenReduced": False, "aloneOnPage": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        ({}, Outcome.FAILED),
        ({"until": 2000}, Outcome.CANT_TELL),  # it was being loaded
        ({"grows": True}, Outcome.CANT_TELL),  # a list that is filled
        ({"sayings": 2}, Outcome.CANT_TELL),
        ({"buttons": 1}, Outcome.CANT_TELL),
        ({"isNear": True}, Outcome.PASSED),
    ],
)
def test_one_thing_after_another_fails_only_where_it_goes_on(data: dict[str, object], outcome: Outcome) -> None:
    seen = {"target": ["#news"], "tag": "p", "text": "News", "data": NEWS | data}
    page = Page("https://a.example/", "https://a.example/", "<p id=news>News</p>")
    result = check_probed(page, {"movement": Probed({"moving": [seen]})}, [rule])
    assert result.rule_outcomes == {rule.id: outcome}


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        ({}, Outcome.FAILED),
        ({"isTimer": True}, Outcome.CANT_TELL),
        ({"sayings": 1}, Outcome.CANT_TELL),  # a clock
        ({"texts": 1, "pixels": 0}, Outcome.PASSED),  # it is set again to what it was
        ({"isNear": True}, Outcome.PASSED),
    ],
)
def test_what_a_timer_changes_fails_only_where_it_says_one_thing_after_another(
    data: dict[str, object], outcome: Outcome
) -> None:
    seen = {"target": ["#news"], "tag": "p", "text": "News", "data": NEWS | {"kind": "timer", "seconds": 3.0} | data}
    page = Page("https://a.example/", "https://a.example/", "<p id=news>News</p>")
    result = check_probed(page, {"movement": Probed({"moving": [seen]})}, [rule])
    assert result.rule_outcomes == {rule.id: outcome}
