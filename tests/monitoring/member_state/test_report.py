"""The report to the Commission: every item of the checklist, figures with denominators, HTML, ODT and data."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from checks import standards
from checks.documents.run import check_document
from cli.main import main
from monitoring.errors import MonitoringError
from monitoring.facts import decision
from monitoring.member_state.compute import EUROPEAN, compute, measured_by, needs, serves
from monitoring.member_state.content import PROMPTS, About, build
from monitoring.member_state.figures import DEFINITIONS
from monitoring.member_state.rounds import Round, read_rounds
from monitoring.member_state.write import FILES, write
from monitoring.writing import odt
from monitoring.writing.blocks import Blank, Block, Chart, Heading, Listing, Paragraph, Report, Status, Table, Terms
from reports.analysis import Verdict
from reports.wording import Foreign, say, speaking
from tests.monitoring.member_state.conftest import Monitored
from tests.reports.test_html_report_spoken import unsaid

CLAIMS = re.compile(r"\b(conforms|conformant|(?:is|are|fully|partially) compliant)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def written(monitored: Monitored, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "report"
    done = CliRunner().invoke(
        main,
        [
            "report", "member-state", "--year", "2025", "--year", "2026", "--country", "Utopia <&>",
            "--database", str(monitored.folder / "monitoring.sqlite"), "--campaigns", str(monitored.folder),
            "--out", str(folder),
        ],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "2025-simplified: " in done.stderr
    return folder


def test_reports_from_collected_results_are_those_from_the_folders(
    monitored: Monitored, written: Path, tmp_path: Path
) -> None:
    database = str(tmp_path / "monitoring.sqlite")
    source, copy = sqlite3.connect(monitored.folder / "monitoring.sqlite"), sqlite3.connect(database)
    source.backup(copy)
    source.close()
    copy.close()
    report = ("report", "member-state", "--year", "2025", "--year", "2026", "--country", "Utopia <&>", "--collected")
    run(*report, "--out", str(tmp_path / "empty"), "--database", database)
    assert "its result was not collected" in (tmp_path / "empty" / "sites.csv").read_text(encoding="utf-8")
    for sample in ("2025-simplified", "2026-simplified"):
        run("campaign", "collect", sample, "--out", str(monitored.folder / sample), "--database", database)
    run(*report, "--out", str(tmp_path / "report"), "--database", database)
    figures, collected = (
        json.loads((folder / "figures.json").read_text(encoding="utf-8")) for folder in (written, tmp_path / "report")
    )
    assert collected["figures"] == figures["figures"]
    assert any(figure["name"] == "again_still" and figure["count"] for figure in collected["figures"])

    address = next(s.url for s in monitored.country.sites if s.url in sites_with_result(tmp_path / "report"))
    body = ("report", "body", "2026-simplified", "--site", address, "--no-pdf", "--database", database)
    run(*body, "--out", str(tmp_path / "from-folder"), "--campaigns", str(monitored.folder))
    run(*body, "--out", str(tmp_path / "from-database"), "--collected", "--campaigns", str(tmp_path / "nowhere"))
    [one], [other] = ((tmp_path / name).rglob("index.html") for name in ("from-folder", "from-database"))
    assert one.read_bytes() == other.read_bytes()


def run(*arguments: str) -> None:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output


def sites_with_result(report: Path) -> set[str]:
    """Return the sites that were tested in both years."""
    with (report / "sites.csv").open(encoding="utf-8-sig", newline="") as file:
        tested = [(row["site"], row["year"]) for row in csv.DictReader(file) if row["result"] == "yes"]
    return {site for site, _ in tested if {(site, "2025"), (site, "2026")} <= set(tested)}


def test_every_item_of_the_checklist_is_there_and_filled_or_left_to_a_person(rounds: list[Round]) -> None:
    report = build(rounds, compute(rounds), About())
    items = {section.item: section for section in report.sections if section.item}
    assert list(items) == [row["id"] for row in decision()["annex_II_report_checklist"]]
    for key, section in items.items():
        has_blank = any(isinstance(block, Blank) for block in section.blocks)
        assert has_blank == (key in PROMPTS), key
        assert has_blank or section.status is Status.FILLED
        assert any(isinstance(block, Table | Chart) for block in section.blocks) or has_blank, key
    optional = {row["id"] for row in decision()["annex_II_report_checklist"] if row["mandatory"] is False}
    assert {key for key, section in items.items() if section.status is Status.OPTIONAL} == optional


def test_what_a_person_wrote_takes_the_blanks_place(rounds: list[Round]) -> None:
    figures = compute(rounds)
    texts = {"4.a": "A complaint goes to the ombudsman.\n\nThere were three."}
    [section] = [s for s in build(rounds, figures, About(texts=texts)).sections if s.item == "4.a"]
    assert [block.text for block in section.blocks] == ["A complaint goes to the ombudsman.", "There were three."]  # type: ignore[union-attr]
    assert section.status is Status.WRITTEN
    with pytest.raises(MonitoringError, match=r"no item 4\.z"):
        build(rounds, figures, About(texts={"4.z": "x"}))


def test_every_figure_is_defined_and_has_its_denominator(rounds: list[Round]) -> None:
    figures = compute(rounds).all
    assert {figure.name for figure in figures} <= set(DEFINITIONS)
    for figure in figures:
        assert figure.of >= 0
        assert (figure.value is not None) == bool(figure.of), figure
        if figure.count is not None and figure.of:
            assert figure.value == pytest.approx(figure.count / figure.of) or "register" in figure.name
        if figure.low is not None and figure.high is not None and figure.value is not None:
            assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9
    assert any(figure.name == "criterion_failed_change" for figure in figures)


def test_the_verdicts_of_each_criterion_add_up_to_its_sites(rounds: list[Round]) -> None:
    figures = compute(rounds)
    parts = ("failed", "person", "nothing", "untested", "satisfied")
    for num in figures.subjects("criterion_failed"):
        found = [figures.get(f"criterion_{part}", 2026, "simplified", subject=num) for part in parts]
        assert sum(f.count or 0 for f in found if f) == found[0].of  # type: ignore[union-attr]


def test_the_nine_needs_are_those_of_the_decision() -> None:
    listed = decision()["simplified_method"]["user_accessibility_needs"]
    assert {need: words.split(" ")[0] for need, words in needs().items()} == {n["key"]: n["fps"] for n in listed}
    assert "1.4.3" in serves("b")
    assert "1.4.3" not in serves("d")


def test_a_scan_against_v4_speaks_for_v3_too_side_by_side(rounds: list[Round]) -> None:
    old, new = (standards.profile(name) for name in EUROPEAN)
    site, tested = rounds[0].tested[0]
    verdicts = dict.fromkeys(new.criteria, Verdict.NOTHING_FOUND) | {"2.5.8": Verdict.FAILED}
    of_both = replace(tested, profile=new.id, verdicts=verdicts)
    figures = compute([replace(rounds[0], sites=(replace(site, tested=of_both),))])
    failing = {name: figures.get("any_failed", 2025, "simplified", subject=name) for name in EUROPEAN}
    assert [(f.count, f.of) for f in failing.values() if f] == [(0, 1), (1, 1)]
    assert measured_by(replace(tested, verdicts=dict.fromkeys(old.criteria, Verdict.NO_RULE))) == [old.id]


def test_sites_without_a_result_are_listed_with_the_reason(monitored: Monitored, rounds: list[Round]) -> None:
    missing = [site for each in rounds for site in each.sites if site.tested is None]
    assert missing
    assert {site.why for site in missing} == {"its scan failed: no page could be checked"}
    down = {site.url for site in monitored.country.sites if not site.answers}
    assert {site.url for site in missing} <= down


def test_the_files(written: Path) -> None:
    assert {path.name for path in written.iterdir()} == {"index.html", "assets", "curbcut-report.txt", *FILES}
    html = (written / "index.html").read_text(encoding="utf-8")
    assert "Utopia &lt;&amp;&gt;" in html
    assert not CLAIMS.search(re.sub("<[^>]+>", " ", html))
    with (written / "figures.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    data = json.loads((written / "figures.json").read_text(encoding="utf-8"))
    assert len(rows) == len(data["figures"]) > 1000
    assert {row["figure"] for row in data["dictionary"]} == set(DEFINITIONS)
    assert all(row["of"] for row in rows)
    sites = {(row["year"], row["site"]) for row in data["sites"]}
    assert len(sites) == len(data["sites"])


def test_the_text_document_passes_our_own_rules(written: Path) -> None:
    result = check_document(written / "report.odt", url="https://a.example/report.odt", declared="odt")
    assert result.reason == "", result.detail
    assert [(f.rule, f.outcome, f.message) for f in result.findings] == []
    assert result.rule_outcomes["curbcut/document-table-headers"] == "passed"
    assert result.rule_outcomes["curbcut/document-picture-alternative"] == "passed"


def test_years_and_samples_that_are_not_there_are_named(monitored: Monitored, tmp_path: Path) -> None:
    for years, samples, words in (
        ([2024], (), "no sample of 2024"),
        ([2025], ("2099-simplified",), "There are: 2025-simplified"),
    ):
        with pytest.raises(MonitoringError, match=words):
            read_rounds(monitored.engine, years=years, samples=samples, campaigns=monitored.folder)


def test_a_campaign_that_was_not_run_gives_no_outcome(monitored: Monitored, tmp_path: Path) -> None:
    rounds = read_rounds(monitored.engine, years=[2025], samples=(), campaigns=tmp_path)
    _, figures = write(rounds, tmp_path / "report", About())
    found = figures.get("tested_sites", 2025, "simplified")
    assert found is not None
    assert (found.count, found.of) == (0, len(rounds[0].sites))
    assert not figures.subjects("any_failed")


def test_a_folder_stays_the_argument_of_report(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert done.exit_code == 2
    assert "There is no scan at" in done.stderr


def words(report: Report) -> Iterator[str]:
    """Yield every text that the report shows."""
    yield report.title
    blocks: list[Block] = [*report.lead]
    for section in report.sections:
        yield section.title.removeprefix(section.item)
        blocks += section.blocks
    for block in blocks:
        if isinstance(block, Chart):
            yield from (block.caption, *(part for bar in block.bars for part in (bar.label, bar.text)))
        table = block.table if isinstance(block, Chart) else block
        if isinstance(table, Table):
            yield from (table.caption, *table.columns, *(cell for row in table.rows for cell in row))
        elif isinstance(block, Paragraph | Heading):
            yield block.text
        elif isinstance(block, Listing):
            yield from block.items
        elif isinstance(block, Blank):
            yield block.prompt
        elif isinstance(block, Terms):
            yield from (part for item in block.items for part in item)


def test_no_text_of_the_report_stays_in_english(rounds: list[Round], arabic: str) -> None:
    both = [*rounds, *(replace(each, method="in-depth") for each in rounds[:1])]
    figures = compute(both)
    with speaking(arabic):
        said = list(words(build(both, figures, About())))
        assert {str(status): unsaid(say(status)) for status in Status} == dict.fromkeys(map(str, Status), "")
    data = {"AA", *DEFINITIONS} | {each.sample for each in both} | {site.url for each in both for site in each.sites}
    data |= {site.territory for each in both for site in each.sites}
    data |= {part for each in both for _, tested in each.tested for pair in tested.versions.items() for part in pair}
    left = {text for text in said if not isinstance(text, Foreign) and text not in data and unsaid(text)}
    left -= {f"{section['id']} ⟦{section['item']}⟧" for section in decision()["annex_II_report_checklist"]}
    assert left == set()
    assert len(said) > 1000
    assert {text for text in said if isinstance(text, Foreign)} >= {standards.left_to_people()["1.1.1"]}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            ("3.1.b.ii Qualitative Analyse: Entwicklungen", "lokale Websites", "Wiederkehrende Websites", ",0\xa0%"),
        ),
        ("fr", ("3.1.b.ii Analyse qualitative : évolution", "sites internet locaux", "Sites récurrents", ",0\xa0%")),
        ("es", ("3.1.b.ii Análisis cualitativo: evolución", "sitios web locales", "Sitios recurrentes", ",0\xa0%")),
    ],
)
def test_the_report_is_written_in_the_language_asked_for(
    monitored: Monitored, tmp_path: Path, language: str, said: tuple[str, ...]
) -> None:
    run(
        "report", "member-state", "--year", "2025", "--lang", language, "--out", str(tmp_path / "report"),
        "--database", str(monitored.folder / "monitoring.sqlite"), "--campaigns", str(monitored.folder),
    )  # fmt: skip
    html = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}"' in html
    with zipfile.ZipFile(tmp_path / "report" / "report.odt") as archive:
        content, meta = (archive.read(name).decode("utf-8") for name in ("content.xml", "meta.xml"))
    assert f"<dc:language>{language}</dc:language>" in meta
    for words_ in said:
        assert words_ in html
        assert words_ in content
    assert "its scan failed" not in html
    assert "figure,title,count,of" in (tmp_path / "report" / "data-dictionary.csv").read_text(encoding="utf-8-sig")


def test_english_in_a_text_document_of_another_language_says_so(tmp_path: Path) -> None:
    report = Report("Bericht", [Paragraph(Foreign("not translated")), Paragraph("übersetzt")], [])
    with speaking("de"):
        odt.write(report, tmp_path / "report.odt")
    with zipfile.ZipFile(tmp_path / "report.odt") as archive:
        content, styles = (archive.read(name).decode("utf-8") for name in ("content.xml", "styles.xml"))
    assert '<text:span text:style-name="In_20_English">not translated</text:span>' in content
    assert content.count("<text:span") == 1
    assert (
        '<style:style style:name="In_20_English" style:family="text"><style:text-properties fo:language="en"' in styles
    )
    assert '<style:text-properties fo:language="de" fo:country="none" fo:font-size="11pt"/>' in styles
