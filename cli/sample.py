"""`curbcut sample`: how many sites to monitor, and which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from cli.console import say
from cli.monitoring import account, database_option, many, name_option, opened, save, show
from cli.running import guarded
from monitoring.sample import keep
from monitoring.sample.size import period_of, sizes
from monitoring.sample.tables import representativeness_table, sample_tables
from reports.escape import terminal_text

METHODS = ("simplified", "in-depth")
population_option = click.option(
    "--population", type=int, required=True, metavar="N", help="Inhabitants of the Member State."
)
year_option = click.option("--year", type=int, required=True, metavar="YEAR", help="The year of monitoring.")
out_option = click.option(
    "--out",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it to a file ending in .csv, .json, .xlsx or .ods; may be given more than once.",
)


@click.group("sample")
def command() -> None:
    """Draw the sample of sites that Decision (EU) 2018/1524 asks for, from the register."""


@command.command("size")
@population_option
@year_option
def size(population: int, year: int) -> None:
    """Print how many sites and apps a Member State monitors in a year."""
    wanted = guarded(lambda: sizes(population, year))
    click.echo(f"Population {population:,}, year {year}: monitoring period {wanted.period}")
    per = 2 if wanted.period < 3 else 3
    show(
        ("method", "sites", "formula (Annex I, point 2.1), rounded up"),
        (
            ("simplified", wanted.simplified, f"{per} per 100,000 inhabitants + 75"),
            ("in-depth", wanted.in_depth, "5 % of (2 per 100,000 inhabitants + 75) + 10"),
            ("mobile apps", wanted.mobile, "1 per 1,000,000 inhabitants + 6; Curbcut does not test apps"),
        ),
    )


@command.command("draw")
@population_option
@year_option
@click.option("--method", type=click.Choice(METHODS), required=True, help="Which monitoring the sample is for.")
@click.option("--seed", type=int, required=True, metavar="N", help="The same number draws the same sites again.")
@click.option(
    "--recurring", type=float, default=0.1, show_default=True, metavar="SHARE",
    help="Take this share of sites from the sample of the period before: 0.1 to 0.5.",
)  # fmt: skip
@click.option("--as", "as_", metavar="NAME", help="Name of the sample; YEAR-METHOD if left out.")
@database_option
@name_option
@out_option
def draw(  # noqa: PLR0917 - click names each
    population: int,
    year: int,
    method: str,
    seed: int,
    recurring: float,
    as_: str | None,
    database: str,
    name: str | None,
    out: tuple[Path, ...],
) -> None:
    """Draw a sample and keep it: by level, service and territory, with some of last time's sites and all nominations.

    The register and the seed decide alone. Each site has its reason; what could not be met is said.
    """
    guarded(lambda: period_of(year))
    with opened(database) as engine:
        kept = guarded(
            lambda: keep.draw_sample(
                engine,
                name=as_ or f"{year}-{method}",
                population=population,
                year=year,
                method=method,
                seed=seed,
                recurring=recurring,
                who=account(name),
            )
        )
    _tell(kept, out)


@command.command("show")
@click.argument("sample", metavar="SAMPLE")
@database_option
@out_option
def show_(sample: str, database: str, out: tuple[Path, ...]) -> None:
    """Show a sample again: its sites, how they compare with the register, what could not be met, replacements."""
    with opened(database) as engine:
        kept = guarded(lambda: keep.read_sample(engine, sample))
    _tell(kept, out)


@command.command("replace")
@click.argument("sample", metavar="SAMPLE")
@click.argument("remove", metavar="SITE")
@click.argument("add", metavar="BY_SITE")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept with your name.")
@database_option
@name_option
def replace(  # noqa: PLR0917 - click names each
    sample: str, remove: str, add: str, reason: str, database: str, name: str | None
) -> None:
    """Replace a site of the sample by another of the register; the change is logged."""
    with opened(database) as engine:
        guarded(lambda: keep.replace(engine, sample, remove=remove, add=add, reason=reason, who=account(name)))
    say(f"{remove} was replaced by {add} in {sample}.")


def _tell(kept: keep.Kept, out: Sequence[Path]) -> None:
    row, facts = kept.row, kept.row["facts"]
    click.echo(
        f"Sample {terminal_text(row['name'])}: {many(len(kept.current), 'site')} of {facts['register_size']:,} in the "
        f"register, {row['method']} monitoring, period {row['period']} ({row['year']}), seed {row['seed']}."
    )
    recurring = sum(each["is_recurring"] for each in kept.current)
    nominated = sum(bool(each["site"]["nominated_by"]) for each in kept.current)
    click.echo(
        f"By formula {facts['size_by_formula']:,}. Recurring: {recurring} of {len(kept.current)}. "
        f"Nominated by stakeholders: {nominated}."
    )
    table = representativeness_table(kept)
    lines = [(way, group, a, f"{b:.1%}", c, f"{d:.1%}") for way, group, a, b, c, d in table.rows]
    click.echo("")
    show(table.columns, lines)
    for note in row["notes"]:
        click.echo(f"Not met: {terminal_text(note)}")
    for change in kept.changes:
        click.echo(f"Replaced {change['at']} by {terminal_text(change['who'])}: {terminal_text(change['reason'])}")
    if not out:
        click.echo("")
        show(("site", "level", "reason"), [(s["site"]["url"], s["site"]["level"], s["reason"]) for s in kept.current])
    for path in out:
        tables = sample_tables(kept)
        save(path, tables, title=f"Sample {row['name']}", facts={k: v for k, v in row.items() if k != "facts"})
