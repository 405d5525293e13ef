"""Links with one name and the same words around them lead to the same content, as it is found there (WCAG 2.4.4)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed
from checks.words import plain

rule = Rule(
    __name__,
    title="Links with one name and place lead to one thing",
    kind="rendered",
    probe="link_targets",
    wcag=["2.4.4"],
    impact="serious",
    who="People who use a screen reader hear the same words for two links, and cannot know that they differ.",
    how='Say the difference in the link text: "Contact us by chat" and "Contact us by phone".',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-in-context",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/fd3a94/proposed/",
    ],
    messages={
        "failed": 'Two links here say only "{name}". One opens "{heading}", the other "{other}".',
        "cantTell": 'Two links in this picture say "{name}" and lead to different addresses. Do people find the same '
        "there?",
    },
)

SHARED_MAX = 0.3
"""Two pages of one site on different things share their words of function and a frame; what they share of longer words
in their main parts is less than this."""

WORDS_MIN = 6
"""A page with fewer words may still be loading, or be an empty door to another."""


@rule.targets
def namesakes(view: ProbeView) -> list[Seen]:
    """Look at links that have the name, the block and the heading of another, and another address."""
    return view.seen("pairs")


@rule.expect
def lead_to_one_thing(link: Seen) -> Verdict:
    """Fail where both pages were seen and have little in common; another rule asks about the rest."""
    data = link.data
    name, one, other = (str(data.get(key, "")) for key in ("name", "heading", "otherHeading"))
    is_seen = "shared" in data and data["isSameLanguage"] and not data["isSamePage"]
    # Two headings that both hold the link's own words are two kinds of the same thing.
    is_other = plain(one) != plain(other) and not (name in plain(one) and name in plain(other))
    has_text = bool(one and other) and int(data.get("words", 0)) >= WORDS_MIN
    if data["isAlone"] and is_seen and is_other and has_text and float(data["shared"]) < SHARED_MAX:
        return failed(name=name, heading=one, other=other)
    # The links inside an SVG picture are not in the page's text, so that no other rule sees them.
    return cant_tell(name=name) if data["isSvg"] else passed()


_SITE = """<main id="m">{}</main><script>
const texts = {{ "?a": "<h1>Chat</h1><p>Write to our staff between nine and five, every working day.</p>",
  "?b": "<h1>Telephone</h1><p>Dial 0123 456 789; somebody answers until late evening.</p>",
  "?c": "<h1>Write</h1><p>Write to our staff between nine and five, every working day.</p>" }};
if (texts[location.search]) m.innerHTML = texts[location.search];</script>"""


EXAMPLES = examples(
    passed=[
        _SITE.format('<p><a href="?a">Contact</a> <a href="?c">Contact</a></p>'),
        _SITE.format('<p><a href="?a">Contact</a> in writing, <a href="?b">Contact</a> by telephone.</p>'),
        _SITE.format('<p><a href="https://elm.example/">Contact</a> <a href="https://oak.example/">Contact</a></p>'),
        _SITE.format('<p><a href="?a">Contact</a> <a href="/gone/">Contact</a></p>'),
    ],
    failed=[
        _SITE.format('<h2>Contact</h2><a href="?a">Contact</a> <a href="?b">Contact</a>'),
        _SITE.format('<p style="display:flex"><a href="?b">Contact</a><img alt="Bus"><a href="?a">Contact</a></p>'),
    ],
    cant_tell=[
        '<svg width="200" height="50"><a href="https://elm.example/"><text y="20">Elm</text></a>'
        '<a href="https://oak.example/"><text x="90" y="20">Elm</text></a></svg>',
        '<svg width="200" height="50"><a href="/gone/" aria-label="Elm"><circle r="20" cx="20" cy="20"/></a>'
        '<a href="/lost/" aria-label="Elm"><circle r="20" cx="80" cy="20"/></a></svg>',
    ],
    inapplicable=[
        '<p><a href="?a">Contact</a></p><p><a href="?b">Contact</a></p>',
        '<p><a href="?a">Read more</a> <a href="?b">Read more</a></p>',
        '<p><a href="?a">Contact</a> <a href="?a#end">Contact</a> <a href="?b" aria-hidden="true">Contact</a></p>',
        '<p><a href="/logout?x=1">Leave</a> <a href="/logout?x=2">Leave</a></p>',
    ],
)
