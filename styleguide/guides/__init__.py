"""The style guides: folders of YAML rules, read into profiles."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from checks.model import RuleInfo
from styleguide.blocks import BlockKind
from styleguide.errors import RuleFileError, UnknownGuideError
from styleguide.matcher import TermMatcher, build_matchers
from styleguide.rule_file import read_rule
from styleguide.rules import Rule
from styleguide.yaml_entries import read_entry

DEFAULT_GUIDE = "plain"
GUIDE_FILE = "guide.yaml"


@dataclass(frozen=True, eq=False)
class Guide:
    """One profile: a guide with its rules and those of the guide it builds on, never a union of all guides.

    `rules` are those that are on: high confidence only. Safe to share between threads.
    """

    name: str
    title: str
    rules: tuple[Rule, ...]

    @cached_property
    def infos(self) -> tuple[RuleInfo, ...]:
        """What a report needs to know of each rule."""
        return tuple(rule.info() for rule in self.rules)

    @cached_property
    def matchers(self) -> dict[str, TermMatcher]:
        """The words of all rules, one automaton a language."""
        return build_matchers(self.rules)

    @cached_property
    def word_scope(self) -> frozenset[BlockKind]:
        """The kinds of block that rules about words read."""
        return frozenset(kind for rule in self.rules if rule.terms for kind in rule.scope)


def known_guides() -> tuple[str, ...]:
    """Return the names of all guides, in order of the alphabet."""
    return tuple(sorted(folder.name for folder in _root().iterdir() if folder.joinpath(GUIDE_FILE).is_file()))


@lru_cache(maxsize=16)
def load_guide(name: str = DEFAULT_GUIDE) -> Guide:
    """Return a guide, read once. UnknownGuideError for a name that is not known, RuleFileError for a bad file."""
    known = known_guides()
    if name not in known:
        near = get_close_matches(name.lower(), known, 1)
        hint = f"Did you mean “{near[0]}”?" if near else f"Known guides: {', '.join(known)}."
        raise UnknownGuideError(f"There is no style guide called “{name}”. {hint}")
    folder = _root().joinpath(name)
    about = read_entry(folder.joinpath(GUIDE_FILE).read_text("utf-8"), f"{name}/{GUIDE_FILE}")
    about.only("name", "title", "url", "licence", "extends", "off")
    inherited = load_guide(about.text("extends")).rules if "extends" in about else ()
    off = set(about.texts("off"))
    unknown = off - {rule.id for rule in inherited}
    if unknown:
        raise about.wrong("off", f"no rule of the guide it extends is called “{sorted(unknown)[0]}”.")
    own = read_rules(folder, name)
    on = [rule for rule in own if rule.confidence == "high"]
    return Guide(name, about.text("title"), (*(rule for rule in inherited if rule.id not in off), *on))


def read_rules(folder: Traversable, guide: str) -> tuple[Rule, ...]:
    """Return all rules of a folder, on or not, in order of their file names."""
    rules: dict[str, Rule] = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith((".yaml", ".yml")) or file.name == GUIDE_FILE:
            continue
        rule = read_rule(file.read_text("utf-8"), f"{guide}/{file.name}", guide)
        if rule.id in rules:
            raise RuleFileError(f"{guide}/{file.name}", 1, f"a rule “{rule.id}” is there already; choose another id.")
        rules[rule.id] = rule
    return tuple(rules.values())


def _root() -> Traversable:
    return files(__name__)
