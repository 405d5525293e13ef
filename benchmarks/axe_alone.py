"""`curbcut` with axe-core as its only check: what the scan costs without what Curbcut adds.

Same crawl, browser, addresses, pictures and database; none of our own rules, looks, style checks or documents.
"""

from __future__ import annotations

import sys
from collections.abc import Collection

from checks import run
from checks.rule import Rule
from cli.main import main

FLAGS = ("--only", "wcag", "--no-documents")


def _no_rules(criteria: Collection[str]) -> tuple[Rule, ...]:
    return ()


if __name__ == "__main__":
    run.rules_for = _no_rules
    sys.argv.extend(FLAGS)
    main()
