"""The table of what style guides ask for names rules that there are, and leaves nothing out."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from checks.catalogue import catalogue
from checks.standards import profile
from styleguide.errors import RuleFileError
from styleguide.evaluation import facts as module
from styleguide.evaluation.facts import read_facts
from styleguide.guides import GUIDE_FILE
from styleguide.resources import YAML_LOADER

FACTS = Path(__file__).parents[3] / "shared" / "data" / "style" / "rules.yml"


def test_every_named_rule_exists() -> None:
    guides = Path(str(files("styleguide.guides")))
    known = {f"{file.parent.name}/{file.stem}" for file in guides.glob("*/*.yaml") if file.name != GUIDE_FILE}
    known |= {info.id for info in catalogue(profile("wcag22-aaa"))}
    named = {rule for fact in read_facts() for rule in fact.rules}
    assert named
    assert not named - known


@pytest.mark.skipif(not FACTS.exists(), reason="the list of facts from the guides lies beside the repository only")
def test_every_fact_of_the_guides_has_rules_or_a_reason() -> None:
    listed = yaml.load(FACTS.read_text("utf-8"), Loader=YAML_LOADER)  # noqa: S506 -- a safe loader, the fast one
    asked = {fact["id"] for fact in listed}
    assert asked == {fact.id for fact in read_facts()}


def test_fact_without_rules_and_reason_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.joinpath("facts.yaml").write_text("some.fact:\n  title: Something\n", "utf-8")
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    with pytest.raises(RuleFileError, match=r"facts.yaml:1: .*needs “rules”"):
        read_facts()
