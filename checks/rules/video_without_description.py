"""What only the picture of a video shows is also said (WCAG 1.2.3, 1.2.5): a person must look."""

from __future__ import annotations

from bs4 import Tag

from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._facts import fact
from checks.rules._media import has_source, is_background, languages_of, leads_to

rule = Rule(
    __name__,
    title="What a video shows is also said",
    wcag=["1.2.3", "1.2.5"],
    impact="serious",
    who="People who cannot see the picture miss what is shown and not said, such as names, places and graphs.",
    how="Say in the video what it shows, or offer a version with audio description.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/audio-description-prerecorded",
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H96",
    ],
    messages={
        "cantTell": "Nothing here speaks of an audio description for this video. Is all that it shows also said in it?"
    },
)
_KINDS = frozenset({"descriptions"})


@rule.targets
def videos_with_sound(page: PageView) -> list[Tag]:
    """Look at videos that people see, except for those known to be silent and those that only move behind the page."""
    return [
        video
        for video in page.exposed("video")
        if has_source(video) and fact(video, "sound") != "no" and not is_background(video)
    ]


@rule.expect
def has_description(video: Tag) -> Verdict:
    """Ask where there is neither a track nor a link for it."""
    if languages_of(video, _KINDS) or leads_to(video, "description"):
        return passed()
    return cant_tell()


EXAMPLES = examples(
    passed=[
        '<video controls src="a.mp4"><track kind="descriptions" srclang="en" src="a.vtt"></video>',
        '<video controls src="a.mp4"></video><a href="/b">Watch it with audio description</a>',
    ],
    cant_tell=[
        '<video controls src="a.mp4"></video>',
        '<video controls src="a.mp4"><track kind="captions" srclang="en" src="a.vtt"></video>',
    ],
    inapplicable=[
        '<video controls src="a.mp4" data-curbcut-sound="no"></video>',
        '<video autoplay muted loop src="a.mp4"></video>',
    ],
)
