"""Reads the accessibility statements that a scan met, when all pages are checked, and compares them with what it found.

Nothing is fetched: what a statement links to is known where the scan went there, and not tested elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime

from bs4 import BeautifulSoup
from sqlalchemy import Connection, Engine

from checks import standards
from checks.statement.blocks import Link
from checks.statement.check import CheckResult, run_checks
from checks.statement.links import SURE, fixed_addresses, score
from checks.statement.model import Answer, Linked, Readers, ScanFacts, Situation, Statement
from checks.statement.read import is_statement, read_statement
from crawler.urls import BadUrlError, canonical
from store.comparison import read_facts
from store.reasons import NO_PDF, unreadable
from store.results import read_scan
from store.schema import State
from store.statements import (
    CheckRow,
    StatementPage,
    document_named,
    pages_by_criterion,
    reached,
    read_statements,
    start_pages,
    why_unread,
    write_checks,
)

NO_STATEMENT = "It is a PDF without tags or without the words of a statement. A person must read it."

MAX_STATEMENTS = 10
"""Statements judged of one scan: a site has one a language."""

SHOWN_PAGES = 5
TAG_CHARS = (2, 3)
"""Letters of a language's code (BCP 47)."""


def is_statement_page(soup: BeautifulSoup, title: str) -> bool:
    """Return whether a page is to be kept as a statement."""
    return is_statement(title, [tag.get_text(" ") for tag in soup.find_all(["h1", "h2", "h3"], limit=100)])


def judge_statements(engine: Engine, scan_id: int, *, today: date | None = None) -> None:
    """Run the checks on every statement of a scan and write what they say; what an earlier call wrote is replaced."""
    today = today or datetime.now(UTC).date()
    with engine.begin() as connection:
        found = read_statements(connection, scan_id)[:MAX_STATEMENTS]
        languages = {page.url: _language(page.lang) for page in found}
        around = _Around(engine, connection, scan_id, languages, today)
        results = {page.url: run_checks(around.situation(page)) for page in found}
        write_checks(
            connection,
            scan_id,
            {address: map(_row, checks) for address, checks in (results or {"": run_checks(around.none())}).items()},
        )


