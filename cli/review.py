"""`curbcut review`: answer the questions that a scan left to people."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click
from sqlalchemy import Connection, Engine

from checks.model import Outcome
from cli.console import fail, say
from cli.exit_codes import Exit
from cli.running import guarded
from reports import analysis
from reports.analysis import Issue
from reports.escape import terminal_text
from reports.html.links import picture_path
from scan.earlier import earlier_answers
from scan.opened import database_of, reading
from store import verdicts
from store.database import open_database
from store.results import read_scan

ID_CHARS = 8
"""Digits of a question's id that are shown; as many as tell it from the others are enough to name it."""

EVIDENCE_CHARS = 500

KEYS = {"p": Outcome.PASSED, "f": Outcome.FAILED, "n": Outcome.INAPPLICABLE}
ANSWERS = {"passed": Outcome.PASSED, "failed": Outcome.FAILED, "not-applicable": Outcome.INAPPLICABLE}


@click.command("review")
@click.argument("scan", type=click.Path(path_type=Path), metavar="SCAN")
@click.option("--criterion", metavar="NUMBER", help="Only questions of this success criterion, such as 1.1.1.")
@click.option("--answer", type=click.Choice(list(ANSWERS)), help="Answer --question with this, and ask nothing.")
@click.option("--question", metavar="ID", help="The question to answer or to reopen, as the list shows it.")
@click.option("--note", default="", metavar="TEXT", help="Why: kept with the answer.")
@click.option("--name", default="", metavar="NAME", help="Who answers; by default the name of your account.")
@click.option("--undo", is_flag=True, help="Take the answer to --question back.")
@click.option(
    "--from", "source", type=click.Path(path_type=Path), metavar="SCAN", help="Bring answers from another scan."
)
def command(
    scan: Path,
    *,
    criterion: str | None,
    answer: str | None,
    question: str | None,
    note: str,
    name: str,
    undo: bool,
    source: Path | None,
) -> None:
    """Answer the questions that a scan left to people. SCAN is its folder, or the curbcut.sqlite in it.

    On a terminal it asks one question after the other; elsewhere it lists them. An answer is kept with your name, and
    holds wherever the same question comes up. Bring your answers into the next scan of the site with --from. Write the
    report again afterwards: curbcut report SCAN.
    """
    database = guarded(lambda: database_of(scan))
    engine = guarded(lambda: open_database(database))
    scan_id = guarded(lambda: read_scan(engine)).id
    who = name or _account()
    if source is not None:
        _bring(engine, scan_id, source)
    elif undo:
        _undo(engine, scan_id, question)
    elif answer is not None:
        chosen = _named(_questions(engine, scan_id, criterion), question)
        _decide(engine, scan_id, chosen, ANSWERS[answer], who=who, note=note)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _tell_of_earlier(database)
        _ask_all(engine, scan_id, criterion, who, folder=database.parent)
    else:
        _tell_of_earlier(database)
        _list(_questions(engine, scan_id, criterion), engine, scan_id, folder=database.parent)
    engine.dispose()


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return fail("Say who answers with --name.", Exit.USAGE)


def _questions(engine: Engine, scan_id: int, criterion: str | None) -> list[Issue]:
    """Return the open questions by criterion, those on most pages first."""
    with engine.connect() as connection:
        found = list(analysis.issues(connection, scan_id, outcome=Outcome.CANT_TELL, style=None))
    wanted = [issue for issue in found if criterion is None or criterion in issue.wcag]
    return sorted(wanted, key=lambda issue: _order(issue.wcag))


def _order(wcag: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(part) for part in number.split(".")) for number in wcag) or ((99,),)


def _list(questions: list[Issue], engine: Engine, scan_id: int, *, folder: Path) -> None:
    if not questions:
        say("No question is open.")
    for wcag, group in groupby(questions, key=lambda issue: issue.wcag):
        click.echo(f"WCAG {', '.join(wcag)}" if wcag else "Language and other questions")
        for issue in group:
            lines = _lines(issue) + _evidence(issue, engine, scan_id, folder=folder)
            click.echo("\n".join(f"  {line}" for line in lines))


def _evidence(issue: Issue, engine: Engine, scan_id: int, *, folder: Path) -> list[str]:
    """Return what was measured or pressed, as far as the message does not say it, and where the picture is."""
    with engine.connect() as connection:
        measured = analysis.measured(connection, scan_id, issue)
        picture = _picture(issue, connection, folder)
    said = issue.example.message
    lines = [f"{name}: {value}" for name, value in measured.items() if str(value) and str(value) not in said]
    if issue.example.state:
        lines.append(f"state: {issue.example.state}")
    if picture is not None:
        lines.append(f"picture: {picture}")
    return [f"          {terminal_text(line)[:EVIDENCE_CHARS]}" for line in lines]


