"""Loads py3langid's model for some languages, without the 100 MB that py3langid's own loader needs meanwhile.

The file is NumPy's archive of arrays within LZMA. Its two large tables are never held whole: of one only the languages'
columns are kept, the other is read from the disk as texts need it.
"""

from __future__ import annotations

import lzma
import mmap
import shutil
import tempfile
import zipfile
from array import array
from collections.abc import Collection, Sequence
from typing import IO, Any, cast

import numpy as np
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

BLOCK = 1 << 20
"""Bytes copied at once."""

ROWS = 4_096
"""Rows of the table of languages read at once."""

_TYPECODES = {2: "H", 4: "I", 8: "L"}


def load_model(languages: Collection[str]) -> LanguageIdentifier:
    """Return what tells these languages (codes of ISO 639, as py3langid has them) apart; others it does not know."""
    with tempfile.TemporaryFile() as file:
        with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
            shutil.copyfileobj(packed, file, BLOCK)
        with zipfile.ZipFile(file) as archive, np.load(file, allow_pickle=False) as small:
            classes = small["classes"].tolist()
            columns = [number for number, name in enumerate(classes) if name in languages]
            identifier = LanguageIdentifier(
                _some_columns(archive, "ptc", columns),
                small["pc"][columns],
                [classes[number] for number in columns],
                _on_disk(archive, "nextmove"),
                array("i", small["out_feat"].astype(np.intc).tobytes()),
                norm_probs=True,
                tk_row=array("I", small["nextmove_row"].astype(np.uintc).tobytes()),
            )
    identifier._rowbase = array("I", identifier._rowbase)  # a list of numbers takes ten times as much
    return identifier


def _some_columns(archive: zipfile.ZipFile, name: str, columns: list[int]) -> np.ndarray[Any, Any]:
    with archive.open(f"{name}.npy") as member:
        (rows, width), kind = _header(member)
        kept = np.empty((rows, len(columns)), kind)
        for start in range(0, rows, ROWS):
            block = member.read(min(ROWS, rows - start) * width * kind.itemsize)
            kept[start : start + ROWS] = np.frombuffer(block, kind).reshape(-1, width)[:, columns]
    return kept


def _on_disk(archive: zipfile.ZipFile, name: str) -> Sequence[int]:
    """Return the numbers from a file without a name: of the model's largest table, a language touches a few parts."""
    with archive.open(f"{name}.npy") as member, tempfile.TemporaryFile() as file:
        _, kind = _header(member)
        shutil.copyfileobj(member, file, BLOCK)
        file.flush()
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if hasattr(mmap, "MADV_RANDOM"):
        mapped.madvise(mmap.MADV_RANDOM)
    typecode: Any = _TYPECODES[kind.itemsize]
    return cast("Sequence[int]", memoryview(mapped).cast(typecode))


def _header(member: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Read the start of an array's file; return its shape and the kind of its numbers."""
    np.lib.format.read_magic(member)
    shape, _, kind = np.lib.format.read_array_header_1_0(member)
    return shape, kind