class _Around:
    """What the scan knows around its statements."""

    def __init__(
        self, engine: Engine, connection: Connection, scan_id: int, languages: dict[str, str], today: date
    ) -> None:
        addresses = list(languages)
        self._connection, self._scan_id, self._today = connection, scan_id, today
        starts = start_pages(connection, scan_id)
        self._site = str(starts[0]["final_url"]) if starts else ""
        wanted = standards.profile(read_scan(engine, scan_id).profile).criteria
        by_criterion, n_failed = pages_by_criterion(connection, scan_id, wanted)
        self._named: list[str] = []
        self._languages = languages
        self._read_by: dict[str, Counter[str]] = {address: Counter() for address in languages}
        self._linked = self._look_at_links(engine, addresses)
        self._scan = ScanFacts(self._linked.n_pages, n_failed, by_criterion)
        self._home = any(self._links_to_one(start["facts"] or {}, addresses) for start in starts)
        self._starts = {str(start["url"]) for start in starts}

    def situation(self, page: StatementPage) -> Situation:
        """Return what is known of one statement."""
        soup = BeautifulSoup(page.html, "lxml")
        statement = read_statement(
            soup, page.final_url, title=page.title, lang=page.lang, site_url=self._site, is_html=not page.is_file
        )
        return Situation(
            statement,
            self._today,
            site_url=self._site,
            home_links_to_it=self._home or page.found_on in self._starts,
            linked=self._linked,
            readers=self._readers(page),
            answers=self._answers(statement),
            fixed_addresses=self._fixed(),
            scan=self._scan,
            own_failures=page.n_failed,
            not_html=page.url if page.is_file else "",
        )

    def _readers(self, page: StatementPage) -> Readers | None:
        """Return which languages the pages are in that link to a statement, and to none in their own language."""
        own = self._languages[page.url]
        if not own:
            return None
        read_by = self._read_by.get(page.url, Counter())
        other = {code: count for code, count in read_by.items() if code != own}
        return Readers(read_by[own], other, frozenset(self._languages.values()) - {""})

    def none(self) -> Situation:
        """Return what is known where no page is a statement; it may be a file."""
        named = list(dict.fromkeys(self._named))
        file = document_named(self._connection, self._scan_id, named)
        return Situation(
            None,
            self._today,
            site_url=self._site,
            linked=self._linked,
            scan=self._scan,
            not_html=file,
            unread=named[0] if named else "",
            unreadable=self._why_unread(file) if file else "",
        )

    def _why_unread(self, file: str) -> str:
        known = why_unread(self._connection, self._scan_id, file)
        if known is None or known[0] != "pdf":
            return NO_PDF
        return unreadable(known[1]) if known[1] else NO_STATEMENT

    def _look_at_links(self, engine: Engine, addresses: list[str]) -> Linked:
        n_pages, without = 0, list[str]()
        for row in read_facts(engine, self._scan_id):
            n_pages += 1
            if not self._links_to_one(row["facts"], addresses):
                without.append(row["url"])
            self._note_language(_language(row["lang"]), row["facts"])
        return Linked(n_pages, len(without), tuple(without[:SHOWN_PAGES]))

    def _note_language(self, lang: str, facts: dict[str, object]) -> None:
        """Count a page for the statement in its language that it links to, or else for all that it links to."""
        frame = facts.get("frame")
        named = {_spelled(target) for _, target in frame} if isinstance(frame, list) else set()
        linked = [address for address in self._languages if address in named]
        own = [address for address in linked if self._languages[address] == lang]
        for address in own or linked:
            self._read_by[address].update([lang] if lang else [])

    def _links_to_one(self, facts: dict[str, object], addresses: list[str]) -> bool:
        frame = facts.get("frame")
        for text, target in frame if isinstance(frame, list) else ():
            address = _spelled(target)
            if address in addresses:
                return True
            if score(Link(text, target)) >= SURE:
                self._named.append(address)
                return True
        return False

    def _fixed(self) -> dict[str, Answer]:
        return self._known(fixed_addresses(self._site))

    def _answers(self, statement: Statement) -> dict[str, Answer]:
        sections = [s for s in statement.sections if s.kind in ("feedback", "enforcement")]
        return self._known(link.url for section in sections for link in section.links)

    def _known(self, addresses: Iterable[str]) -> dict[str, Answer]:
        wanted = {address: _spelled(address) for address in addresses}
        known = reached(self._connection, self._scan_id, wanted.values())
        return {
            address: _answer(known[spelled].state, known[spelled].http_status, known[spelled].detail)
            if spelled in known
            else Answer(reason_not_followed="the scan did not go there")
            for address, spelled in wanted.items()
        }


def _language(declared: str) -> str:
    """Return the language of a tag such as `de-AT`; empty for what is none, such as `english`."""
    code = declared.strip().replace("_", "-").split("-")[0].lower()
    return code if len(code) in TAG_CHARS and code.isalpha() else ""


def _answer(state: str, http_status: int | None, detail: str) -> Answer:
    if state in (State.CHECKED, State.NOT_A_PAGE):
        return Answer(http_status or 200)
    if state == State.FAILED:
        return Answer(http_status, problem=detail or "it could not be opened")
    return Answer(reason_not_followed="the scan did not go there")


def _spelled(address: str) -> str:
    try:
        return canonical(address)
    except BadUrlError:
        return address


def _row(result: CheckResult) -> CheckRow:
    info, verdict = result.info, result.verdict
    return CheckRow(
        info.id,
        info.group,
        info.title,
        str(verdict.outcome),
        verdict.message,
        verdict.quote,
        info.how,
        verdict.is_unverified,
    )
