"""The ledger: every URL in exactly one state, nothing lost, nothing leased twice, in whatever order things happen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Connection, Engine, create_engine, insert, select
from sqlalchemy.pool import StaticPool

from store.database import open_database
from store.ledger import INSERT_CHUNK, Found, Lease, Ledger, Verdict
from store.results import start_scan
from store.schema import FINAL_STATES, State, document, metadata, url

SITE = "https://town.example"
CHECKED = Verdict(State.CHECKED, http_status=200, content_type="text/html")


def _scan(engine: Engine) -> int:
    return start_scan(engine, start_urls=[SITE], settings={}, versions={}, profile="any", rules=[])


def _pages(*names: str, depth: int = 0, kind: str = "page") -> list[Found]:
    return [Found(f"{SITE}/{name}", kind, "link", depth) for name in names]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "ledger.sqlite")
    yield engine
    engine.dispose()


@pytest.fixture
def ledger(engine: Engine) -> Ledger:
    return Ledger(engine, _scan(engine))


def _row(engine: Engine, name: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(select(url).where(url.c.url == f"{SITE}/{name}")).one()


def _states(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return {row.url.removeprefix(SITE + "/"): row.state for row in connection.execute(select(url))}


def test_a_url_found_twice_is_written_once(ledger: Ledger, engine: Engine) -> None:
    assert ledger.add(_pages("a", "b", "a")) == 2
    assert ledger.add(_pages("b", "c")) == 1
    assert Ledger(engine, 1).add(_pages("a", "d")) == 1
    assert sorted(_states(engine)) == ["a", "b", "c", "d"]


def test_more_urls_than_one_statement_takes(ledger: Ledger) -> None:
    many = INSERT_CHUNK * 2 + 7
    assert ledger.add(_pages(*(str(n) for n in range(many)))) == many
    assert ledger.counts().known == many


def test_the_bound_holds_and_what_is_left_out_is_counted(ledger: Ledger) -> None:
    assert ledger.add(_pages("a", "b", "c", "d"), at_most=3) == 3
    assert ledger.dropped == 1
    assert ledger.add(_pages("a", "e"), at_most=3) == 0
    assert (ledger.counts().known, ledger.dropped) == (3, 2)


def test_shallow_and_early_urls_come_first(ledger: Ledger) -> None:
    ledger.add([*_pages("deep", depth=2), *_pages("first", "second", depth=1)])
    assert [lease.url.rpartition("/")[2] for lease in ledger.lease(3)] == ["first", "second", "deep"]


def test_a_lease_carries_the_address_as_it_was_written(ledger: Ledger) -> None:
    ledger.add([Found(f"{SITE}/a", "page", "link", address=f"{SITE}/A"), *_pages("b")])
    assert [lease.address for lease in ledger.lease(2)] == [f"{SITE}/A", f"{SITE}/b"]


def test_only_the_kinds_asked_for_are_leased(ledger: Ledger) -> None:
    ledger.add([*_pages("page"), *_pages("file.pdf", kind="document")])
    assert [lease.kind for lease in ledger.lease(5, kinds=("document", "sitemap"))] == ["document"]


def test_a_postponed_url_waits(ledger: Ledger) -> None:
    ledger.add(_pages("a", "b"))
    later = time.time() + 60
    ledger.release(ledger.lease(1)[0], not_before=later, detail="HTTP 503")
    assert [lease.url for lease in ledger.lease(5)] == [f"{SITE}/b"]
    assert ledger.next_due() == later


def test_postponing_a_host_leaves_others_alone(ledger: Ledger) -> None:
    ledger.add([*_pages("a"), Found("https://town.example.org/", "page", "link")])
    ledger.postpone(SITE, time.time() + 60)
    assert [lease.url for lease in ledger.lease(5)] == ["https://town.example.org/"]


def test_tries_are_counted_unless_they_are_given_back(ledger: Ledger) -> None:
    ledger.add(_pages("a"))
    ledger.release(ledger.lease(1)[0])
    second = ledger.lease(1)[0]
    assert second.attempts == 2
    ledger.release(second, give_back=True)
    assert ledger.lease(1)[0].attempts == 2


def test_leases_of_a_run_that_died_are_taken_back_without_counting_the_try(ledger: Ledger, engine: Engine) -> None:
    ledger.add(_pages("a", "b"))
    ledger.lease(1)
    after = Ledger(engine, 1)
    assert after.reclaim() == 1
    assert [lease.attempts for lease in after.lease(5)] == [1, 1]


def test_a_finished_url_carries_its_verdict(ledger: Ledger, engine: Engine) -> None:
    ledger.add(_pages("a"))
    ledger.finish(ledger.lease(1)[0], Verdict(State.FAILED, "http_status", "HTTP 410", 410, "text/html"))
    row = _row(engine, "a")
    assert (row.state, row.reason, row.detail, row.http_status) == ("failed", "http_status", "HTTP 410", 410)
    assert row.finished_at


def test_a_url_out_of_scope_is_final_at_once(ledger: Ledger, engine: Engine) -> None:
    ledger.add([Found(f"{SITE}/x", "page", "link", state=State.OUT_OF_SCOPE, reason="host")])
    assert _row(engine, "x").finished_at
    assert ledger.lease(1) == []


class EvidenceBrokeError(Exception):
    """What the test's evidence raises."""


