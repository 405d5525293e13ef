"""Secrets come from the environment only, and are taken out of everything that is kept or shown."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar, cast
from urllib.parse import quote, quote_plus

from crawler.render.capture import Capture

LEAST_CHARS = 4
"""A shorter secret cannot be told from other text, and so not be taken out of it."""

NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
T = TypeVar("T")


class Secrets:
    """The secrets of one script, by the names of their variables."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)
        forms = {form: name for name, value in values.items() for form in _forms(value)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if forms else None
        self._names = {form.casefold(): name for form, name in forms.items()}

    def __bool__(self) -> bool:
        return bool(self._values)

    @property
    def texts(self) -> tuple[str, ...]:
        """The secrets themselves: what a picture must not show."""
        return tuple(self._values.values())

    def fill(self, text: str) -> str:
        """Return a text with the values in place of `${NAME}`."""
        return NAME.sub(lambda match: self._values[match[1]], text)

    def hide(self, text: str) -> str:
        """Return a text with `${NAME}` in place of the values, however they are written."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: f"${{{self._names.get(match[0].casefold(), 'SECRET')}}}", text)

    def hide_all(self, data: T) -> T:
        """Return plain data with `${NAME}` in place of the values in every text, the keys too."""
        if self._pattern is None:
            return data
        return cast(T, self._hidden(data))

    def hide_capture(self, capture: Capture) -> Capture:
        """Return a captured page without the secrets; pictures cannot be cleaned, so none are kept."""
        if self._pattern is None:
            return capture
        page = capture.page
        cleaned = replace(
            page,
            url=self.hide(page.url),
            final_url=self.hide(page.final_url),
            html=self.hide(page.html),
            title=self.hide(page.title),
            engines=self.hide_all(page.engines),
        )
        return replace(
            capture, page=cleaned, links=self.hide_all(capture.links), canonical=self.hide(capture.canonical), crops=()
        )

    def _hidden(self, data: object) -> object:
        if isinstance(data, str):
            return self.hide(data)
        if isinstance(data, Mapping):
            return {self._hidden(key): self._hidden(value) for key, value in data.items()}
        if isinstance(data, (list, tuple)):
            return type(data)(self._hidden(item) for item in data)
        return data


def names_in(text: str) -> list[str]:
    """Return the names of the variables that a text asks for."""
    return NAME.findall(text)


def _forms(value: str) -> set[str]:
    """Return the ways in which pages, addresses and scripts may write a secret."""
    escaped = html.escape(value)
    return {
        value,
        escaped,
        html.escape(value, quote=False),
        quote(value),
        quote(value, safe=""),
        quote_plus(value),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
    }
