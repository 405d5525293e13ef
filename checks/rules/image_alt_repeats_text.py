"""An image's text alternative adds to the text beside it (WCAG 1.1.1): a person must look where it repeats it."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute, is_exposed, text_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._images import images_named_by_alt
from checks.words import plain

rule = Rule(
    __name__,
    title="Text alternatives do not repeat the text beside the image",
    wcag=["1.1.1"],
    impact="minor",
    who="People who use a screen reader hear the same words twice and do not learn what the image shows.",
    how='Where the image adds nothing to the text beside it, give it alt="". Else say what it shows.',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H2",
        "https://www.w3.org/WAI/tutorials/images/decorative/",
    ],
    messages={
        "cantTell": 'The text alternative of this image repeats its {where}: "{alt}". Does the image add to that?',
    },
)

_HOLDERS = {"a": "link", "button": "button", "figure": "caption"}


def _holder(image: Tag) -> Tag | None:
    found = image.find_parent(list(_HOLDERS))
    return found if isinstance(found, Tag) else None


def _text_beside(holder: Tag) -> str:
    """Return the text that people meet in a link or button, or in the caption of a figure."""
    parts = holder.find_all("figcaption") if holder.name == "figure" else [holder]
    return " ".join(text_of(part) for part in parts if is_exposed(part))


@rule.targets
def images_with_text_beside(page: PageView) -> list[Tag]:
    """Look at images that share a link, button or captioned figure with text."""
    pairs = ((image, _holder(image)) for image in images_named_by_alt(page) if image.name == "img")
    return [image for image, holder in pairs if holder is not None and _text_beside(holder)]


@rule.expect
def alternative_adds_something(image: Tag) -> Verdict:
    """Ask about an alternative that says the same as the text beside the image."""
    holder = _holder(image)
    alt = attribute(image, "alt").strip()
    if holder is None or plain(alt) != plain(_text_beside(holder)):
        return passed()
    return cant_tell(alt=alt, where=_HOLDERS[holder.name])


EXAMPLES = examples(
    passed=[
        '<a href="/"><img src="a.png" alt="Town of Elm, home page"> Town of Elm</a>',
        '<figure><img src="a.png" alt="A red bridge"><figcaption>The bridge in 1962</figcaption></figure>',
    ],
    cant_tell=[
        '<a href="/bus"><img src="a.png" alt="Bus times"> Bus times</a>',
        '<a href="/bus"><img src="a.png" alt="bus times."><span>Bus  Times</span></a>',
        '<figure><img src="a.png" alt="The bridge in 1962"><figcaption>The bridge in 1962</figcaption></figure>',
        '<button><img src="a.png" alt="Search"> Search</button>',
    ],
    inapplicable=[
        '<p><img src="a.png" alt="Bus times"> Bus times</p>',
        '<a href="/bus"><img src="a.png" alt="Bus times"></a>',
        '<a href="/bus"><img src="a.png" alt=""> Bus times</a>',
        '<figure><img src="a.png" alt="A red bridge"></figure>',
    ],
)
