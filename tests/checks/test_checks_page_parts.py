"""What a page offers is noted as plain data."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from checks import page_parts
from checks.model import Page
from checks.page_parts import MAX_FILES, parts
from checks.rule import PageView

ADDRESS = "https://www.velmar.example/a/b"


def parts_of(body: str, *, title: str = "") -> dict[str, Any]:
    html = f"<html lang=en><body>{body}</body></html>"
    found = parts(PageView(Page(ADDRESS, ADDRESS, html, title=title), BeautifulSoup(html, "lxml")))
    assert json.loads(json.dumps(found)) == found
    return found


def test_a_form_is_told_from_a_search() -> None:
    search, login = parts_of(
        "<form role=search action=/find><input name=q></form>"
        "<form method=POST><input name=u><input type=password><input type=hidden><button>Go</button></form>"
    )["forms"]
    assert (search["search"], search["to"], search["fields"]) == (True, "https://www.velmar.example/find", 1)
    assert login == {"to": ADDRESS, "method": "post", "fields": 2, "password": True, "text": False, "search": False}


def test_only_the_content_tells_what_kind_of_page_it_is() -> None:
    found = parts_of("<header><form></form></header><main><h1>Bins</h1><table></table><details></details></main>")
    assert found["kinds"] == ["table", "accordion"]
    assert found["h1"] == "Bins"


def test_documents_and_ways_into_a_process_are_noted_with_their_addresses() -> None:
    links = "".join(f"<a href={n}.pdf>Plan {n}</a>" for n in range(MAX_FILES + 5))
    found = parts_of(f"<main><a href=/apply#top>Apply online</a> <a href=/news>News</a> {links}</main>")
    assert found["onward"] == [["Apply online", "https://www.velmar.example/apply"]]
    assert found["files"][0] == ["Plan 0", "https://www.velmar.example/a/0.pdf"]
    assert len(found["files"]) == MAX_FILES


def test_only_links_that_name_a_file_are_followed_to_their_address(monkeypatch: pytest.MonkeyPatch) -> None:
    resolved: list[str] = []
    resolve = page_parts.absolute
    monkeypatch.setattr(page_parts, "absolute", lambda a, href: (resolved.append(href), resolve(a, href))[1])
    files = ["/a.PDF", "b.p&#10;df?x=1#y", "//files.velmar.example/c.v2.odt"]
    others = ["/news", "/pdf", "/d.pdf/view", "?q=e.pdf", "http://[x", "mailto:f@velmar.example"]
    found = parts_of("".join(f'<a href="{href}">File</a>' for href in [*files, *others]))
    assert [target for _, target in found["files"]] == [
        "https://www.velmar.example/a.PDF",
        "https://www.velmar.example/a/b.pdf?x=1",
        "https://files.velmar.example/c.v2.odt",
    ]
    assert not {"/news", "/pdf", "http://[x", "mailto:f@velmar.example"} & set(resolved)


def test_a_step_is_told_by_its_mark_or_its_words() -> None:
    steps = "<ol><li>You</li><li aria-current=step>Car</li><li>Pay</li></ol>"
    assert parts_of(steps)["step"] == [2, 3]
    assert parts_of("<!-- Step 1 of 2 --><p>Step 3 of 4</p>")["step"] == [3, 4]
    assert parts_of("", title="Schritt 1 von 5: Daten")["step"] == [1, 5]
    assert parts_of("<p>Open 9 to 5, room 2 of 3.</p>")["step"] == []
