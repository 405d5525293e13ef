"""Documents in a scan: fetched within limits, checked, stored and reported, or listed with the reason why not."""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select

from checks.documents.samples.office import docx
from checks.documents.samples.pdf import pdf
from checks.model import Page
from crawler import crawl as crawl_module
from crawler.config import Limits
from crawler.errors import NotAPageError
from crawler.render.capture import Capture, Picks
from reports import analysis, csv_report, json_report, jsonl
from reports import html as html_report
from scan import settings as settings_module
from scan.run import ScanEnd, run_scan
from scan.settings import load
from store.schema import ScanState, State, document, finding, url

MAX_BYTES = 60_000
PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BAD = pdf(title="untitled", lang=None, pages=2)().data
FILES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/bad.pdf": (200, {"Content-Type": PDF}, BAD),
    "/good.pdf": (200, {"Content-Type": PDF}, pdf()().data),
    "/packed.pdf": (200, {"Content-Type": PDF, "Content-Encoding": "gzip"}, gzip.compress(BAD)),
    "/octets.docx": (200, {"Content-Type": "application/octet-stream"}, docx()().data),
    "/download?id=7": (200, {"Content-Type": PDF}, BAD),
    "/moved.pdf": (301, {"Location": "/good.pdf"}, b""),
    "/gone.pdf": (404, {"Content-Type": "text/html"}, b"<html>Gone"),
    "/login.pdf": (200, {"Content-Type": "text/html"}, b"<!doctype html><title>Log in</title>"),
    "/old.doc": (200, {"Content-Type": "application/msword"}, b"\xd0\xcf\x11\xe0" * 10),
    "/large.pdf": (200, {"Content-Type": PDF}, b"%PDF-1.7" + bytes(MAX_BYTES)),
    "/endless.pdf": (200, {"Content-Type": PDF, "X-Endless": "yes"}, b"%PDF-1.7" + bytes(MAX_BYTES)),
    "/bomb.pdf": (200, {"Content-Type": PDF, "Content-Encoding": "gzip"}, gzip.compress(bytes(MAX_BYTES * 40))),
    "/damaged.pdf": (200, {"Content-Type": PDF}, b"%PDF-1.7 and then nothing"),
}


class Site(BaseHTTPRequestHandler):
    """Serves `FILES`; what is endless has no Content-Length."""

    def do_GET(self) -> None:
        status, headers, body = FILES.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "X-Endless" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


class FakeRenderer:
    """A browser of which every page is the list of all documents."""

    can_look = False

    async def start(self) -> None: ...

    async def close(self) -> None: ...

    def version(self) -> str:
        return "Fake 1"

    async def capture(self, address: str, *, named: bool, picks: Picks) -> Capture:
        origin, _, path = address.removeprefix("http://").partition("/")
        if path:
            raise NotAPageError("a download")
        page = Page(address, address, "<html lang=en><p>Files.</p>", http_status=200, title="Files", lang="en")
        picks(page)
        return Capture(page, tuple((f"http://{origin}{name}", "") for name in FILES), "", (), 1)


