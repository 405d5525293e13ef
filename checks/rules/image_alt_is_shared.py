"""Different images do not share one text alternative (WCAG 1.1.1): a person must look where they do."""

from __future__ import annotations

import re
from collections import defaultdict

from bs4 import Tag

from checks.elements import attribute, is_exposed
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._facts import ICON_MAX_PX, size_px
from checks.rules._images import file_name, images_named_by_alt, looks_like_an_icon
from checks.words import plain

rule = Rule(
    __name__,
    title="Different images have different text alternatives",
    wcag=["1.1.1"],
    impact="moderate",
    who="People who use a screen reader hear the same words for different images and cannot tell them apart.",
    how="Say in each alternative what this image shows and the others do not.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/non-text-content"],
    messages={
        "cantTell": 'On this page {count} different images have the same text alternative: "{alt}". Do they '
        "all show that?"
    },
)
WORDS_MIN = 2
"""Images that one word names ("Logo", "PDF") may well be of one kind; those have rules of their own."""


@rule.targets
def first_of_each_alternative(page: PageView) -> list[Tag]:
    """Look at the first image of each alternative of two words or more."""
    first: dict[str, Tag] = {}
    for image in images_named_by_alt(page):
        if _counts(image):
            first.setdefault(plain(attribute(image, "alt")), image)
    return list(first.values())


@rule.expect
def others_are_the_same_image(image: Tag) -> Verdict:
    """Ask when another file has the same alternative."""
    alt = attribute(image, "alt").strip()
    files = once_a_page(image, _files_by_alternative)[plain(alt)]
    return cant_tell(alt=alt, count=len(files)) if len(files) > 1 else passed()


def _files_by_alternative(root: Tag) -> dict[str, set[str]]:
    files: dict[str, set[str]] = defaultdict(set)
    for image in root.find_all("img", alt=True):
        if is_exposed(image) and _counts(image):
            files[plain(attribute(image, "alt"))].add(_file_stem(image))
    return files


def _counts(image: Tag) -> bool:
    size = size_px(image)
    is_icon = looks_like_an_icon(image) or (size is not None and min(size) <= ICON_MAX_PX)
    return image.name == "img" and len(attribute(image, "alt").split()) >= WORDS_MIN and not is_icon


def _file_stem(image: Tag) -> str:
    """Return the file's name without what sets sizes and formats of one image apart (`hall-300x200.jpg`, `hall@2x`)."""
    return re.sub(
        r"[-_@.](\d+x\d*|\d+w|\d+px|small|medium|large|thumb\w*|mobile|desktop|[a-z]{3,4})(?=$|[-_@.])",
        "",
        file_name(image).casefold(),
    )


EXAMPLES = examples(
    passed=[
        '<img src="hall-300x200.jpg" alt="The town hall"><img src="hall-600x400.jpg" alt="The town hall">',
        '<img src="a.jpg" alt="The old bridge"><img src="b.jpg" alt="The new bridge">',
    ],
    cant_tell=[
        '<img src="bridge.jpg" alt="A public building"><img src="hall.jpg" alt="A public building">',
        '<img src="anna.jpg" alt="Member of staff"><p>Anna</p><img src="jo.jpg" alt="Member of staff."><p>Jo</p>',
    ],
    inapplicable=[
        '<img src="a.jpg" alt="Logo"><img src="b.jpg" alt="Logo">',
        '<img src="a-icon.svg" alt="New window"><img src="b-icon.svg" alt="New window">',
        '<img src="a.jpg" alt=""><img src="b.jpg" alt="">',
    ],
)
