from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crawler.browsers import BrowserNotFoundError
from scan import doctor
from scan.doctor import Check, diagnose, is_fit


@pytest.mark.browser
def test_this_machine_is_fit(tmp_path: Path) -> None:
    checks = {check.name: check for check in diagnose(tmp_path)}
    assert is_fit(tuple(checks.values())), checks
    assert "axe-core runs in it" in checks["Browser"].found
    assert checks["Packages"].found.endswith("packages, as locked")


def test_every_fault_comes_with_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise BrowserNotFoundError("No browser was found.")

    monkeypatch.setattr(doctor, "find_browser", none)
    monkeypatch.setattr(doctor, "find_selenium_pair", none)
    monkeypatch.setattr(doctor, "DISK_LEAST_BYTES", 2**70)
    monkeypatch.setattr(doctor, "PYTHON_LEAST", (99, 0))
    monkeypatch.setattr(doctor, "has_enough_shared_memory", lambda: False)
    monkeypatch.setattr(doctor, "_REPOSITORY", tmp_path)
    (tmp_path / "requirements.lock").write_text("click==0.0.1 \\\n    --hash=sha256:00\nno-such-package==1\n")
    checks = diagnose(tmp_path)
    faults = {check.name: check for check in checks if not check.ok}
    assert {"Python", "Packages", "Browser", "Disk space"} <= set(faults)
    assert all(fault.mend for fault in faults.values())
    assert faults["Packages"].found.startswith("click is ")
    assert "no-such-package is missing" in faults["Packages"].found
    assert not is_fit(checks)


def test_a_browser_that_only_says_its_version_is_a_fault(tmp_path: Path) -> None:
    liar = tmp_path / "chromium"
    liar.write_text("#!/bin/sh\necho Chromium 156.0.1.1\n")
    liar.chmod(0o755)
    found = {check.name: check for check in diagnose(tmp_path, liar)}["Browser"]
    assert not found.ok
    assert found.mend


def test_markers_of_other_systems_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_REPOSITORY", tmp_path)
    (tmp_path / "requirements.lock").write_text(
        "no-such-package==1 ; sys_platform == 'amiga' \\\n    --hash=sha256:00\n"
    )
    assert doctor._packages() == Check("Packages", True, "0 packages, as locked")


def test_outside_a_checkout_the_installed_package_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_REPOSITORY", tmp_path)
    monkeypatch.setattr(doctor.metadata, "requires", lambda _name: ["click>=8", "no-such-package"])
    check = doctor._packages()
    assert check.found == "no-such-package is missing"
    assert check.mend == f"{sys.executable} -m pip install --upgrade curbcut"


def test_an_output_folder_that_is_yet_to_be_made_is_fine(tmp_path: Path) -> None:
    assert doctor._writable(tmp_path / "new" / "deep").ok
    assert not (tmp_path / "new").exists()
    assert list(tmp_path.iterdir()) == []


def test_an_output_folder_that_cannot_be_written_is_a_fault() -> None:
    refused = Path("/proc")
    if not refused.is_dir():
        pytest.skip("this system has no folder that refuses everybody")
    check = doctor._writable(refused / "out")
    assert not check.ok
    assert check.needed
    assert "--out" in check.mend


def test_being_offline_is_a_note_and_no_fault() -> None:
    def offline(_host: str, _port: int) -> object:
        raise OSError(-2, "Name or service not known")

    check = doctor._names(offline)
    assert not check.ok
    assert not check.needed
    assert is_fit((check,))
    assert doctor._names(lambda _host, _port: []).ok
