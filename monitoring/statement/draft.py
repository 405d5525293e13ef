"""Drafts an accessibility statement from a scan's results; what only people know stays a blank to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from babel.dates import format_date
from babel.numbers import format_decimal

from checks import standards
from checks.statement.model import ScanFacts
from checks.statement.national import Country, countries, country_of
from checks.statement.phrases import Language, languages
from monitoring.statement.text import Text, text


class DraftError(ValueError):
    """What was given cannot be used for a draft; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Something that a person must write; `hint` says what, `lang` in which language if not the statement's."""

    hint: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than the statement's."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link."""

    text: str
    url: str


Inline: TypeAlias = str | Blank | Anchor | Foreign


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (`level` 1 to 3), a paragraph (0) or an item of a list (-1)."""

    level: int
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a person has told: all of it may be left out, and stays a blank then. Dates are ISO 8601."""

    body: str = ""
    law: str = ""
    status: str = ""
    method: str = ""
    assessor: str = ""
    email: str = ""
    phone: str = ""
    form: str = ""
    enforcer: str = ""
    enforcement_url: str = ""
    prepared: str = ""
    reviewed: str = ""
    burden: tuple[str, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    done: bool = False

    @classmethod
    def from_plain(cls, row: object) -> Known:
        """Return what a YAML file says. Raises DraftError for an unknown key, a wrong status or method."""
        if not isinstance(row, Mapping):
            raise DraftError("The file must hold names and values, such as body: Town of Velmar.")
        names = [f.name for f in fields(cls)]
        for key in row:
            if key not in names:
                near = get_close_matches(str(key), names, 1)
                raise DraftError(f"{key} is not known; {f'did you mean {near[0]}?' if near else ', '.join(names)}")
        known = cls(**{key: _value(key, value) for key, value in row.items()})
        for name, choices in (("status", ("partial", "none", "")), ("method", ("self", "third", ""))):
            if getattr(known, name) not in choices:
                raise DraftError(f"{name} must be {' or '.join(choices[:2])}, not {getattr(known, name)!r}.")
        return known


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement's draft: its language, its title, and its parts in order."""

    text: Text
    title: str
    parts: tuple[Part, ...]
    blanks: int = field(default=0)


def draft(lang: str, site: str, scan: ScanFacts, known: Known, *, today: date) -> Draft:
    """Return the draft. `site` is the address that was scanned. DraftError for a language that has no model."""
    if lang not in languages():
        raise DraftError(f"There is no model statement in {lang!r}. Choose one of: {', '.join(languages())}.")
    writer = _Writer(languages()[lang], text(lang), site, scan, known, today)
    parts = tuple(writer.parts())
    blanks = sum(isinstance(piece, Blank) for part in parts for piece in part.content)
    return Draft(writer.text, writer.language.title, parts, blanks)


def _value(key: str, value: Any) -> Any:
    if key == "done":
        return bool(value)
    if key in ("burden", "out_of_scope", "more"):
        return tuple(str(item) for item in (value if isinstance(value, list) else [value]))
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class _Writer:
    language: Language
    text: Text
    site: str
    scan: ScanFacts
    known: Known
    today: date

    def parts(self) -> Iterator[Part]:
        yield Part(1, (self.language.title,))
        yield self._say("commitment", body=self._body(), law=self._law())
        yield self._say("scope", site=Anchor(urlsplit(self.site).hostname or self.site, self.site))
        yield self._heading("status")
        yield from self._status()
        yield self._heading("non_accessible")
        yield from self._non_accessible()
        yield self._heading("preparation")
        yield self._say("prepared", date=self._date(self.known.prepared))
        yield self._say("reviewed", date=self._date(self.known.reviewed))
        yield self._method()
        yield self._heading("feedback")
        yield self._say("feedback", contact=self._contact())
        yield self._heading("enforcement")
        yield self._say("enforcement", enforcer=self._enforcer(), link=self._enforcement_link())

    def _status(self) -> Iterator[Part]:
        status = self.known.status
        if not status:
            yield Part(0, (self._blank("blank_status"),))
        yield self._say(status or "partial", standard=self._standard())

    def _non_accessible(self) -> Iterator[Part]:
        yield self._say("lead")
        yield Part(3, tuple(self._pieces("non_compliance", {})))
        for number, pages in self.scan.pages_by_criterion.items():
            handle = standards.criteria()[number].handle if number in standards.criteria() else number
            name = handle if self.language.code == "en" else Foreign(handle, "en")
            counts = {"pages": self._number(pages), "checked": self._number(self.scan.n_pages)}
            yield Part(-1, tuple(self._pieces("item", {"number": number, "name": name, **counts})))
        for item in self.known.more:
            yield Part(-1, (item,))
        if not self.known.more and not self.known.done:
            yield Part(-1, (self._blank("blank_more"),))
        for reason, items in (("burden", self.known.burden), ("out_of_scope", self.known.out_of_scope)):
            if items or not self.known.done:
                yield Part(3, tuple(self._pieces(reason, {})))
                yield from (Part(-1, (item,)) for item in items)
            if not items and not self.known.done:
                yield Part(0, (self._blank(f"blank_{reason}"),))

    def _method(self) -> Part:
        if not self.known.method:
            return Part(0, (self._blank("blank_method"),))
        if self.known.method == "self":
            return self._say("self", body=self._body())
        return self._say("third", assessor=self.known.assessor or self._blank("blank_assessor"))

    def _contact(self) -> tuple[Inline, ...]:
        found: list[Inline] = []
        if self.known.email:
            found.append(Anchor(self.known.email, f"mailto:{self.known.email}"))
        if self.known.phone:
            found.append(Anchor(self.known.phone, f"tel:{''.join(c for c in self.known.phone if c in '+0123456789')}"))
        if self.known.form:
            found.append(Anchor(self.text["form"], self.known.form))
        if not found:
            return (self._blank("blank_contact"),)
        return tuple(piece for one in found for piece in (one, ", "))[:-1]

    def _body(self) -> Inline:
        return self.known.body or self._blank("blank_body")

    def _law(self) -> Inline:
        country = self._country()
        if self.known.law or country is None:
            return self.known.law or self._blank("blank_law")
        return Blank(self.text["blank_law_perhaps"] % {"law": country.laws.words[0]}, self._foreign("blank_law"))

    def _enforcer(self) -> Inline:
        country = self._country()
        if self.known.enforcer or country is None:
            return self.known.enforcer or self._blank("blank_enforcer")
        return Blank(
            self.text["blank_enforcer_perhaps"] % {"enforcer": country.bodies.words[0]}, self._foreign("blank_enforcer")
        )

    def _enforcement_link(self) -> Inline:
        address = self.known.enforcement_url
        return Anchor(address, address) if address else self._blank("blank_link")

    def _country(self) -> Country | None:
        return countries().get(country_of(self.site))

    def _standard(self) -> Inline:
        if not self.scan.standard:
            return self._blank("blank_standard")
        return standards.profile(self.scan.standard).title

    def _date(self, given: str) -> str:
        try:
            day = date.fromisoformat(given) if given else self.today
        except ValueError as error:
            raise DraftError(f"{given!r} is no date. Write it as 2026-11-26.") from error
        return format_date(day, "long", locale=self.language.code)

    def _number(self, value: int) -> str:
        return format_decimal(value, locale=self.language.code)

    def _heading(self, kind: str) -> Part:
        return Part(2, (self.language.written[kind][0],))

    def _blank(self, name: str) -> Blank:
        return Blank(self.text[name], self._foreign(name))

    def _foreign(self, name: str) -> str:
        return "" if self.text.has(name) else "en"

    def _say(self, name: str, **values: Inline | tuple[Inline, ...]) -> Part:
        return Part(0, tuple(self._pieces(name, values)))

    def _pieces(self, name: str, values: Mapping[str, Inline | tuple[Inline, ...]]) -> Iterator[Inline]:
        """Yield a message with its values in place; as a blank with an instruction where it is not translated."""
        if not self.text.has(name):
            if name in self.language.written and self.language.written[name] and not values:
                heading = self.language.written[name][0]
                yield heading[:1].upper() + heading[1:]
                return
            yield Blank(self.text[name] % {key: _plain(value) for key, value in values.items()}, "en")
            return
        rest = self.text[name]
        while "%(" in rest:
            before, _, after = rest.partition("%(")
            key, _, rest = after.partition(")s")
            value = values[key]
            yield from filter(None, (before, *(value if isinstance(value, tuple) else (value,))))
        if rest:
            yield rest


def _plain(value: Inline | tuple[Inline, ...]) -> str:
    if isinstance(value, tuple):
        return "".join(_plain(piece) for piece in value)
    if isinstance(value, Blank):
        return f"({value.hint})"
    if isinstance(value, Foreign):
        return value.text
    return value.url if isinstance(value, Anchor) else value
