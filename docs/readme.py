"""The demo town's summary in README.md: `python -m docs.readme` scans the town and writes it again (a minute).

Only here, and not with the other generated pages, because it needs a browser; a test holds that it is true.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from docs.parts import ROOT, with_parts

PAGE = "README.md"
SHOWN_ISSUES = 2
_PART = re.compile(r"<!-- generated: demo -->\n(.*?)\n<!-- end of generated part -->", re.DOTALL)


def block(scratch: Path) -> str:
    """Scan the demo town into `scratch`/demo and return its summary as README.md shows it.

    Raises CalledProcessError if the scan fails.
    """
    command = [sys.executable, "-m", "cli.main", "demo", "--out", f"{scratch}/demo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return f"```text\n{shortened(done.stderr.replace(str(scratch), 'curbcut-scans'))}\n```"


def shortened(output: str) -> str:
    """Return the summary without progress, with the first issues only; what is left out is marked."""
    text = output[output.index("Addresses\n") :]
    text = re.sub(r"http://127\.0\.0\.1:\d+", "http://127.0.0.1:8000", text)
    text = re.sub(rf"\n  {SHOWN_ISSUES + 1}\. .*?(?=\n\n)", "\n  [...]", text, flags=re.DOTALL)
    return text.strip()


def shown(page: Path = ROOT / PAGE) -> str:
    """Return the summary that README.md shows."""
    found = _PART.search(page.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{page.name} has no generated part called demo.")
    return found[1]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = block(Path(folder))
    (ROOT / PAGE).write_text(with_parts(PAGE, {"demo": made}), encoding="utf-8")
