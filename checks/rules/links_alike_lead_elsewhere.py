"""Links that are called the same in the same place lead to the same place (WCAG 2.4.4)."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import text_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import name_of
from checks.rules._links import CONTEXT_BLOCKS, description_of, destination, headings_before, lead_alike, links
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Links that are called the same lead to the same place",
    wcag=["2.4.4"],
    impact="moderate",
    who="People who use a screen reader hear the same words for two links, and cannot know that they differ.",
    how='Say the difference in the link text: "Contact us by chat" and "Contact us by phone".',
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-in-context"],
    messages={
        "cantTell": 'Two links here say "{name}", with the same words around them. One leads to {one}, the other to '
        "{other}. Do people find the same there?",
    },
)

MAX_CONTEXT_CHARS = 300


@rule.targets
def links_with_namesakes(page: PageView) -> list[Tag]:
    """Look at each link after the first of those that share a name and the words around it."""
    return [link for link in links(page.soup) if id(link) in once_a_page(link, _first_namesakes)]


@rule.expect
def leads_to_the_same_place(link: Tag) -> Verdict:
    """Ask: two addresses may well hold the same, so only a person who opens both can say."""
    one, other = destination(once_a_page(link, _first_namesakes)[id(link)]), destination(link)
    if lead_alike(one, other):
        return passed()
    return cant_tell(name=name_of(link), one=one[:200], other=other[:200])


def _first_namesakes(root: Tag) -> dict[int, Tag]:
    """Return, by the identity of each later link, the first link with its name and the words around it."""
    vague = words("link_texts")["vague"]  # the rule link-text-says-nothing looks at those
    headings = once_a_page(root, headings_before)
    texts: dict[int, str] = {}
    firsts: dict[tuple[str, str, int], Tag] = {}
    later: dict[int, Tag] = {}
    for link in links(root):
        name = plain(name_of(link))
        if not name or name in vague or destination(link).startswith("#"):
            continue
        if description_of(link) or _is_in_a_headed_table(link):
            continue
        first = firsts.setdefault((name, _words_around(link, texts) or name, headings.get(id(link), 0)), link)
        if first is not link:
            later[id(link)] = first
    return later


def _words_around(link: Tag, known: dict[int, str]) -> str:
    """Return the words of the outermost block a link stands in, which tells lists within lists apart."""
    block = next((parent for parent in reversed([*link.parents]) if parent.name in CONTEXT_BLOCKS), None)
    if block is None:
        return ""
    if id(block) not in known:
        known[id(block)] = plain(text_of(block))[:MAX_CONTEXT_CHARS]
    return known[id(block)]


def _is_in_a_headed_table(link: Tag) -> bool:
    table = link.find_parent("table")
    return isinstance(table, Tag) and table.find("th") is not None


EXAMPLES = examples(
    passed=[
        '<p><a href="/contact">Contact</a> or <a href="https://elm.example/contact/">Contact</a></p>',
        '<p><a href="/contact?utm_source=x">Contact</a></p><p><a href="/contact/index.html">Contact</a></p>',
        '<nav><a href="./bins">Bins</a></nav><footer><a href="/bins">Bins</a></footer>',
    ],
    cant_tell=[
        '<p>You can <a href="/c?page=1">contact us</a> by chat or <a href="/c?page=2">contact us</a> by phone.</p>',
        '<p><a href="https://elm.example/">Elm</a></p><p><a href="https://oak.example/">Elm</a></p>',
        """<p><span role="link" tabindex="0" onclick="location='/a'">Elm</span>
        <span role="link" tabindex="0" onclick="location.href = '/b'">Elm</span></p>""",
    ],
    inapplicable=[
        '<p>The budget of 2025: <a href="/1">download</a></p><p>The budget of 2026: <a href="/2">download</a></p>',
        '<p>Buses: <a href="/1">timetable</a></p><p>Trains: <a href="/2">timetable</a></p>',
        '<table><tr><th>Bus</th><td><a href="/1">Times</a></td></tr><tr><th>Tram<td><a href="/2">Times</a></table>',
        '<ul><li>Bus<ul><li><a href="/1">Times</a></ul><li>Tram<ul><li><a href="/2">Times</a></ul></ul>',
        '<h2>Bus</h2><a href="/1">Timetable</a><h2>Tram</h2><a href="/2">Timetable</a>',
        '<p><a href="#a">Example</a></p><p><a href="#b">Example</a></p>',
        '<a href="/a">Read more</a> <a href="/b">Read more</a>',
    ],
)
