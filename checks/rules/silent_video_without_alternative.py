"""A video without sound has a text or a sound track that says the same (WCAG 1.2.1): a person must look."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._facts import fact
from checks.rules._heard import by_id, heard
from checks.rules._media import has_source, leads_to

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
    messages={"cantTell": "This video has no sound. Does the text beside it say all that it shows?"},
)


@rule.targets
def silent_videos(page: PageView) -> list[Tag]:
    """Look at videos with controls that are known to have no sound."""
    return [v for v in page.exposed("video[controls]") if has_source(v) and fact(v, "sound") == "no"]


@rule.expect
def is_described(video: Tag) -> Verdict:
    """Ask where neither a described-by text nor a link for it is found."""
    texts = (by_id(video, name) for name in attribute(video, "aria-describedby").split()[:20])
    is_described = any(text is not None and heard(text) for text in texts)
    has_link = leads_to(video, "transcript") or leads_to(video, "description")
    return passed() if is_described or has_link else cant_tell()


EXAMPLES = examples(
    passed=[
        '<video controls src="a.mp4" data-curbcut-sound="no" aria-describedby="d"></video><p id="d">Fold it twice.</p>',
        '<video controls src="a.mp4" data-curbcut-sound="no"></video><a href="/t">Text version</a>',
    ],
    cant_tell=[
        '<video controls src="a.mp4" data-curbcut-sound="no"></video>',
        '<p>How to fold it</p><video controls src="a.mp4" data-curbcut-sound="no" aria-describedby="x"></video>',
    ],
    inapplicable=[
        '<video controls src="a.mp4"></video>',
        '<video autoplay muted loop src="a.mp4" data-curbcut-sound="no"></video>',
    ],
)
