"""`python -m styleguide.evaluation pairs|precision|findings`: measures the rules."""

from __future__ import annotations

from pathlib import Path

import click

from styleguide.evaluation.pairs import details, judge, passages, read_pairs, table
from styleguide.rules import CONFIDENCES


@click.group()
def main() -> None:
    """Measure the style rules."""


@main.command("pairs")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--details", "show_details", is_flag=True, help="List the pairs that did not get better.")
def pairs_command(file: Path, *, show_details: bool) -> None:
    """Compare texts before and after an editor's work, with the profile of each text's own guide."""
    chosen = passages(read_pairs(file))
    for confidence in CONFIDENCES:
        outcomes = list(judge(chosen, confidence))
        click.echo(
            f"Rules of {confidence} confidence{'' if confidence == 'high' else ' and more'}: {table(outcomes)}\n"
        )
        if show_details:
            click.echo(f"{details(outcomes)}\n")


if __name__ == "__main__":
    main()
