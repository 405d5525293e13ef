"""What page rules share: what is heard, what the browser noted, tables, words that point, the document."""

from __future__ import annotations

from importlib import resources

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from checks.elements import snippet_of
from checks.once import once_a_page
from checks.rules._facts import duration_s, font, is_larger_than_an_icon, size_px
from checks.rules._heard import heard, name_of, own_label, picture_name
from checks.rules._tables import grid_of, looks_like_a_value
from checks.rules._visual_words import reference_in
from checks.words import words, words_in


def first(html: str) -> Tag:
    body = BeautifulSoup(f"<html><body>{html}</body></html>", "lxml").body
    assert body is not None
    found = body.find(True)
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>Bus <b>times</b></p>", "Bus times"),
        ('<p>Bus<span aria-hidden="true"> and tram</span></p>', "Bus"),
        ('<p><img src="a.png" alt="Bus"> <svg><title>times</title></svg></p>', "Bus times"),
        ('<p><img src="a.png" alt="Bus" role="none"></p>', ""),
        ('<p><span aria-label="Line one">1</span></p>', "Line one"),
        ("<p><audio>No player</audio><select><option>A</select></p>", ""),
    ],
)
def test_what_is_heard_is_what_assistive_technology_gets(html: str, said: str) -> None:
    assert heard(first(html)) == said


def test_labels_that_refer_to_each_other_end() -> None:
    tag = first('<div id="a" aria-labelledby="b"><span id="b" aria-labelledby="a">Bus</span></div>')
    assert own_label(tag) == "Bus"
    assert name_of(tag) == "Bus"


def test_a_hidden_label_lends_its_text() -> None:
    tag = first('<img src="a.png" alt="x" aria-labelledby="l"><span hidden data-curbcut-hidden id="l">Bus</span>')
    assert picture_name(tag) == "Bus"


def test_facts_are_read_and_strange_ones_are_none() -> None:
    picture = first(
        '<img src="a.png" data-curbcut-size="90x60" data-curbcut-duration="1.5" data-curbcut-font="16 700">'
    )
    assert (size_px(picture), duration_s(picture), font(picture)) == ((90, 60), 1.5, (16, 700))
    assert is_larger_than_an_icon(picture)
    strange = first('<img src="a.png" data-curbcut-size="wide" data-curbcut-duration="Infinityx" data-curbcut-font="">')
    assert (size_px(strange), duration_s(strange), font(strange)) == (None, None, None)
    assert size_px(first('<img src="a.png" width="90" height="60px">')) == (90, 60)


def test_nobody_is_shown_what_the_browser_noted() -> None:
    assert (
        snippet_of(first('<img src="a.png" data-curbcut-size="90x60" data-curbcut-broken="">')) == '<img src="a.png"/>'
    )


def test_cells_that_span_stand_in_each_place() -> None:
    grid = grid_of(
        first('<table><tr><th rowspan="2">A</th><td colspan="2">B</td></tr><tr><td>C</td><td>D</td></tr></table>')
    )
    assert (grid.rows, grid.columns) == (2, 3)
    assert [cell.get_text() for cell in grid.row(1)] == ["A", "C", "D"]
    assert [cell.get_text() for cell in grid.column(2)] == ["B", "D"]


def test_a_table_with_absurd_spans_is_bounded() -> None:
    cells = '<td rowspan="9999" colspan="9999">x</td>' * 50
    grid = grid_of(first(f"<table>{'<tr>' + cells + '</tr>'}{'<tr></tr>' * 200}</table>"))
    assert len(grid.places) <= 5000


@pytest.mark.parametrize("text", ["12", "1 234.50", "€ 12", "12 %", "9:00", "2026-07-01", "-3", "5 km", "+12"])
def test_values_look_like_values(text: str) -> None:
    assert looks_like_a_value(text)


@pytest.mark.parametrize("text", ["Price", "Line 1", "", "Monday"])
def test_words_do_not_look_like_values(text: str) -> None:
    assert not looks_like_a_value(text)


