"""What `curbcut style` can be given: addresses, files, folders and standard input, opened one after the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from scan.errors import UsageError
from styleguide.input import Draft, DraftFormat, UnreadableError, read_draft
from styleguide.input.draft import ENDINGS

STDIN = "-"
MAX_FILES = 50_000
MAX_BYTES = 50 * 1024 * 1024
"""The longest draft that is read: 10 MB is a book, and a Word document may hold pictures."""

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "vendor"})


@dataclass(frozen=True, slots=True)
class Opened:
    """One draft, or why it cannot be read."""

    name: str
    draft: Draft | None = None
    path: Path | None = None
    error: str = ""


def open_drafts(
    targets: Iterable[str], stdin: BinaryIO, *, format_: DraftFormat | None = None, lang: str = ""
) -> Iterator[Opened]:
    """Yield each draft in order. Raises UsageError for a path that is not there or a folder without drafts."""
    for target in targets:
        if target == STDIN:
            yield _read(target, stdin.read(MAX_BYTES + 1), format_, lang)
        elif "://" in target:
            yield _fetched(target, lang)
        else:
            for path in _files(Path(target)):
                yield _file(path, format_, lang)


def _read(name: str, data: bytes, format_: DraftFormat | None, lang: str, path: Path | None = None) -> Opened:
    if len(data) > MAX_BYTES:
        return Opened(name, error=f"{name} is longer than {MAX_BYTES // 1024 // 1024} MB.")
    try:
        return Opened(name, read_draft(data, name, format_=format_, lang=lang), path)
    except UnreadableError as error:
        return Opened(name, error=str(error))


def _file(path: Path, format_: DraftFormat | None, lang: str) -> Opened:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return Opened(str(path), error=f"{path} cannot be read: {error.strerror or error}.")
    return _read(str(path), data, format_, lang, path)


def _fetched(url: str, lang: str) -> Opened:
    from crawler.errors import SiteError  # noqa: PLC0415 # only who names an address waits for it
    from crawler.plain_fetch import fetch  # noqa: PLC0415
    from scan.version import VERSION  # noqa: PLC0415

    try:
        page = fetch(url, user_agent=f"curbcut/{VERSION}")
    except SiteError as error:
        return Opened(url, error=error.detail)
    known = {"text/plain": DraftFormat.TEXT, "text/markdown": DraftFormat.MARKDOWN}
    format_ = known.get(page.content_type, DraftFormat.HTML)
    try:
        return Opened(url, read_draft(page.data, url, format_=format_, lang=lang, charset=page.charset))
    except UnreadableError as error:
        return Opened(url, error=str(error))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UsageError(f"There is no file or folder {path}. Name an address (https://...), a file, a folder, or -.")
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED_FOLDERS)
        found += (Path(folder, name) for name in sorted(names) if Path(name).suffix.lower() in ENDINGS)
        if len(found) > MAX_FILES:
            raise UsageError(f"{path} holds more than {MAX_FILES} files. Check a part of it at a time.")
    if not found:
        raise UsageError(f"There is no text in {path}: no file that ends with {', '.join(sorted(ENDINGS))}.")
    return found
