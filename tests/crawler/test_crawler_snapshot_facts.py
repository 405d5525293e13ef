"""What the snapshot writes down that only the browser knows."""

from __future__ import annotations

from importlib.resources import files

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
PAGE = f"""<!doctype html><html lang="en"><body style="font: 16px sans-serif; margin: 0">
<img id="shown" src="{PIXEL}" width="60" height="40">
<img id="broken" src="data:image/png;base64,AAAA" width="60" height="40">
<img id="away" src="{PIXEL}" style="position: absolute; left: -9999px" width="60" height="40">
<div data-curbcut-hidden data-curbcut-size="9x9" id="forged">Text of the page</div>
<canvas id="blank" width="40" height="40">fallback</canvas><canvas id="painted" width="40" height="40"></canvas>
<svg id="words" width="90" height="20"><text y="15">Bus <tspan>times</tspan></text></svg>
<p id="loud"><b>Opening hours</b></p><p id="quiet">We open at nine.</p>
<ul id="right" style="margin: 0 0 0 70%; width: 25%"><li>A</li></ul><ul id="wide"><li>B</li></ul>
<button id="plain" aria-label="Find">Find <i style="font-family: 'Material Icons'">search</i></button>
<a id="cut" href="#" aria-label="x">Get <span style="position: absolute; clip: rect(0, 0, 0, 0)">the</span> file</a>
<a id="lines" href="#" aria-label="x"><b>A</b><b>B</b><div>C</div><span style="visibility: hidden">D</span></a>
<a id="unnamed" href="#">Get</a><label id="tag" for="field">Town</label><input id="field" aria-label="City">
<label id="stands"><input type="checkbox" style="display: none">Agree</label>
<label id="covered"><input type="checkbox" style="position: absolute; opacity: 0">Agree</label>
<h2 id="moved" style="position: absolute; left: -9999px">Away</h2>
<audio id="sound" controls muted></audio><img id="gone" src="{PIXEL}" hidden>
<div id="behind" style="width: 90px; height: 60px; background-image: url(https://elm.example/a/visitors-chart.png?v=2)"></div>
<div style="background-image: url(a.png)" id="full">Text</div>
<style>.lens {{ background: #fff url({PIXEL}) no-repeat left 4px center / 20px 20px; color: #767676;
  padding-left: 26px }}
.lens::placeholder {{ color: #595959 }}</style>
<input class="lens" id="lens" value="x"><input class="lens" id="hint" placeholder="Find">
<select class="lens" id="arrow" style="background-position: right 4px center; padding: 0 26px 0 0"><option>x</select>
<input class="lens" id="under" style="padding-left: 8px">
<input class="lens" id="tiled" style="background-repeat: repeat">
<div style="opacity: 0.5"><input class="lens" id="faded"></div>
<script>
  document.getElementById("painted").getContext("2d").fillRect(0, 0, 30, 30);
  document.getElementById("sound").addTextTrack("captions", "Captions", "de");
</script></body></html>"""


@pytest.fixture(scope="module")
def soup(browser: Browser) -> BeautifulSoup:
    script = files("crawler.render").joinpath("snapshot.js").read_text("utf-8")
    page = browser.new_page()
    page.set_content(PAGE, wait_until="load")
    snapshot = page.evaluate(f"({script})({{chars: 1e6, nodes: 1e5, links: 100}})")
    return BeautifulSoup(snapshot["html"], "lxml")


def facts(soup: BeautifulSoup, name: str) -> dict[str, str]:
    tag = soup.find(id=name)
    assert isinstance(tag, Tag)
    prefix = "data-curbcut-"
    return {key.removeprefix(prefix): str(value) for key, value in tag.attrs.items() if key.startswith(prefix)}


def test_pictures_have_sizes_and_say_what_is_wrong(soup: BeautifulSoup) -> None:
    assert facts(soup, "shown") == {"size": "60x40", "natural": "1x1"}
    assert facts(soup, "broken") == {"size": "60x40", "broken": ""}
    assert facts(soup, "away") == {"size": "60x40", "natural": "1x1", "offscreen": ""}
    assert facts(soup, "gone") == {"hidden": ""}
    assert facts(soup, "words") == {"size": "90x20", "text": "Bus times"}


