"""Settings: a flag beats the environment beats curbcut.toml beats pyproject.toml; whatever is wrong is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from checks.documents.sniff import CHECKABLE
from cli.options import settings_options
from crawler.config import CrawlConfig, Limits
from scan.errors import UsageError
from scan.settings import Settings, crawl_config, load, tabs_for_this_machine, user_agent

START = "https://town.example/"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _config(settings: Settings, *, follow: bool = True) -> CrawlConfig:
    return crawl_config(
        settings, start_urls=(START,), start_addresses=(START,), allow_private=frozenset({"127.0.0.1"}), follow=follow
    )


def test_each_place_beats_the_next_weaker(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load({}).max_pages == 5_000
    (empty_folder / "pyproject.toml").write_text("[tool.curbcut]\nmax_pages = 1\ntabs = 9\n")
    assert load({}).max_pages == 1
    (empty_folder / "curbcut.toml").write_text("max_pages = 2\n")
    assert load({}).max_pages == 2
    monkeypatch.setenv("CURBCUT_MAX_PAGES", "3")
    assert load({}).max_pages == 3
    settings = load({"max_pages": 4, "tabs": None, "include": ()})
    assert (settings.max_pages, settings.tabs) == (4, 9), "a flag that was not given leaves the file's value"


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBCUT_MAX_PAGES", "")
    assert load({}).max_pages == 5_000


@pytest.mark.parametrize(
    ("file", "text"), [("curbcut.toml", "max_page = 2\n"), ("pyproject.toml", "[tool.curbcut]\nmax_page = 2\n")]
)
def test_an_unknown_key_in_a_file_names_the_nearest(empty_folder: Path, file: str, text: str) -> None:
    (empty_folder / file).write_text(text)
    with pytest.raises(UsageError, match=rf"no setting called max_page\. Did you mean max_pages\? \(in {file}\)"):
        load({})


def test_an_unknown_key_like_no_other_has_no_suggestion(empty_folder: Path) -> None:
    (empty_folder / "curbcut.toml").write_text("zzzzzz = 2\n")
    with pytest.raises(UsageError, match=r"no setting called zzzzzz\. \(in"):
        load({})


def test_an_unknown_variable_names_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBCUT_MAXPAGES", "2")
    with pytest.raises(UsageError, match=r"CURBCUT_MAXPAGES .* Did you mean CURBCUT_MAX_PAGES\?"):
        load({})


def test_other_tables_of_pyproject_are_none_of_ours(empty_folder: Path) -> None:
    (empty_folder / "pyproject.toml").write_text("[tool.other]\nmax_page = 2\n[project]\nname = 'x'\n")
    assert load({}).max_pages == 5_000


@pytest.mark.parametrize("file", ["curbcut.toml", "pyproject.toml"])
@pytest.mark.parametrize("content", [b"max_pages 2\n", b"contact = 'J\xe9r\xf4me'\n"])
def test_a_file_that_is_no_toml_is_said(empty_folder: Path, file: str, content: bytes) -> None:
    (empty_folder / file).write_bytes(content)
    with pytest.raises(UsageError, match=f"{file} is not valid TOML"):
        load({})


def test_a_wrong_value_says_where_it_stands(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_folder / "curbcut.toml").write_text("max_pages = 'many'\n")
    with pytest.raises(UsageError, match=r"max-pages: .* \(in curbcut.toml\)$"):
        load({})
    monkeypatch.setenv("CURBCUT_MAX_PAGES", "few")
    with pytest.raises(UsageError, match=r"\(environment variable CURBCUT_MAX_PAGES\)$"):
        load({})
    with pytest.raises(UsageError, match=r"greater than or equal to 1$"):
        load({"max_pages": 0})


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"max_pages": 0}, "max-pages: "),
        ({"max_minutes": 0}, "max-minutes: "),
        ({"delay": -1}, "delay: "),
        ({"concurrency": 17}, "concurrency: "),
        ({"page_timeout": "soon"}, "page-timeout: "),
        ({"driver": "netscape"}, "driver: "),
        ({"only": ("wcga",)}, r"only: 'wcga' is not known; did you mean wcag\?"),
        ({"only": ("zzz",)}, "only: 'zzz' is not known; choose from: wcag, style"),
        ({"format": ("htm",)}, r"format: 'htm' is not known; did you mean html\?"),
        ({"profile": "en301549-v3.2.0"}, r"profile: .* did you mean en301549-v3\.2\.1\?"),
        ({"include": ("(",)}, "include: .* is not a regular expression"),
        ({"contact": "me\r\nX-Evil: 1"}, "contact: may hold only plain printable characters"),
        ({"user_agent": "Bücher"}, "user-agent: may hold only plain printable characters"),
    ],
)
def test_bad_values_are_refused_by_name(flags: Mapping[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load(flags)


def test_every_bad_value_is_named_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        load({"max_pages": 0, "delay": -1})
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == ["max-pages", "delay"]


@pytest.mark.parametrize("given", ["wcag,style", "wcag, style,", ("wcag", "style"), ("wcag,style",), ["wcag", "style"]])
def test_lists_may_have_commas(given: Any) -> None:
    assert load({"only": given}).only == ("wcag", "style")


def test_lists_may_have_commas_in_the_environment_and_files(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURBCUT_FORMAT", "html,csv")
    (empty_folder / "curbcut.toml").write_text('only = "style"\nallow_private = ["a.test", "b.test"]\n')
    settings = load({})
    assert (settings.format, settings.only, settings.allow_private) == (
        ("html", "csv"),
        ("style",),
        ("a.test", "b.test"),
    )


def test_a_comma_in_a_pattern_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBCUT_EXCLUDE", r"/\d{2,4}/")
    assert load({}).exclude == (r"/\d{2,4}/",)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_is(name: str) -> None:
    description = Settings.model_fields[name].description or ""
    assert description.endswith(".")
    assert description[0].isupper()


def test_every_setting_is_an_option() -> None:
    def command() -> None: ...

    options = {option.name for option in settings_options()(command).__click_params__}  # type: ignore[attr-defined]
    assert options == set(Settings.model_fields)


def test_lists_are_the_fields_that_are_tuples() -> None:
    defaults = {name: field.get_default() for name, field in Settings.model_fields.items()}
    assert {name for name, default in defaults.items() if isinstance(default, tuple)} == Settings.LIST_FIELDS


def test_the_crawler_gets_what_was_set(tmp_path: Path) -> None:
    settings = load(
        {
            "max_pages": 7, "max_depth": 3, "max_minutes": 1.5, "subdomains": True, "path": "/a/", "include": ("x",),
            "exclude": ("y",), "sitemaps": False, "robots": False, "delay": 2.5, "concurrency": 3, "tabs": 5,
            "user_agent": "Me/1", "allow_private": ("intranet.test",), "ignore_tls_errors": True, "page_timeout": 12,
            "browser": tmp_path, "axe_script": tmp_path,
        }
    )  # fmt: skip
    assert _config(settings) == CrawlConfig(
        start_urls=(START,), start_addresses=(START,), user_agent="Me/1", follow=True, use_sitemaps=False,
        obey_robots=False, subdomains=True, path_prefix="/a/", include=("x",), exclude=("y",),
        allow_private=frozenset({"127.0.0.1", "intranet.test"}), max_pages=7, max_depth=3, max_minutes=1.5,
        delay_s=2.5, concurrency_per_host=3, tabs=5, browser_path=tmp_path, axe_script=tmp_path,
        ignore_tls_errors=True, document_formats=CHECKABLE, limits=Limits(navigation_s=12),
    )  # fmt: skip


def test_without_settings_the_crawler_has_its_own_defaults() -> None:
    """One default for one thing: those of `Settings` and of `CrawlConfig` agree wherever both have one."""
    ours = _config(load({}))
    own = CrawlConfig(start_urls=(START,), user_agent=ours.user_agent)
    set_here = {"start_addresses", "allow_private", "document_formats", "max_pages", "tabs"}
    for name in {field.name for field in fields(CrawlConfig)} - set_here:
        assert getattr(ours, name) == getattr(own, name), name
    assert (ours.max_pages, ours.tabs) == (5_000, tabs_for_this_machine())


@pytest.mark.parametrize("flags", [{"documents": False}, {"only": ("style",)}])
def test_documents_are_fetched_only_where_they_are_checked(flags: dict[str, Any]) -> None:
    assert _config(load({})).document_formats == CHECKABLE
    assert _config(load(flags)).document_formats == frozenset()


def test_a_grid_means_selenium() -> None:
    config = _config(load({"selenium_url": "http://grid.test:4444"}))
    assert (config.driver, config.selenium_url) == ("selenium", "http://grid.test:4444")


def test_named_pages_have_no_bound_on_pages() -> None:
    assert _config(load({"max_pages": 3}), follow=False).max_pages is None


def test_the_user_agent_is_honest() -> None:
    assert user_agent(load({})).startswith("Curbcut/")
    assert user_agent(load({"contact": "web@town.example"})).endswith("; contact: web@town.example)")


def test_a_grids_password_is_not_stored() -> None:
    stored = load({"selenium_url": "http://user:secret@grid.test:4444", "only": "wcag"}).stored()
    assert stored["selenium_url"] == "http://grid.test:4444"
    assert (set(stored), stored["only"]) == (set(Settings.model_fields), ["wcag"])


def test_what_bin_setup_reads_is_no_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build sets it for the whole job."""
    monkeypatch.setenv("CURBCUT_BROWSER_DOWNLOAD", "no")
    assert load({}) == Settings()
