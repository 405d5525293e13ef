"""An image's text alternative is not a placeholder (WCAG 1.1.1)."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._images import images_named_by_alt, looks_like_an_icon, surroundings
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Text alternatives are not placeholders",
    wcag=["1.1.1"],
    impact="serious",
    who="People who cannot see the image hear a word that does not say what the image shows.",
    how='Write what the image tells the reader into the alt attribute, or alt="" if it only decorates.',
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/failures/F30"],
    messages={
        "failed": 'The text alternative of this image is a placeholder: "{alt}".',
        "cantTell": 'The text alternative of this image says only "{alt}". Does it stand for that kind of thing here?',
    },
)


@rule.targets
def images(page: PageView) -> list[Tag]:
    """Look at images that people meet and that a written alt attribute names."""
    return list(images_named_by_alt(page))


@rule.expect
def alternative_is_no_placeholder(image: Tag) -> Verdict:
    """Fail words that can mean nothing here; ask about those that may."""
    alt = attribute(image, "alt").strip()
    known = words("alternative_placeholders")
    if plain(alt) in known["leftover"]:
        # An article on alternative texts, or a button that is called so, may mean the words.
        return cant_tell(alt=alt) if plain(alt) in plain(surroundings(image)) else failed(alt=alt)
    if plain(alt) not in known["kind"]:
        return passed()
    # "Image" may be the right name of an icon for images, of a tool that inserts them, of a mark beside a file.
    is_alone = not surroundings(image) and image.find_parent(["a", "button", "label", "summary", "td", "th"]) is None
    if is_alone and image.name == "img" and not looks_like_an_icon(image) and plain(alt) in _NEVER_ENOUGH:
        return failed(alt=alt)
    return cant_tell(alt=alt)


# The words that F30 itself names, and the abbreviation for them.
_NEVER_ENOUGH = frozenset({"image", "img", "picture"})

EXAMPLES = examples(
    passed=[
        '<img src="a.jpg" alt="Image of the old bridge">',
        '<img src="a.jpg" alt="The picture shows a placeholder stone">',
        '<img src="a.jpg" alt="Photo: Anna Berg">',
    ],
    failed=[
        '<img src="a.jpg" alt="Placeholder">',
        '<img src="a.gif" alt="spacer">',
        '<div><img src="a.jpg" alt="Image"></div>',
        '<p><img src="a.jpg" alt="Alternativtext"></p>',
        '<a href="/"><img src="a.jpg" alt="undefined"></a>',
    ],
    cant_tell=[
        '<button><img src="a.svg" alt="Image"></button>',
        '<ul><li><img src="type.svg" alt="Image"> The old bridge, 2 MB</li></ul>',
        '<img src="icon-image.svg" alt="Image">',
        '<img src="a.jpg" alt="Bild">',
        '<figure><img src="a.jpg" alt="Untitled"><figcaption>Untitled, oil on canvas, 1962</figcaption></figure>',
    ],
    inapplicable=[
        '<img src="a.jpg" alt="">',
        '<img src="a.jpg">',
        '<img src="a.jpg" alt="image" aria-label="Old bridge">',
    ],
)
