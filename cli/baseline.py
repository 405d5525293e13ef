"""`curbcut baseline`: the list of findings that are accepted for a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from cli.checking import asked_from, checking, target_options
from cli.console import fail, say
from cli.exit_codes import Exit
from cli.options import SCAN_ONLY, Command, settings_options
from cli.running import guarded, settings_from
from reports.analysis.words import count
from reports.ci.baseline import EVERY_PAGE, Entry, entries_for, merged, read, without, write
from reports.ci.model import Standing
from reports.escape import terminal_text
from scan.checking import Checked, today
from scan.settings import Settings

DEFAULT_FILE = Path("curbcut-baseline.yaml")
DEFAULT_DAYS = 180
NEVER = "never"
_SHOWN_PAGES = 5
_UNUSED = ("format", "max_findings", "fail_on", "baseline")


@click.group("baseline", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def command() -> None:
    """Accept what is known for a time, so that a build fails only on what is new.

    The list is a file in your repository. curbcut check --baseline FILE reads it.
    """


def _writing_options(wrapped: Command) -> Command:
    options = (
        click.option("--baseline", "file", type=click.Path(path_type=Path, dir_okay=False), default=DEFAULT_FILE,
                     show_default=True, metavar="FILE", help="The list: YAML, or JSON if it ends with .json."),
        click.option("--reason", default="", metavar="TEXT", help="Why the new entries are accepted."),
        click.option("--owner", default="", metavar="TEXT", help="Who mends them."),
        click.option("--expires", default="", metavar="DATE",
                     help=f"The day from which they count again, or never; in {DEFAULT_DAYS} days by default."),
        target_options,
        settings_options(without=(*SCAN_ONLY, *_UNUSED)),
    )  # fmt: skip
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


@command.command("write")
@click.option("--force", is_flag=True, help="Write over a list that is there, with all its reasons.")
@_writing_options
def write_command(file: Path, reason: str, owner: str, expires: str, force: bool, **flags: Any) -> None:
    """Check the targets and accept everything that is found now.

    Targets and options are those of curbcut check. Questions that are left to people are no part of it.
    """
    if file.exists() and not force:
        fail(
            f"{file} is there already. Bring it up to date with: curbcut baseline update (or use --force).", Exit.USAGE
        )
    sys.exit(guarded(lambda: _renew(file, flags, reason, owner, _day(expires), update=False)))


@command.command("update")
@_writing_options
def update_command(file: Path, reason: str, owner: str, expires: str, **flags: Any) -> None:
    """Check the targets, take out what is no longer found, and add what is new.

    Entries that stay keep their reason, owner and date, those that have expired too: extend these by hand.
    """
    if not file.exists():
        fail(f"There is no {file}. Write it first with: curbcut baseline write", Exit.USAGE)
    sys.exit(guarded(lambda: _renew(file, flags, reason, owner, _day(expires), update=True)))


def _renew(file: Path, flags: dict[str, Any], reason: str, owner: str, expires: date | None, *, update: bool) -> Exit:
    asked = asked_from(flags)
    settings: Settings = settings_from(flags)
    old = read(file) if update else []
    with checking(settings.model_copy(update={"baseline": file if update else None}), asked) as done:
        if done.end is not None and not done.report.tally.pages:
            say("curbcut: No page could be checked, so the list stays as it is.")
            return Exit.USAGE
        added = entries_for(done.report.pages(), reason=reason, owner=owner, expires=expires)
        write(file, merged(without(old, done.report.tally.gone), added))
        _tell(file, done, added)
    return Exit.DONE


def _tell(file: Path, done: Checked, added: list[Entry]) -> None:
    tally = done.report.tally
    parts = [f"{count(len(added), 'entry', 'entries')} added", f"{len(tally.gone)} shortened or taken out"]
    expired = tally.of(standing=Standing.EXPIRED)
    say(f"Written: {file} ({', '.join(parts)}).")
    if tally.not_checked:
        say(f"{count(tally.not_checked, 'page')} could not be checked; their entries stay.")
    if expired:
        say(f"{count(expired, 'place')} expired: mend them, or set a later date in {file}.")


def _day(text: str) -> date | None:
    if not text:
        return today() + timedelta(days=DEFAULT_DAYS)
    if text == NEVER:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"--expires takes a date such as 2027-01-31, or never; not {text}.", Exit.USAGE)


@command.command("explain")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default=DEFAULT_FILE, metavar="[FILE]")
@click.option("--finding", default="", metavar="ID", help="Only entries whose fingerprint begins so.")
@click.option("--rule", default="", metavar="RULE", help="Only entries of this rule.")
@click.option("--expiring", type=click.IntRange(0), metavar="DAYS", help="Only what expires within so many days.")
def explain_command(file: Path, finding: str, rule: str, expiring: int | None) -> None:
    """Say what the list accepts, why, for whom to mend, and until when. Checks nothing."""
    day = today()
    entries = guarded(lambda: read(file))
    chosen = [e for e in entries if e.fingerprint.startswith(finding) and rule in ("", e.rule)]
    if expiring is not None:
        chosen = [e for e in chosen if e.expires is not None and (e.expires - day).days <= expiring]
    for entry in sorted(chosen, key=lambda e: (e.expires or date.max, e.rule, e.fingerprint)):
        for line in _explained(entry, day):
            click.echo(terminal_text(line))
        click.echo()
    n_expired = sum(entry.is_expired(day) for entry in chosen)
    n_unsaid = sum(not entry.reason for entry in chosen)
    click.echo(f"{count(len(chosen), 'entry', 'entries')}: {n_expired} expired, {n_unsaid} without a reason.")


def _explained(entry: Entry, day: date) -> Iterator[str]:
    yield f"{entry.rule} {entry.fingerprint}"
    if entry.element:
        yield f"  element  {entry.element}"
    if entry.message:
        yield f"  barrier  {entry.message}"
    yield f"  reason   {entry.reason or 'none given'}"
    yield f"  owner    {entry.owner or 'nobody'}"
    yield f"  expires  {_until(entry, day)}"
    pages = sorted(set(entry.pages))
    shown = ["every page" if page == EVERY_PAGE else page for page in pages[:_SHOWN_PAGES]]
    more = f" and {len(pages) - _SHOWN_PAGES} more" if len(pages) > _SHOWN_PAGES else ""
    yield f"  on       {', '.join(shown)}{more}"


def _until(entry: Entry, day: date) -> str:
    if entry.expires is None:
        return "never"
    days = (entry.expires - day).days
    return f"{entry.expires}, in {count(days, 'day')}" if days > 0 else f"{entry.expires}: it counts again"
