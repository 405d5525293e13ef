"""Writes the generated parts of the documentation, or says which are stale: `python -m docs.generate [--check]`.

Every module `docs/gen_*.py` has one function, `pages() -> dict[str, str]`: path of a file, seen from the repository's
root, and its whole text. A new module is found by its name; nothing here needs to change. A page that is partly
written by hand keeps its generated parts between markers: see `docs.parts`.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
GENERATORS = "gen_*.py"


def all_pages() -> dict[str, str]:
    """Return every generated file's path and text. ValueError if two modules generate the same file."""
    pages: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob(GENERATORS)):
        made = importlib.import_module(f"docs.{path.stem}").pages()
        twice = pages.keys() & made.keys()
        if twice:
            raise ValueError(f"{path.name} generates what another module does already: {', '.join(sorted(twice))}.")
        pages.update(made)
    return pages


def stale(pages: dict[str, str], root: Path) -> list[str]:
    """Return the paths whose file is missing or says something else than it should."""
    return [path for path, text in pages.items() if not _says(root / path, text)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what is stale, or with --check only name it; return the exit code: 1 if something stays stale."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description="Write the generated documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything is stale")
    only_check = parser.parse_args(arguments).check
    pages = all_pages()
    changed = stale(pages, ROOT)
    for path in changed:
        if not only_check:
            (ROOT / path).write_text(pages[path], encoding="utf-8")
        sys.stderr.write(f"{path} is stale. Run: python -m docs.generate\n" if only_check else f"{path} written.\n")
    return 1 if only_check and changed else 0


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    raise SystemExit(main())
