"""What commands print, in README.md: `python -m docs.readme` runs them and writes it again (a minute).

Only here, and not with the other generated pages, because two of them need a browser; tests hold that it is true.
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
DEMO = "demo"
EXAMPLES = {
    "monitoring": "sample size --population 9200000 --year 2027",
    "content": "style docs/examples/draft.md",
    "web-team": "check docs/examples/site --quick --only wcag --max-findings 0",
}
"""The first command for each kind of people, by its part of the page: what it reads is in the repository."""

_PART = r"<!-- generated: {name} -->\n(.*?)\n<!-- end of generated part -->"


def block(scratch: Path) -> str:
    """Scan the demo town into `scratch`/demo and return its summary as README.md shows it.

    Raises CalledProcessError if the scan fails.
    """
    command = [sys.executable, "-m", "cli.main", "demo", "--out", f"{scratch}/demo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return f"```text\n{shortened(done.stderr.replace(str(scratch), 'curbcut-scans'))}\n```"


def example(name: str) -> str:
    """Run an example and return command and output as README.md shows them: what it printed, then what it said."""
    arguments = EXAMPLES[name].split()
    command = [sys.executable, "-m", "cli.main", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    printed = "\n".join(line.rstrip() for line in (done.stdout + done.stderr).strip().splitlines())
    return f"```\n.venv/bin/curbcut {EXAMPLES[name]}\n```\n\n```text\n{printed}\n```"


def shortened(output: str) -> str:
    """Return the summary without progress, with the first issues only; what is left out is marked."""
    text = output[output.index("Addresses\n") :]
    text = re.sub(r"http://127\.0\.0\.1:\d+", "http://127.0.0.1:8000", text)
    text = re.sub(rf"\n  {SHOWN_ISSUES + 1}\. .*?(?=\n\n)", "\n  [...]", text, flags=re.DOTALL)
    return text.strip()


def shown(name: str = DEMO, page: Path = ROOT / PAGE) -> str:
    """Return a generated part as README.md shows it."""
    found = re.search(_PART.format(name=name), page.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"{page.name} has no generated part called {name}.")
    return found[1]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = {DEMO: block(Path(folder))}
    made |= {name: example(name) for name in EXAMPLES}
    (ROOT / PAGE).write_text(with_parts(PAGE, made), encoding="utf-8")
