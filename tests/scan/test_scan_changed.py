"""From a git revision to the pages that may have changed since."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scan.changed import Mapping, changed_files, changed_pages, since
from scan.errors import UsageError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "a/index.html", "a/b/index.html", "news/x.html", "style.css"):
        path = tmp_path / "_site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path / "_site"


def pages(site: Path, files: list[str], *mappings: str) -> list[str] | None:
    found = changed_pages(site, files, [Mapping.parse(text) for text in mappings], site.parent)
    return None if found.files is None else sorted(p.relative_to(site.resolve()).as_posix() for p in found.files)


@pytest.mark.parametrize(
    ("changed", "mapping", "expected"),
    [
        ("content/a/b.md", "content/{page}.md={page}/index.html", ["a/b/index.html"]),
        ("content/a.md", "content/{page}.md={page}/index.html", ["a/index.html"]),
        ("content/gone.md", "content/{page}.md={page}/index.html", []),
        ("layouts/deep/base.html", "layouts/**=**/*.html",
         ["a/b/index.html", "a/index.html", "index.html", "news/x.html"]),
        ("data/news.yaml", "data/*.yaml=news/*", ["news/x.html"]),
        ("README.md", "*.md=", []),
        ("docs/README.md", "*.md=", None),
        ("docs/README.md", "**/*.md=", []),
        ("content/*.md", "content/{page}.md={page}", []),
    ],
)  # fmt: skip
def test_mappings(site: Path, changed: str, mapping: str, expected: list[str] | None) -> None:
    assert pages(site, [changed], mapping) == expected


def test_pages_themselves_need_no_mapping_and_the_unknown_may_concern_all(site: Path) -> None:
    assert pages(site, ["_site/news/x.html"]) == ["news/x.html"]
    assert pages(site, ["_site/news/x.html", "_site/style.css"]) is None
    assert pages(site, []) == []
    found = changed_pages(site, ["package.json"], [], site.parent)
    assert found.why == "package.json has changed, and no --map says which pages depend on it"


@pytest.mark.parametrize("text", ["content", "=x", "a/{x}=b/{y}"])
def test_a_mapping_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Mapping.parse(text)


def test_a_source_whose_mapping_meets_no_page_is_named_unless_it_is_gone(site: Path) -> None:
    (site.parent / "parks.md").write_text("changed", encoding="utf-8")
    mappings = [Mapping.parse("{page}.md={page}.htm"), Mapping.parse("{page}.md={page}/start.html")]
    found = changed_pages(site, ["parks.md", "removed.md"], mappings, site.parent)
    assert (found.files, found.in_vain) == (frozenset(), ("parks.md",))


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=T", "-c", "user.email=t@town.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_what_changed_since_a_branch_was_left(site: Path) -> None:
    root = site.parent
    git(root, "init", "-q", "-b", "main")
    (root / "old.md").write_text("1")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    git(root, "checkout", "-qb", "work")
    (root / "täst one.md").write_text("2")
    git(root, "add", ".")
    git(root, "commit", "-qm", "two")
    git(root, "checkout", "-q", "main")
    (root / "old.md").write_text("on main only")
    git(root, "commit", "-qam", "three")
    git(root, "checkout", "-q", "work")
    (root / "new.md").write_text("not yet added")
    assert changed_files(site, "main") == ["new.md", "täst one.md"]
    assert since(site, "main", ["*.md=index.html"]).files == frozenset({(site / "index.html").resolve()})
    with pytest.raises(UsageError, match="fetch-depth: 0"):
        changed_files(site, "v9.9")
    with pytest.raises(UsageError, match="not '--output=x'"):
        changed_files(site, "--output=x")


def test_a_folder_outside_any_repository_is_said_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="not a git repository"):
        changed_files(tmp_path, "main")
