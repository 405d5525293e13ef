"""What pages leave behind goes while a scan runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from checks.model import Page
from checks.standards import profile
from crawler.render.capture import Capture
from scan.judge import Judge
from scan.memory import PAGES_A_SWEEP, set_apart
from scan.settings import load

HTML = "<html lang=en><title>Forms</title><main><h1>Forms</h1><p>Send the form by post.</p></main>"


def trees() -> list[BeautifulSoup]:
    return [thing for thing in gc.get_objects() if isinstance(thing, BeautifulSoup)]


@pytest.fixture
def collects_nothing_by_itself() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("collects_nothing_by_itself")
def test_no_tree_of_a_page_that_is_judged_stays_in_memory() -> None:
    before = {id(tree) for tree in trees()}  # of other tests of this process
    settings = load({})
    judge = Judge(settings, profile(settings.profile), 1, set())
    for number in range(PAGES_A_SWEEP):
        address = f"https://town.example/{number}"
        page = Page(address, address, HTML, title="Forms", lang="en")
        judge.picks(page)
        judge.evidence(Capture(page, (), "", (), 1))
    assert not [tree for tree in trees() if id(tree) not in before]


def test_what_was_there_before_is_no_part_of_a_sweep_until_the_end() -> None:
    before = gc.get_freeze_count()
    with set_apart():
        assert gc.get_freeze_count() > before
    assert gc.get_freeze_count() == 0
