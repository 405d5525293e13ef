"""Text is not put into an image (WCAG 1.4.5): a person must look where an image seems to consist of words."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._facts import is_larger_than_an_icon, size_px
from checks.rules._heard import heard
from checks.rules._images import file_name, images_named_by_alt
from checks.words import words

rule = Rule(
    __name__,
    title="Text is text, not an image of text",
    wcag=["1.4.5"],
    impact="moderate",
    who="People with low vision or dyslexia cannot change the size, letters and colours of words in an image.",
    how="Write the words as text and let the style sheet give them their look. Logos may be images.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/images-of-text",
        "https://www.w3.org/WAI/WCAG22/Techniques/css/C22",
    ],
    messages={
        "cantTell.contact": 'The text alternative of this image holds "{found}". Is it an image of text?',
        "cantTell.heading": 'This heading consists of an image: "{alt}". Is it an image of text?',
        "cantTell.file": 'The file of this image is called "{file}". Is it an image of text?',
        "cantTell.long": "The text alternative of this image has {words} words. Are they words in the image?",
    },
)

LONG_WORDS = 40
"""Descriptions of what is seen are shorter: W3C's tutorial on images calls for a phrase or two sentences at most."""
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}|https?://\S{4,100}|www\.[\w-]{2,63}\.\S{2,60}|\b\d{1,2}[:.]\d{2}\s?(?:am|pm|uhr|h)\b",
    re.IGNORECASE,
)
_LOGO = re.compile(r"logo|wordmark|emblem|crest|wappen|signet|blason|escudo|stemma|badge|banner-eu|seal", re.IGNORECASE)
# A picture of a screen or a document may show its words as an example of how it looks, which is essential.
_SHOWN = re.compile(
    r"screen|capture|figure|diagram|chart|graph|scan|photo|example of|map\b|foto|\bimage|show", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@rule.targets
def pictures_with_words(page: PageView) -> list[Tag]:
    """Look at images that people meet and that a written alt attribute names, except for logos and icons."""
    return [image for image in images_named_by_alt(page) if not _is_logo(image) and not _is_known_to_be_small(image)]


@rule.expect
def is_no_text(image: Tag) -> Verdict:
    """Ask about images whose alternative, place or file speaks of words in them."""
    alt = attribute(image, "alt").strip()
    if _SHOWN.search(alt) or _SHOWN.search(file_name(image)):
        return passed()
    if match := _CONTACT.search(alt[:2000]):
        return cant_tell("cantTell.contact", found=match[0])
    heading = image.find_parent(["h1", "h2", "h3", "h4", "h5", "h6"])
    if isinstance(heading, Tag) and heard(heading) == " ".join(alt.split()) and len(alt.split()) > 1:
        return cant_tell("cantTell.heading", alt=alt[:200])
    stem = file_name(image).rsplit(".", 1)[0].casefold()
    if {*_WORD.findall(stem), *re.split(r"[^\w]|_|\d", stem)} & words("image_words")["letters"]:
        return cant_tell("cantTell.file", file=file_name(image)[:200])
    if len(alt.split()) > LONG_WORDS:
        return cant_tell("cantTell.long", words=len(alt.split()))
    return passed()


def _is_logo(image: Tag) -> bool:
    return any(_LOGO.search(attribute(image, name)) for name in ("src", "alt", "class", "id"))


def _is_known_to_be_small(image: Tag) -> bool:
    return size_px(image) is not None and not is_larger_than_an_icon(image) and image.name == "img"


EXAMPLES = examples(
    passed=[
        '<img src="a.jpg" alt="The old bridge in spring">',
        '<img src="a.png" alt="Screenshot of the form with the field www.elm.example">',
        f'<img src="a.jpg" alt="Two images, one above the other. {"word " * 45}">',
        '<h2><img src="a.png" alt="New"> Bus times</h2>',
        '<img src="context.jpg" alt="The hall among trees">',
    ],
    cant_tell=[
        '<img src="a.jpg" alt="Summer fair. Ask us: fair@elm.example">',
        '<h2><img src="a.png" alt="Bus times"></h2>',
        '<img src="fair-poster.jpg" alt="Summer fair on 3 July">',
        f'<img src="a.jpg" alt="{"word " * 45}">',
    ],
    inapplicable=[
        '<img src="logo.png" alt="Town of Elm">',
        '<img src="a.jpg" alt="">',
        '<img src="fair-poster.jpg" alt="Summer fair" width="16" height="16">',
    ],
)
