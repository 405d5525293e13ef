"""What is printed in the terminal: totals that add up, findings in three kinds, and nothing that acts."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from benchmarks.fake_scan import write_fake_scan
from reports import text
from store.database import open_database
from store.errors import NoScanError


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def findings(scan: Any) -> str:
    stream = io.StringIO()
    text.write_findings(scan.engine, scan.scan_id, stream)
    return stream.getvalue()


def summary(scan: Any, report: str = "") -> str:
    stream = io.StringIO()
    text.write_summary(scan.engine, scan.scan_id, stream, report=report)
    return stream.getvalue()


def test_findings_read_like_a_linters(small_scan: Any) -> None:
    assert findings(small_scan).startswith(
        """\
HTTPS://Town.example  =Fees & [bold]fines[/bold]

  Barriers (1)
    critical  This picture has no text.
      at    iframe.map >>> main > img\ufffd
      code  =HYPERLINK(1)
      mend  Write an alt attribute.
      rule  axe/image-alt  WCAG 1.1.1

  A person must look (1)
    Is this readable?
      at    iframe.map >>> main > img\ufffd
      code  =HYPERLINK(1)
      mend  Choose darker text.
      rule  axe/color-contrast  WCAG 1.4.3

  Words (1)
    Say “use”.
      at    iframe.map >>> main > img\ufffd
      text  =HYPERLINK(1)
      mend  use
      rule  govuk/words-to-avoid

https://town.example/clean  Clean

  Could not run axe/image-alt: The frame was gone.
  Nothing found.

https://town.example/slow
  Not checked: The page did not answer in time. No answer after 30 s.
"""
    )


def test_findings_end_with_totals(small_scan: Any) -> None:
    assert findings(small_scan).endswith(
        "\n2 pages checked, 5 not checked: 1 barrier, 1 question for a person, 1 passage to reword.\n"
    )


def test_a_rich_console_takes_the_findings_as_they_are(small_scan: Any) -> None:
    stream = io.StringIO()
    Console(file=stream, width=200).print(text.findings_text(small_scan.engine, small_scan.scan_id))
    assert "axe/image-alt  WCAG 1.1.1" in stream.getvalue()
    assert "2 pages checked" in stream.getvalue()


def test_the_summarys_totals_add_up(small_scan: Any) -> None:
    lines = summary(small_scan).split("\n\n")[0].splitlines()
    assert lines[0] == "Addresses"
    numbers = [int(re.split(r"\s{2,}", line.strip())[1]) for line in lines[1:]]
    assert lines[-1].split()[0] == "Together"
    assert sum(numbers[:-1]) == numbers[-1] == 12


def test_the_summary_says_what_was_found_what_helps_most_and_what_was_not_tested(small_scan: Any) -> None:
    shown = summary(small_scan, report="out/report/index.html")
    assert "Barriers            1 issue, 1 place, on 1 page\n" in shown
    assert "A person must look  1 question, 1 place, on 1 page\n" in shown
    assert "1. Images must have text alternatives\n" in shown
    assert "EN 301 549 V3.2.1" in shown
    assert "50 success criteria: barriers found 1, a person must look 1, not tested 47, met by definition 1." in shown
    assert "robots.txt asks for 2 seconds between pages." in shown
    assert shown.endswith("\nReport: out/report/index.html\n")


def test_nothing_checked_is_never_shown_as_nothing_found(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "scan.sqlite")
    scan_id = write_fake_scan(engine, n_pages=0)
    stream = io.StringIO()
    text.write_findings(engine, scan_id, stream)
    assert "Nothing can be said about pages that were not checked." in stream.getvalue()
    engine.dispose()


def test_no_text_of_a_site_controls_the_terminal_or_is_taken_for_markup(tmp_path: Path, small_scan: Any) -> None:
    engine = open_database(tmp_path / "scan.sqlite")
    scan_id = write_fake_scan(engine, state="interrupted")
    stream = io.StringIO()
    text.write_findings(engine, scan_id, stream)
    text.write_summary(engine, scan_id, stream)
    shown = stream.getvalue() + findings(small_scan)
    assert {c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Cf", "Zl", "Zp")} == {"\n"}
    assert "[bold]fines[/bold]" in shown
    assert "gotcha" not in shown
    engine.dispose()


def test_a_terminal_gets_colour_and_the_same_words(small_scan: Any) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=300)
    console.print(text.summary(small_scan.engine, small_scan.scan_id))
    coloured = console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == summary(small_scan)


def test_lines_are_not_broken_when_the_output_is_no_terminal(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "scan.sqlite")
    scan_id = write_fake_scan(engine)
    stream = io.StringIO()
    text.write_findings(engine, scan_id, stream)
    assert "very-long-path-" * 40 in stream.getvalue()
    engine.dispose()


def test_a_scan_that_is_not_there_is_an_error(small_scan: Any) -> None:
    with pytest.raises(NoScanError):
        text.summary(small_scan.engine, 99)
    with pytest.raises(NoScanError):
        list(text.findings_text(small_scan.engine, 99))
