"""The zip file that a spreadsheet is: its XML parts as streams of elements, within bounds."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lxml import etree

from monitoring.errors import SheetError

MAX_PART_BYTES = 400 * 1024**2
"""What one part may unpack to: 200,000 rows of twelve cells take about 150 MB of XML."""

_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Archive:
    """An open zip file and its path, for messages."""

    archive: zipfile.ZipFile
    path: Path

    def names(self) -> list[str]:
        """Return the names of its parts."""
        return self.archive.namelist()

    def elements(self, part: str, *tags: str, start: bool = False) -> Iterator[etree._Element]:
        """Yield the elements with these tags as soon as each is whole, and forget each once it has been used.

        With `start` they come as they open, with attributes but no content. Raises SheetError.
        """
        try:
            info = self.archive.getinfo(part)
        except KeyError:
            raise SheetError(f"{self.path} is damaged: its part {part[:80]} is missing.") from None
        if info.flag_bits & _ENCRYPTED:
            raise SheetError(f"{self.path} opens with a password only. Save it without one.")
        try:
            with self.archive.open(info) as stream:
                yield from _parsed(_Counted(stream, self.path), tags, start=start)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, etree.XMLSyntaxError) as error:
            raise SheetError(
                f"{self.path} is damaged ({str(error)[:120]}). Open it in your spreadsheet program and save it again."
            ) from None


class _Counted:
    """Counts what comes out of the zip file: what its directory declares may be a lie."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        self._stream = stream
        self._path = path
        self._left = MAX_PART_BYTES

    def read(self, size: int = 65_536) -> bytes:
        data = self._stream.read(min(size, 65_536))
        self._left -= len(data)
        if self._left < 0:
            raise SheetError(f"{self._path} unpacks to more than {MAX_PART_BYTES // 1024**2:,} MB. Import it in parts.")
        return data


def _parsed(stream: _Counted, tags: tuple[str, ...], *, start: bool) -> Iterator[etree._Element]:
    events = etree.iterparse(
        stream,
        events=("start" if start else "end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in events:
        yield element
        if not start:
            element.clear(keep_tail=False)
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
