"""The generated documentation is up to date, and the generator notices when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs import generate, parts


def test_the_documentation_is_up_to_date() -> None:
    assert generate.stale(generate.all_pages(), generate.ROOT) == []


def test_the_output_formats_name_every_field_and_column() -> None:
    text = generate.all_pages()["docs/output-formats.md"]
    for name in ("final_url", "fingerprint", "reading_ease", "not_checked", "n_elements", "verdict", "words_to_mend"):
        assert f"| `{name}` |" in text


def test_a_file_that_is_missing_or_differs_is_stale(tmp_path: Path) -> None:
    (tmp_path / "same.md").write_text("new")
    (tmp_path / "old.md").write_text("old")
    pages = {"same.md": "new", "old.md": "new", "missing.md": "new"}
    assert generate.stale(pages, tmp_path) == ["old.md", "missing.md"]


def test_check_fails_without_writing_and_a_run_mends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "all_pages", lambda: {"a.md": "new"})
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    assert generate.main(["--check"]) == 1
    assert "a.md is stale. Run: python -m docs.generate" in capsys.readouterr().err
    assert not (tmp_path / "a.md").exists()
    assert generate.main([]) == 0
    assert (tmp_path / "a.md").read_text() == "new"
    assert generate.main(["--check"]) == 0


def test_marked_parts_are_renewed_and_the_rest_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROOT", tmp_path)
    (tmp_path / "a.md").write_text("Before\n<!-- generated: x -->\nold\n<!-- end of generated part -->\nAfter\n")
    made = parts.with_parts("a.md", {"x": r"new \1"})
    assert made == "Before\n<!-- generated: x -->\nnew \\1\n<!-- end of generated part -->\nAfter\n"
    with pytest.raises(ValueError, match="marks the parts"):
        parts.with_parts("a.md", {"y": "new"})


def test_table_cells_cannot_break_the_table() -> None:
    assert parts.table(["a"], [["x|y\nz"]]) == "| a |\n| --- |\n| x\\|y z |"
