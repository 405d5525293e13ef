"""A picture that tells something is not only a background (WCAG 1.1.1): a person must look."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._facts import fact, has_fact, is_larger_than_an_icon
from checks.rules._heard import own_label, role_of
from checks.words import words

rule = Rule(
    __name__,
    title="Pictures that tell something are not put into the background",
    wcag=["1.1.1"],
    impact="serious",
    who="People who use a screen reader, or who see the page without its colours, are not told of the picture.",
    how="Use an img element with a text alternative for what tells something. Keep backgrounds for decoration.",
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/failures/F3"],
    messages={
        "cantTell": 'The picture "{file}" is a background here and has no text alternative. Does it say something?'
    },
)
_WORD = re.compile(r"[^\W\d_]+")


@rule.targets
def boxes_with_a_picture(page: PageView) -> list[Tag]:
    """Look at boxes without content that have a picture larger than an icon behind them, outside links and buttons."""
    boxes = page.exposed("[data-curbcut-background]")
    return [
        box
        for box in boxes
        if is_larger_than_an_icon(box) and not has_fact(box, "offscreen") and box.find_parent(["a", "button"]) is None
    ]


@rule.expect
def picture_decorates(box: Tag) -> Verdict:
    """Ask where the file's name is that of a picture that usually tells something."""
    if own_label(box) and role_of(box):
        return passed()
    file = fact(box, "background")
    said = {word.casefold() for word in _WORD.findall(file.rsplit(".", 1)[0])}
    return cant_tell(file=file) if said & words("image_words")["telling"] else passed()


EXAMPLES = examples(
    passed=[
        '<div data-curbcut-background="waves.svg" data-curbcut-size="900x200"></div>',
        '<div role="img" aria-label="Visitors" data-curbcut-background="chart.png" data-curbcut-size="400x200"></div>',
    ],
    cant_tell=[
        '<div data-curbcut-background="visitors-chart.png" data-curbcut-size="400x200"></div>',
        '<span data-curbcut-background="Organigramm_2026.png" data-curbcut-size="800x600"></span>',
    ],
    inapplicable=[
        '<div data-curbcut-background="chart.svg" data-curbcut-size="24x24"></div>',
        '<a href="/" aria-label="Visitors"><i data-curbcut-background="chart.png" data-curbcut-size="90x90"></i></a>',
        '<div data-curbcut-hidden data-curbcut-background="chart.png" data-curbcut-size="90x90"></div>',
    ],
)
