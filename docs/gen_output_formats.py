"""The field and column tables of docs/output-formats.md, from the JSON schemas and the CSV tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from docs.parts import ROOT, table, with_parts
from reports.csv_report import TABLES

PAGE = "docs/output-formats.md"


def pages() -> dict[str, str]:
    """Return docs/output-formats.md with its tables renewed."""
    page, report = _schema("page"), _schema("report")
    fields = {
        "page-fields": page,
        "finding-fields": page["$defs"]["finding"],
        "text-fields": page["$defs"]["text"],
        "report-fields": report,
        "issue-fields": report["$defs"]["issue"],
        "criterion-fields": report["properties"]["criteria"]["items"],
    }
    parts = {name: table(("field", "type", "what it says"), _rows(schema)) for name, schema in fields.items()}
    parts["csv-tables"] = "\n\n".join(_csv_tables())
    return {PAGE: with_parts(PAGE, parts)}


def _schema(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((ROOT / "reports" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return data


def _rows(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, field in schema["properties"].items():
        yield f"`{name}`", _type(field), field["description"]


def _type(field: Mapping[str, Any]) -> str:
    """Return a field's type in words: "text or null"."""
    if "anyOf" in field:
        return " or ".join(_type(option) for option in field["anyOf"])
    if "enum" in field or "const" in field:
        values = field.get("enum", [field.get("const")])
        kinds = dict.fromkeys(
            _WORDS["null"] if v is None else "number" if isinstance(v, int) else "text" for v in values
        )
        return " or ".join(kinds)
    if "$ref" in field:
        return "object"
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    return " or ".join(_WORDS[kind] for kind in types)


_WORDS = {
    "string": "text",
    "integer": "number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "object",
    "null": "null",
}


def _csv_tables() -> Iterator[str]:
    for made in TABLES:
        rows = [(f"`{column.name}`", column.meaning) for column in made.columns]
        yield f"### {made.file}\n\nOne line is {made.one_line}.\n\n{table(('column', 'what it says'), rows)}"
