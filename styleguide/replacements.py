"""What may be written in place of the words that a finding marks."""

from __future__ import annotations

from checks.model import Finding

GAP = "…"


def replacements(finding: Finding) -> list[str]:
    """Return the words that can stand where the marked ones do, the best first: those that the message names.

    What has a gap, such as “to …”, is advice for a person: put there as it is, it would break the sentence.
    """
    words = finding.suggestion.split(", ")
    return [word for word in words if f"“{word}”" in finding.message and GAP not in word]
