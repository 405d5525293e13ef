"""Whether a check says the same when it is done again: what was found in some runs and not in others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from reports.ci.model import CiPage

Seen = Counter[tuple[str, str, str, str]]


def seen(pages: Iterable[CiPage]) -> Seen:
    """Return what one run found: (address, rule, outcome, fingerprint), and which pages it could not check."""
    found: Seen = Counter()
    for page in pages:
        if not page.is_checked:
            found[page.address, "", "not checked", ""] += 1
        found.update((page.address, one.rule, one.outcome, one.fingerprint) for one in page.findings)
    return found


def disagreements(runs: list[Seen]) -> Iterator[str]:
    """Yield one sentence for each thing that the runs do not agree on, in a fixed order."""
    for key in sorted({key for run in runs for key in run}):
        counts = [run[key] for run in runs]
        if len(set(counts)) == 1:
            continue
        address, rule, outcome, fingerprint = key
        if not rule:
            yield f"{address}: not checked in {sum(map(bool, counts))} of {len(runs)} runs"
        elif len(set(map(bool, counts))) == 1:
            yield f"{address}: {rule} {outcome} ({fingerprint}) in {', '.join(map(str, counts))} places"
        else:
            yield f"{address}: {rule} {outcome} ({fingerprint}) in {sum(map(bool, counts))} of {len(runs)} runs"
