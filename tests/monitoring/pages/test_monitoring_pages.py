"""Pages are found by letter in several languages, the choice is repeatable, and a person's changes are logged."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner
from sqlalchemy import insert

from checks.model import Page, digest
from checks.page_parts import step_in
from checks.rule import PageView
from checks.site import facts
from checks.statement.phrases import languages as statement_languages
from checks.template import sketch
from cli.main import main
from monitoring.errors import MonitoringError
from monitoring.facts import page_words
from monitoring.pages import keep
from monitoring.pages.model import Chosen, PageSample
from monitoring.pages.propose import propose
from monitoring.pages.words import text_match
from scan.run import DATABASE
from scan.statement import is_statement_page
from store.database import open_database
from store.errors import StoreError
from store.results import DocumentRow, end_scan, save_document, start_scan
from store.schema import ScanState, page, url
from store.statements import save_statement

ORIGIN = "https://www.velmar.example"

TOWN = {
    "/": ("Velmar", "<p>Welcome.</p>", "/"),
    "/dienste/": ("Leistungen von A bis Z", "<p>Alles.</p>", "/"),
    "/dienste/tonne": ("Abfallkalender", '<a href="/plan.pdf">Plan</a>', "/dienste/"),
    "/dienste/parken": ("Bewohnerparken", '<a href="/dienste/parken/1">Jetzt starten</a>', "/dienste/"),
    "/dienste/parken/1": ("Ihre Daten", "<p>Schritt 1 von 3</p><form><input name=a></form>", "/dienste/parken"),
    "/dienste/parken/2": ("Ihr Fahrzeug", "<p>Schritt 2 von 3</p>", "/dienste/parken/1"),
    "/dienste/parken/3": ("Prüfen", "<p>Schritt 3 von 3</p>", "/dienste/parken/2"),
    "/dienste/hund": ("Hund anmelden", "<p>Ein Hund.</p>", "/dienste/"),
    "/konto": ("Bürgerkonto", "<form method=post><input name=u><input type=password name=p></form>", "/"),
    "/kontakt": ("So erreichen Sie uns", "<p>Rathaus</p>", "/"),
    "/recht/impressum": ("Impressum", "<p>Velmar</p>", "/"),
    "/barrierefrei": ("Erklärung zur Barrierefreiheit", "<h2>Feedback</h2><p>a@velmar.example</p>", "/"),
    "/treffer": ("Treffer", "<p>Nichts.</p>", "/"),
    "/rathaus/": ("Rathaus", "<table><tr><th>a</th><td>b</td></tr></table>", "/"),
    "/rathaus/rat": ("Stadtrat", "<p>Rat.</p>", "/rathaus/"),
    "/rathaus/amt": ("Ämter", "<p>Amt.</p>", "/rathaus/"),
    "/rathaus/karte": ("Stadtplan", '<iframe title="Plan" src="/x"></iframe>', "/rathaus/"),
}
FRAME = (
    '<header><form role="search" action="/treffer"><input name="q" type="search"></form>'
    '<nav><a href="/">Velmar</a> <a href="/dienste/">Leistungen</a> <a href="/rathaus/">Rathaus</a>'
    ' <a href="/konto">Anmelden</a></nav></header>'
    '<main><h1>{h1}</h1>{body}</main><footer><a href="/kontakt">Kontakt</a> <a href="/recht/impressum">Impressum</a>'
    ' <a href="/barrierefrei">Barrierefreiheit</a> <a href="https://hilfe.example/faq">Hilfe</a></footer>'
)  # fmt: skip


def make_scan(folder: Path, pages: dict[str, tuple[str, str, str]], *, frame: str, lang: str) -> Path:
    """Write a finished scan of a site: {path: (heading, content, path where it was found)}."""
    folder.mkdir()
    engine = open_database(folder / DATABASE)
    scan = start_scan(engine, start_urls=[f"{ORIGIN}/"], settings={}, versions={}, profile="wcag22-aa", rules=())
    row = {"scan_id": scan, "kind": "page", "state": "checked", "http_status": 200}
    with engine.begin() as connection:
        for number, (path, (heading, body, found_on)) in enumerate(pages.items(), start=1):
            address = ORIGIN + path
            html = f'<html lang="{lang}"><title>{heading}</title><body>{frame.format(h1=heading, body=body)}</html>'
            soup = BeautifulSoup(html, "lxml")
            view = PageView(Page(address, address, html, title=heading, lang=lang), soup)
            depth = 0 if path == "/" else 1 + path.strip("/").count("/")
            values = {"id": number, "url": address, "depth": depth, "source": "link", "found_on": ORIGIN + found_on}
            connection.execute(insert(url).values(row | values))
            connection.execute(
                insert(page).values(
                    url_id=number, scan_id=scan, final_url=address, title=heading, lang=lang, rule_outcomes={},
                    not_run={}, cut_short=[], facts=facts(view), sketch=list(sketch(soup)), content_hash=digest(html),
                )
            )  # fmt: skip
            if is_statement_page(soup, heading):
                save_statement(connection, scan, number, html)
        file = {"id": 900, "url": f"{ORIGIN}/plan.pdf", "kind": "document", "source": "link", "state": "not_a_page"}
        connection.execute(insert(url).values(row | file | {"found_on": f"{ORIGIN}/dienste/tonne"}))
        save_document(connection, scan, 900, DocumentRow("pdf", title="Plan"))
    end_scan(engine, scan, ScanState.COMPLETE, elapsed_s=1)
    engine.dispose()
    return folder


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_scan(tmp_path_factory.mktemp("pages") / "town", TOWN, frame=FRAME, lang="de")


def selected(folder: Path, seed: int = 1) -> PageSample:
    return propose(folder, seed)


def paths(sample: PageSample) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for one in sample.pages:
        found.setdefault((one.letter, one.item), []).append(one.url.removeprefix(ORIGIN))
    return found


def test_each_letter_is_found_with_its_reason(town: Path) -> None:
    sample = selected(town)
    found = paths(sample)
    assert found["a", "home"] == ["/"]
    assert found["a", "login"] == ["/konto"]
    assert found["a", "contact"] == ["/kontakt"]
    assert found["a", "legal information"] == ["/recht/impressum"]
    assert found["b", "overview of services"] == ["/dienste/"]
    assert found["b", "service: environmental protection"] == ["/dienste/tonne"]
    assert found["b", "other service"] == ["/dienste/hund"]
    assert found["b", "service: transport"] == ["/dienste/parken"]
    assert found["b", "other use"] == ["/rathaus/"]
    assert found["b", "search"] == ["/treffer"]
    assert found["c", "accessibility statement"] == found["c", "feedback mechanism"] == ["/barrierefrei"]
    assert found["b", "step of a process"] == ["/dienste/parken/1", "/dienste/parken/2", "/dienste/parken/3"]
    assert found["d", "distinct content"] == ["/rathaus/karte"]
    assert found["e", "document: pdf"] == ["/plan.pdf"]
    assert len(found["g", "random"]) * 10 >= len({one.url for one in sample.pages if one.letter != "g"})
    login = next(one for one in sample.pages if one.item == "login")
    assert login.confidence > 0.9
    assert "“Anmelden”" in login.reason
    assert "password" in login.reason
    missing = {(one.letter, one.item): one.why for one in sample.missing}
    assert "https://hilfe.example/faq" in missing["a", "help"]
    assert ("a", "sitemap") in missing
    assert ("f", "other relevant pages") in missing
    assert "has a form with a password" in missing["a", "steps of a process"]


def test_the_same_seed_gives_the_same_pages_and_another_seed_other_random_ones(town: Path) -> None:
    assert selected(town, 3) == selected(town, 3)
    drawn = {tuple(paths(selected(town, seed))["g", "random"]) for seed in range(8)}
    assert len(drawn) > 1
    others = {tuple(one for one in selected(town, seed).pages if one.letter != "g") for seed in range(3)}
    assert len(others) == 1


@pytest.mark.parametrize(
    ("lang", "links"),
    [
        ("pl", {"login": "Zaloguj się", "contact": "Dane kontaktowe urzędu", "legal information": "Nota prawna"}),
        ("el", {"contact": "Επικοινωνία", "sitemap": "Χάρτης ιστοτόπου", "legal information": "Όροι χρήσης"}),
        ("bg", {"login": "Вход", "sitemap": "Карта на сайта", "help": "Често задавани въпроси"}),
        ("fi", {"login": "Kirjaudu sisään", "contact": "Yhteystiedot", "help": "Usein kysyttyä"}),
        ("hu", {"contact": "Elérhetőségek", "sitemap": "Oldaltérkép", "legal information": "Adatkezelési tájékoztató"}),
    ],
)  # fmt: skip
def test_pages_are_found_in_other_languages(tmp_path: Path, lang: str, links: dict[str, str]) -> None:
    footer = "".join(f'<a href="/p{number}">{text}</a> ' for number, text in enumerate(links.values()))
    pages = {"/": ("Velmar", "", "/"), **{f"/p{n}": (text, f"<p>{n}", "/") for n, text in enumerate(links.values())}}
    folder = make_scan(tmp_path / lang, pages, frame=f"<main><h1>{{h1}}</h1>{{body}}</main><footer>{footer}</footer>", lang=lang)  # fmt: skip # noqa: E501
    found = paths(selected(folder))
    assert {item: found["a", item] for item in links} == {item: [f"/p{n}"] for n, item in enumerate(links)}


def test_every_language_has_every_word_and_no_item_shares_one_with_another() -> None:
    words = page_words()
    for group in ("items", "services"):
        for key, lists in words[group].items():
            assert set(lists) == set(statement_languages()), key
    for one, other in itertools.combinations(words["items"], 2):
        for lang in words["items"][one]:
            shared = set(words["items"][one][lang]) & set(words["items"][other][lang])
            assert not shared, (one, other, lang)


def test_a_long_text_or_one_that_only_resembles_an_item_is_no_match() -> None:
    langs = frozenset({"en"})
    assert text_match("items", "contact", "Contact us", langs) == 1.0
    assert text_match("items", "contact", "Contact the waste team", langs) == 0.6
    assert text_match("items", "contact", "Contactless payment", langs) == 0.0
    assert text_match("items", "contact", "How you can contact the team that runs our bins", langs) == 0.0


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Step 2 of 4", [2, 4]),
        ("Étape 1 sur 3 : vos données", [1, 3]),
        ("2. lépés / 4", [2, 4]),
        ("Βήμα 2 από 4", [2, 4]),
        ("2 žingsnis iš 5", [2, 5]),
        ("Page 2 of 40", []),
        ("Step 5 of 4", []),
        ("Footstep 2 of 4", []),
    ],
)
def test_a_step_is_told_by_its_numbers(text: str, step: list[int]) -> None:
    assert step_in(text) == step


def test_a_person_edits_confirms_and_the_log_tells_why(town: Path, tmp_path: Path) -> None:
    proposal = selected(town)
    path = tmp_path / "edited.yaml"
    keep.write(proposal, path)
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert keep.read(path).pages == proposal.pages

    edited = {(one["letter"], one["url"]): one for one in data["pages"]}
    edited["a", f"{ORIGIN}/kontakt"]["url"] = f"{ORIGIN}/rathaus/amt"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(MonitoringError, match=r"edited\.yaml:\d+: say why .*/rathaus/amt replaces .*/kontakt"):
        keep.confirm(proposal, path, who="Ada")

    edited["a", f"{ORIGIN}/kontakt"]["reason"] = "The offices have their own contacts."
    edited["b", f"{ORIGIN}/dienste/hund"]["leave_out"] = "No service of the town any more."
    data["pages"].append({"letter": "f", "item": "map", "url": f"{ORIGIN}/rathaus/rat", "reason": "Many complaints."})
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    sample = keep.confirm(proposal, path, who="Ada")
    log = [(change["was"], change["now"], change["reason"], change["by"]) for change in sample.changes]
    assert sorted(log) == [
        ("", f"{ORIGIN}/rathaus/rat", "Many complaints.", "Ada"),
        (f"{ORIGIN}/dienste/hund", "", "No service of the town any more.", "Ada"),
        (f"{ORIGIN}/kontakt", f"{ORIGIN}/rathaus/amt", "The offices have their own contacts.", "Ada"),
    ]
    assert f"{ORIGIN}/dienste/hund" not in sample.urls
    assert Counter(one.letter for one in sample.pages)["f"] == 1

    keep.write(sample, tmp_path / "pages.yaml")
    again = keep.read(tmp_path / "pages.yaml")
    assert keep.confirm(proposal, tmp_path / "pages.yaml", who="Bo", earlier=again).changes == sample.changes


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"letter": "z"}, "“letter” is “z”; it must be one of"),
        ({"url": "kontakt"}, "is no web address"),
        ({"resaon": "x"}, "did you mean “reason”"),
        ({"confidence": 7}, "must be a number from 0 to 1"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_line(
    town: Path, tmp_path: Path, change: dict[str, object], problem: str
) -> None:
    proposal = selected(town)
    path = tmp_path / "edited.yaml"
    keep.write(proposal, path)
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["pages"][2] |= change
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    with pytest.raises(MonitoringError, match=rf"edited\.yaml:\d+: .*{problem}"):
        keep.confirm(proposal, path, who="Ada")


def test_an_entry_that_is_gone_without_a_reason_is_refused(town: Path, tmp_path: Path) -> None:
    proposal = selected(town)
    path = tmp_path / "edited.yaml"
    keep.write(PageSample(proposal.site, 1, proposal.pages[:-1], ()), path)
    with pytest.raises(MonitoringError, match="is gone; put it back with “leave_out: why”"):
        keep.confirm(proposal, path, who="Ada")


def test_the_command_writes_and_confirms(town: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"pages.{ending}" for ending in ("yaml", "csv", "ods", "json")]
    out = [part for file in files for part in ("--out", str(file))]
    done = CliRunner().invoke(main, ["pages", "select", str(town), *out])
    assert done.exit_code == 0, done.output
    assert all(file.stat().st_size for file in files)
    assert "Not found (a) sitemap" in done.stdout
    assert "(unverified)" in done.stdout
    done = CliRunner().invoke(main, ["pages", "select", str(town), "--confirm", str(files[0]), "--name", "Ada"])
    assert done.exit_code == 0, done.output
    assert "confirmed by Ada" in done.stdout
    assert keep.read(town / keep.FILE).confirmed["by"] == "Ada"
    (town / keep.FILE).unlink()


def test_a_folder_without_a_scan_and_a_scan_without_facts_say_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no scan at"):
        propose(tmp_path)
    bare = make_scan(tmp_path / "bare", {"/": ("Velmar", "", "/")}, frame="<h1>{h1}</h1>{body}", lang="en")
    engine = open_database(bare / DATABASE)
    with engine.begin() as connection:
        connection.execute(page.update().values(facts=None))
    engine.dispose()
    with pytest.raises(MonitoringError, match="Scan the site again"):
        selected(bare)


def test_certainty_is_a_word() -> None:
    words = [Chosen("a", "x", "u", "", "", value).certainty for value in (0.97, 0.7, 0.6)]
    assert words == ["high", "medium", "low"]