def _breaking(connection: Connection, url_id: int) -> None:
    connection.execute(insert(document).values(url_id=url_id, scan_id=1, format="pdf"))
    raise EvidenceBrokeError


@pytest.mark.parametrize("redirected", [False, True])
def test_evidence_that_cannot_be_written_undoes_everything(ledger: Ledger, engine: Engine, redirected: bool) -> None:
    ledger.add(_pages("a"))
    lease = ledger.lease(1)[0]
    with pytest.raises(EvidenceBrokeError):
        if redirected:
            target = _pages("b")[0]
            ledger.finish_redirected(
                lease, target, detail="", verdict=CHECKED, found=_pages("c", "d"), at_most=3, evidence=_breaking
            )
        else:
            ledger.finish(lease, CHECKED, found=_pages("b", "c", "d"), at_most=3, evidence=_breaking)
    assert _states(engine) == {"a": "leased"}
    with engine.connect() as connection:
        assert connection.execute(select(document)).all() == []
    assert ledger.dropped == 0
    assert ledger.add(_pages("b", "c", "d")) == 3, "what was undone can be found again"


def test_a_redirect_is_counted_at_its_target(ledger: Ledger, engine: Engine) -> None:
    ledger.add(_pages("old"))
    counted = ledger.finish_redirected(
        ledger.lease(1)[0], _pages("new")[0], detail="moved", verdict=CHECKED, found=_pages("next")
    )
    assert counted
    assert _states(engine) == {"old": "not_a_page", "new": "checked", "next": "pending"}
    assert (_row(engine, "old").reason, _row(engine, "old").redirect_to) == ("redirect", f"{SITE}/new")


@pytest.mark.parametrize("finished", [False, True])
def test_a_target_that_somebody_else_has_is_not_counted_again(ledger: Ledger, engine: Engine, finished: bool) -> None:
    ledger.add(_pages("new", "old"))
    new, old = ledger.lease(2)
    if finished:
        ledger.finish(new, CHECKED)
    assert not ledger.finish_redirected(old, _pages("new")[0], detail="", verdict=CHECKED, evidence=_breaking)
    assert _states(engine) == {"new": "checked" if finished else "leased", "old": "not_a_page"}


def test_closing_ends_what_is_pending_and_reopening_takes_it_back(ledger: Ledger, engine: Engine) -> None:
    ledger.add([*_pages("a", "b"), *_pages("c.pdf", kind="document")])
    ledger.lease(1)
    assert ledger.close_pending("max_pages", kinds=["page"]) == 1
    assert _states(engine) == {"a": "leased", "b": "over_limit", "c.pdf": "pending"}
    assert ledger.reopen(State.OVER_LIMIT, ["max_minutes"]) == 0
    assert ledger.reopen(State.OVER_LIMIT, ["max_pages"]) == 1
    row = _row(engine, "b")
    assert (row.state, row.reason, row.finished_at) == ("pending", "", None)


def test_scans_in_one_database_do_not_touch_each_other(engine: Engine) -> None:
    first, second = Ledger(engine, _scan(engine)), Ledger(engine, _scan(engine))
    first.add(_pages("a"))
    second.add(_pages("a", "b"))
    first.lease(1)
    assert (second.reclaim(), second.close_pending("max_pages"), first.counts()[State.LEASED]) == (0, 2, 1)


NAMES = st.sampled_from([f"p{n}" for n in range(12)])
SOME_NAMES = st.lists(NAMES, max_size=5)
ENDS = st.sampled_from([CHECKED, *(Verdict(s, "x") for s in FINAL_STATES if s is not State.CHECKED)])
BOUNDS = st.one_of(st.none(), st.integers(1, 12))


