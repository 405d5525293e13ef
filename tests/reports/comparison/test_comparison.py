"""Two scans compared, in every format: the numbers add up, what differs is told, and no text of a site acts."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Connection, delete, select, update

from benchmarks.fake_scan import write_fake_scan
from reports import analysis
from reports.analysis.fates import Fate
from reports.comparison import comment, document, html, lines
from reports.comparison.model import Comparison, read
from store.database import open_database
from store.schema import finding, page, rule, scan, url

HOSTILE = "<script>alert(1)</script> @everyone | \x1b[31m=cmd"


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Comparison]:
    """The same fake town twice: then one barrier is mended everywhere, one comes, a page goes, the browser is newer."""
    engines = []
    for name in ("old", "new"):
        engines.append(open_database(tmp_path_factory.mktemp(name) / "curbcut.sqlite"))
        write_fake_scan(engines[-1], n_pages=4, n_findings=24, n_not_checked=2)
    before, now = engines
    with now.begin() as connection:
        _change(connection)
    with before.connect() as then, now.connect() as since:
        yield read(then, analysis.latest_scan_id(then), since, analysis.latest_scan_id(since))
    for engine in engines:
        engine.dispose()


def _change(connection: Connection) -> None:
    is_barrier = (finding.c.outcome == "failed") & (finding.c.engine == "axe")
    marks = connection.execute(select(finding.c.fingerprint).where(is_barrier).distinct().order_by("fingerprint"))
    mended, fresh = marks.scalars().all()[:2]
    connection.execute(delete(finding).where(finding.c.fingerprint == mended))
    first = select(finding.c.id).where(finding.c.fingerprint == fresh).limit(1).scalar_subquery()
    connection.execute(update(finding).where(finding.c.id == first).values(fingerprint="new", message=HOSTILE))
    last = connection.execute(select(page.c.url_id).order_by(page.c.url_id.desc()).limit(1)).scalar_one()
    connection.execute(delete(finding).where(finding.c.url_id == last))
    connection.execute(delete(page).where(page.c.url_id == last))
    connection.execute(update(url).where(url.c.id == last).values(state="failed", reason="timeout"))
    connection.execute(delete(rule).where(rule.c.id == "axe/image-alt"))
    versions = connection.execute(select(scan.c.versions)).scalar_one()
    connection.execute(update(scan).values(versions={**versions, "browser": "999"}, state="limited"))


def test_numbers_add_up_and_what_differs_is_told(compared: Comparison) -> None:
    assert (len(compared.pages.both), len(compared.pages.only_before), compared.pages.only_now) == (3, 1, ())
    for kind, own in compared.kinds.items():
        assert sum(n for _, n in compared.counts(kind)) == len(own.fates)
        assert len(own.fates) == len({*own.before.found, *own.now.found})
    fates = dict(compared.counts("barriers"))
    assert fates[Fate.NEW] == 1
    assert fates[Fate.STILL] > 1
    assert compared.rows("barriers", Fate.NEW)[0].fingerprint == "new"
    whats = {each.what: each for each in compared.differences}
    assert whats["Version of browser"].now == "999"
    assert whats["Rules of the old scan only"].before == "1 rule: axe/image-alt"
    assert compared.warnings == ("The new scan is not complete. It is limited, so pages are missing in it.",)


def test_what_went_with_its_page_is_not_mended(compared: Comparison) -> None:
    gone = set(compared.pages.only_before)
    for kind in compared.kinds:
        for fate in (Fate.MENDED, Fate.OTHER_RULES):
            assert not any(gone & example.urls for _, example in compared.kinds[kind].of(fate))
    unsure = [mark for fate in (Fate.IN_PART, Fate.NOT_LOOKED_AT) for mark in compared.kinds["barriers"].of(fate)]
    assert unsure


def test_no_page_in_common_is_told_before_all_numbers(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "curbcut.sqlite")
    numbers = [write_fake_scan(engine, n_pages=2, n_findings=8, n_not_checked=0) for _ in range(2)]
    with engine.connect() as connection:
        assert read(connection, numbers[0], connection, numbers[1]).warnings == ()
        connection.execute(update(url).where(url.c.scan_id == numbers[1]).values(url=url.c.url + "-elsewhere"))
        other = read(connection, numbers[0], connection, numbers[1])
    engine.dispose()
    assert other.warnings == ("These scans are of different sites: none of the pages was checked in both.",)
    assert not any(fate is Fate.MENDED for kind in other.kinds.values() for fate in kind.fates.values())


def test_each_format_tells_all_fates_and_no_text_acts(compared: Comparison, tmp_path: Path) -> None:
    texts = {}
    for name, writer in (("text", lines.write), ("markdown", comment.write), ("json", document.write)):
        stream = io.StringIO()
        writer(compared, stream)
        texts[name] = stream.getvalue()
    texts["html"] = html.write(compared, tmp_path / "out", version="1").read_text(encoding="utf-8")
    for name in ("text", "markdown", "html"):
        for fate, n in compared.counts("barriers"):
            assert str(fate) in texts[name].lower()
            assert f"{n:,} of " in texts[name]
        assert "\x1b" not in texts[name]
    assert "<script>alert" not in texts["html"] + re.sub(r"(`+).*?\1", "", texts["markdown"])
    assert "@everyone" not in texts["markdown"].replace("@<!-- -->", "")
    page = BeautifulSoup(texts["html"], "lxml")
    assert len({summary.get_text() for summary in page.find_all("summary")}) == len(page.find_all("summary"))
    data = json.loads(texts["json"])
    assert (data["format"], data["format_version"], data["pages"]["checked_in_both"]) == ("curbcut-comparison", 1, 3)
    for kind in ("barriers", "language"):
        assert [each["what"] for each in data[kind]] == [fate.name.lower() for fate in Fate]
        assert sum(each["count"] for each in data[kind]) == data[kind][0]["of"]
        assert all(len(each["findings"]) == each["count"] for each in data[kind])
