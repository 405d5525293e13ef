"""An image's text alternative does not begin with the words "image of" (WCAG 1.1.1): a person must look."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._images import images_named_by_alt
from checks.words import plain, words

rule = Rule(
    __name__,
    title='Text alternatives do not begin with "image of"',
    wcag=["1.1.1"],
    impact="minor",
    who="Screen readers say that this is an image. People who use one hear it twice before they hear what it shows.",
    how="Leave these words out and begin with what the image shows. Keep them where the kind of picture matters.",
    sources=[
        "https://www.w3.org/WAI/tutorials/images/tips/",
        "https://www.w3.org/WAI/WCAG22/Understanding/non-text-content",
    ],
    messages={
        "cantTell": 'This text alternative begins with "{start}". Does it say what the image shows, and are the '
        "words needed?"
    },
)


@rule.targets
def images(page: PageView) -> list[Tag]:
    """Look at images that people meet and that a written alt attribute names."""
    return list(images_named_by_alt(page))


@rule.expect
def alternative_begins_with_what_it_shows(image: Tag) -> Verdict:
    """Ask about alternatives that begin with such words."""
    alt = plain(attribute(image, "alt"))
    start = next((known for known in _starts() if alt.startswith(known)), "")
    # "d'un pont" belongs to "image d'", whose mark is lost where phrases are made plain.
    is_whole = alt[len(start) : len(start) + 1] in ("", " ", "'", "’")
    return cant_tell(start=start) if start and is_whole else passed()


def _starts() -> list[str]:
    return sorted(words("image_words")["image_of"], key=len, reverse=True)


EXAMPLES = examples(
    passed=[
        '<img src="a.jpg" alt="The old bridge in spring">',
        '<img src="a.jpg" alt="Image officer Anna Berg">',
        '<img src="a.jpg" alt="Photo of Anna Berg by Jo Lind">',
        '<img src="a.jpg" alt="Bildung für alle">',
    ],
    cant_tell=[
        '<img src="a.jpg" alt="Image of the old bridge">',
        '<img src="a.jpg" alt="Das Bild zeigt die alte Brücke.">',
        '<img src="a.jpg" alt="Image d\'un pont">',
    ],
    inapplicable=[
        '<img src="a.jpg" alt="">',
        "<p>Image of the old bridge</p>",
        '<div data-curbcut-hidden><img src="a.jpg" alt="Image of the old bridge"></div>',
    ],
)
