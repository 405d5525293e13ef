"""The HTML report as files: complete, linked up, harmless whatever the site wrote, and never half replaced."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from sqlalchemy import Engine, delete, insert, select, update

from benchmarks.fake_scan import HOST, HOSTILE, HOSTILE_URLS, write_fake_scan
from reports import analysis
from reports.html import pages, write
from reports.html.folder import MARKER
from reports.html.render import clean, known_language, web_link
from reports.html.tables import Cell, script_json
from reports.wording import duration, file_size, moment
from store.database import open_database
from store.errors import NoScanError
from store.schema import evidence, finding, look, page, scan

SAFE_NAME = re.compile(r"[a-z0-9-]+\.(html|js|css|png|txt)")
TOP_FILES = ("index", "issues", "questions", "criteria", "pages", "language", "documents", "statement", "not-checked")
OTHER_FILES = ("rules", "closer-looks", "answered")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(tmp_path_factory.mktemp("html") / "scan.sqlite")
    write_fake_scan(engine, n_pages=45, n_findings=900, n_not_checked=300)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def report(database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(database, 1, tmp_path_factory.mktemp("out") / "report").parent


def documents(folder: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    parser = html.HTMLParser(encoding="utf-8")
    for path in sorted(folder.rglob("*.html")):
        yield path, html.parse(path, parser).getroot()


def test_every_part_is_there(report: Path) -> None:
    assert {path.stem for path in report.glob("*.html")} >= {*TOP_FILES, *OTHER_FILES}
    assert len(list((report / "pages").glob("*.html"))) == 45
    assert (report / "assets" / "report.css").stat().st_size > 0
    assert next((report / "images").glob("*.png")).read_bytes().startswith(b"\x89PNG")


def test_only_pages_that_were_looked_at_to_the_end_are_counted(database: Engine, tmp_path: Path) -> None:
    with database.begin() as connection:
        ids = list(connection.execute(select(page.c.url_id).order_by(page.c.url_id).limit(3)).scalars())
        states = ("checked", "failed", "pending")
        connection.execute(
            insert(look),
            [{"url_id": id_, "scan_id": 1, "state": state} for id_, state in zip(ids, states, strict=True)],
        )
    try:
        folder = write(database, 1, tmp_path / "report").parent
    finally:
        with database.begin() as connection:
            connection.execute(delete(look))
    looks, rules = (html.parse(folder / name).getroot().text_content() for name in ("closer-looks.html", "rules.html"))
    assert "1 page of 45 checked pages. 2 more were chosen and could not be looked at" in looks
    assert "at most 7 % of the pages, or 10 where that is more" in looks
    assert "They ran on 1 page." in rules


def test_the_index_says_what_was_scanned_and_adds_up(report: Path) -> None:
    text = html.parse(report / "index.html").getroot().text_content()
    for words in (
        "www.oldport.example",
        "20 November 2026, 08:00 UTC",
        "24 min 10 s",
        "4.12.1",
        "max_pages",
        "EN 301 549 V3.2.1",
        "Mend once in the footer, 45 pages improve",
        "It cannot judge everything",
    ):
        assert words in text
    assert "conforms" not in text
    tree = html.parse(report / "index.html").getroot()
    table = next(t for t in tree.iter("table") if t.find("tfoot") is not None)
    counts = [int(row[-1].text.replace(",", "")) for row in table.find("tbody")]
    assert sum(counts) == int(table.find("tfoot/tr/td").text.replace(",", "")) == 45 + 300 + 12


def test_particulars_are_sentences_and_said_once(report: Path) -> None:
    cells = html.parse(report / "not-checked.html").getroot().xpath("//td[@data-label='Why']")
    told = [" ".join(cell.text_content().split()) for cell in cells]
    assert "The server answered with an error.404 Not Found. Tried 3 times." in told
    moved = [text for text in told if "Leads to another address" in text]
    assert moved
    assert all(text.count("/new/") == 1 for text in moved)


def test_links_inside_the_report_lead_somewhere(report: Path) -> None:
    ids: dict[Path, set[str]] = {}
    wanted: list[tuple[Path, Path, str]] = []
    for path, tree in documents(report):
        found = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(found) == len(set(found)), f"{path} uses an id twice"
        ids[path] = set(found)
        for attribute in ("href", "src"):
            for element in tree.iterfind(f".//*[@{attribute}]"):
                target = element.get(attribute)
                if not target.startswith(("http:", "https:")):
                    name, _, fragment = target.partition("#")
                    wanted.append((path, (path.parent / name).resolve() if name else path, fragment))
    assert len(wanted) > 1000
    for source, target, fragment in wanted:
        assert target.is_file(), f"{source} links to {target}, which is not there"
        assert not fragment or fragment in ids[target], f"{source} links to #{fragment}, not in {target}"


def test_nothing_of_the_site_can_act(report: Path) -> None:
    n_links = 0
    for path, tree in documents(report):
        for element in tree.iter(etree.Element):
            assert element.tag != "script" or (element.get("src") or "").endswith("assets/report.js")
            assert element.tag not in ("style", "iframe", "object", "embed", "base", "form")
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"], path
            target = element.get("href")
            if target and ":" in target:
                n_links += 1
                assert target.startswith(("https://", "http://")), f"{path}: {target}"
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert n_links > 100


def test_hostile_text_is_shown_as_text(report: Path) -> None:
    text = "".join(tree.text_content() for _, tree in documents(report))
    for words in HOSTILE:
        if not re.search("[\x00-\x1f]", words):
            assert words in text, words
    for address in HOSTILE_URLS:
        assert address in text
    raw = "".join(path.read_text(encoding="utf-8") for path in report.rglob("*.html"))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", raw)


def test_names_of_files_are_ours(report: Path) -> None:
    for path in report.rglob("*"):
        assert path.is_dir() or SAFE_NAME.fullmatch(path.name), path


def test_data_files_hold_every_row_and_no_markup(report: Path) -> None:
    text = (report / "data" / "not-checked.js").read_text(encoding="ascii")
    assert not set(text) & set("<>&")
    rows = json.loads(text.removeprefix('curbcutTable("not-checked", ').removesuffix(");\n"))
    assert len(rows) == 312
    assert [row[0][0] for row in rows if row[0][0].startswith("javascript:")] == ["javascript:alert(5)"]
    parts = [html.parse(report / name).getroot() for name in ("not-checked.html", "not-checked-2.html")]
    shown = [row[0].text_content().strip() for part in parts for row in part.find(".//table[@class='rows']/tbody")]
    assert shown == [row[0][0] for row in rows]


def test_a_page_tells_its_own_issues_and_links_to_shared_ones(report: Path, database: Engine) -> None:
    with database.connect() as connection:
        row = next(analysis.pages(connection, 1))
        issues = list(analysis.page_issues(connection, 1, row.id))
    tree = html.parse(report / "pages" / f"{row.id}.html").getroot()
    assert {element.get("id") for element in tree.iter("article")} == {f"i-{issue.id}" for issue in issues}
    shared = next(issue for issue in issues if issue.rule == "axe/link-name")
    (article,) = tree.xpath(f"//article[@id='i-{shared.id}']")
    assert "Also on 44 other pages" in article.text_content()
    assert article.xpath(f".//a[@href='../issues/{shared.id}.html']")


def test_an_interrupted_scan_says_so(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "scan.sqlite")
    index = write(engine, write_fake_scan(engine, n_pages=3, n_findings=30, state="interrupted"), tmp_path / "r")
    text = html.parse(index).getroot().text_content()
    assert "This scan is not finished. 9 addresses were not reached yet" in text
    assert "Not reached yet" in text
    engine.dispose()


def test_a_scan_that_found_nothing_has_a_whole_report(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "scan.sqlite")
    scan_id = write_fake_scan(engine, n_pages=0, n_findings=0, n_not_checked=0, n_documents=0)
    index = write(engine, scan_id, tmp_path / "r")
    text = html.parse(index).getroot().text_content()
    assert "It found no barrier, which does not mean that there is none." in text
    assert {path.stem for path in index.parent.glob("*.html")} == {*TOP_FILES, *OTHER_FILES}
    engine.dispose()


def test_the_second_scan_of_a_database_stands_alone(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "scan.sqlite")
    write_fake_scan(engine, n_pages=4, n_findings=40)
    second = write_fake_scan(engine, n_pages=2, n_findings=10)
    index = write(engine, second, tmp_path / "r")
    assert len(list((index.parent / "pages").glob("*.html"))) == 2
    engine.dispose()


def test_pictures_of_other_kinds_are_left_out(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "scan.sqlite")
    scan_id = write_fake_scan(engine, n_pages=3, n_findings=30)
    with engine.begin() as connection:
        connection.execute(update(evidence).values(media_type="image/svg+xml"))
    index = write(engine, scan_id, tmp_path / "r")
    assert not (index.parent / "images").exists()
    engine.dispose()


def test_a_finding_in_a_document_has_a_file_of_its_own(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "scan.sqlite")
    scan_id = write_fake_scan(engine, n_pages=1, n_findings=7)
    with engine.begin() as connection:
        connection.execute(delete(page))
    folder = write(engine, scan_id, tmp_path / "r").parent
    with engine.connect() as connection:
        ids = {issue.id for issue in analysis.issues(connection, scan_id)}
    assert {path.stem for path in (folder / "issues").glob("*.html")} >= ids
    engine.dispose()


def test_a_full_disk_leaves_the_old_report(database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "report"
    write(database, 1, folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pages, "_write_page", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write(database, 1, folder)
    assert caught.value.errno == errno.ENOSPC
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_new_report_replaces_the_old_one_whole(database: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "report"
    write(database, 1, folder)
    (folder / "stale.html").touch()
    assert write(database, 1, folder) == folder / "index.html"
    assert not (folder / "stale.html").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["report"]


def test_a_crash_between_the_two_renames_is_mended(database: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    write(database, 1, folder)
    folder.rename(tmp_path / ".report.old")
    with pytest.raises(NoScanError):
        write(database, 99, folder)
    assert (folder / "index.html").is_file()


def test_other_peoples_folders_are_left_alone(database: Engine, tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("all my work")
    with pytest.raises(FileExistsError, match="Name another folder"):
        write(database, 1, tmp_path)
    assert (tmp_path / "thesis.odt").read_text() == "all my work"
    assert not (tmp_path / MARKER).exists()


def test_an_empty_folder_is_taken(database: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    assert write(database, 1, folder).is_file()


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://a.example/", True),
        ("HTTP://a.example/x?y=1#z", True),
        ("javascript:alert(1)", False),
        ("  javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example/", False),
        ("https:", False),
        ("https://[bad", False),
        ("https://a.example/a b", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(address: str, is_link: bool) -> None:
    assert web_link(address) == (address if is_link else "")


def test_words_for_values() -> None:
    assert clean("a\x00b\x1b[31mc\ud800") == "a\ufffdb\ufffd[31mc\ufffd"
    assert clean(None) == ""
    assert known_language("EN_gb") == "en"
    assert known_language('en" onload="') == ""
    assert moment("yesterday") == "yesterday"
    assert moment("2026-11-20T09:00:00+01:00") == "20 November 2026, 08:00 UTC"
    assert (duration(59.4), duration(61), duration(3660)) == ("59 s", "1 min 1 s", "1 h 1 min")
    assert (file_size(None), file_size(999), file_size(24_000), file_size(1_500_000)) == (
        "unknown",
        "999 bytes",
        "24 kB",
        "1.5 MB",
    )


def test_script_json_has_no_markup_and_no_line_breaks() -> None:
    value = "</script><!--&\u2028\u2029\x00\U0001f600"
    text = script_json(value)
    assert text.isascii()
    assert not set(text) & set("<>&\n\r")
    assert json.loads(text) == value


def test_cells_for_the_data_file_are_short() -> None:
    assert Cell("x").packed() == ["x"]
    assert Cell("x", address="javascript:1").packed() == ["x"]
    assert Cell(3, rank=0.0).packed() == [3, "", "", "", "", "", 0.0]


@pytest.mark.slow
def test_memory_stays_flat(tmp_path: Path, peak_memory: Callable[[Callable[[], object]], int]) -> None:
    """Four times the pages and findings may not need much more memory."""

    def peak(n_pages: int) -> int:
        engine = open_database(tmp_path / f"{n_pages}.sqlite")
        scan_id = write_fake_scan(engine, n_pages=n_pages, n_findings=n_pages * 20, n_not_checked=n_pages)
        traced = peak_memory(lambda: write(engine, scan_id, tmp_path / f"r{n_pages}"))
        engine.dispose()
        return traced

    peak(20)  # templates are compiled once, whatever the size of the scan
    few, many = peak(80), peak(320)
    assert many < few + 240 * 7_000, (few, many)  # seven kilobytes a page more; a page has twenty findings


def test_the_profile_and_the_tables_are_read_only(database: Engine, report: Path) -> None:
    """Writing a report changes nothing in the database."""
    with database.connect() as connection:
        assert len(connection.execute(scan.select()).all()) == 1
        assert len(connection.execute(finding.select()).all()) == 900
    assert HOST in (report / "index.html").read_text(encoding="utf-8")
