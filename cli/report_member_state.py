"""`curbcut report member-state`: write the Member State's report to the Commission."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
import yaml

from cli.console import say
from cli.monitoring import collected_option, database_option, many, opened
from cli.options import lang_option
from cli.running import guarded
from monitoring.errors import MonitoringError
from monitoring.member_state.content import About
from monitoring.member_state.rounds import read_rounds
from monitoring.member_state.write import write
from monitoring.places import CAMPAIGNS
from monitoring.writing.html import INDEX
from reports.wording import speaking

FOLDER = Path("curbcut-member-state")


@click.command("member-state")
@click.option("--year", "years", type=int, multiple=True, required=True, metavar="YEAR", help="One for each period.")
@click.option("--sample", "samples", multiple=True, metavar="SAMPLE", help="Which samples, if a year has several.")
@click.option(
    "--campaigns", type=click.Path(path_type=Path, file_okay=False), default=CAMPAIGNS, show_default=True,
    metavar="DIR",
    help="Folder that holds a folder for each sample's campaign.",
)  # fmt: skip
@collected_option
@click.option("--country", default="", metavar="NAME", help="The Member State.")
@click.option("--body", default="", metavar="NAME", help="The body in charge of monitoring.")
@click.option(
    "--texts", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="YAML with what people wrote, by item: '3.1.b.i': text.",
)  # fmt: skip
@lang_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=FOLDER, show_default=True, metavar="DIR",
    help="Folder to write into.",
)  # fmt: skip
@database_option
def command(  # noqa: PLR0917 - click names each
    years: tuple[int, ...],
    samples: tuple[str, ...],
    campaigns: Path,
    is_collected: bool,
    country: str,
    body: str,
    texts: Path | None,
    lang: str,
    out: Path,
    database: str,
) -> None:
    """Write the Member State's report to the Commission: Decision (EU) 2018/1524, Annex II.

    Every item of the checklist is filled from the register, the samples and the campaigns of the years, or is a marked
    place for a person with the data beside it. Writes accessible HTML, ODT, and all figures as ODS, CSV and JSON.
    --lang is for the report; the names in the files of figures are English in all languages.
    """
    about = About(country, body, guarded(lambda: _texts(texts)))
    with opened(database) as engine:
        rounds = guarded(
            lambda: read_rounds(engine, years=years, samples=samples, campaigns=None if is_collected else campaigns)
        )
    with speaking(lang):
        report, figures = guarded(lambda: write(rounds, out, about))
    for each in rounds:
        say(f"{each.sample}: {len(each.tested)} of {many(len(each.sites), 'site')} with a result.")
    states = Counter(str(section.status) for section in report.sections if section.status)
    say(f"{many(len(figures.all), 'figure')}. " + "; ".join(f"{state}: {n}" for state, n in states.items()) + ".")
    say(f"Written: {out / INDEX}")


def _texts(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MonitoringError(f"{path} is no YAML in UTF-8: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict) or not all(isinstance(text, str) for text in content.values()):
        raise MonitoringError(f"{path} must hold texts by item, such as '3.1.b.i': text.")
    return {str(item): text for item, text in content.items()}
