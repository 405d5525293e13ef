"""reports/wording/locale: the templates for translators, and the catalogues brought up to date with them.

A folder there with a language's code is a language to translate into: the next run puts both catalogues in it.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from checks import standards
from checks.catalogue import catalogue
from checks.statement.check import infos
from monitoring.facts import decision
from monitoring.member_state.figures import DEFINITIONS
from monitoring.register.model import LEVELS, SERVICES
from monitoring.sample.draw import NOT_STATED, spoken
from reports.html import script
from reports.wording.messages import INTERFACE, RULES
from reports.wording.spoken import ENGLISH, folder, languages
from store.reasons import DOCUMENT_REASONS, REASONS
from styleguide.guides import known_guides, load_guide

ROOT = Path(__file__).parents[1]
LOCALE = "reports/wording/locale"
PLACES = (
    ("reports", "**/*.py"),
    ("monitoring/body", "*.py"),
    ("monitoring/campaign", "*.py"),
    ("monitoring/member_state", "*.py"),
    ("monitoring/sample", "*.py"),
    ("monitoring/writing", "*.py"),
)
TEMPLATES = (("reports/templates", "*.html"), ("monitoring/templates", "*.html"))
KEYWORDS = {"say": None, "to_say": None, "say_n": (1, 2)}
SINCE = datetime(2026, 11, 26, tzinfo=UTC)
"""A fixed date, so that a catalogue changes only when its messages do."""

HEADER = """# {what}, for translators.
# Fill in each msgstr. What stands in %(...)s is filled in by the program and must stay as it is."""
WHAT = {
    INTERFACE: "What reports say",
    RULES: "Texts of rules and checks of statements, names of criteria and user needs, what people must judge",
}


def pages() -> dict[str, str]:
    """Return the templates and every language's catalogues."""
    made = {}
    for name, messages in ((INTERFACE, _interface()), (RULES, _rules())):
        template = _filled(Catalog(header_comment=HEADER.format(what=WHAT[name]), **_ABOUT), messages)
        made[f"{LOCALE}/{name}.pot"] = _written(template)
        for language in languages():
            if language != ENGLISH:
                made[f"{LOCALE}/{language}/{name}.po"] = _written(_renewed(language, name, template))
    return made


_ABOUT = {"project": "curbcut", "version": "1", "creation_date": SINCE, "fuzzy": False}
Message = tuple[str | tuple[str, str], str]


def _interface() -> Iterator[Message]:
    for where, pattern in PLACES:
        for path in sorted((ROOT / where).glob(pattern)):
            for message in _of_python(path):
                yield message, path.relative_to(ROOT).as_posix()
    for where, pattern in TEMPLATES:
        for path in sorted((ROOT / where).glob(pattern)):
            with path.open("rb") as file:
                for _, message, _, _ in extract(babel_extract, file, KEYWORDS, options={"silent": "false"}):
                    yield message, path.relative_to(ROOT).as_posix()
    for message in script.messages():
        yield message, "reports/assets/report.js"
    for sentence in [s for reasons in REASONS.values() for s in reasons.values()] + list(DOCUMENT_REASONS.values()):
        yield sentence, "store/reasons.py"
    for words in _facts():
        yield words, "monitoring/data"
    for definition in DEFINITIONS.values():
        for words in astuple(definition):
            if isinstance(words, str):
                yield words, "monitoring/member_state/figures.py"


def _facts() -> Iterator[str]:
    """Yield the words of the Decision that reports say: the checklist, the levels, the services."""
    yield from (row["item"] for row in decision()["annex_II_report_checklist"])
    yield from LEVELS.values()
    yield from map(spoken, SERVICES)
    yield NOT_STATED


def _of_python(path: Path) -> Iterator[str | tuple[str, str]]:
    """Yield the messages of a module. Babel's own extractor does not see those inside an f-string (Python 3.11)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            texts = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
            if node.func.id == "say_n":
                one, many = texts
                yield one, many
            else:
                yield from texts[:1]


def _rules() -> Iterator[Message]:
    for name in standards.profiles():
        for rule in catalogue(standards.profile(name)):
            yield from ((text, rule.id) for text in (rule.title, rule.who, rule.how) if text)
    for guide in known_guides():
        yield from ((rule.title, rule.id) for rule in load_guide(guide).rules)
    for name in standards.profiles():
        note = standards.profile(name).note
        if note:
            yield note, name
    for check in infos().values():
        yield from ((text, check.id) for text in (check.title, check.how) if text)
    for criterion in standards.criteria().values():
        yield criterion.handle, criterion.num
    for num, text in standards.left_to_people().items():
        yield text, num
    for key, statement in standards.functional_statements().items():
        yield statement.title, key


def _filled(template: Catalog, messages: Iterator[Message]) -> Catalog:
    for message, place in messages:
        if message:
            texts = message if isinstance(message, tuple) else (message,)
            flags = {"python-format"} if any(re.search(r"%\(\w+\)s", text) for text in texts) else set()
            template.add(message, locations=[(place, 0)], flags=flags)
    return template


def _renewed(language: str, name: str, template: Catalog) -> Catalog:
    """Return a language's catalogue with the messages of today; what is no longer said is left out."""
    path = folder() / language / f"{name}.po"
    old = Catalog(locale=language)
    if path.is_file():
        with path.open("rb") as file:
            old = read_po(file, locale=language)
    fresh = Catalog(locale=language, header_comment=f"# {WHAT[name]}, in {language}.", **_ABOUT)
    fresh.revision_date, fresh.last_translator, fresh.language_team = SINCE, "Curbcut contributors", language
    for message in template:
        if message.id:
            known = old.get(message.id)
            kept = known.string if known is not None else ""
            fresh.add(message.id, kept, locations=message.locations, flags=message.flags)
    return fresh


def _written(catalogue_: Catalog) -> str:
    stream = io.BytesIO()
    write_po(stream, catalogue_, width=110, include_lineno=False)
    return stream.getvalue().decode("utf-8")
