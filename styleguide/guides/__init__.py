"""The style guides: folders of YAML rules, read into profiles.

A profile (`guide.yaml`) is one guide with its parameters: it may extend another, use single rules of others, set
their limits and turn them off. It is never the union of all guides: they contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from checks.model import RuleInfo
from styleguide.blocks import BlockKind
from styleguide.errors import RuleFileError, UnknownGuideError
from styleguide.matcher import TermMatcher, build_matchers
from styleguide.reading import compile_pattern
from styleguide.rule_file import read_rule
from styleguide.rules import CONFIDENCES, Rule
from styleguide.word_lists import WordLists, read_word_lists
from styleguide.yaml_entries import Entry, read_entry

DEFAULT_GUIDE = "plain"
GUIDE_FILE = "guide.yaml"

_LANGUAGE_LINE = re.compile(r"^language: *(.+)$", re.M)
_CODE = re.compile(r"[a-z]+")

MAX_EXTENDS = 5
"""Profiles that build on each other; more than this is a ring."""


@dataclass(frozen=True, slots=True)
class PathOff:
    """A rule that is off on the pages whose path fits a pattern such as `/news/*`, and why."""

    rule: str
    path: str
    reason: str


@dataclass(frozen=True, eq=False)
class Guide:
    """One profile: a guide with its rules and those of the guide it builds on, never a union of all guides.

    `rules` are those that are on: high confidence only, unless more was asked for. `names` are spared by all rules.
    `compared` are the rules that compare the pages of a site, on for one page or not: across a site they say more.
    Safe to share between threads.
    """

    name: str
    title: str
    rules: tuple[Rule, ...]
    names: tuple[str, ...] = ()
    off_on_paths: tuple[PathOff, ...] = ()
    off: tuple[tuple[str, str], ...] = ()
    compared: tuple[Rule, ...] = ()

    @cached_property
    def infos(self) -> tuple[RuleInfo, ...]:
        """What a report needs to know of each rule, of those that compare pages too."""
        rules = {rule.id: rule for rule in (*self.rules, *self.compared)}
        return tuple(rule.info() for rule in rules.values())

    @cached_property
    def matchers(self) -> dict[str, TermMatcher]:
        """The words of all rules, one automaton a language."""
        return build_matchers(self.rules)

    @cached_property
    def word_scope(self) -> frozenset[BlockKind]:
        """The kinds of block that rules about words read."""
        return frozenset(kind for rule in self.rules if rule.terms for kind in rule.scope)

    @cached_property
    def spared(self) -> Any | None:
        """One pattern of all names, or None."""
        escaped = ["".join(rf"\x{{{ord(c):x}}}" if not c.isalnum() else c for c in name) for name in self.names]
        return compile_pattern(escaped, case_sensitive=True) if escaped else None


@dataclass(slots=True)
class _Part:
    """One rule of a profile before it is read: its file, and the parameters that profiles set for it."""

    file: Traversable
    guide: str
    changes: list[Entry] = field(default_factory=list)
    is_ours: bool = True

    def is_for(self, text: str, languages: frozenset[str]) -> bool:
        """Return whether the rule in `text` is for one of these languages, as far as a glance tells."""
        line = _LANGUAGE_LINE.search(text) if self.is_ours else None
        named = frozenset(_CODE.findall(line.group(1))) if line else frozenset()
        return "all" in named or not named or not named.isdisjoint(languages)


@dataclass(slots=True)
class _Profile:
    title: str
    parts: dict[str, _Part] = field(default_factory=dict)
    lists: list[WordLists] = field(default_factory=list)
    paths: list[PathOff] = field(default_factory=list)
    off: dict[str, str] = field(default_factory=dict)


def known_guides() -> tuple[str, ...]:
    """Return the names of all guides, in order of the alphabet."""
    return tuple(sorted(folder.name for folder in _root().iterdir() if folder.joinpath(GUIDE_FILE).is_file()))


def known_titles() -> dict[str, str]:
    """Return each guide's title by its name, without reading the rules."""
    read = {
        name: read_entry(_text(_root().joinpath(name, GUIDE_FILE)), f"{name}/{GUIDE_FILE}") for name in known_guides()
    }
    return {name: about.text("title") for name, about in read.items()}


def check_guide(name: str) -> None:
    """Raise what `load_guide` would for a name that is not known or a bad profile, without reading the rules."""
    _read_profile(_folder(name), 0)


@lru_cache(maxsize=32)
def load_guide(name: str = DEFAULT_GUIDE, confidence: str = "high", languages: frozenset[str] | None = None) -> Guide:
    """Return a guide, read once: one of ours by name, or an organisation's own by the path of its folder.

    Rules and words of less than `confidence` are left out. With `languages`, rules of ours for other languages only are
    left unread: nearly half, and most of the words. UnknownGuideError for a name that is not known, RuleFileError for a
    bad file.
    """
    if confidence not in CONFIDENCES:
        raise UnknownGuideError(f"There is no confidence “{confidence}”; use one of: {', '.join(CONFIDENCES)}.")
    folder = _folder(name)
    profile = _read_profile(folder, 0)
    rules = [
        read_rule(text, f"{part.guide}/{part.file.name}", part.guide, profile=folder.name, changes=part.changes)
        for part in profile.parts.values()
        for text in (_text(part.file),)
        if languages is None or part.is_for(text, languages)
    ]
    on = [kept for rule in rules if (kept := rule.at_least(confidence)) is not None]
    own = [rule for lists in profile.lists for rule in lists.rules]
    names = tuple(name for lists in profile.lists for name in lists.names)
    # An organisation's own words come first: a form that two rules name belongs to the first.
    return Guide(
        folder.name,
        profile.title,
        (*own, *on),
        names,
        tuple(profile.paths),
        tuple(profile.off.items()),
        tuple(rule for rule in rules if rule.kind.compare is not None),
    )


