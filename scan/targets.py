"""What `curbcut check` can be given: addresses, HTML files, documents, and folders of HTML, served on loopback."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from checks.documents.sniff import CHECKABLE
from scan.errors import UsageError
from scan.folder_server import serve_folder

HTML_ENDINGS = (".html", ".htm", ".xhtml")
DOCUMENT_ENDINGS = tuple(f".{name}" for name in sorted(CHECKABLE))
MAX_FILES = 50_000
_INDEX = "index.html"

STUB_MAX_BYTES = 4_096
_LEADS_ON = re.compile(
    rb"<meta\b(?=[^>]*http-equiv\s*=\s*[\"']?refresh\b)(?=[^>]*content\s*=\s*[\"']?\s*0\s*[;,]\s*[\"']?url)",
    re.IGNORECASE,
)
"""What site generators leave where a page was (Hugo's aliases, Jekyll's and Docusaurus's redirects): nobody sees it."""


@dataclass(frozen=True, slots=True)
class Target:
    """One page to check: what to show it as, the address it has on every machine, and its file where it is one."""

    shown: str
    address: str
    file: Path | None = None

    def spellings(self, opened: str) -> tuple[str, ...]:
        """Return the address that it is opened at as patterns know it: a path of ours without our host and port.

        A folder's index is known as the folder, too.
        """
        if not self.address.startswith("/"):
            return (opened,)
        return tuple(dict.fromkeys((self.address, _as_a_host_would(self.address))))


@dataclass(frozen=True, slots=True)
class Serving:
    """How folders are served.

    `root` is the folder that a web host would serve; without it, each folder that is named, or a file's own.
    `base_path` stands before every path, as for a site that is not at the top of its host. `origin` is a server that
    runs already: targets that begin with a slash are its pages. `only` limits a folder to some of its files.
    """

    root: Path | None = None
    base_path: str = "/"
    origin: str = ""
    only: Collection[Path] | None = None


@contextmanager
def opened(targets: Iterable[str], serving: Serving = Serving()) -> Iterator[dict[str, Target]]:
    """Give {address to open: target}, in order; folders are served while the context is open.

    Raises UsageError for a path that is not there or a folder without HTML.
    """
    base = base_path(serving.base_path)
    with ExitStack() as stack:
        addresses: dict[str, Target] = {}
        origins: dict[Path, str] = {}
        for target in targets:
            path = Path(target)
            if serving.origin and target.startswith("/"):
                addresses.setdefault(f"{serving.origin}{target}", Target(target, target))
                continue
            if "://" in target or not _is_path(target, path):
                addresses.setdefault(target if "://" in target else f"https://{target}", Target(target, target))
                continue
            root = serving.root or (path if path.is_dir() else path.parent)
            if not path.resolve().is_relative_to(root.resolve()):
                raise UsageError(f"{path} is not in the folder {root} that --root names.")
            if root not in origins:
                origins[root] = stack.enter_context(serve_folder(root, base_path=base, is_still=True))
            for file in _html_files(path):
                if serving.only is None or file.resolve() in serving.only:
                    address = quote(base) + _within(file, root)
                    known = Target(str(file), address, file)
                    addresses.setdefault(f"{origins[root]}{_as_a_host_would(address)}", known)
        yield addresses


def base_path(text: str) -> str:
    """Return a base path that begins and ends with a slash. Raises UsageError."""
    if "://" in text or any(char in text for char in "?#\\"):
        raise UsageError(f"--base-path is a path such as /town/, not {text}.")
    return f"/{text.strip('/')}/" if text.strip("/") else "/"


def _within(file: Path, root: Path) -> str:
    inside = file.relative_to(root) if file.is_relative_to(root) else file.resolve().relative_to(root.resolve())
    return quote(inside.as_posix())


def _as_a_host_would(address: str) -> str:
    """Return the address that links lead to: a folder's, where the file is its index."""
    return address.removesuffix(_INDEX) if address.endswith(f"/{_INDEX}") else address


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
    files = [f for f in files if not _is_hidden(f.relative_to(path)) and not leads_on(f)]
    if not files:
        raise UsageError(f"There is no HTML file in {path}. Build the site first, or name another folder.")
    if len(files) > MAX_FILES:
        raise UsageError(f"{path} holds more than {MAX_FILES} HTML files. Check a part of it at a time.")
    return files


def _is_hidden(inside: Path) -> bool:
    """Return whether a host, and so our own server, keeps a file to itself."""
    return any(part.startswith(".") and part != ".well-known" for part in inside.parts)


def leads_on(file: Path) -> bool:
    """Return whether a file is no page, but sends whoever opens it to another at once."""
    try:
        return file.stat().st_size <= STUB_MAX_BYTES and _LEADS_ON.search(file.read_bytes()) is not None
    except OSError:
        return False  # opening it will tell
