"""Runs our own rules on a document, in this process. For strangers' files use `checks.documents.sandbox`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import checks.documents.rules
from checks.documents.model import Document, DocumentResult, Limits, NotCheckableError, Place
from checks.documents.rule import DocumentRule
from checks.documents.sniff import format_of
from checks.judging import judge, modules_in
from checks.model import SNIPPET_MAX_CHARS, Finding, digest
from checks.rule import ENGINE, Verdict

MOST_HEADINGS = 100
"""Headings by which a statement is told."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@cache
def all_rules() -> tuple[DocumentRule, ...]:
    """Return every rule, by id: each module in `checks/documents/rules/` is one."""
    rules: list[DocumentRule] = [module.rule for module in modules_in(checks.documents.rules)]
    return tuple(sorted(rules, key=lambda rule: rule.id))


def rules_for(criteria: Collection[str]) -> tuple[DocumentRule, ...]:
    """Return the rules that look at one of these success criteria, and those for good practice."""
    return tuple(rule for rule in all_rules() if rule.good_practice or set(rule.info.wcag) & set(criteria))


def check_document(
    source: bytes | Path,
    *,
    url: str,
    declared: str = "",
    criteria: Collection[str] | None = None,
    limits: Limits | None = None,
    is_statement: bool = False,
) -> DocumentResult:
    """Return what is found in a document; never raises for what is in the file.

    `url` is where it was found: it goes into the findings, and its last part is the file's name. `declared` is the
    format that its name or media type claims. `criteria` are those that hold for documents in the profile in use
    (`Profile.document_criteria`); None means all. `is_statement` says that it is known for an accessibility statement,
    whatever its title and headings are.
    """
    limits = limits or Limits()
    try:
        data = _read(source, limits)
        file_format = format_of(data, declared)
        document = open_document(data, file_format, file_name(url), limits)
    except NotCheckableError as error:
        return DocumentResult(declared, error.reason, error.detail)
    except MemoryError:
        return DocumentResult(declared, "too_much_memory")
    except Exception as error:  # noqa: BLE001  whatever a strange file does to a library is that file's affair
        return DocumentResult(declared, "check_failed", f"{type(error).__name__}: {error}"[:200])
    result = check_read(document, url, criteria)
    try:
        return replace(result, statement=_statement(document, is_known=is_statement))
    except Exception as error:  # noqa: BLE001 - what the rules found stays
        told = f"Its text could not be read: {type(error).__name__}: {error}"[:200]
        return replace(result, not_run={**result.not_run, "statement": told})


def _statement(document: Document, *, is_known: bool) -> str:
    """Return a tagged PDF as a web page, if it is an accessibility statement."""
    if document.format != "pdf" or not document.blocks:
        return ""
    from checks.documents.outline import as_html, outline_of  # noqa: PLC0415 - imported only when it is used
    from checks.documents.pdf.document import PdfDocument  # noqa: PLC0415
    from checks.statement.read import is_statement  # noqa: PLC0415

    headings = [block.text for block in document.blocks if block.is_heading or block.stands_out][:MOST_HEADINGS]
    if not is_known and not is_statement(document.facts.title, headings):
        return ""
    paragraphs = outline_of(document) if isinstance(document, PdfDocument) else ()
    return as_html(document.facts.title, document.facts.lang, paragraphs) if paragraphs else ""


def open_document(data: bytes, file_format: str, name: str, limits: Limits) -> Document:
    """Return a document that has been read. Each reader is imported only when it is used. Raises NotCheckableError."""
    if file_format == "pdf":
        from checks.documents.pdf.document import open_pdf  # noqa: PLC0415

        return open_pdf(data, name, limits)
    from checks.documents.office import open_office  # noqa: PLC0415

    return open_office(data, file_format, name, limits)


def check_read(document: Document, url: str, criteria: Collection[str] | None = None) -> DocumentResult:
    """Return what the rules find in a document that has been read.

    A rule that raises is named in `not_run` and the others go on.
    """
    rules = all_rules() if criteria is None else rules_for(criteria)
    result = judge(
        [(rule, document) for rule in rules],
        lambda rule, place, verdict: _finding(rule, url, place, verdict, criteria),
        places="places",
    )
    not_run = {f"part {n}": text for n, text in enumerate(document.cut_short[:20], 1)}
    facts = document.facts
    facts = replace(facts, title=clean(facts.title), lang=clean(facts.lang), producer=clean(facts.producer))
    return DocumentResult(
        document.format, "", "", facts, result.findings, result.rule_outcomes, {**not_run, **result.not_run}
    )


def clean(text: str) -> str:
    """Return text that every database and format takes: no control characters, no halves of characters."""
    return _CONTROL.sub(" ", text).encode("utf-8", "replace").decode("utf-8")


def file_name(url: str) -> str:
    """Return the last part of an address's path."""
    return urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]


def _read(source: bytes | Path, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        with source.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise NotCheckableError("too_large", f"It is larger than {limits.file_bytes:,} bytes.")
    return data


def _finding(rule: DocumentRule, url: str, place: Place, verdict: Verdict, criteria: Collection[str] | None) -> Finding:
    # The path alone: a file served for one check has another port each time.
    document_id = urlsplit(url).path + ("?" + query if (query := urlsplit(url).query) else "")
    return Finding(
        rule=rule.id,
        engine=ENGINE,
        outcome=verdict.outcome,
        url=url,
        message=clean(rule.message(verdict)),
        message_id=verdict.message,
        arguments={
            name: clean(value) if isinstance(value, str) else value for name, value in verdict.arguments.items()
        },
        target=(clean(place.where),) if place.where else (),
        wcag=tuple(num for num in rule.info.wcag if criteria is None or num in criteria),
        impact=rule.info.impact,
        snippet=clean(place.snippet[:SNIPPET_MAX_CHARS]),
        fingerprint=digest(rule.id, document_id, place.key, verdict.message),
        component=digest(rule.id, document_id),
        help_url=rule.info.help_url,
    )
