"""One crawl over everything a stranger's site does: each URL ends in the state and for the reason it should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from store.reasons import REASONS
from store.schema import FINAL_STATES
from hostile_behaviours import BEHAVIOURS, HostileSite, hostile_site, private_uses
from hostile_crawl import Outcome, run_crawl

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PRIVATE = sorted(private_uses("http://127.0.0.2"))


@dataclass(frozen=True)
class Crawled:
    site: HostileSite
    outcome: Outcome

    def row(self, path: str) -> dict[str, object]:
        return self.outcome.urls[self.site.server.origin + path]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with hostile_site() as site:
        outcome = run_crawl(tmp_path_factory.mktemp("hostile"), site.server.origin + "/", tabs=4)
        yield Crawled(site, outcome)


@pytest.mark.parametrize("path", [*BEHAVIOURS, *PRIVATE])
def test_behaviour_ends_in_its_state(crawled: Crawled, path: str) -> None:
    behaviour = crawled.site.behaviours[path]
    row = crawled.row(path)
    assert (row["state"], row["reason"]) in behaviour.ends, row["detail"]
    if behaviour.rendered and row["state"] == "checked":
        assert behaviour.rendered in crawled.outcome.captures[crawled.site.server.origin + path].page.html


def test_every_url_has_one_final_state_and_a_reason_people_can_read(crawled: Crawled) -> None:
    assert crawled.outcome.context.fatal is None
    for row in crawled.outcome.urls.values():
        assert row["state"] in FINAL_STATES, row
        assert row["reason"] in REASONS[row["state"]], row


def test_no_private_address_was_reached(crawled: Crawled) -> None:
    assert not crawled.site.private.hits
