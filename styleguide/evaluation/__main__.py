"""`python -m styleguide.evaluation pairs|precision|findings`: measures the rules."""

from __future__ import annotations

from pathlib import Path

import click

from styleguide.evaluation.pairs import details, judge, passages, read_pairs, table
from styleguide.evaluation.precision import density, findings_in, read_labels, report
from styleguide.guides import known_guides
from styleguide.rules import CONFIDENCES

DENSITY_GUIDES = ("plain", "govuk", "18f", "nhs", "va", "eu")
"""Guides whose findings per 1,000 words are shown: those that ordinary pages are written for."""


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


@main.command("precision")
@click.option("--pages", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of HTML pages.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the Markdown page here.")
def precision_command(pages: Path | None, out: Path | None) -> None:
    """Print or write the precision of each labelled rule; with pages, of what is still found there."""
    densities = [density(pages, guide) for guide in DENSITY_GUIDES] if pages else []
    made = (
        {(page, found.rule, found.fingerprint) for page, found in findings_in(pages, known_guides(), "high")}
        if pages
        else None
    )
    text = report(read_labels(), densities, made)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, "utf-8")


@main.command("findings")
@click.argument("pages", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--guide", "guides", multiple=True, default=known_guides(), help="Guides to check with; all by default.")
@click.option("--confidence", type=click.Choice(CONFIDENCES), default="high", show_default=True)
def findings_command(pages: Path, guides: tuple[str, ...], confidence: str) -> None:
    """Print findings to be labelled: page, rule, fingerprint, verdict, words and context, parted by tabs."""
    labels = {(label.page, label.rule, label.fingerprint): label.verdict for label in read_labels()}
    for page, finding in findings_in(pages, guides, confidence):
        verdict = labels.get((page, finding.rule, finding.fingerprint), "")
        words = str(finding.arguments.get("phrase", ""))
        row = (page, finding.rule, finding.fingerprint, verdict, words, finding.snippet)
        click.echo("\t".join(" ".join(cell.split()) for cell in row))


if __name__ == "__main__":
    main()
