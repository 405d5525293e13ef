"""Video with sound has captions in the page's language (WCAG 1.2.2): a person must look where no track says so."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._facts import fact
from checks.rules._media import has_source, is_background, languages_of, says_silent

rule = Rule(
    __name__,
    title="Video with sound has captions",
    wcag=["1.2.2"],
    impact="critical",
    who="People who are deaf or hard of hearing see a video and do not learn what is said in it.",
    how="Add a caption track in the language that is spoken, with the sounds that matter.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H95",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/f51b46/proposed/",
    ],
    messages={
        "cantTell.none": "This video has no caption track. Are captions part of its picture, or is nothing said in it?",
        "cantTell.language": 'The caption tracks of this video are in "{languages}", the page is in "{page}". Is what '
        "is said captioned in its own language?",
    },
)

# Subtitles in the language that is spoken serve as captions; browsers show both alike.
CAPTION_KINDS = frozenset({"captions", "subtitles"})


@rule.targets
def videos_with_sound(page: PageView) -> list[Tag]:
    """Look at videos that people see, except for those known or said to be silent and those behind the page."""
    return [
        video
        for video in page.exposed("video")
        if has_source(video) and fact(video, "sound") != "no" and not is_background(video) and not says_silent(video)
    ]


@rule.expect
def has_captions(video: Tag) -> Verdict:
    """Ask where no track can be captions, or none is in the page's language."""
    languages = languages_of(video, CAPTION_KINDS)
    if not languages:
        return cant_tell("cantTell.none")
    page = once_a_page(video, _page_language)
    if not page or page in languages or "" in languages:
        return passed()
    return cant_tell("cantTell.language", languages=", ".join(sorted(set(languages)))[:100], page=page)


def _page_language(root: Tag) -> str:
    html = root.find("html")
    return attribute(html, "lang").strip().split("-")[0].casefold() if isinstance(html, Tag) else ""


EXAMPLES = examples(
    passed=[
        '<video controls src="a.mp4"><track kind="captions" srclang="en-GB" src="a.vtt"></video>',
        '<video controls src="a.mp4"><track src="a.vtt"></video>',
        '<video controls src="a.mp4" data-curbcut-tracks="captions:en"></video>',
    ],
    cant_tell=[
        '<video controls src="a.mp4"></video>',
        '<video controls src="a.mp4" data-curbcut-sound="yes"><track kind="descriptions" src="a.vtt"></video>',
        '<video controls src="a.mp4"><track kind="subtitles" srclang="fr" src="a.vtt"></video>',
        '<div><video controls src="a.mp4"></video><p>The steps, with no audio description.</p></div>',
        '<div><video controls src="a.mp4"></video><video controls src="b.mp4"></video><p>It has no sound.</p></div>',
    ],
    inapplicable=[
        '<video controls src="a.mp4" data-curbcut-sound="no"></video>',
        '<video autoplay muted loop src="a.mp4"></video>',
        '<video controls src="a.mp4" aria-describedby="d"></video><p id="d">The steps. It does not have any audio.</p>',
        '<figure><video controls src="a.mp4"></video><figcaption>Die Schritte (ohne Ton)</figcaption></figure>',
        '<video controls src="a.mp4" data-curbcut-hidden></video>',
    ],
)