@pytest.fixture
def origin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    monkeypatch.setattr(crawl_module, "renderer_for", lambda *_args, **_options: FakeRenderer())
    monkeypatch.setattr(settings_module, "Limits", partial(Limits, document_bytes=MAX_BYTES, retry_s=0.01, close_s=1.0))
    monkeypatch.chdir(tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def scan(origin: str, folder: Path, targets: tuple[str, ...] = ("/",), *, follow: bool = True, **flags: Any) -> ScanEnd:
    settings = load({"robots": False, "sitemaps": False, "tabs": 2, "delay": 0.0} | flags)
    return run_scan(settings, [origin + target for target in targets], folder, follow=follow)


def documents(end: ScanEnd) -> dict[str, Row[Any]]:
    with end.engine.connect() as connection:
        rows = connection.execute(select(document, url.c.url, url.c.state).join(url, url.c.id == document.c.url_id))
        return {"/" + row.url.split("/", 3)[3]: row for row in rows}


def test_every_document_is_checked_or_says_why_not(origin: str, tmp_path: Path) -> None:
    end = scan(origin, tmp_path / "scan")
    found = documents(end)
    assert end.state is ScanState.COMPLETE
    assert {name: row.reason for name, row in found.items()} == {
        "/bad.pdf": "",
        "/good.pdf": "",
        "/packed.pdf": "",
        "/octets.docx": "",
        "/download?id=7": "",
        "/login.pdf": "not_a_document",
        "/old.doc": "format",
        "/large.pdf": "too_large",
        "/endless.pdf": "too_large",
        "/bomb.pdf": "too_large",
        "/damaged.pdf": "broken",
    }
    assert {row.state for row in found.values()} == {State.NOT_A_PAGE}
    bad = found["/bad.pdf"]
    assert (bad.format, bad.size_bytes, bad.title, bad.lang, bad.pages) == ("pdf", len(BAD), "untitled", "", 2)
    assert (bad.tagged, bad.n_failed, bad.n_cant_tell) == (True, 2, 0)
    assert bad.rule_outcomes["curbcut/document-title"] == "failed"
    assert found["/packed.pdf"].n_failed == found["/download?id=7"].n_failed == 2
    assert found["/octets.docx"].format == "docx"
    with end.engine.connect() as connection:
        states = {row.url: row.state for row in connection.execute(select(url.c.url, url.c.state))}
        assert states[f"{origin}/gone.pdf"] == State.FAILED
        assert analysis.totals(connection, end.scan_id).adds_up
    end.engine.dispose()


def test_documents_are_told_in_every_report(origin: str, tmp_path: Path) -> None:
    end = scan(origin, tmp_path / "scan")
    report = html_report.write(end.engine, end.scan_id, tmp_path / "report").parent
    listed = (report / "documents.html").read_text(encoding="utf-8")
    assert "The file is larger than the limit." in listed
    own = [path.read_text(encoding="utf-8") for path in (report / "documents").glob("*.html")]
    assert len(own) == 5
    assert any("The title is what a program left in" in text for text in own)
    for folder, href in ((report, "documents/"), (report / "documents", "../issues/")):
        linked = {
            part.split('"')[0] for p in folder.glob("*.html") for part in p.read_text().split(f'href="{href}')[1:]
        }
        assert linked
        assert {name for name in linked if not (folder / href / name).exists()} == set()
    csv_report.write(end.engine, end.scan_id, tmp_path / "csv")
    lines = (tmp_path / "csv" / "findings.csv").read_text(encoding="utf-8-sig").splitlines()
    assert any("10.2.4.2" in line and "/bad.pdf" in line and "document" in line for line in lines)
    stream, whole = io.StringIO(), io.StringIO()
    jsonl.write(end.engine, end.scan_id, stream)
    json_report.write(end.engine, end.scan_id, whole)
    assert stream.getvalue().count('"kind": "document"') == 5
    assert '"reason": "too_large"' in whole.getvalue()
    end.engine.dispose()


@pytest.mark.parametrize("flags", [{"documents": False}, {"only": "style"}])
def test_documents_are_only_listed_where_nobody_asks_for_more(
    origin: str, tmp_path: Path, flags: dict[str, Any]
) -> None:
    end = scan(origin, tmp_path / "scan", **flags)
    found = documents(end)
    assert {row.reason for row in found.values()} == {"not_asked"}
    assert found["/bad.pdf"].size_bytes == len(BAD)
    end.engine.dispose()


def test_named_documents_are_checked(origin: str, tmp_path: Path) -> None:
    end = scan(origin, tmp_path / "scan", ("/bad.pdf", "/octets.docx"), follow=False)
    assert [row.reason for row in documents(end).values()] == ["", ""]
    with end.engine.connect() as connection:
        rules = set(connection.execute(select(finding.c.rule)).scalars())
    assert rules == {"curbcut/document-title", "curbcut/document-language"}
    end.engine.dispose()
