"""Writes the HTML report of one scan: the order of its parts, and what all its pages share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine

from checks import standards
from checks.model import Outcome
from reports import analysis
from reports.analysis.words import where
from reports.html import answers, coverage, documents, language, lists, overview, pages, statements
from reports.html.folder import replacing
from reports.html.links import issue_href, page_href, picture_path
from reports.html.render import Site
from reports.html.script import FILE, translations
from reports.wording import ENGLISH, lang, of_rule, say

ASSETS = ("report.css", "report.js")


def write(engine: Engine, scan_id: int, folder: Path) -> Path:
    """Write the report of a scan into `folder` and return its index file.

    A report that is there already is replaced when the new one is whole. Raises NoScanError, UnknownProfileError,
    FileExistsError (the folder holds something else) and OSError (such as a full disk; the old report stays).
    """
    with snapshot(engine) as connection, replacing(folder) as fresh:
        _write_parts(connection, scan_id, fresh)
    return folder / "index.html"


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees the database as it is now, also while a scan goes on writing."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")  # the driver would begin with the first write only
        else:
            connection.execution_options(isolation_level="REPEATABLE READ")  # changes this connection in place
        yield connection


def _write_parts(connection: Connection, scan_id: int, folder: Path) -> None:
    site = Site(folder, _shared(connection, scan_id))
    for name in ASSETS:
        asset = resources.files("reports") / "assets" / name
        site.path(f"assets/{name}").write_bytes(asset.read_bytes())
    if lang() != ENGLISH:
        site.path(FILE).write_text(translations(), encoding="ascii")
    on_pages = lists.write_issues(site, connection, scan_id, Outcome.FAILED)
    on_pages |= lists.write_issues(site, connection, scan_id, Outcome.CANT_TELL)
    if analysis.count_issues(connection, scan_id, outcome=Outcome.BEST_PRACTICE):
        on_pages |= lists.write_issues(site, connection, scan_id, Outcome.BEST_PRACTICE)
    on_pages |= language.write(site, connection, scan_id)
    pages.write(site, connection, scan_id, on_pages)
    documents.write(site, connection, scan_id)
    coverage.write(site, connection, scan_id)
    answers.write(site, connection, scan_id)
    statements.write(site, connection, scan_id)
    lists.write_not_checked(site, connection, scan_id)
    overview.write(site, connection, scan_id)


def _shared(connection: Connection, scan_id: int) -> dict[str, Any]:
    """Return what every template may use."""
    scan = analysis.load_scan(connection, scan_id)
    hosts = list(dict.fromkeys(urlsplit(address).netloc or address for address in scan.start_urls))
    profile = standards.profile(scan.profile)
    totals = analysis.totals(connection, scan_id)
    by_format = analysis.count_documents(connection, scan_id)
    return {
        "scan": scan,
        "site_name": ", ".join(hosts[:3]) + (" " + say("and more") if len(hosts) > 3 else ""),
        "profile": profile,
        "standard": {
            num: {"handle": of_rule(c.handle), "level": c.level, "url": c.url(profile.wcag_version)}
            for num, c in standards.criteria().items()
        },
        "totals": totals,
        "found": analysis.finding_totals(connection, scan_id),
        "document_counts": by_format,
        "n_documents": sum(by_format.values()),
        "n_not_checked": analysis.count_not_checked(connection, scan_id),
        "n_statement_failures": statements.count_failures(connection, scan_id),
        "issue_href": issue_href,
        "page_href": page_href,
        "picture_path": picture_path,
        "seen_in": lists.seen_in,
        "shortened": lists.shortened,
        "where": where,
    }
