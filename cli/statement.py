"""`curbcut statement`: find, check and draft accessibility statements."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click
import yaml

from checks.model import Outcome
from checks.statement.model import ScanFacts
from cli.console import say
from cli.exit_codes import Exit
from cli.running import guarded, settings_from
from monitoring.statement import judge, show, write
from monitoring.statement.draft import Known
from monitoring.statement.draft import draft as draft_statement
from monitoring.statement.facts import scan_facts, scan_site
from monitoring.statement.find import Candidate, find_statement
from monitoring.statement.visit import Visitor
from reports.escape import terminal_text
from scan.run import start_addresses
from scan.settings import user_agent

SCAN = click.option(
    "--scan", type=click.Path(path_type=Path), metavar="SCAN", help="Compare with this scan: its folder or database."
)
TODAY = click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Judge as of this day; by default today."
)


@click.group("statement")
def command() -> None:
    """Find, check and draft accessibility statements after Decision (EU) 2018/1523, in 24 languages.

    No result says that a statement, or what it claims, is right: a machine tells what is missing or contradicts itself.
    """


@command.command("check")
@click.argument("target", metavar="URL|FILE")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--max-findings", type=click.IntRange(0), metavar="N", help="Exit with 1 when more checks fail.")
@SCAN
@TODAY
def check(target: str, format_: str, max_findings: int | None, scan: Path | None, today: datetime | None) -> None:
    """Check a statement: its own address, the site's home page, or a file: HTML such as a filled-in draft, or a PDF.

    At an address it opens the page, the statement that the page links to, and the links for feedback and enforcement;
    robots.txt is asked for all but the page you named. Sections that the statement has on pages of their own are read
    with it. A PDF is read by its tags; one without tags is left to a person.
    """
    day, facts = _day(today), _facts(scan)
    path = Path(target)
    if path.is_file():
        judged = guarded(lambda: judge.judge_file(path, today=day, scan=facts))
    else:
        judged = guarded(lambda: judge.judge_site(_visitor(), _address(target), today=day, scan=facts))
    click.echo(show.to_json(judged) if format_ == "json" else show.to_text(judged))
    n_failed = sum(result.outcome is Outcome.FAILED for result in judged.results)
    if max_findings is not None and n_failed > max_findings:
        say(f"curbcut: {n_failed} checks fail; --max-findings allows {max_findings}.")
        sys.exit(Exit.FINDINGS)


@command.command("find")
@click.argument("url", metavar="URL")
def find(url: str) -> None:
    """Find a site's statement from its home page: links in 24 languages, central registers, fixed addresses.

    Prints the address on standard output, and on standard error what was looked at. Exits with 2 if there is none.
    """
    search = guarded(lambda: find_statement(_visitor(), _address(url)))
    if search.home.soup is None:
        say(f"{terminal_text(url)}: {terminal_text(search.home.answer.problem)}")
    for candidate in search.candidates:
        say(f"{terminal_text(candidate.url)}: {terminal_text(candidate.why)}; {_what(candidate)}")
    found = search.page.url if search.page is not None else search.file
    if not found:
        say("No accessibility statement was found.")
        sys.exit(Exit.USAGE)
    click.echo(terminal_text(found))


@command.command("draft")
@click.argument("scan", type=click.Path(path_type=Path), metavar="SCAN")
@click.option("--lang", default="en", show_default=True, metavar="CODE", help="The statement's language, such as de.")
@click.option(
    "--with",
    "given",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A YAML file with what you know: body, law, email, phone, form, enforcer, enforcement_url, method ...",
)
@click.option("--format", "format_", type=click.Choice(("html", "markdown")), default="html", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to this file.")
@TODAY
def draft(scan: Path, *, lang: str, given: Path | None, format_: str, out: Path | None, today: datetime | None) -> None:
    """Draft a statement from a scan's results. SCAN is its folder, or the curbcut.sqlite in it.

    What only people know is left in brackets: fill it in, then check it with: curbcut statement check FILE. English,
    German, French and Spanish are whole; other languages have the official headings, and instructions in between.
    """
    facts = guarded(lambda: scan_facts(scan))
    site = guarded(lambda: scan_site(scan))
    known = guarded(lambda: Known.from_plain(yaml.safe_load(given.read_text("utf-8")))) if given else Known()
    made = guarded(lambda: draft_statement(lang, site, facts, known, today=_day(today)))
    written = write.to_html(made) if format_ == "html" else write.to_markdown(made)
    if out is None:
        click.echo(written, nl=False)
    else:
        guarded(lambda: out.write_text(written, encoding="utf-8"))
    say(f"{made.blanks} blanks are left for a person to fill in." if made.blanks else "No blank is left.")


def _what(candidate: Candidate) -> str:
    if candidate.is_statement:
        return "a statement"
    if candidate.is_file:
        return f"a file. {candidate.unreadable}".strip()
    answer = candidate.answer
    return terminal_text(answer.problem or answer.reason_not_followed) or "no statement"


def _visitor() -> Visitor:
    return Visitor(user_agent(settings_from({})))


def _address(target: str) -> str:
    return start_addresses([target])[1][0]


def _day(today: datetime | None) -> date:
    return today.date() if today is not None else datetime.now(UTC).date()


def _facts(scan: Path | None) -> ScanFacts | None:
    return guarded(lambda: scan_facts(scan)) if scan is not None else None
