"""Writes what the checks say of a statement: as text for people, as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from checks.model import Outcome
from checks.statement.check import CheckResult
from monitoring.statement.judge import Judged
from reports.escape import json_value, terminal_text

HEADS = {
    Outcome.FAILED: "To mend",
    Outcome.CANT_TELL: "A person must look",
    Outcome.UNTESTED: "Not looked up",
    Outcome.PASSED: "Nothing wrong found",
}
QUOTE_CHARS = 160


def to_text(judged: Judged) -> str:
    """Return what a person reads: what to mend first, each with the words that were seen."""
    lines = list(_head(judged))
    for outcome, head in HEADS.items():
        found = [result for result in judged.results if result.outcome is outcome]
        if found:
            lines += ["", f"{head} ({len(found)})"]
            lines += [line for result in found for line in _lines(result)]
    counts = Counter(result.outcome for result in judged.results)
    lines += ["", f"{len(judged.results)} checks; {counts[Outcome.INAPPLICABLE]} do not apply here."]
    return "\n".join(lines)


def to_json(judged: Judged) -> str:
    """Return the same as JSON, every check with its outcome."""
    statement = judged.statement
    return json.dumps(
        json_value(
            {
                "site": judged.site,
                "statement": None
                if statement is None
                else {
                    "url": statement.url,
                    "lang": statement.language.code,
                    "country": statement.country or None,
                    "status": statement.status or None,
                    "dates": [
                        {"date": d.day.isoformat(), "role": d.role or None, "quote": d.quote} for d in statement.dates
                    ],
                    "criteria": list(statement.criteria),
                },
                "checks": [_plain(result) for result in judged.results],
            }
        ),
        indent=2,
    )


def _plain(result: CheckResult) -> dict[str, object]:
    info, verdict = result.info, result.verdict
    return {
        "check_id": info.id,
        "part": info.group,
        "title": info.title,
        "outcome": str(verdict.outcome),
        "message": verdict.message,
        "quote": verdict.quote,
        "how": info.how,
        "unverified": verdict.is_unverified,
    }


def _head(judged: Judged) -> Iterator[str]:
    if judged.statement is None:
        yield f"No statement of {terminal_text(judged.site)} could be read."
        return
    yield f"Statement: {terminal_text(judged.statement.url)}"
    status = judged.statement.status or "none that is clear"
    yield f"Language: {judged.statement.language.code}. Claimed status: {status}."


def _lines(result: CheckResult) -> Iterator[str]:
    note = " (unverified words)" if result.verdict.is_unverified else ""
    yield f"  {result.info.id}  {result.info.title}"
    yield f"        {terminal_text(result.verdict.message)}{note}"
    if result.verdict.quote and result.outcome is not Outcome.PASSED:
        quote = " ".join(result.verdict.quote.split())
        yield f"        “{terminal_text(quote[:QUOTE_CHARS])}{'…' if len(quote) > QUOTE_CHARS else ''}”"
    if result.outcome is Outcome.FAILED:
        yield f"        {result.info.how}"
