"""`curbcut pages`: the page sample of in-depth monitoring."""

from __future__ import annotations

from pathlib import Path

import click

from cli.console import fail, say
from cli.exit_codes import Exit
from cli.monitoring import account, many, name_option, save, show
from cli.running import guarded
from monitoring.facts import caveat
from monitoring.pages import keep
from monitoring.pages.choose import SEED
from monitoring.pages.model import LETTERS, PageSample
from monitoring.pages.propose import propose
from monitoring.pages.tables import tables
from monitoring.pages.words import marks
from monitoring.sheets import Table
from reports.escape import terminal_text
from scan.opened import reading
from store.choices import Choice, read_choices
from store.results import read_scan

YAML_ENDINGS = (".yaml", ".yml")


@click.group("pages")
def command() -> None:
    """Choose the pages of a site that are evaluated in depth (Decision (EU) 2018/1524, Annex I, point 3.2)."""


@command.command("select")
@click.argument("scan", type=click.Path(path_type=Path), metavar="SCAN")
@click.option(
    "--seed", type=click.IntRange(0), default=SEED, show_default=True, metavar="N", help="For the random pages."
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), multiple=True, metavar="FILE",
    help="Write the pages to this file: .yaml to be edited, .csv, .ods, .xlsx or .json.",
)  # fmt: skip
@click.option(
    "--confirm", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="Confirm the pages as you edited them in this YAML file; replacements are logged with their reasons.",
)  # fmt: skip
@name_option
def select(scan: Path, seed: int, out: tuple[Path, ...], confirm: Path | None, name: str | None) -> None:
    """Propose the pages of a finished scan, each with its letter, reason and confidence; nothing is fetched.

    SCAN is the folder that `curbcut scan` wrote. A person edits the YAML file and confirms it; then the pages can be
    checked: curbcut check --urls-from SCAN/pages.yaml
    """
    confirmed = (scan if scan.is_dir() else scan.parent) / keep.FILE
    sample = guarded(lambda: propose(scan, seed))
    if confirm is not None:
        earlier = guarded(lambda: keep.read(confirmed)) if confirmed.is_file() else None
        edited = confirm
        sample = guarded(lambda: keep.confirm(sample, edited, who=account(name), earlier=earlier))
        guarded(lambda: keep.write(sample, confirmed))
    _tell(sample, full=not out)
    for path in out:
        _write(sample, path)
    if confirm is not None:
        say(f"Confirmed: {confirmed}. Check the pages with: curbcut check --urls-from {confirmed}")


@command.command("chosen")
@click.argument("scan", type=click.Path(path_type=Path), metavar="SCAN")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), multiple=True, metavar="FILE",
    help="Write them to this file: .csv, .ods, .xlsx or .json.",
)  # fmt: skip
def chosen(scan: Path, out: tuple[Path, ...]) -> None:
    """Show which pages a scan chose by the site's size (`curbcut scan --by-size`), and why each."""
    choices = guarded(lambda: _chosen(scan))
    if not choices:
        fail(f"The scan in {scan} did not choose pages by the site's size: that needs --by-size.", Exit.USAGE)
    rows = [(number, one.url, one.why, one.instead_of) for number, one in enumerate(choices, start=1)]
    table = Table("pages", ("number", "address", "reason", "instead of"), rows)
    if not out:
        show(table.columns, rows)
    for path in out:
        save(path, [table], title="Pages chosen by the size of the site")


def _chosen(scan: Path) -> list[Choice]:
    with reading(scan) as engine:
        return read_choices(engine, read_scan(engine).id)


def _write(sample: PageSample, path: Path) -> None:
    if path.suffix.lower() in YAML_ENDINGS:
        guarded(lambda: keep.write(sample, path))
        say(f"Written: {path}")
    elif path.suffix:
        save(path, tables(sample), title=f"Pages of {sample.site}", facts=keep.plain(sample))
    else:
        fail(f"{path} does not say its format. End its name in .yaml, .csv, .ods, .xlsx or .json.", Exit.USAGE)


def _tell(sample: PageSample, *, full: bool) -> None:
    state = f"confirmed by {sample.confirmed['by']}" if sample.confirmed else "proposed"
    click.echo(f"{terminal_text(sample.site)}: {many(len(sample.urls), 'page')} {terminal_text(state)}.")
    if full:
        rows = [(p.letter, p.item, p.url, f"{p.confidence:.2f}", p.reason) for p in sample.pages]
        show(("", "for", "address", "confidence", "reason"), rows)
    for letter in LETTERS:
        for one in (one for one in sample.missing if one.letter == letter):
            click.echo(f"Not found ({letter}) {one.item}: {terminal_text(one.why)}")
    for change in sample.changes:
        was, now = change["was"] or "nothing", change["now"] or "nothing"
        click.echo(terminal_text(f"Changed by {change['by']}: {was} -> {now}: {change['reason']}"))
    mark = marks()
    click.echo(f"Words by which pages were told: {mark['text']}{caveat(mark['mark'])}.")
