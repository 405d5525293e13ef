"""`python -m checks.documents`: checks one document in this process, within bounds, and prints the result as JSON.

Started by `checks.documents.sandbox` with its orders on standard input; a hostile file ends this process and no other.
"""

from __future__ import annotations

import json
import logging
import signal
import sys
from pathlib import Path

from checks.documents.model import Limits
from checks.documents.run import check_document
from checks.documents.wire import packed


def main() -> int:
    """Check the document that the orders name; return 0 when a result was printed."""
    orders = json.load(sys.stdin)
    limits = Limits(**orders["limits"])
    _bound(limits)
    logging.disable(logging.CRITICAL)  # what libraries say of a strange file concerns nobody
    result = check_document(
        Path(orders["path"]),
        url=orders["url"],
        declared=orders["declared"],
        criteria=orders["criteria"],
        limits=limits,
        is_statement=orders["is_statement"],
    )
    sys.stdout.write(json.dumps(packed(result)))
    return 0


def _bound(limits: Limits) -> None:
    """Let the system end this process at its bounds, even if whoever started it is gone. Not on Windows."""
    try:
        import resource  # noqa: PLC0415 - only Unix has it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(int(limits.wall_seconds) + 1)


if __name__ == "__main__":
    sys.exit(main())
