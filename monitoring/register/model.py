"""One row of a register, checked: what must be there and in which form."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from crawler.urls import BadUrlError, canonical, host_of
from monitoring.facts import columns, decision

FIELDS = ("url", "body", "level", "services", "territory", "name", "operator", "contact", "nominated_by")
REQUIRED = ("url", "body", "level")
LEVELS = {level["key"]: level["name"] for level in decision()["site_sample_selection"]["levels"]}
NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
LAU = re.compile(r"[0-9A-Z][0-9A-Z_./-]{0,19}")
_LIST = re.compile(r"[;|,]")
_SEVERAL_ADDRESSES = re.compile(r"[\s,;]+(?=https?://|www\.)", re.IGNORECASE)
_MAIL = re.compile(r"mailto:|^[^/\s]+@[^/\s]+$", re.IGNORECASE)
_OTHER_KIND = re.compile(r"([a-z][a-z\d+-]*):(?![\d/])", re.IGNORECASE)
"""What begins an address of another kind, such as `javascript:`; a host's port is a number."""

SERVICES = tuple(columns()["services"])


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was refused: its line, what is wrong, one sentence each."""

    line: int
    reasons: tuple[str, ...]
    cells: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Return a word for comparing: lower case, single spaces, no hyphens and marks around it."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split()).strip(" :.*()")


@cache
def _known(group: str) -> dict[str, str]:
    return {plain(word): key for key, words in columns()[group].items() for word in (key, *words)}


def known_word(group: str, word: str) -> str | None:
    """Return the key of a level, service or column by any of its words."""
    return _known(group).get(plain(word))


def nearest(group: str, word: str) -> str:
    """Return the nearest known word, or ""."""
    near = difflib.get_close_matches(plain(word), list(_known(group)), n=1, cutoff=0.7)
    return near[0] if near else ""


def _level(text: str) -> str:
    key = known_word("levels", text)
    if key is None:
        near = nearest("levels", text)
        hint = f"did you mean {near}?" if near else "write state, regional, local or public law"
        raise ValueError(f"{text!r} is no level; {hint}" if text else f"it is empty; {hint}")
    return key


def _services(text: str) -> tuple[str, ...]:
    found: set[str] = set()
    whole = known_word("services", text)
    for word in [text] if whole else _LIST.split(text):
        if not word.strip():
            continue
        key = known_word("services", word)
        if key is None:
            near = nearest("services", word)
            hint = f"did you mean {near}?" if near else f"write one or more of: {', '.join(SERVICES)}"
            raise ValueError(f"{word.strip()!r} is no service of the Decision; {hint}")
        found.add(key)
    return tuple(sorted(found))


def _address(text: str) -> str:
    if not text:
        raise ValueError("it is empty")
    if _SEVERAL_ADDRESSES.search(text):
        raise ValueError("it holds more than one address; write a row for each site")
    if _MAIL.search(text):
        raise ValueError(f"{text!r} is a mail address")
    if " " in text:
        raise ValueError(f"{text!r} holds a space")
    if other := _OTHER_KIND.match(text):
        raise ValueError(f"{text!r} is no web address: it begins with {other[0]} and not with https://")
    try:
        url = canonical(text if "://" in text else f"https://{text.lstrip('/')}")
    except BadUrlError as error:
        raise ValueError(f"{text!r} is no web address: {error}") from error
    host = host_of(url)
    if "." not in host and host != "localhost" and ":" not in host:
        raise ValueError(f"{text!r} has no full host name, such as www.example.org")
    return text


class RegisterRow(BaseModel):
    """A site as a register's row describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    url: Annotated[str, BeforeValidator(_address)]
    body: str = Field(min_length=1, max_length=500)
    level: Annotated[str, BeforeValidator(_level)]
    services: Annotated[tuple[str, ...], BeforeValidator(_services)] = ()
    territory: str = ""
    name: str = Field("", max_length=500)
    operator: str = Field("", max_length=500)
    contact: str = Field("", max_length=500)
    nominated_by: str = Field("", max_length=500)

    @model_validator(mode="after")
    def _codes(self) -> RegisterRow:
        self.codes()
        return self

    def codes(self) -> tuple[str, str]:
        """Return (NUTS code, LAU code); the cell may hold either or both. A bare word of a NUTS code's form is one."""
        nuts = lau = ""
        for code in re.split(r"[\s,;|]+|/(?=\S)", self.territory.upper()):
            if not code:
                continue
            if not nuts and NUTS.fullmatch(code):
                nuts = code
            elif not lau and LAU.fullmatch(code):
                lau = code
            else:
                raise ValueError(f"territory: {self.territory!r} is no NUTS or LAU code, such as AT13 or 90001")
        return nuts, lau

    def values(self) -> dict[str, Any]:
        """Return the row as the register's table keeps it."""
        url = canonical(self.url if "://" in self.url else f"https://{self.url.lstrip('/')}")
        nuts, lau = self.codes()
        return {
            "key": site_key(url),
            "url": url,
            "address": self.url,
            "name": self.name,
            "body": self.body,
            "level": self.level,
            "services": list(self.services),
            "nuts": nuts,
            "lau": lau,
            "operator": self.operator,
            "contact": self.contact,
            "nominated_by": self.nominated_by,
        }


def site_key(url: str) -> str:
    """Return what makes two sites the same: the canonical address without its scheme."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}{'?' + parts.query if parts.query else ''}"


def explain(error: ValidationError) -> tuple[str, ...]:
    """Return what is wrong with a row, one sentence a field."""
    found = []
    for each in error.errors(include_url=False, include_input=False):
        field = str(each["loc"][0]).replace("_", " ") if each["loc"] else ""
        message = str(each["msg"]).removeprefix("Value error, ")
        if each["type"] == "string_too_short":
            message = "it is empty"
        elif each["type"] == "string_too_long":
            message = f"it is longer than {each['ctx']['max_length']} characters"
        found.append(f"{field}: {message}" if field else message)
    return tuple(found)