@pytest.mark.parametrize(
    ("text", "lang", "words_found"),
    [
        ("Press the red button.", "en", "red button"),
        ("Open the menu on the right.", "en", "menu on the right"),
        ('Press "Send", the red button.', "en", None),
        ("Klicken Sie auf die grüne Schaltfläche.", "de", "grüne Schaltfläche"),
        ("Le bouton rouge envoie le formulaire.", "fr", "bouton rouge"),
        ("El menú a la derecha", "es", "menú a la derecha"),
        ("De knop aan de rechterkant", "nl", "knop aan de rechterkant"),
        ("Il pulsante verde invia il modulo", "it", "pulsante verde"),
        ("Prima o botão vermelho.", "pt", "botão vermelho"),
        ("Escolha um serviço no menu à esquerda.", "pt", "menu à esquerda"),
        ("O formulário de direito civil", "pt", None),
        ("Tryck på den röda knappen.", "sv", "röda knappen"),
        ("Välj i menyn till vänster.", "sv", "menyn till vänster"),
        ("Tryk på den grønne knap.", "da", "grønne knap"),
        ("Vælg i menuen til højre.", "da", "menuen til højre"),
        ("Paina punaista painiketta.", "fi", "punaista painiketta"),
        ("Valitse palvelu vasemmalla olevasta valikosta.", "fi", "vasemmalla olevasta valikosta"),
        ("Napsauta hiiren oikealla painikkeella.", "fi", None),
        ("Klikněte na červené tlačítko.", "cs", "červené tlačítko"),
        ("Vyberte službu v levém menu.", "cs", "v levém menu"),
        ("Klikněte pravým tlačítkem myši.", "cs", None),
        ("Stlačte zelené tlačidlo.", "sk", "zelené tlačidlo"),
        ("Ponuka vpravo", "sk", "Ponuka vpravo"),
        ("Kliknij w czerwony przycisk.", "pl", "czerwony przycisk"),
        ("Wybierz z menu po lewej stronie.", "pl", "menu po lewej stronie"),
        ("Lista aktów prawa miejscowego", "pl", None),
        ("Πατήστε το κόκκινο κουμπί.", "el", "κόκκινο κουμπί"),
        ("Δείτε τους συνδέσμους στα δεξιά.", "el", "συνδέσμους στα δεξιά"),
        ("Apăsați pe butonul roșu.", "ro", "butonul roșu"),
        ("Alegeți din meniul din stânga.", "ro", "meniul din stânga"),
        ("Kattintson a piros gombra.", "hu", "piros gombra"),
        ("Válasszon a bal oldali menüből.", "hu", "bal oldali menüből"),
        ("Jobb lista még nincs.", "hu", None),
        ("Klicka på cirkeln.", "sv", "Klicka på cirkeln"),
        ("Klikněte na šipku.", "cs", "Klikněte na šipku"),
        ("Press the red button.", "cy", None),
        ("The red buttonhole", "en", None),
    ],
)
def test_texts_point_in_sixteen_languages(text: str, lang: str, words_found: str | None) -> None:
    found = reference_in(text, lang)
    assert (found.words if found else None) == words_found


def test_every_language_of_visual_references_has_every_group() -> None:
    text = (resources.files("checks.words") / "visual_references.yaml").read_text(encoding="utf-8")
    groups = yaml.safe_load(text)
    languages = {lang for group in groups.values() for lang in group}
    assert len(languages) == 16
    for name, group in groups.items():
        assert set(group) == languages, name
    for lang in languages:
        assert {*groups["menu"][lang], *groups["button"][lang]} <= {*groups["thing"][lang]}, lang


def test_words_of_one_language_leave_the_others_out() -> None:
    assert "link" in words_in("visual_references", "en")["thing"]
    assert "bouton" not in words_in("visual_references", "en")["thing"]
    assert "bouton" in words("visual_references")["thing"]


def test_what_is_worked_out_once_belongs_to_its_page() -> None:
    def count(root: Tag) -> int:
        return len(root.find_all("p"))

    one, two = first("<p>A</p>"), first("<p>A</p><p>B</p>")
    assert [once_a_page(tag, count) for tag in (one, two, one)] == [1, 2, 1]
