"""Which axe-core script is taken, and what is said of one that is none; and the rules' own words."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
import yaml

from checks.engines import axe
from checks.engines.axe._messages import load


def test_the_bundled_script_says_its_version() -> None:
    assert axe.version(axe.source()) == axe.bundled_version() == "4.12.1"


def test_another_script_is_taken_from_its_path(tmp_path: Path) -> None:
    other = tmp_path / "axe.min.js"
    other.write_text('axe.version="4.99.0-alpha";axe._load({})', encoding="utf-8")
    assert axe.version(axe.source(other)) == "4.99.0-alpha"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"alert(1)", "not axe-core"),
        (b'axe.version="4.1.1"', "not axe-core"),
        (b'axe.version="3.1.1";axe._load({})', "too old"),
        (b"\xff\xfe", "Cannot read"),
        (None, "Cannot read"),
    ],
)
def test_a_file_that_is_not_axe_is_refused_with_what_to_do(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "axe.js"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(axe.AxeScriptError, match=said) as caught:
        axe.source(file)
    assert "Give the" in str(caught.value)


def test_options_are_plain_data_with_the_profiles_tags() -> None:
    options = axe.run_options(("wcag2a",), max_nodes=7)
    assert options["tags"] == ["wcag2a"]
    assert options["maxNodes"] == 7


def test_rules_are_those_the_tags_switch_on() -> None:
    infos = {info.id: info for info in axe.rule_infos(["wcag2a", "wcag2aa", "wcag21aa"])}
    assert "axe/target-size" not in infos
    assert {info.id for info in axe.rule_infos(["wcag22aa"])} == {"axe/target-size"}
    image = infos["axe/image-alt"]
    assert image.help_url == "https://dequeuniversity.com/rules/axe/4.12/image-alt"
    assert image.sources[1] == "https://www.w3.org/WAI/WCAG22/Understanding/non-text-content.html"


def test_every_rules_words_are_whole_sentences() -> None:
    for name, row in load("advice").items():
        for key in ("who", "how", "failed", *(["review"] if "review" in row else [])):
            assert row[key][0].isupper(), (name, key)
            assert row[key].endswith("."), (name, key)
        assert not row["title"].endswith("."), name


def test_no_rule_is_described_twice() -> None:
    text = (resources.files("checks.engines.axe") / "advice.yaml").read_text(encoding="utf-8")
    names = [line[:-1] for line in text.splitlines() if line.endswith(":") and not line.startswith((" ", "#"))]
    assert len(names) == len(set(names)) == len(yaml.safe_load(text))