def read_rules(folder: Traversable, guide: str) -> tuple[Rule, ...]:
    """Return all rules of a folder, on or not, in order of their file names."""
    return tuple(
        read_rule(_text(part.file), f"{guide}/{part.file.name}", guide) for part in _own_parts(folder).values()
    )


def _folder(name: str) -> Traversable:
    if "/" in name or "\\" in name or name.startswith("."):
        path = Path(name)
        if not path.joinpath(GUIDE_FILE).is_file():
            raise UnknownGuideError(f"There is no file {path / GUIDE_FILE}. Write one with “extends: plain” in it.")
        return path.resolve()
    known = known_guides()
    if name not in known:
        near = get_close_matches(name.lower(), known, 1)
        hint = f"Did you mean “{near[0]}”?" if near else f"Known guides: {', '.join(known)}."
        raise UnknownGuideError(f"There is no style guide called “{name}”. {hint}")
    return _root().joinpath(name)


def _read_profile(folder: Traversable, depth: int) -> _Profile:
    file = f"{folder.name}/{GUIDE_FILE}"
    about = read_entry(_text(folder.joinpath(GUIDE_FILE)), file)
    about.only("name", "title", "url", "licence", "extends", "use", "set", "off", "words", "paths")
    if depth > MAX_EXTENDS:
        raise about.wrong("extends", "these guides extend each other in a ring; take one “extends” away.")
    profile = _read_profile(_extended(about, folder), depth + 1) if "extends" in about else _Profile("")
    profile.title = about.text("title")
    used = {rule_id: _used(about, rule_id) for rule_id in about.texts("use")}
    for rule_id, reason in _offs(about):
        if rule_id not in profile.parts:
            raise about.wrong("off", _no_such_rule(rule_id, profile.parts))
        del profile.parts[rule_id]
        profile.off[rule_id] = reason
    # A guide's own rules come first: a word that two rules name belongs to the first.
    profile.parts = {**_own_parts(folder), **used, **profile.parts}
    for rule_id, change in _settings(about):
        if rule_id not in profile.parts:
            raise about.entry("set").wrong(rule_id, _no_such_rule(rule_id, profile.parts))
        profile.parts[rule_id].changes.append(change)
    for item in about.entries("paths") if "paths" in about else ():
        item.only("rule", "path", "reason")
        profile.paths.append(PathOff(item.text("rule"), item.text("path"), item.text("reason")))
    if "words" in about:
        profile.lists.append(read_word_lists(about.entry("words"), folder.name))
    return profile


def _extended(about: Entry, folder: Traversable) -> Traversable:
    base = about.text("extends")
    if isinstance(folder, Path) and base.startswith("."):
        return _folder(str(folder / base))
    try:
        return _folder(base)
    except UnknownGuideError as error:
        raise about.wrong("extends", str(error)) from error


def _offs(about: Entry) -> Iterable[tuple[str, str]]:
    """Yield rules that are turned off: ids, or mappings with `rule` and `reason`."""
    value = about.get("off", [])
    if isinstance(value, list) and any(isinstance(item, Entry) for item in value):
        for item in about.entries("off"):
            item.only("rule", "reason")
            yield item.text("rule"), item.text("reason")
    else:
        for rule_id in about.texts("off"):
            yield rule_id, ""


def _settings(about: Entry) -> Iterable[tuple[str, Entry]]:
    changes = about.entry("set") if "set" in about else {}
    for rule_id in changes:
        yield rule_id, about.entry("set").entry(rule_id)


def _used(about: Entry, rule_id: str) -> _Part:
    guide, _, own_id = rule_id.partition("/")
    file = _root().joinpath(guide, f"{own_id}.yaml")
    if not own_id or not file.is_file():
        raise about.wrong("use", f"there is no rule “{rule_id}”; name one as guide/rule, such as plain/long-sentence.")
    return _Part(file, guide)


def _no_such_rule(rule_id: str, parts: Iterable[str]) -> str:
    near = get_close_matches(rule_id, list(parts), 1, cutoff=0.4)
    return f"no rule here is called “{rule_id}”" + (f"; did you mean “{near[0]}”?" if near else ".")


def _own_parts(folder: Traversable) -> dict[str, _Part]:
    """Return the rules of a folder by id; a rule's file is named after it."""
    parts: dict[str, _Part] = {}
    is_ours = folder == _root().joinpath(folder.name)
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        stem, dot, suffix = file.name.rpartition(".")
        if not dot or suffix not in ("yaml", "yml") or file.name == GUIDE_FILE:
            continue
        rule_id = f"{folder.name}/{stem}"
        if rule_id in parts:
            raise RuleFileError(f"{folder.name}/{file.name}", 1, f"“{stem}” has a file already; keep one of the two.")
        parts[rule_id] = _Part(file, folder.name, is_ours=is_ours)
    return parts


def _text(file: Traversable) -> str:
    return file.read_text("utf-8")


def _root() -> Traversable:
    return files(__name__)