def test_pictures_behind_empty_boxes_are_named(soup: BeautifulSoup) -> None:
    assert facts(soup, "behind") == {"background": "visitors-chart.png", "size": "90x60"}
    assert set(facts(soup, "full")) == {"font"}


def test_the_contrast_of_a_field_is_noted_where_its_picture_stands_beside_the_words(soup: BeautifulSoup) -> None:
    assert facts(soup, "lens") == facts(soup, "arrow") == {"contrast": "4.54"}
    assert facts(soup, "hint") == {"contrast": "7.00"}
    assert facts(soup, "under") == facts(soup, "tiled") == facts(soup, "faded") == {}


def test_only_a_painted_canvas_is_called_drawn(soup: BeautifulSoup) -> None:
    assert "drawn" in facts(soup, "painted")
    assert "drawn" not in facts(soup, "blank")
    assert "fallback" not in soup.get_text()


def test_a_page_cannot_forge_what_is_ours_to_say(soup: BeautifulSoup) -> None:
    assert set(facts(soup, "forged")) == {"font"}


def test_letters_sides_and_tracks_are_noted(soup: BeautifulSoup) -> None:
    assert facts(soup, "loud") == {"font": "16 700"}
    assert facts(soup, "quiet") == {"font": "16 400"}
    assert facts(soup, "right") == {"side": "right"}
    assert facts(soup, "wide") == {}
    assert facts(soup, "sound")["tracks"] == "captions:de"
    assert "muted" in facts(soup, "sound")


def test_the_words_on_a_control_are_those_that_people_see(soup: BeautifulSoup) -> None:
    assert facts(soup, "plain") == {"shown": "Find"}
    assert facts(soup, "cut") == {"shown": "Get file"}
    assert facts(soup, "lines") == {"shown": "AB C"}
    assert facts(soup, "unnamed") == {}
    assert facts(soup, "tag") == {"shown": "Town"}
    assert facts(soup, "moved") == {"offscreen": ""}


def test_a_label_that_stands_in_for_a_field_is_noted(soup: BeautifulSoup) -> None:
    assert facts(soup, "stands") == {"pressed": "checkbox"}
    assert facts(soup, "covered") == {}


LINKED = """<!doctype html><html lang="en"><head><base href="https://elm.example/fees/">
<link rel="alternate" hreflang="de" href="de.html"><link rel="alternate" type="application/rss+xml" href="news.rss">
<link rel="next" href="2.html">
<meta http-equiv="Refresh" content="60; URL='later.html'"></head><body>
<map name="m"><area href="map.html" alt="Map"></map>
<svg><a href="drawn.html"><text>Drawn</text></a></svg><div id="host"></div>
<script>host.attachShadow({mode: "open"}).innerHTML = '<a href="shadow.html">Shadow</a>';</script></body></html>"""


def test_links_are_taken_from_wherever_a_page_has_them(browser: Browser) -> None:
    script = files("crawler.render").joinpath("snapshot.js").read_text("utf-8")
    page = browser.new_page()
    page.set_content(LINKED, wait_until="load")
    links = page.evaluate(f"({script})({{chars: 1e6, nodes: 1e5, links: 100}})")["links"]
    names = ("de", "2", "map", "drawn", "shadow", "later")
    assert {address for address, _ in links} == {f"https://elm.example/fees/{name}.html" for name in names}


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{'word ' * 100}<p><a href='https://elm.example/far'>Far</a>",
        "<frameset><frame src='https://elm.example/far'></frameset>",
    ],
    ids=["behind what is too long to be read", "in a frameset"],
)
def test_no_page_is_lost_for_where_its_link_stands(browser: Browser, body: str) -> None:
    script = files("crawler.render").joinpath("snapshot.js").read_text("utf-8")
    page = browser.new_page()
    page.route("**", lambda route: route.fulfill(body="<p>Far", content_type="text/html"))
    page.set_content(f"<!doctype html><title>T</title>{body}", wait_until="load")
    taken = page.evaluate(f"({script})({{chars: 200, nodes: 1e5, links: 100}})")
    page.close()
    assert [href for href, _ in taken["links"]] == ["https://elm.example/far"]
