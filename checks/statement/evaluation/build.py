"""Builds a statement's page from facts, so that what is right and wrong in it is known by construction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html import escape
from importlib import resources
from typing import Any

import yaml
from babel.dates import format_date

from checks.statement.phrases import languages

HOST = "www.velmar.{tld}"
OTHER_HOST = "www.elsewhere.{tld}"
FORM_PATH = "/kontakt"
BODY_URL = "https://enforcement.example/"
TLDS = {"en": "uk", "el": "gr", "sv": "se", "da": "dk", "cs": "cz", "sl": "si", "et": "ee", "ga": "ie"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a statement says. None or an empty string leaves a part out; the defaults make a right statement."""

    lang: str
    status: str = "partial"
    second_status: str = ""
    title: str = ""
    page_title: str = ""
    commitment: bool = True
    body: str = ""
    law: str = ""
    scope_host: str = HOST
    scope: bool = True
    standard: str = "EN 301 549"
    items: tuple[str, ...] = ("item", "promise")
    promised: date = date(2027, 6, 30)
    burden: str = ""
    prepared: date | None = date(2025, 3, 4)
    reviewed: date | None = date(2026, 5, 12)
    method: str = "self"
    method_in_status: bool = False
    email: bool = True
    phone: bool = True
    form: bool = False
    enforcer: str = ""
    enforcement_link: bool = True
    enforcement_text: bool = True
    without: frozenset[str] = field(default_factory=frozenset)
    date_format: str = "long"
    layout: str = "main"

    @property
    def host(self) -> str:
        """The host of the site that the statement belongs to."""
        return HOST.format(tld=TLDS.get(self.lang, self.lang))


@cache
def texts() -> dict[str, dict[str, Any]]:
    """Return the sentences of every language."""
    text = (resources.files("checks.statement.evaluation") / "texts.yaml").read_text(encoding="utf-8")
    rows: dict[str, dict[str, Any]] = yaml.safe_load(text)["languages"]
    return rows


def build(facts: Facts) -> str:
    """Return the page as HTML."""
    own = texts()[facts.lang]
    title = facts.title or languages()[facts.lang].title
    parts = [f"<h1>{escape(title)}</h1>", *_intro(facts, own)]
    for kind, lines in (
        ("status", _status(facts, own)),
        ("non_accessible", _non_accessible(facts, own)),
        ("preparation", _preparation(facts, own)),
        ("feedback", _feedback(facts, own)),
        ("enforcement", _enforcement(facts, own)),
    ):
        if kind not in facts.without:
            parts += [_heading(own["headings"][kind], facts.layout), *lines]
    return _page(facts, facts.page_title or title, "\n".join(parts))


def _intro(facts: Facts, own: dict[str, Any]) -> list[str]:
    lines = []
    if facts.commitment:
        lines.append(_p(own["commitment"].format(body=facts.body or own["body"], law=facts.law or own["law"])))
    if facts.scope:
        host = facts.scope_host.format(tld=TLDS.get(facts.lang, facts.lang))
        lines.append(_p(own["scope"].format(host=host)))
    return lines


def _status(facts: Facts, own: dict[str, Any]) -> list[str]:
    lines = [own[status] for status in (facts.status, facts.second_status) if status]
    lines += [own[facts.method]] if facts.method_in_status else []
    return [_p(line.replace("EN 301 549", facts.standard).format(host=facts.host)) for line in lines]


def _non_accessible(facts: Facts, own: dict[str, Any]) -> list[str]:
    if not facts.items:
        return []
    items = [own[item].format(date=_date(facts.promised, facts)) for item in facts.items]
    lines = ["<ul>", *(f"<li>{escape(item)}</li>" for item in items), "</ul>"]
    if facts.burden:
        lines.append(f"<h3>{escape(own['burden']['heading'])}</h3>")
        lines += [_p(own["burden"]["text"])] if facts.burden == "text" else []
    return lines


def _preparation(facts: Facts, own: dict[str, Any]) -> list[str]:
    lines = []
    if facts.prepared:
        lines.append(own["prepared"].format(date=_date(facts.prepared, facts)))
    if facts.reviewed:
        lines.append(own["reviewed"].format(date=_date(facts.reviewed, facts)))
    if facts.method and not facts.method_in_status:
        lines.append(own[facts.method])
    return [_p(line) for line in lines] if facts.layout == "main" else [_p(" ".join(lines))]


def _feedback(facts: Facts, own: dict[str, Any]) -> list[str]:
    address = f"access@{facts.host.removeprefix('www.')}"
    contacts = []
    if facts.email:
        contacts.append(f'<a href="mailto:{address}">{address}</a>')
    if facts.phone:
        contacts.append(
            '<a href="tel:+441632960130">+44 1632 960130</a>' if facts.layout == "main" else "01632 960 130"
        )
    if facts.form:
        contacts.append(f'<a href="{FORM_PATH}">{escape(own["form"])}</a>')
    return [f"<p>{escape(own['feedback'])} {', '.join(contacts)}</p>"]


def _enforcement(facts: Facts, own: dict[str, Any]) -> list[str]:
    text = own["enforcement"].format(enforcer=facts.enforcer or own["enforcer"]) if facts.enforcement_text else ""
    link = f'<a href="{BODY_URL}">{BODY_URL}</a>' if facts.enforcement_link else ""
    return [f"<p>{escape(text)} {link}</p>"]


def _date(day: date, facts: Facts) -> str:
    if facts.date_format == "iso":
        return day.isoformat()
    if facts.date_format == "numeric":
        return f"{day.day}.{day.month}.{day.year}"
    return format_date(day, facts.date_format, locale=facts.lang)


def _heading(text: str, layout: str) -> str:
    return f"<p><strong>{escape(text)}</strong></p>" if layout == "bold" else f"<h2>{escape(text)}</h2>"


def _p(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _page(facts: Facts, page_title: str, content: str) -> str:
    frame = (
        '<nav><a href="/">1</a></nav>',
        "<footer><p>© 2019 <a href='mailto:x@x.example'>x@x.example</a></p></footer>",
    )
    inner = f"<main>{content}</main>" if facts.layout == "main" else f'<div class="page"><div>{content}</div></div>'
    return (
        f'<!doctype html><html lang="{facts.lang}"><head><title>{escape(page_title)}</title></head>'
        f"<body>{frame[0]}{inner}{frame[1]}</body></html>"
    )
