"""A picture's name says what it shows (WCAG 1.1.1): a person must look where something speaks against it."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._facts import has_fact, is_larger_than_an_icon
from checks.rules._heard import picture_name, role_of
from checks.rules._images import file_name
from checks.words import plain

rule = Rule(
    __name__,
    title="A picture's name says what it shows",
    wcag=["1.1.1"],
    impact="moderate",
    who="People who cannot see the picture do not learn from its name what it shows.",
    how="Write into the name what the picture tells the reader.",
    sources=[
        "https://www.w3.org/WAI/standards-guidelines/act/rules/qt1vmo/",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F30",
    ],
    messages={
        "cantTell.logo": 'This picture is named "{name}", but its file is called "{file}". Whose logo is it?',
        "cantTell.short": 'This picture is named "{name}" only. Does that say all that it shows?',
        "cantTell.canvas": 'A script draws this picture, and its name is "{name}". Does that say what it shows?',
    },
)

SHORT_CHARS = 3
"""So few characters are an abbreviation, a number or a mark, and seldom say what a large picture shows."""
_LOGO = re.compile(r"\blogo(?:type)?s?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]{2,}")
# Words beside "logo" in a file's name that tell its form and not its owner.
_FORM = re.compile(
    r"\d+.*|.*\d+x\d*|logo\w*|img|image|main|site|web|new|old|header|head|footer|foot|top|small|big|large|white|black|"
    r"dark|light|color|colour|mono|neg|negative|positive|inverse|inverted|rgb|cmyk|final|full|short|horizontal|vertical|"
    r"print|mobile|desktop|retina|default|brand|transparent|de|en|fr|es|it|nl|the|of|and|min|copy|cropped|scaled",
)


@rule.targets
def named_pictures(page: PageView) -> list[Tag]:
    """Look at pictures that people meet and that have a name, outside links and buttons, which say where they lead."""
    pictures = page.exposed("img, svg[role], canvas[data-curbcut-drawn], [role=img]")
    return [p for p in pictures if p.find_parent(["a", "button"]) is None and _is_picture(p) and picture_name(p)]


@rule.expect
def says_what_it_shows(picture: Tag) -> Verdict:
    """Ask about a logo of another name, a very short name, and what a script has drawn."""
    name = picture_name(picture)
    file = file_name(picture)
    if _LOGO.search(name) and _belongs_to_another(name, file):
        return cant_tell("cantTell.logo", name=name[:200], file=file[:200])
    if picture.name == "canvas":
        return cant_tell("cantTell.canvas", name=name[:200])
    if len(plain(name)) <= SHORT_CHARS and is_larger_than_an_icon(picture):
        return cant_tell("cantTell.short", name=name)
    return passed()


def _is_picture(tag: Tag) -> bool:
    if has_fact(tag, "broken") or has_fact(tag, "offscreen"):
        return False
    return tag.name in ("img", "canvas") or role_of(tag) in ("img", "image", "graphics-document")


def _belongs_to_another(name: str, file: str) -> bool:
    """Return whether a file's name holds "logo" and somebody's name, of which the picture's name has no trace."""
    stem = file.rsplit(".", 1)[0].casefold()
    if "logo" not in stem or not file:
        return False
    owners = [word for word in _WORD.findall(stem) if not _FORM.fullmatch(word)]
    said = [word.casefold() for word in _WORD.findall(name) if not _LOGO.fullmatch(word)]
    # "elmtown-logo.svg" is the logo of Elm, and an abbreviation has the initials of what it stands for.
    initials = "".join(word[0] for word in said)
    letters = "".join(said)
    is_known = any(owner in letters or any(word in owner for word in said) or owner[:1] in initials for owner in owners)
    return bool(owners and said) and not is_known


EXAMPLES = examples(
    passed=[
        '<img src="elm-logo.png" alt="Logo of the town of Elm">',
        '<img src="logo-header.svg" alt="Elm logo">',
        '<img src="unicef-logo.svg" alt="Logo: United Nations Children\'s Fund">',
        '<img src="a.png" alt="Bus" data-curbcut-size="16x16">',
        '<img src="coa.png" alt="Coat of arms of Elm">',
    ],
    cant_tell=[
        '<img src="oak-logo.png" alt="Elm logo">',
        '<svg role="img" aria-label="EU" data-curbcut-size="400x300"></svg>',
        '<canvas aria-label="Visitors a month" data-curbcut-drawn=""></canvas>',
    ],
    inapplicable=[
        '<a href="/"><img src="oak-logo.png" alt="Elm logo"></a>',
        '<img src="oak-logo.png" alt="">',
        '<canvas aria-label="Visitors a month"></canvas>',
        '<img src="oak-logo.png" alt="Elm logo" data-curbcut-hidden>',
    ],
)
