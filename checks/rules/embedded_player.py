"""Sound and video in embedded players have their alternatives (WCAG 1.2.1 to 1.2.5): a person must look."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._media import leads_to
from checks.words import words

rule = Rule(
    __name__,
    title="Sound and video in embedded players have alternatives",
    wcag=["1.2.1", "1.2.2", "1.2.3", "1.2.5"],
    impact="serious",
    who="People who are deaf or hard of hearing need captions or a transcript. People who cannot see need what is "
    "shown to be said.",
    how="Play it with the player's captions on and check them: automatic ones do not do. Link a transcript beside it.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/time-based-media"],
    messages={
        "cantTell.video": "This is a player of {host}. Does the video have correct captions, and is what it shows also "
        "said?",
        "cantTell.audio": "This is a player of {host}, and nothing here speaks of a transcript. Is there one?",
    },
)
# The address that the open player programs PeerTube, Nimble and Kaltura give their pages for embedding.
_EMBED_PATH = re.compile(r"/(videos/embed|embedIframeJs|html5/html5lib)/")


@rule.targets
def players(page: PageView) -> list[Tag]:
    """Look at frames that hold a player we know."""
    return [frame for frame in page.exposed("iframe") if _kind_of(_address(frame))]


@rule.expect
def has_alternatives(frame: Tag) -> Verdict:
    """Ask about each video, and about sound without a transcript."""
    address = _address(frame)
    if _kind_of(address) == "video":
        return cant_tell("cantTell.video", host=_host(address))
    return passed() if leads_to(frame, "transcript") else cant_tell("cantTell.audio", host=_host(address))


def _address(frame: Tag) -> str:
    return (attribute(frame, "src") or attribute(frame, "data-src")).strip()


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").casefold()
    except ValueError:
        return ""


def _kind_of(address: str) -> str:
    host = _host(address)
    parts = host.split(".")
    parents = {".".join(parts[start:]) for start in range(len(parts))}
    known = words("media")
    if parents & known["video"] or (host and _EMBED_PATH.search(address)):
        return "video"
    return "audio" if parents & known["audio"] else ""


EXAMPLES = examples(
    passed=[
        '<iframe title="Talk" src="https://w.soundcloud.com/player/?url=1"></iframe><a href="/t">Transcript</a>',
        '<iframe title="Talk" src="https://elm.podigee.io/1/embed"></iframe><h2>Transkript</h2><p>Guten Tag.</p>',
    ],
    cant_tell=[
        '<iframe title="Bus" src="https://www.youtube-nocookie.com/embed/abc"></iframe>',
        '<iframe title="Bus" src="//player.vimeo.com/video/1"></iframe>',
        '<iframe title="Bus" src="https://tube.elm.example/videos/embed/1"></iframe>',
        '<iframe title="Talk" src="https://w.soundcloud.com/player/?url=1"></iframe>',
    ],
    inapplicable=[
        '<iframe title="Map" src="https://maps.elm.example/"></iframe>',
        '<iframe title="Bus" src="https://notyoutube.com/embed/abc"></iframe>',
        '<iframe title="Bus" src="https://www.youtube.com/embed/abc" data-curbcut-hidden></iframe>',
        '<iframe title="Broken" src="http://[::1/x"></iframe>',
    ],
)
