"""From one YAML file to one rule, with errors that name the line and the mend."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from styleguide.blocks import BlockKind
from styleguide.kinds import known_kinds
from styleguide.rules import CONFIDENCES, Example, Kind, Rule, Source
from styleguide.yaml_entries import Entry, read_entry

SEVERITIES = ("error", "warning", "suggestion")
PROVENANCES = ("source", "secondary", "generalised", "own")

_KEYS = (
    *("id", "title", "kind", "messages", "why", "suggestion", "language", "scope"),
    *("severity", "confidence", "sources", "examples", "boilerplate"),
)
_VALE = {
    "extends": "write “kind: existence” and the like instead",
    "message": "write “messages:” with “failed:” below it, and {phrase} for %s",
    "level": "write “severity: suggestion”, “warning” or “error”",
    "ignorecase": "case is ignored here unless you write “case_sensitive: true”",
    "nonword": "write the pattern under “patterns:”",
    "raw": "write the patterns under “patterns:”",
    "token": "write “patterns:” with a list",
    "exceptions": "write “except:” with a list of patterns",
    "link": "write it as “url:” of a source, below “sources:”",
}
"""Keys of Vale's rules that have another name here, and which."""

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SCOPES = {kind.value.replace(" ", "-"): kind for kind in BlockKind}


def read_rule(text: str, file: str, guide: str, *, profile: str = "", changes: Sequence[Entry] = ()) -> Rule:
    """Return the rule that the YAML `text` of `file` describes. RuleFileError says what is wrong and where.

    `changes` are the parameters that profiles set for it, in their order; sources named for `profile` come first.
    """
    entry = read_entry(text, file)
    for change in changes:
        _overlay(entry, change)
    _say_what_vale_s_keys_are_here(entry)
    kind = _kind(entry)
    entry.only(*_KEYS, *kind.keys)
    own_id = entry.text("id")
    if not _SLUG.fullmatch(own_id):
        raise entry.wrong("id", f"“{own_id}” is no id; use small letters, digits and hyphens, such as wordy-phrase.")
    sources = _sources(entry)
    languages = _languages(entry)
    parameters, terms = kind.read(entry, sources)
    if terms and not languages:
        raise entry.wrong("language", "a rule with terms needs its language, such as “language: en”.")
    favoured = [source for name, source in sources.items() if profile and name.startswith(profile)]
    fires, silent = _examples(entry, languages[0] if languages else "en")
    return Rule(
        id=f"{guide}/{own_id}",
        guide=guide,
        title=entry.text("title"),
        kind=kind,
        messages=_messages(entry, kind),
        why=entry.text("why"),
        suggestion=entry.text("suggestion"),
        languages=frozenset(languages),
        scope=_scope(entry),
        severity=entry.choice("severity", SEVERITIES),
        confidence=entry.choice("confidence", CONFIDENCES),
        sources=tuple(sorted(sources.values(), key=lambda source: source not in favoured)),
        parameters=parameters,
        terms=terms,
        fires=fires,
        silent=silent,
        boilerplate=entry.flag("boilerplate") if "boilerplate" in entry else True,
    )


def _say_what_vale_s_keys_are_here(entry: Entry) -> None:
    for key, mend in _VALE.items():
        if key in entry:
            raise entry.wrong(key, f"“{key}” is Vale's; {mend}.")


def _overlay(entry: Entry, change: Entry) -> None:
    """Set a profile's parameters of a rule. Its words, sources and examples are the rule's own and stay."""
    allowed = {*_kind(entry).keys, "severity", "confidence", "scope", "messages", "suggestion"} - {"terms", "swap"}
    change.only(*sorted(allowed))
    entry.update(change)


def _kind(entry: Entry) -> Kind:
    name = entry.text("kind")
    kinds = known_kinds()
    if name not in kinds:
        near = get_close_matches(name, kinds, 1)
        mend = f"did you mean “{near[0]}”?" if near else f"use one of: {', '.join(sorted(kinds))}."
        raise entry.wrong("kind", f"there is no kind “{name}”; {mend}")
    return kinds[name]


def _sources(entry: Entry) -> dict[str, Source]:
    by_name = entry.entry("sources")
    sources: dict[str, Source] = {}
    for name in by_name:
        source = by_name.entry(name)
        source.only("guide", "section", "url", "licence", "provenance")
        provenance = source.choice("provenance", PROVENANCES)
        url = source.text("url", default="")
        if not url.startswith("https://") and provenance != "own":
            raise source.wrong("url", "a source needs its address, beginning with https://.")
        sources[name] = Source(source.text("guide"), source.text("section"), url, source.text("licence"), provenance)
    if not sources:
        raise entry.wrong("sources", "a rule needs at least one source; “provenance: own” is honest for our own.")
    return sources


def _languages(entry: Entry) -> tuple[str, ...]:
    languages = entry.texts("language")
    if not languages:
        raise entry.wrong("language", "“language” is missing; write “language: en”, a list, or “language: all”.")
    if languages == ("all",):
        return ()
    for lang in languages:
        if not _LANGUAGE.fullmatch(lang):
            raise entry.wrong("language", f"“{lang}” is no language; use codes such as en or de.")
    return languages


def _messages(entry: Entry, kind: Kind) -> Mapping[str, str]:
    by_id = entry.entry("messages")
    messages = {message_id: by_id.text(message_id) for message_id in by_id}
    if not messages:
        raise entry.wrong("messages", "a rule needs a message; add “failed: ...” below “messages:”.")
    for message_id, message in messages.items():
        for _, name, _, _ in string.Formatter().parse(message):
            if name is not None and name not in kind.arguments:
                known = ", ".join(f"{{{argument}}}" for argument in kind.arguments)
                raise by_id.wrong(message_id, f"{{{name}}} is not known in a message of this kind; use {known}.")
    return messages


def _scope(entry: Entry) -> frozenset[BlockKind]:
    names = entry.texts("scope")
    if not names:
        raise entry.wrong("scope", f"“scope” is missing; list what the rule reads: {', '.join(_SCOPES)}.")
    for name in names:
        if name not in _SCOPES:
            raise entry.wrong("scope", f"“{name}” is no scope; use one of: {', '.join(_SCOPES)}.")
    scope = frozenset(_SCOPES[name] for name in names)
    # An error message is a paragraph at the moment that matters most.
    return scope | {BlockKind.ERROR} if BlockKind.PARAGRAPH in scope else scope


def _examples(entry: Entry, lang: str) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    examples = entry.entry("examples")
    examples.only("fires", "silent")
    found: list[tuple[Example, ...]] = []
    for key in ("fires", "silent"):
        items = examples.get(key)
        if not isinstance(items, list) or not items:
            raise examples.wrong(key, f"a rule needs examples; list at least one below “{key}:”.")
        found.append(tuple(_example(examples, key, item, lang) for item in items))
    return found[0], found[1]


def _example(examples: Entry, key: str, item: object, lang: str) -> Example:
    if isinstance(item, Entry):
        item.only("text", "language")
        text, lang = item.text("text"), item.text("language")
    elif isinstance(item, str):
        text = item
    else:
        raise examples.wrong(key, "an example must be a text; put it in quotation marks.")
    return Example(text if text.lstrip().startswith("<") else f"<p>{text}</p>", lang)
