"""What rules about images share: which images are named by their alt attribute, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from bs4 import Tag

from checks.elements import attribute, text_of
from checks.rule import PageView

IMAGE_SUFFIX = r"(?:jpe?g|png|gif|svg|webp|avif|bmp|tiff?|ico|heic)"
_NAMED_OTHERWISE = ("aria-label", "aria-labelledby")


def images_named_by_alt(page: PageView) -> Iterable[Tag]:
    """Yield the images that people meet and whose name is a written alt attribute (HTML-AAM 1.0, 4.1.10)."""
    for image in page.exposed("img[alt], input[type=image][alt]"):
        is_presentational = attribute(image, "role").casefold() in ("none", "presentation")
        if is_presentational or any(attribute(image, name).strip() for name in _NAMED_OTHERWISE):
            continue
        if attribute(image, "alt").strip():
            yield image


def file_name(image: Tag) -> str:
    """Return the name of the image's own file as its address gives it, without folders and query."""
    try:
        path = urlsplit(attribute(image, "src").strip()).path
    except ValueError:
        return ""
    return unquote(path).rsplit("/", 1)[-1]


def surroundings(image: Tag) -> str:
    """Return the text of what holds the image most closely and gives it its meaning: a link, caption, cell or item."""
    holder = image.find_parent(["a", "button", "figure", "label", "li", "td", "th", "dd", "dt", "p"])
    return text_of(holder) if isinstance(holder, Tag) else ""


def looks_like_an_icon(image: Tag) -> bool:
    """Return whether the image stands for a kind of thing: it is small, or its file calls itself an icon."""
    sizes = [attribute(image, name) for name in ("width", "height")]
    is_small = any(re.fullmatch(r"\d{1,2}(px)?", size) for size in sizes)
    return is_small or bool(re.search(r"ico|symbol|glyph|sprite", attribute(image, "src"), re.IGNORECASE))
