"""`python -m checks.evaluation sample|precision`: measures how often findings of barriers are right."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from checks.evaluation.precision import FIELDS, found, read_labels, report, row, sample


def main() -> None:
    """Print findings of a scan to be labelled, with the labels they have; or the precision by rule."""
    parser = argparse.ArgumentParser(prog="python -m checks.evaluation", description=main.__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    taking = commands.add_parser("sample", help="print findings to be labelled, parted by tabs")
    taking.add_argument("file", type=Path, help="a scan as JSON Lines: curbcut report SCAN --format jsonl")
    taking.add_argument("--most", type=int, default=5, help="questions of each rule; failures are all taken")
    commands.add_parser("precision", help="print the precision of each labelled rule")
    asked = parser.parse_args()
    if asked.command == "precision":
        sys.stdout.write(report(read_labels()))
        return
    labels = {label.key: label for label in read_labels()}
    with asked.file.open(encoding="utf-8") as lines:
        chosen = sample(found(lines), asked.most)
    sys.stdout.write("\t".join(FIELDS) + "\n")
    sys.stdout.writelines(row(labels.get(label.key, label)) + "\n" for label in chosen)


if __name__ == "__main__":
    main()
