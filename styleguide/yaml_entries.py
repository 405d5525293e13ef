"""YAML with line numbers: mappings that know where each of their keys stands, for errors that name file and line."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import yaml

from styleguide.errors import RuleFileError
from styleguide.resources import YAML_LOADER

_TEXT = "tag:yaml.org,2002:str"


class Entry(dict[str, Any]):
    """A mapping from a YAML file: `line` is where it begins, `lines` where each key stands (both count from 1)."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}

    def wrong(self, key: str, problem: str) -> RuleFileError:
        """Return the error for one key of this mapping."""
        return RuleFileError(self.file, self.lines.get(key, self.line), problem)

    def only(self, *known: str) -> None:
        """Raise RuleFileError for a key that is not one of `known`, naming the nearest."""
        for key in self:
            if key in known:
                continue
            near = get_close_matches(key, known, 1)
            mend = f"did you mean “{near[0]}”?" if near else f"use one of: {', '.join(known)}."
            raise self.wrong(key, f"“{key}” is not known here; {mend}")

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text, `default` where it is absent; RuleFileError when it is needed or no text."""
        value = self.get(key, default)
        if value is None:
            raise self.wrong(key, f"“{key}” is missing; add a line “{key}: ...”.")
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.wrong(key, f"“{key}” must be a text; put it in quotation marks.")
        return value.strip()

    def whole(self, key: str) -> int | None:
        """Return a whole number above 0, or None where it is absent."""
        value = self.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self.wrong(key, f"“{key}” must be a whole number above 0.")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false, false where it is absent."""
        value = self.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, f"“{key}” must be true or false.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it is absent."""
        value = self.get(key, [])
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, f"“{key}” must be a list of texts; put words such as no and on in quotation marks.")
        return tuple(value)

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return a text that is one of `allowed`."""
        value = self.text(key)
        if value not in allowed:
            raise self.wrong(key, f"“{key}” is “{value}”; it must be one of: {', '.join(allowed)}.")
        return value

    def entry(self, key: str) -> Entry:
        """Return a mapping under `key`."""
        value = self.get(key)
        if not isinstance(value, Entry):
            raise self.wrong(key, f"“{key}” is missing or is not a list of “name: value” lines.")
        return value

    def entries(self, key: str) -> list[Entry]:
        """Return a list of mappings under `key`."""
        value = self.get(key)
        if not isinstance(value, list) or not all(isinstance(item, Entry) for item in value):
            raise self.wrong(key, f"“{key}” must be a list whose items are “name: value” lines.")
        return value


def read_entry(text: str, file: str) -> Entry:
    """Return the mapping a YAML text holds; `file` names it in errors. RuleFileError when it is not good YAML."""
    try:
        node = yaml.compose(text, Loader=YAML_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RuleFileError(file, mark.line + 1 if mark else 1, f"not good YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise RuleFileError(file, 1, f"not good YAML: {error}.") from error
    if not isinstance(node, yaml.MappingNode):
        raise RuleFileError(file, 1, "the file must begin with “name: value” lines, such as “id: wordy-phrase”.")
    value = _convert(node, file, yaml.constructor.SafeConstructor(), set())
    assert isinstance(value, Entry)  # noqa: S101 -- a mapping node makes an Entry
    return value


def _convert(node: yaml.Node, file: str, constructor: Any, seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise RuleFileError(file, line, "anchors (&name, *name) are not used here; write the value out.")
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        entry = Entry(file, line)
        for key_node, value_node in node.value:
            key = str(key_node.value)
            key_line = key_node.start_mark.line + 1
            if key in entry:
                raise RuleFileError(file, key_line, f"“{key}” is given twice; keep one.")
            entry.lines[key] = key_line
            entry[key] = _convert(value_node, file, constructor, seen)
        return entry
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, file, constructor, seen) for item in node.value]
    if node.tag == _TEXT:
        return node.value  # nearly all of them
    return constructor.construct_object(node)
