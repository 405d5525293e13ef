"""Every setting a person can change: one list for flags, environment and configuration file.

A flag wins over the environment (`CURBCUT_MAX_PAGES`), which wins over `curbcut.toml`, which wins over
`[tool.curbcut]` in `pyproject.toml`, which wins over the default. An unknown name is an error everywhere.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    PyprojectTomlConfigSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from checks.documents.sniff import CHECKABLE
from checks.standards import profiles
from crawler.config import CrawlConfig, Limits
from reports.ci.names import FORMAT_NAMES, FailOn
from scan.errors import UsageError
from scan.version import VERSION

FILE = "curbcut.toml"
PYPROJECT = "pyproject.toml"
PREFIX = "CURBCUT_"
OTHER_VARIABLES = frozenset({"CURBCUT_BROWSER", "CURBCUT_BROWSER_DOWNLOAD", "CURBCUT_DATABASE"})
DEFAULT_MAX_PAGES = 5_000

Words = Annotated[tuple[str, ...], NoDecode]
"""A list that may be written with commas on the command line and in the environment."""


class Settings(BaseSettings):
    """The settings in force. Field descriptions are the help texts."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        toml_file=FILE,
        pyproject_toml_table_header=("tool", "curbcut"),
        env_ignore_empty=True,
    )
    LIST_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"format", "only", "include", "exclude", "allow_private", "fail_on"}
    )

    # What belongs to the scan
    max_pages: int = Field(DEFAULT_MAX_PAGES, ge=1, description="Check at most this many pages.")
    by_size: bool = Field(
        False, description="Choose pages by the site's estimated size and complexity (simplified monitoring)."
    )
    max_depth: int | None = Field(None, ge=0, description="Follow links at most this many steps from the start.")
    max_minutes: float | None = Field(None, gt=0, description="Stop after this many minutes.")
    subdomains: bool = Field(False, description="Also scan the subdomains of the start address.")
    path: str = Field("", description="Scan only addresses whose path starts like this, such as /services/.")
    include: Words = Field((), description="Check only addresses that match this regular expression.")
    exclude: Words = Field((), description="Leave out addresses that match this regular expression.")
    sitemaps: bool = Field(True, description="Read the site's sitemaps.")

    # What is checked
    only: Words = Field(("wcag", "style"), description="Run only these checks: wcag, style.")
    best_practices: bool = Field(
        False, description="Also tell of best practices of axe-core that no criterion asks for: never failures."
    )
    documents: bool = Field(True, description="Fetch documents, such as PDFs, and check them.")
    profile: str = Field("en301549-v3.2.1", description="The standard to check against; see: curbcut rules.")
    guide: str = Field("plain", description="The style guide to check language against; see: curbcut rules.")
    thorough: bool = Field(False, description="Look closely at every page: keys, pointer, window sizes, pixels.")
    pages_per_template: int = Field(2, ge=0, le=1000, description="Else look closely at this many of each template.")
    axe_script: Path | None = Field(None, description="Use this axe-core file instead of the one that comes along.")

    # Manners
    robots: bool = Field(True, description="Obey robots.txt. Turn it off only for sites you answer for.")
    delay: float = Field(0.5, ge=0, le=600, description="Wait at least this many seconds between two pages of a host.")
    concurrency: int = Field(2, ge=1, le=16, description="Open at most this many pages of one host at once.")
    contact: str = Field("", description="Your address or web page, sent to each site so that it can reach you.")
    user_agent: str = Field("", description="Send this User-Agent instead of the usual one.")
    allow_private: Words = Field((), description="Also open this host although it is on a private network.")
    ignore_tls_errors: bool = Field(False, description="Open sites whose certificate is not valid.")

    # The machine
    tabs: int = Field(0, ge=0, le=32, description="Render this many pages at once; 0 chooses by the processors here.")
    page_timeout: float = Field(30.0, ge=1, le=600, description="Wait this many seconds for a page to answer.")
    driver: Literal["playwright", "selenium"] = Field("playwright", description="What drives the browser.")
    selenium_url: str = Field("", description="The address of a Selenium Grid; implies --driver selenium.")
    browser: Path | None = Field(None, description="Use this browser program (Chrome, Chromium or headless shell).")

    # What comes out
    format: Words = Field(
        (),
        description="What to write: html, json, jsonl, csv, text, sarif, junit, github, gitlab, markdown.",
    )
    max_findings: int | None = Field(None, ge=0, description="Exit with 1 when more failures than this were found.")
    fail_on: Words = Field((), description="Count only these as failures: new, serious, wcag, style, any.")
    baseline: Path | None = Field(None, description="Accept the findings that this file lists; count only others.")

    @field_validator("format", "only", "include", "exclude", "allow_private", "fail_on", mode="before")
    @classmethod
    def _split(cls, value: Any, info: Any) -> Any:
        if isinstance(value, str):
            value = [value]
        if info.field_name in ("include", "exclude"):
            return tuple(value)  # a comma may be part of a pattern
        return tuple(part.strip() for item in value for part in str(item).split(",") if part.strip())

    @field_validator("only")
    @classmethod
    def _known_checks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_one_of(v, ("wcag", "style")) for v in value)

    @field_validator("format")
    @classmethod
    def _known_formats(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_one_of(v, ("html", "json", "jsonl", "csv", "text", *FORMAT_NAMES)) for v in value)

    @field_validator("fail_on")
    @classmethod
    def _known_failures(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_one_of(v, tuple(FailOn)) for v in value)

    @field_validator("profile")
    @classmethod
    def _known_profile(cls, value: str) -> str:
        return _one_of(value, tuple(profiles()))

    @field_validator("include", "exclude")
    @classmethod
    def _patterns(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
        return value

    @field_validator("contact", "user_agent")
    @classmethod
    def _header_text(cls, value: str) -> str:
        if not value.isprintable() or not value.isascii():
            raise ValueError("may hold only plain printable characters, as it goes into a header")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Say where settings come from, strongest first."""
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls),
            PyprojectTomlConfigSettingsSource(settings_cls),
        )

    def stored(self) -> dict[str, Any]:
        """Return the settings as plain data for the scan's row; a Grid's password is left out."""
        data = self.model_dump(mode="json")
        data["selenium_url"] = re.sub(r"//[^/@]*@", "//", data["selenium_url"])
        return data


def load(flags: Mapping[str, Any]) -> Settings:
    """Return the settings: `flags` over environment over files over defaults. Raises UsageError."""
    _check_environment()
    try:
        return Settings(**{k: v for k, v in flags.items() if v is not None and v != ()})
    except ValidationError as error:
        raise UsageError("\n".join(_explain(e) + _where(e, flags) for e in error.errors())) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        broken = FILE if _table_of(FILE) is None else PYPROJECT
        raise UsageError(f"The configuration file {broken} is not valid TOML: {error}") from error


def user_agent(settings: Settings) -> str:
    """Return the honest User-Agent: our name, version, and how to reach whoever runs the scan."""
    if settings.user_agent:
        return settings.user_agent
    contact = f"; contact: {settings.contact}" if settings.contact else ""
    return f"Curbcut/{VERSION} (accessibility check{contact})"


def crawl_config(
    settings: Settings,
    *,
    start_urls: tuple[str, ...],
    start_addresses: tuple[str, ...],
    allow_private: frozenset[str],
    follow: bool,
) -> CrawlConfig:
    """Return the crawler's orders for these settings."""
    return CrawlConfig(
        start_urls=start_urls,
        start_addresses=start_addresses,
        user_agent=user_agent(settings),
        follow=follow,
        document_formats=CHECKABLE if settings.documents and "wcag" in settings.only else frozenset(),
        use_sitemaps=settings.sitemaps,
        obey_robots=settings.robots,
        subdomains=settings.subdomains,
        path_prefix=settings.path,
        include=settings.include,
        exclude=settings.exclude,
        allow_private=allow_private | frozenset(settings.allow_private),
        max_pages=settings.max_pages if follow else None,
        max_depth=settings.max_depth,
        max_minutes=settings.max_minutes,
        delay_s=settings.delay,
        concurrency_per_host=settings.concurrency,
        tabs=settings.tabs or tabs_for_this_machine(),
        driver="selenium" if settings.selenium_url else settings.driver,
        browser_path=settings.browser,
        selenium_url=settings.selenium_url,
        axe_script=settings.axe_script,
        ignore_tls_errors=settings.ignore_tls_errors,
        limits=Limits(navigation_s=settings.page_timeout) if follow else _impatient(settings.page_timeout),
    )


def _impatient(page_timeout_s: float) -> Limits:
    """Return the limits for pages somebody named and waits for: one more try, soon."""
    return Limits(navigation_s=page_timeout_s, attempts=2, retry_s=1.0)


def tabs_for_this_machine() -> int:
    """Return how many tabs keep the processors busy: one may wait while each of the others works."""
    return min(8, (os.cpu_count() or 1) + 1)


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value in known:
        return value
    near = difflib.get_close_matches(value, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"choose from: {', '.join(known)}"
    raise ValueError(f"{value!r} is not known; {hint}")


def _check_environment() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | OTHER_VARIABLES
    for name in os.environ:
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1)
            raise UsageError(
                f"The environment variable {name} is not a setting of Curbcut."
                + (f" Did you mean {near[0]}?" if near else "")
            )


def _where(error: Mapping[str, Any], flags: Mapping[str, Any]) -> str:
    """Return where a wrong setting stands, as far as it is no flag: the user may have forgotten it there."""
    name = str(error["loc"][0]) if error["loc"] else ""
    if flags.get(name) not in (None, ()):
        return ""
    if os.environ.get(variable := PREFIX + name.upper()):
        return f" (environment variable {variable})"
    return next((f" (in {file})" for file in (FILE, PYPROJECT) if name in (_table_of(file) or {})), "")


def _table_of(file: str) -> dict[str, Any] | None:
    """Return the settings in a configuration file here, none where there is no file; None where it is not TOML."""
    try:
        data = tomllib.loads(Path(file).read_text("utf-8"))
    except OSError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None
    table: dict[str, Any] = data if file == FILE else data.get("tool", {}).get("curbcut", {})
    return table


def _explain(error: Mapping[str, Any]) -> str:
    name = str(error["loc"][0]) if error["loc"] else "settings"
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, list(Settings.model_fields), n=1)
        return f"There is no setting called {name}." + (f" Did you mean {near[0]}?" if near else "")
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{name.replace('_', '-')}: {message}"
