"""One crawl over everything a stranger's site does: each URL ends in the state and for the reason it should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from hostile_behaviours import BEHAVIOURS, STORMS, HostileSite, hostile_site, private_uses
from hostile_crawl import SHORT, Outcome, run_crawl

from store.reasons import REASONS
from store.schema import FINAL_STATES

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]  # the first waits for the crawls

PRIVATE = sorted(private_uses("http://127.0.0.2"))


@dataclass(frozen=True)
class Crawled:
    site: HostileSite
    plain: Outcome
    hanging: Outcome
    storms: Outcome

    def outcome_of(self, path: str) -> Outcome:
        if path in STORMS:
            return self.storms
        return self.hanging if self.site.server.origin + path in self.hanging.urls else self.plain


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with hostile_site() as site:
        start, folder = site.server.origin, tmp_path_factory.mktemp
        patient = replace(SHORT, navigation_s=20, page_s=60)  # nothing hangs here; a busy machine only takes longer
        plain = run_crawl(folder("plain"), start + "/", tabs=4, limits=patient)
        hangs = replace(SHORT, page_s=2.5, attempts=1)  # trying again has its own behaviours
        hanging = run_crawl(folder("hangs"), start + "/hangs", tabs=4, limits=hangs)
        storms = run_crawl(folder("storms"), start + "/storms", tabs=1, limits=patient)
        yield Crawled(site, plain, hanging, storms)


@pytest.mark.parametrize("path", [*BEHAVIOURS, *PRIVATE])
def test_behaviour_ends_in_its_state(crawled: Crawled, path: str) -> None:
    behaviour = crawled.site.behaviours[path]
    address = crawled.site.server.origin + path
    outcome = crawled.outcome_of(path)
    row = outcome.urls[address]
    assert (row["state"], row["reason"]) in behaviour.ends, row["detail"]
    if behaviour.rendered and row["state"] == "checked":
        assert behaviour.rendered in outcome.captures[address].page.html


def test_every_url_has_one_final_state_and_a_reason_people_can_read(crawled: Crawled) -> None:
    outcomes = (crawled.plain, crawled.hanging, crawled.storms)
    assert [outcome.context.fatal for outcome in outcomes] == [None] * len(outcomes)
    for row in [row for outcome in outcomes for row in outcome.urls.values()]:
        assert row["state"] in FINAL_STATES, row
        assert row["reason"] in REASONS[row["state"]], row


def test_odd_links_are_told_apart(crawled: Crawled) -> None:
    ends = {
        address.removeprefix(crawled.site.server.origin)[:40]: (row["state"], row["reason"])
        for address, row in crawled.plain.urls.items()
    }
    assert ends["file:///etc/passwd"] == ("out_of_scope", "scheme")
    assert ends["view-source:http://127.0.0.1/"] == ("out_of_scope", "scheme")
    assert ends["http://127.0.0.1:0/"] == ("failed", "bad_url")
    assert ends["/" + "a" * 39] == ("failed", "bad_url")
    assert ends["/ok"] == ends["/ok?login="] == ("checked", "")
    assert not any(address.startswith(("mailto:", "tel:", "javascript:", "data:")) for address in ends)


def test_a_password_in_a_link_is_never_sent(crawled: Crawled) -> None:
    assert crawled.site.server.hits["/ok"]
    assert not any("authorization:" in head.lower() or "secret@" in head for head in crawled.site.server.heads)


def test_no_private_address_was_reached(crawled: Crawled) -> None:
    assert not crawled.site.private.hits
