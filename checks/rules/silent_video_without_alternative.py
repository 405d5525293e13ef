"""A video without sound has a text or a sound track that says the same (WCAG 1.2.1): a person must look."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._facts import fact
from checks.rules._heard import by_id, heard
from checks.rules._media import has_source, leads_on, leads_to, words_on_page

rule = Rule(
    __name__,
    title="A silent video has an alternative",
    wcag=["1.2.1"],
    impact="serious",
    who="People who cannot see the picture learn nothing from a video without sound.",
    how="Describe beside the video what it shows, or add a sound track that does.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G159",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G166",
    ],
    messages={
        "failed": "This video has no sound, and the page has neither words nor a link, so nothing says what it shows.",
        "cantTell": "This video has no sound. Does the text beside it say all that it shows?",
    },
)


@rule.targets
def silent_videos(page: PageView) -> list[Tag]:
    """Look at videos with controls that are known to have no sound."""
    return [v for v in page.exposed("video[controls]") if has_source(v) and fact(v, "sound") == "no"]


@rule.expect
def is_described(video: Tag) -> Verdict:
    """Fail where the page has no words at all; ask where neither a described-by text nor a link for it is found."""
    texts = (by_id(video, name) for name in attribute(video, "aria-describedby").split()[:20])
    is_described = any(text is not None and heard(text) for text in texts)
    has_link = leads_to(video, "transcript") or leads_to(video, "description")
    if is_described or has_link:
        return passed()
    # A name of a few words is a title; a track may tell the rest.
    is_alone = words_on_page(video) == 0 and video.find("track") is None and not leads_on(video)
    return failed() if is_alone else cant_tell()


EXAMPLES = examples(
    passed=[
        '<video controls src="a.mp4" data-curbcut-sound="no" aria-describedby="d"></video><p id="d">Fold it twice.</p>',
        '<video controls src="a.mp4" data-curbcut-sound="no"></video><a href="/t">Text version</a>',
    ],
    failed=[
        '<video controls src="a.mp4" data-curbcut-sound="no"></video>',
        '<main><video controls src="a.mp4" data-curbcut-sound="no" aria-label="How to fold it"></video></main>',
    ],
    cant_tell=[
        '<video controls src="a.mp4" data-curbcut-sound="no"><track kind="descriptions" src="a.vtt"></video>',
        '<video controls src="a.mp4" data-curbcut-sound="no"></video><a href="/" aria-label="Elm"><img alt=""></a>',
        '<p>How to fold it</p><video controls src="a.mp4" data-curbcut-sound="no" aria-describedby="x"></video>',
    ],
    inapplicable=[
        '<video controls src="a.mp4"></video>',
        '<video autoplay muted loop src="a.mp4" data-curbcut-sound="no"></video>',
    ],
)
