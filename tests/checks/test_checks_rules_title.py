"""A title is compared with the page's address, too, which the rule's own examples cannot show."""

from __future__ import annotations

import pytest

from checks.model import Outcome, Page
from checks.rules.page_title_fits_the_page import rule
from checks.run import check_page

BODY = "<p>Line 1 goes from the market to the station every ten minutes, and at night every hour.</p>"
HTML = f'<html lang="en"><head><title>Waste collection - Elm</title></head><body>{BODY}</body></html>'


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/", Outcome.CANT_TELL),
        ("/buses/line-1/", Outcome.CANT_TELL),
        ("/services/collecting-waste.html", Outcome.INAPPLICABLE),
        ("/%77aste/", Outcome.INAPPLICABLE),
    ],
)
def test_a_title_that_the_address_repeats_is_not_asked_about(path: str, outcome: Outcome) -> None:
    url = f"http://elm.example{path}"
    assert check_page(Page(url, url, HTML), [rule]).rule_outcomes == {rule.id: outcome}
