"""A notice over a page: it is seen, put away without agreeing, and the page behind it is tested apart."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from checks.model import BEHIND
from reports import jsonl
from scan.folder_server import serve_folder
from scan.run import run_scan
from scan.settings import load
from store.schema import State, finding, page, url

pytestmark = pytest.mark.browser

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} – Elm Council</title>
<style>#notice {{ position: fixed; inset: 0; background: #fff; }} .bare:focus {{ outline: 0 }}</style></head>
<body><main id="m" style="display: none"><h1>{title}</h1><p>Ask us: <a class="bare" href="{other}">{title} help</a></p>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="90" height="90"></main>
<div id="notice" role="dialog" aria-label="Cookies"><p>We use cookies. May we count visits with cookies?</p>
<button id="yes">Accept all cookies</button> {refuse}</div>
<script>
  const away = (says) => {{ document.cookie = "seen=" + says; notice.remove(); m.style.display = ""; }};
  if (document.cookie.includes("seen=")) away("again");
  yes.onclick = () => {{ away("yes"); document.title = "Agreed"; }};
  document.getElementById("no")?.addEventListener("click", () => away("no"));
</script></body></html>"""
REFUSE = '<button id="no">Reject all cookies</button>'


def scan_of(folder: Path, out: Path) -> tuple[set[tuple[str, str, str]], dict[str, str], str]:
    """Scan a folder; return (path, rule, state) of the failures, the notes of the first page, and the jsonl text."""
    settings = load({"only": ["wcag"], "thorough": True, "robots": False})
    with serve_folder(folder) as origin:
        end = run_scan(settings, [f"{origin}/home.html", f"{origin}/help.html"], out, follow=False)
    try:
        assert end.counts[State.CHECKED] == 2
        query = select(url.c.url, finding.c.rule, finding.c.state).join(url, url.c.id == finding.c.url_id)
        with end.engine.connect() as connection:
            found = {
                (row.url.rpartition("/")[2], row.rule, row.state)
                for row in connection.execute(query.where(finding.c.outcome == "failed"))
            }
            not_run = connection.execute(select(page.c.not_run).order_by(page.c.url_id)).scalars().first()
        told = io.StringIO()
        jsonl.write(end.engine, end.scan_id, told)
        return found, not_run or {}, told.getvalue()
    finally:
        end.engine.dispose()


def site(folder: Path, refuse: str) -> Path:
    folder.mkdir()
    for name, title, other in (("home", "Home", "help.html"), ("help", "Help", "home.html")):
        text = PAGE.format(title=title, other=other, refuse=refuse)
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


def test_the_page_behind_a_notice_is_tested_and_its_findings_say_so(tmp_path: Path) -> None:
    found, not_run, told = scan_of(site(tmp_path / "site", REFUSE), tmp_path / "out")
    for name in ("home.html", "help.html"):  # the refusal on one page is not known to the other
        assert (name, "axe/image-alt", BEHIND) in found
        assert (name, "curbcut/focus-not-visible", BEHIND) in found
        assert (name, "axe/html-has-lang", "") in found
        assert (name, "axe/html-has-lang", BEHIND) not in found
    assert BEHIND not in not_run
    states = {f["state"] for line in told.splitlines() for f in json.loads(line)["findings"]}
    assert states == {"", BEHIND}


def test_a_notice_that_nothing_refuses_is_left_and_named(tmp_path: Path) -> None:
    found, not_run, _ = scan_of(site(tmp_path / "site", ""), tmp_path / "out")
    assert {state for _, _, state in found} == {""}
    assert "“Cookies” over the page could not be put away" in not_run[BEHIND]
