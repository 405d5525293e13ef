"""What rules about sound and video share."""

from __future__ import annotations

import re
from functools import cache

from bs4 import Tag

from checks.elements import attribute, is_exposed
from checks.index import index_of
from checks.once import once_a_page
from checks.rules._facts import fact, has_fact
from checks.rules._heard import by_id, heard, name_of
from checks.words import plain, words

SHORT_SOUND_S = 3
"""Sounds up to this length are signals rather than recordings; WCAG 1.4.2 draws its line there too."""


def has_source(media: Tag) -> bool:
    """Return whether a player has something to play."""
    return bool(attribute(media, "src") or fact(media, "duration") or media.find("source", src=True))


def is_background(video: Tag) -> bool:
    """Return whether a video only moves behind the page: it starts by itself, silent, and has no controls."""
    is_muted = video.has_attr("muted") or has_fact(video, "muted")
    return video.has_attr("autoplay") and is_muted and not video.has_attr("controls")


def says_silent(video: Tag) -> bool:
    """Return whether the page says of a video that it has no sound: in its name or description, or in words around it.

    A text that stands with more than one player is not taken for one about this.
    """
    said = [attribute(video, "aria-label"), attribute(video, "title")]
    references = f"{attribute(video, 'aria-labelledby')} {attribute(video, 'aria-describedby')}".split()[:20]
    said += [heard(tag) for name in references if (tag := by_id(video, name)) is not None]
    for around in list(video.parents)[:_AROUND]:
        text = heard(around)
        if around.name in ("body", "main", "[document]") or len(text) > _AROUND_CHARS:
            break
        if len(around.find_all(["video", "audio", "iframe"], limit=2)) > 1:
            break
        said.append(text)
    return any(_silent().search(plain(text)) for text in said)


_AROUND, _AROUND_CHARS = 3, 400
"""How far around a player words count as said of it: a figure with a caption, or a box with a line of text."""


@cache
def _silent() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in sorted(words("media")["silent"], key=len, reverse=True))
    return re.compile(rf"\b(?:{phrases})\b(?!\W*(?:desc|besch|desk))")  # "no audio description" is another matter


def languages_of(video: Tag, kinds: frozenset[str]) -> list[str]:
    """Return the language of each text track of these kinds, the first part of its code; empty where none is given."""
    codes = [
        attribute(track, "srclang")
        for track in video.find_all("track")
        if (attribute(track, "kind").casefold() or "subtitles") in kinds
    ]
    for kind, _, code in (entry.partition(":") for entry in fact(video, "tracks").split()):
        if kind in kinds:
            codes.append(code)
    return [code.strip().split("-")[0].casefold() for code in codes]


def leads_to(media: Tag, group: str) -> bool:
    """Return whether a link, button or heading of the page speaks of a transcript (or of another group of words)."""
    return once_a_page(media, _ways)[group]


def _ways(root: Tag) -> dict[str, bool]:
    ways = index_of(root).select("a[href], button, summary, [role=button], [role=tab], h1, h2, h3, h4, h5, h6, th, dt")
    names = [plain(name_of(way)) for way in ways if is_exposed(way)]
    return {
        group: any(word in name for name in names for word in words("media")[group])
        for group in ("transcript", "description")
    }


def leads_on(media: Tag) -> bool:
    """Return whether the page has a link, a button or anything else that could lead to an alternative."""
    return once_a_page(media, _leads_on)


def _leads_on(root: Tag) -> bool:
    return bool(index_of(root).exposed(_WAYS_ON))


_WAYS_ON = "a[href], button, summary, [role=button], iframe, form, area[href]"


def words_on_page(media: Tag) -> int:
    """Return how many words of the page people can read."""
    return once_a_page(media, _count_words)


def _count_words(root: Tag) -> int:
    body = root.find("body")
    return len(re.findall(r"\w+", heard(body))) if isinstance(body, Tag) else 0
