"""Makes command-line options from the settings, so that flags, environment and file can never disagree."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.console import fail
from cli.exit_codes import Exit
from reports.wording import ENGLISH, languages
from scan.settings import PREFIX, Settings

Command = TypeVar("Command", bound=Callable[..., Any])

lang_option = click.option(
    "--lang", type=click.Choice(languages()), default=ENGLISH, show_default=True, help="The report's language."
)


def only_html(lang: str, format_: str) -> None:
    """Stop the command where another format than html is asked for in another language than English."""
    if lang != ENGLISH and format_ != "html":
        fail(f"--lang {lang} goes with --format html: {format_} is written in English.", Exit.USAGE)


SCAN_ONLY = (
    "max_pages",
    "by_size",
    "max_depth",
    "max_minutes",
    "subdomains",
    "path",
    "sitemaps",
    "robots",
    "thorough",
    "pages_per_template",
)
"""What only a scan of a whole site can use: `check` follows no links and asks no robots.txt."""

PATTERNS = ("include", "exclude")
"""What chooses among addresses: no option of `steps`, which opens one page after the other."""


def settings_options(*names: str, without: tuple[str, ...] = ()) -> Callable[[Command], Command]:
    """Return a decorator that adds one option a setting: those named, or all but `without`."""
    chosen = names or tuple(n for n in Settings.model_fields if n not in without)

    def decorate(command: Command) -> Command:
        for name in reversed(chosen):
            command = _option(name)(command)
        return command

    return decorate


def _option(name: str) -> Callable[[Command], Command]:
    field = Settings.model_fields[name]
    flag = "--" + name.replace("_", "-")
    default = field.get_default()
    shown = ",".join(default) if isinstance(default, tuple) else "on" if default is True else default
    text = f"{field.description} [env: {PREFIX}{name.upper()}"
    text += f"; default: {shown}]" if shown not in (None, "", False) else "]"
    kind = _kind(field.annotation)
    if kind is bool:
        return click.option(f"{flag}/--no-{flag[2:]}", name, default=None, help=text)
    if name in Settings.LIST_FIELDS:
        return click.option(flag, name, multiple=True, help=text, metavar=_metavar(name))
    return click.option(flag, name, type=kind, default=None, help=text, metavar=_metavar(name))


def _kind(annotation: Any) -> Any:
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
    if typing.get_origin(annotation) is typing.Literal:
        return click.Choice(typing.get_args(annotation))
    if annotation is Path:
        return click.Path(path_type=Path)
    return annotation if annotation in (bool, int, float) else str


def _metavar(name: str) -> str | None:
    return {
        "max_pages": "N", "max_depth": "N", "max_minutes": "N", "max_findings": "N", "tabs": "N", "concurrency": "N",
        "pages_per_template": "N", "include": "REGEX", "exclude": "REGEX", "path": "PREFIX", "allow_private": "HOST",
        "contact": "TEXT", "user_agent": "TEXT", "format": "NAME[,NAME]", "only": "NAME[,NAME]", "profile": "ID",
        "guide": "NAME", "fail_on": "NAME[,NAME]", "baseline": "FILE",
        "delay": "SECONDS", "page_timeout": "SECONDS", "axe_script": "FILE",
        "browser": "FILE", "selenium_url": "URL",
    }.get(name)  # fmt: skip
