"""Judges one statement: at an address, in a file, or of a site whose home page is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bs4 import BeautifulSoup

from checks.statement.check import CheckResult, run_checks
from checks.statement.model import Answer, ScanFacts, Situation, Statement
from checks.statement.read import read_statement
from monitoring.statement.file import read_file
from monitoring.statement.find import find_statement
from monitoring.statement.together import read_together
from monitoring.statement.visit import Visitor

LINKED_SECTIONS = ("feedback", "enforcement")


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement with what the checks say of it. `statement` is None where none was found."""

    site: str
    statement: Statement | None
    results: tuple[CheckResult, ...]


def judge_site(visitor: Visitor, url: str, *, today: date, scan: ScanFacts | None = None) -> Judged:
    """Find the statement from the page that the user named, or take that page if it is one; judge it."""
    search = find_statement(visitor, url)
    statement = None
    if search.page is not None and search.page.soup is not None:
        statement = read_together(visitor, search.page, site_url=search.home.url)
    situation = Situation(
        statement,
        today,
        site_url=search.home.url,
        home_links_to_it=search.home_links_to_it,
        answers=_follow(visitor, statement),
        fixed_addresses=search.fixed,
        scan=scan,
        not_html=search.file,
        unread=search.unread,
        unreadable="" if statement else search.unreadable,
    )
    return Judged(search.home.url, statement, run_checks(situation))


def judge_file(path: Path, *, today: date, scan: ScanFacts | None = None) -> Judged:
    """Judge a statement in a file, HTML such as a draft or a PDF; nothing is fetched. OSError if it cannot be read."""
    data = path.read_bytes()
    if not data.startswith(b"%PDF-"):
        return judge_text(data, path.name, today=today, scan=scan)
    found = read_file(data, path.name)
    statement = read_statement(BeautifulSoup(found.html, "lxml"), path.name, is_html=False) if found.html else None
    situation = Situation(statement, today, scan=scan, not_html=path.name, unreadable=found.problem)
    return Judged(path.name, statement, run_checks(situation))


def judge_text(html: str | bytes, name: str, *, today: date, scan: ScanFacts | None = None) -> Judged:
    """Judge a statement's HTML; nothing is fetched."""
    statement = read_statement(BeautifulSoup(html, "lxml"), name)
    return Judged(name, statement, run_checks(Situation(statement, today, scan=scan)))


def _follow(visitor: Visitor, statement: Statement | None) -> dict[str, Answer]:
    if statement is None:
        return {}
    links = [
        link.url
        for section in statement.sections
        if section.kind in LINKED_SECTIONS
        for link in section.links
        if link.url.lower().startswith(("http://", "https://"))
    ]
    return {url: visitor.open(url.split("#")[0]).answer for url in dict.fromkeys(links)}
