"""Which of the pages that are found a check opens; what scans them is put in place of a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.fake_scan import write_fake_scan
from scan.checking import Asked, checked
from scan.errors import UsageError
from scan.run import ScanEnd
from scan.settings import load
from store.database import open_database
from store.ledger import Ledger
from store.schema import ScanState

Check = Callable[..., tuple[list[str], str]]
PAGES = ("index.html", "archive/index.html", "archive/2019.html", "services/bins.html")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in PAGES:
        (tmp_path / "_site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "_site" / name).write_text(f"<title>{name}</title>", encoding="utf-8")
    return tmp_path / "_site"


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Return what checks targets with settings and gives (the addresses that were opened, what is said of them)."""
    monkeypatch.chdir(tmp_path)

    def run(*targets: str, base_path: str = "/", **flags: object) -> tuple[list[str], str]:
        opened: list[str] = []

        def scan(addresses: list[str], folder: Path) -> ScanEnd:
            opened.extend(addresses)
            engine = open_database(folder / "curbcut.sqlite")
            scan_id = write_fake_scan(engine, n_pages=1, n_findings=1)
            return ScanEnd(engine, scan_id, ScanState.COMPLETE, Ledger(engine, scan_id).counts())

        with checked(load(flags), Asked(targets, base_path=base_path), scan, tmp_path / "scratch") as done:
            note = done.note
        return opened, note

    return run


def paths(addresses: list[str]) -> list[str]:
    return [urlsplit(address).path for address in addresses]


@pytest.mark.parametrize(
    ("flags", "expected", "note"),
    [
        ({}, ["/archive/2019.html", "/archive/", "/", "/services/bins.html"], ""),
        ({"exclude": ("^/archive/",)}, ["/", "/services/bins.html"], "2 pages are left out by exclude."),
        ({"exclude": ("^/archive/$",)}, ["/archive/2019.html", "/", "/services/bins.html"], "1 page is left out"),
        ({"exclude": (r"\d{5}", "^http", "127")}, ["/archive/2019.html", "/archive/", "/", "/services/bins.html"], ""),
        (
            {"include": ("/archive/",), "exclude": ("2019",)},
            ["/archive/"],
            "3 pages are left out by include and exclude.",
        ),
    ],
)
def test_patterns_choose_pages_of_a_folder_by_their_paths(
    check: Check, site: Path, flags: dict[str, object], expected: list[str], note: str
) -> None:
    opened, said = check(str(site), **flags)
    assert paths(opened) == expected
    assert said.startswith(note)
    assert bool(said) == bool(note)


def test_the_base_path_is_part_of_the_path(check: Check, site: Path) -> None:
    opened, _ = check(str(site), base_path="/town/", exclude=("^/town/archive/",))
    assert paths(opened) == ["/town/", "/town/services/bins.html"]


def test_patterns_choose_addresses_and_those_of_the_configuration_hold_too(check: Check, tmp_path: Path) -> None:
    (tmp_path / "curbcut.toml").write_text('exclude = ["/old/", "^https://drafts\\\\."]\n', encoding="utf-8")
    opened, note = check("town.example/a", "https://town.example/old/b", "drafts.example/c")
    assert opened == ["https://town.example/a"]
    assert note == "2 pages are left out by exclude."


def test_nothing_left_is_an_error_that_says_why(check: Check, site: Path) -> None:
    with pytest.raises(UsageError, match=r"^Nothing is left to check: 4 pages are left out by include\.$"):
        check(str(site), include=("/nowhere/",))