class LedgerMachine(RuleBasedStateMachine):
    """Does things to a ledger in any order, and to a plain dictionary that says what should be so."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        metadata.create_all(self.engine)
        self.scan_id = _scan(self.engine)
        self.ledger = Ledger(self.engine, self.scan_id)
        self.expected: dict[str, str] = {}
        self.held: list[Lease] = []
        self.dropped = 0

    @initialize(names=SOME_NAMES)
    def start(self, names: list[str]) -> None:
        self.add(names, None)

    @rule(names=SOME_NAMES, at_most=BOUNDS)
    def add(self, names: list[str], at_most: int | None) -> None:
        before = len(self.expected)
        self._expect_found(names, at_most)
        assert self.ledger.add(_pages(*names), at_most=at_most) == len(self.expected) - before

    @rule(limit=st.integers(1, 4))
    def lease(self, limit: int) -> None:
        leases = self.ledger.lease(limit)
        waiting = sum(state == State.PENDING for state in self.expected.values())
        assert len(leases) == min(limit, waiting)
        for lease in leases:
            assert self.expected[_name(lease)] == State.PENDING, "handed out twice, or finished before"
            self.expected[_name(lease)] = State.LEASED
        self.held += leases

    @precondition(lambda self: self.held)
    @rule(verdict=ENDS, names=SOME_NAMES, at_most=BOUNDS, pick=st.randoms(use_true_random=False))
    def finish(self, verdict: Verdict, names: list[str], at_most: int | None, pick: Any) -> None:
        lease = self._take(pick)
        self._expect_found(names, at_most)
        self.expected[_name(lease)] = verdict.state
        self.ledger.finish(lease, verdict, found=_pages(*names), at_most=at_most)

    @precondition(lambda self: self.held)
    @rule(goal=NAMES, names=SOME_NAMES, at_most=BOUNDS, pick=st.randoms(use_true_random=False))
    def finish_redirected(self, goal: str, names: list[str], at_most: int | None, pick: Any) -> None:
        lease = self._take(pick)
        self.expected[_name(lease)] = State.NOT_A_PAGE
        counts = self.expected.setdefault(goal, State.PENDING) == State.PENDING
        if counts:
            self._expect_found(names, at_most)
            self.expected[goal] = State.CHECKED
        written: list[int] = []
        answer = self.ledger.finish_redirected(
            lease,
            _pages(goal)[0],
            detail="",
            verdict=CHECKED,
            found=_pages(*names),
            at_most=at_most,
            evidence=lambda _connection, url_id: written.append(url_id),
        )
        assert answer is counts
        assert len(written) == counts

    @precondition(lambda self: self.held)
    @rule(names=SOME_NAMES, pick=st.randoms(use_true_random=False))
    def fail_to_finish(self, names: list[str], pick: Any) -> None:
        lease = pick.choice(self.held)
        with pytest.raises(EvidenceBrokeError):
            self.ledger.finish(lease, CHECKED, found=_pages(*names), at_most=4, evidence=_breaking)

    @precondition(lambda self: self.held)
    @rule(give_back=st.booleans(), pick=st.randoms(use_true_random=False))
    def release(self, give_back: bool, pick: Any) -> None:
        lease = self._take(pick)
        self.ledger.release(lease, give_back=give_back)
        self.expected[_name(lease)] = State.PENDING

    @rule()
    def die_and_come_back(self) -> None:
        self.ledger = Ledger(self.engine, self.scan_id)
        self.dropped = 0
        assert self.ledger.reclaim() == len(self.held)
        self.held = []
        self._move(State.LEASED, State.PENDING)

    @rule()
    def close_pending(self) -> None:
        assert self.ledger.close_pending("x") == self._move(State.PENDING, State.OVER_LIMIT)

    @rule(state=st.sampled_from([State.OVER_LIMIT, State.FAILED]))
    def reopen(self, state: State) -> None:
        assert self.ledger.reopen(state, ["x"]) == self._move(state, State.PENDING)

    @invariant()
    def every_url_is_in_the_one_state_it_should_be_in(self) -> None:
        with self.engine.connect() as connection:
            rows = [(row.url, row.state) for row in connection.execute(select(url.c.url, url.c.state))]
            assert connection.execute(select(document)).all() == []
        assert sorted(rows) == sorted((f"{SITE}/{name}", state) for name, state in self.expected.items())
        counts = self.ledger.counts()
        assert counts.known == len(self.expected)
        assert counts[State.LEASED] == len(self.held)
        assert self.ledger.dropped == self.dropped

    def teardown(self) -> None:
        self.engine.dispose()

    def _take(self, pick: Any) -> Lease:
        return self.held.pop(pick.randrange(len(self.held)))

    def _move(self, old: State, new: State) -> int:
        moved = [name for name, state in self.expected.items() if state == old]
        self.expected.update(dict.fromkeys(moved, new))
        return len(moved)

    def _expect_found(self, names: list[str], at_most: int | None) -> None:
        for name in names:
            if name in self.expected:
                continue
            if at_most is not None and len(self.expected) >= at_most:
                self.dropped += 1
            else:
                self.expected[name] = State.PENDING


def _name(lease: Lease) -> str:
    return lease.url.rpartition("/")[2]


TestLedgerInAnyOrder = LedgerMachine.TestCase
TestLedgerInAnyOrder.settings = hypothesis_settings(max_examples=60, stateful_step_count=30, deadline=None)