def _picture(issue: Issue, connection: Connection, folder: Path) -> Path | None:
    """Return the file of the question's picture: the report's, or else one that is written for the reader."""
    name = picture_path(issue.id, issue.picture)
    if not name or issue.picture is None:
        return None
    for kept in (folder / "report" / name, folder / name):
        if kept.is_file():
            return kept
    data = analysis.picture_data(connection, issue.picture.finding_id)
    try:
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(data or b"")
    except OSError:
        return None  # a folder that can only be read: the question can be answered without
    return kept


def _lines(issue: Issue) -> list[str]:
    return [
        f"{issue.id[:ID_CHARS]}  {terminal_text(issue.title)}: {terminal_text(issue.sentence)}",
        f"          {terminal_text(issue.example.message)}",
        f"          {terminal_text(issue.example.url)}  {terminal_text(' > '.join(issue.example.target))}",
        f"          {terminal_text(issue.example.snippet)[:200]}",
    ]


def _named(questions: list[Issue], question: str | None) -> Issue:
    if not question:
        fail("Name the question with --question ID. To see them all: curbcut review SCAN < /dev/null", Exit.USAGE)
    found = [issue for issue in questions if issue.id.startswith(question)]
    if len(found) == 1:
        return found[0]
    what = "No open question" if not found else f"{len(found)} questions"
    return fail(f"{what} with an id that starts with {question!r}. List them without --answer.", Exit.USAGE)


def _decide(engine: Engine, scan_id: int, issue: Issue, outcome: Outcome, *, who: str, note: str) -> None:
    places = verdicts.decide(engine, scan_id, issue.rule, issue.component, outcome=outcome, name=who, note=note)
    say(f"{issue.id[:ID_CHARS]}: {outcome} by {who}, {places} place{'' if places == 1 else 's'}.")


def _undo(engine: Engine, scan_id: int, question: str | None) -> None:
    with engine.connect() as connection:
        given = verdicts.answers(connection, scan_id)
    if not given:
        fail("There is no answer to take back.", Exit.USAGE)
    chosen = [v for v in given if question is None or v.fingerprint.startswith(question)]
    if not chosen:
        known = ", ".join(v.fingerprint[:ID_CHARS] for v in given[:10])
        fail(f"No answer has an id that starts with {question!r}. The newest are: {known}.", Exit.USAGE)
    verdicts.undo(engine, scan_id, chosen[0].rule, chosen[0].fingerprint)
    say(f"{chosen[0].rule} {chosen[0].fingerprint[:ID_CHARS]} is a question again.")


def _bring(engine: Engine, scan_id: int, source: Path) -> None:
    def carry() -> int:
        with reading(source) as other:
            return verdicts.carry(other, engine)

    count = guarded(carry)
    say(f"{count} answers came along; they settled {verdicts.apply(engine, scan_id)} places in this scan.")


def _tell_of_earlier(database: Path) -> None:
    earlier = guarded(lambda: earlier_answers(database))
    if earlier is not None:
        answers = "answer" if earlier.count == 1 else "answers"
        say(
            f"An earlier scan of this site has {earlier.count} {answers}. Bring them: "
            f"curbcut review {database.parent} --from {earlier.folder}"
        )


def _ask_all(engine: Engine, scan_id: int, criterion: str | None, who: str, *, folder: Path) -> None:
    questions = _questions(engine, scan_id, criterion)
    if not questions:
        say("No question is open.")
    for number, issue in enumerate(questions, start=1):
        click.echo(f"\nQuestion {number} of {len(questions)}, WCAG {', '.join(issue.wcag) or 'none'}")
        click.echo("\n".join(_lines(issue) + _evidence(issue, engine, scan_id, folder=folder)))
        if issue.how:
            click.echo(f"          {terminal_text(issue.how)}")
        key = click.prompt(
            "(p)assed, (f)ailed, (n)ot applicable, (s)kip, (q)uit", type=click.Choice([*KEYS, "s", "q"]), default="s"
        )
        if key == "q":
            return
        if key in KEYS:
            note = click.prompt("Why", default="", show_default=False)
            _decide(engine, scan_id, issue, KEYS[key], who=who, note=note)
