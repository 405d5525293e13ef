"""An image's text alternative is not the name of its file (WCAG 1.1.1)."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._heard import picture_name
from checks.rules._images import IMAGE_SUFFIX, file_name, surroundings
from checks.words import plain

rule = Rule(
    __name__,
    title="Text alternatives are not file names",
    wcag=["1.1.1"],
    impact="serious",
    who="People who cannot see the image hear the name of a file, which does not say what the image shows.",
    how='Write what the image tells the reader into the alt attribute, or alt="" if it only decorates.',
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/failures/F30"],
    messages={
        "failed": 'The text alternative of this image is the name of a file: "{alt}".',
        "cantTell": 'The text alternative of this image may be the name of a file: "{alt}". Is the name what counts?',
    },
)

_FILE_NAME = re.compile(rf"[^\s/\\]+\.{IMAGE_SUFFIX}", re.IGNORECASE)
_NAME_WITH_SPACES = re.compile(rf".+\.{IMAGE_SUFFIX}", re.IGNORECASE)
# What cameras and phones call their files (DCF 2.0, JEITA CP-3461B), and Word the images it exports.
_CAMERA_NAME = re.compile(r"(img|dsc|pict|pxl)_\d{4,}(_\d+)*|dsc[nf]\d{4}|dsc\d{5}|image0\d{2}", re.IGNORECASE)


@rule.targets
def images(page: PageView) -> list[Tag]:
    """Look at images that people meet and that have a name."""
    return [image for image in page.exposed("img, input[type=image]") if picture_name(image)]


@rule.expect
def alternative_is_no_file_name(image: Tag) -> Verdict:
    """Fail the image's own file name and camera names; ask about any other file name."""
    alt = picture_name(image)
    is_own_name = alt.casefold() == file_name(image).casefold()
    is_file_name = bool(_FILE_NAME.fullmatch(alt)) or (is_own_name and bool(_NAME_WITH_SPACES.fullmatch(alt)))
    is_camera_name = bool(_CAMERA_NAME.fullmatch(alt))
    if not is_file_name and not is_camera_name:
        return passed()
    # In a list of files, and on a link to the file, the name may be just what people need.
    if plain(alt) in plain(surroundings(image)) or _links_to(image, alt):
        return cant_tell(alt=alt)
    if is_own_name or is_camera_name:
        return failed(alt=alt)
    return cant_tell(alt=alt)


def _links_to(image: Tag, name: str) -> bool:
    link = image.find_parent("a")
    return isinstance(link, Tag) and attribute(link, "href").rpartition("/")[2].casefold() == name.casefold()


EXAMPLES = examples(
    passed=[
        '<img src="a.png" alt="How to save a drawing as .png">',
        '<img src="town-hall.jpg" alt="Town hall">',
        '<img src="node.svg" alt="Node.js">',
        '<img src="dsc.png" alt="DSC">',
        '<img src="route.png" alt="Bus 100">',
        '<img src="a.jpg" alt="Scan3000">',
        '<img src="2026.png" alt="2026">',
        '<img src="logo.png" alt="logo.png" aria-label="Town of Elm">',
    ],
    failed=[
        '<img src="/media/town-hall.jpg?w=300" alt="town-hall.jpg">',
        '<img src="/media/town%20hall.jpg" alt="Town hall.JPG">',
        '<a href="/"><img src="logo.png" alt="logo.png"></a>',
        '<img src="/media/4711.jpg" alt="IMG_20260401_1200">',
        '<img src="/media/4711.jpg" alt="DSC00012">',
        '<img src="/media/town-hall.jpg" aria-label="town-hall.jpg">',
        '<input type="image" src="go.png" title="go.png">',
    ],
    cant_tell=[
        '<ul><li><img src="thumb/report.png" alt="report.png"> report.png (2 MB)</li></ul>',
        '<img src="/media/4711.jpg" alt="sunset.jpg">',
        '<a href="/files/logo.png"><img src="/files/logo.png" alt="logo.png"></a>',
    ],
    inapplicable=[
        '<img src="line.png" alt="">',
        '<img src="logo.png" alt="logo.png" role="presentation">',
        '<div aria-hidden="true"><img src="logo.png" alt="logo.png"></div>',
        '<div data-curbcut-hidden><img src="logo.png" alt="logo.png"></div>',
    ],
)
