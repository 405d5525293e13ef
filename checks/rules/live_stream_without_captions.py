"""What is said live is captioned while it is said (WCAG 1.2.4): a person must look."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute, text_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._facts import has_fact
from checks.rules._heard import own_label
from checks.rules._media import has_source, languages_of
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Live video with sound has captions",
    wcag=["1.2.4"],
    impact="serious",
    who="People who are deaf or hard of hearing cannot follow a council meeting or press conference while it is on.",
    how="Have what is said written along by a captioner, or by a speech recogniser that somebody corrects.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/captions-live",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G9",
    ],
    messages={
        "cantTell": "This player shows something live. Is what is said in it captioned while it is said?",
        "cantTell.announced": 'This player stands under "{text}". Is it live, and is what is said captioned meanwhile?',
    },
)

# Addresses at which players show a live channel, from the providers' instructions for embedding.
_LIVE = re.compile(
    r"youtube(?:-nocookie)?\.com/embed/live_stream|player\.twitch\.tv/\?(?:.*&)?channel=|embed\.twitch\.tv.*channel="
    r"|vimeo\.com/event/\d+/embed|livestream\.com/accounts/\S+/player|video\.ibm\.com/embed/|ustream\.tv/embed/"
    r"|facebook\.com/plugins/video\.php\S*live|\.m3u8(?:$|\?)",
    re.IGNORECASE,
)
_CAPTIONS = frozenset({"captions", "subtitles"})
_NEAR = ("figure", "section", "article", "div", "main", "li", "td")
_HEADINGS = re.compile(r"h[1-6]")


@rule.targets
def players(page: PageView) -> list[Tag]:
    """Look at players that are live by their address or by what the browser knows, or by the words over them."""
    found = [tag for tag in page.exposed("video, iframe[src]") if tag.name == "iframe" or has_source(tag)]
    return [player for player in found if _is_live(player) or (_may_play(player) and _announced(player))]


@rule.expect
def is_captioned(player: Tag) -> Verdict:
    """Pass a player with a caption track; ask about the others."""
    if player.name == "video" and languages_of(player, _CAPTIONS):
        return passed()
    return cant_tell() if _is_live(player) else cant_tell("cantTell.announced", text=_announced(player))


def _is_live(player: Tag) -> bool:
    sources = [player, *player.find_all("source")]
    return has_fact(player, "live") or any(_LIVE.search(attribute(source, "src")) for source in sources)


def _may_play(player: Tag) -> bool:
    if player.name == "video":
        return True
    address = attribute(player, "src").casefold()
    return any(host in address for host in words("media")["video"])


def _announced(player: Tag) -> str:
    """Return the player's own title, or the heading or caption over it, where it speaks of a live stream."""
    titles = [own_label(player), attribute(player, "title")]
    figure = player.find_parent("figure")
    caption = figure.find("figcaption") if isinstance(figure, Tag) else None
    heading = player.find_previous(_HEADINGS)
    titles += [text_of(tag) for tag in (caption, heading) if isinstance(tag, Tag)]
    said = (title for title in titles if any(word in plain(title) for word in words("media")["live"]))
    return next(said, "")[:100]


EXAMPLES = examples(
    passed=[
        '<video controls src="a.m3u8" data-curbcut-live=""><track kind="captions" srclang="en" src="c.vtt"></video>',
        '<h2>Livestream</h2><video controls src="a.mp4" data-curbcut-tracks="captions:en"></video>',
    ],
    cant_tell=[
        '<iframe title="Council" src="https://www.youtube.com/embed/live_stream?channel=UC1"></iframe>',
        '<video controls><source src="https://elm.example/council.m3u8"></video>',
        '<video controls src="blob:x" data-curbcut-live=""></video>',
        '<h2>Live stream of the council</h2><iframe title="Council" src="https://player.vimeo.com/video/1"></iframe>',
        '<iframe title="Ratssitzung im Livestream" src="https://www.youtube-nocookie.com/embed/abc"></iframe>',
    ],
    inapplicable=[
        '<iframe title="Bus" src="https://www.youtube.com/embed/abc"></iframe>',
        '<h2>Live well</h2><video controls src="a.mp4"></video>',
        '<h2>Live stream</h2><iframe title="Map" src="https://maps.elm.example/"></iframe>',
    ],
)
