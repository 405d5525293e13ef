"""Which pages of a built site a change can have touched: git's changed files, brought to pages by mappings.

A mapping is `SOURCE=PAGES`, both globs: `*` is any name, `**` any folders. `{name}` in SOURCE is any part of a path,
and PAGES may say it again: `content/{page}.md={page}/index.html`. PAGES is seen from the folder that is checked;
nothing after `=` means that no page depends on SOURCE. A changed file that no mapping knows may concern every page.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scan.errors import UsageError
from scan.targets import HTML_ENDINGS

GIT_TIMEOUT_S = 120
_TOKEN = re.compile(r"\*\*/?|\*|\{(\w+)\}|\{\{|\}\}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mapping:
    """From source files to pages."""

    source: str
    pages: str

    @classmethod
    def parse(cls, text: str) -> Mapping:
        """Return the mapping that a person wrote. Raises UsageError."""
        source, equals, pages = text.partition("=")
        if not equals or not source:
            raise UsageError(f"--map takes SOURCE=PAGES, such as 'content/{{page}}.md={{page}}.html', not {text!r}.")
        known = set(re.findall(r"\{(\w+)\}", source))
        for name in re.findall(r"\{(\w+)\}", pages):
            if name not in known:
                raise UsageError(f"--map {text}: {{{name}}} stands in PAGES and not in SOURCE.")
        return cls(source, pages)

    def pages_of(self, changed: str) -> str | None:
        """Return the glob of the pages that a changed file concerns, "" for none; None if this mapping knows it not."""
        found = re.fullmatch(glob_pattern(self.source), changed)
        if found is None:
            return None
        said = {name: re.sub(r"([*{}])", "", value) for name, value in found.groupdict().items()}
        return re.sub(r"\{(\w+)\}", lambda match: said[match[1]], self.pages)


@dataclass(frozen=True, slots=True)
class Changed:
    """The files of a folder that a change can have touched; `files` None means all of them, `why` says for what.

    `in_vain` are changed sources whose mappings name pages that are not there: they may be wrong.
    """

    files: frozenset[Path] | None
    why: str = ""
    in_vain: tuple[str, ...] = ()


def glob_pattern(glob: str) -> str:
    """Return a glob as a regular expression."""
    pieces: list[str] = []
    named: set[str] = set()
    for match in _TOKEN.finditer(glob):
        part = match.group()
        if part.startswith("**"):
            pieces.append(r"(?:[^/]+/)*" if part.endswith("/") else r".*")
        elif part == "*":
            pieces.append(r"[^/]*")
        elif match[1]:
            pieces.append(f"(?P={match[1]})" if match[1] in named else f"(?P<{match[1]}>.+)")
            named.add(match[1])
        else:
            pieces.append(re.escape(part))
    return "".join(pieces)


def changed_files(folder: Path, revision: str) -> list[str]:
    """Return what differs from where this branch left `revision`, new files included, seen from the repository's root.

    Raises UsageError when there is no git, no repository, or no such revision.
    """
    if revision.startswith("-") or not revision:
        raise UsageError(f"--changed-since takes a branch, tag or commit, not {revision!r}.")
    root = Path(_git(folder, "rev-parse", "--show-toplevel").strip("\n"))
    try:
        base = _git(root, "merge-base", revision, "HEAD").strip()
    except UsageError:
        base = revision  # a shallow clone knows both ends, and not where they parted
    try:
        names = _git(root, "diff", "--name-only", "--no-renames", "-z", base, "--")
    except UsageError as error:
        raise UsageError(
            f"{error} Does this clone know {revision}? Fetch it first (actions/checkout: fetch-depth: 0)."
        ) from error
    fresh = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted({name for name in (names + fresh).split("\0") if name})


def changed_pages(folder: Path, files: Iterable[str], mappings: Iterable[Mapping], root: Path) -> Changed:
    """Return the files under `folder` that these changed `files` (seen from `root`, the repository's) concern."""
    known = list(mappings)
    wanted: set[Path] = set()
    globs: dict[str, set[str]] = {}
    for name in files:
        pages = [glob for mapping in known if (glob := mapping.pages_of(name)) is not None]
        if pages:
            if any(pages):
                globs[name] = set(filter(None, pages))
            continue
        own = root / name
        if own.suffix.lower() in HTML_ENDINGS and own.resolve().is_relative_to(folder.resolve()):
            wanted.add(own.resolve())
            continue
        return Changed(None, f"{name} has changed, and no --map says which pages depend on it")
    patterns = {glob: re.compile(glob_pattern(glob)) for each in globs.values() for glob in each}
    met: set[str] = set()
    for path in folder.rglob("*") if patterns else ():
        inside = path.relative_to(folder).as_posix()
        here = {glob for glob, pattern in patterns.items() if pattern.fullmatch(inside)}
        if here:
            met |= here
            wanted.add(path.resolve())
    in_vain = (name for name, named in globs.items() if not named & met and (root / name).exists())
    return Changed(frozenset(wanted), in_vain=tuple(in_vain))


def since(folder: Path, revision: str, mappings: Iterable[str]) -> Changed:
    """Return what of `folder` has changed since `revision`. Raises UsageError."""
    parsed = [Mapping.parse(text) for text in mappings]
    root = Path(_git(folder, "rev-parse", "--show-toplevel").strip("\n"))
    return changed_pages(folder, changed_files(folder, revision), parsed, root)


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and a revision never begins with a dash
            ["git", *arguments],  # noqa: S607 - the git of whoever runs this
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=GIT_TIMEOUT_S,
            check=False,
        )
    except FileNotFoundError as error:
        raise UsageError("--changed-since needs git, which is not on this machine.") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"git {arguments[0]} did not end within {GIT_TIMEOUT_S} s.") from error
    if done.returncode:
        raise UsageError(f"git {arguments[0]}: {' '.join(done.stderr.split()) or 'failed'}.")
    return done.stdout
