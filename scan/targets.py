"""What `curbcut check` can be given: addresses, HTML files, documents, and folders of HTML, served on loopback."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from checks.documents.sniff import CHECKABLE
from scan.errors import UsageError
from scan.folder_server import serve_folder

HTML_ENDINGS = (".html", ".htm", ".xhtml")
DOCUMENT_ENDINGS = tuple(f".{name}" for name in sorted(CHECKABLE))
MAX_FILES = 50_000


@contextmanager
def opened(targets: Iterable[str]) -> Iterator[dict[str, str]]:
    """Give {address to open: name to show}, in order; folders are served while the context is open.

    Raises UsageError for a path that is not there or a folder without HTML.
    """
    with ExitStack() as stack:
        addresses: dict[str, str] = {}
        origins: dict[Path, str] = {}
        for target in targets:
            path = Path(target)
            if "://" in target or not _is_path(target, path):
                addresses.setdefault(target if "://" in target else f"https://{target}", target)
                continue
            root = path if path.is_dir() else path.parent
            if root not in origins:
                origins[root] = stack.enter_context(serve_folder(root))
            for file in _html_files(path):
                addresses.setdefault(f"{origins[root]}/{quote(file.relative_to(root).as_posix())}", str(file))
        yield addresses


def _is_path(target: str, path: Path) -> bool:
    if path.exists():
        return True
    if target.lower().endswith((*HTML_ENDINGS, *DOCUMENT_ENDINGS)) or target.startswith((".", "/")):
        raise UsageError(f"There is no file or folder {target}. Name an address (https://...), a file or a folder.")
    return False


def _html_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    files = sorted(f for f in path.rglob("*") if f.suffix.lower() in HTML_ENDINGS and f.is_file())
    if not files:
        raise UsageError(f"There is no HTML file in {path}. Build the site first, or name another folder.")
    if len(files) > MAX_FILES:
        raise UsageError(f"{path} holds more than {MAX_FILES} HTML files. Check a part of it at a time.")
    return files
