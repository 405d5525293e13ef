"""The pages of the made-up country's sites, and the defects that can be planted in them."""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted defect: the rule that finds it, the success criteria that then fail, and the markup, wrong and right.

    `place` is where the markup stands: `html`, `head`, `main` or `nav`. With `asks` the rule cannot tell: it asks a
    person, and the criteria do not fail by it.
    """

    id: str
    rule: str
    wcag: tuple[str, ...]
    place: str
    wrong: str
    right: str
    asks: bool = False


DEFECTS = (
    Defect(
        "picture", "axe/image-alt", ("1.1.1",), "main",
        '<p><img src="/crest.png" width="120" height="60"></p>',
        '<p><img src="/crest.png" width="120" height="60" alt="The crest of the town: a bridge"></p>',
    ),
    Defect(
        "list", "axe/list", ("1.3.1",), "main",
        "<ul><div>Monday: closed</div><div>Tuesday: 8 to 12</div></ul>",
        "<ul><li>Monday: closed</li><li>Tuesday: 8 to 12</li></ul>",
    ),
    Defect(
        "contrast", "axe/color-contrast", ("1.4.3",), "main",
        '<p style="color: #aaaaaa; background: #ffffff">The office is open from eight to twelve.</p>',
        '<p style="color: #222222; background: #ffffff">The office is open from eight to twelve.</p>',
    ),
    Defect(
        "zoom", "axe/meta-viewport", ("1.4.4",), "head",
        '<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1, user-scalable=no">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
    ),
    Defect("title", "axe/document-title", ("2.4.2",), "head", "", "<title>{title}</title>"),
    Defect(
        "link", "axe/link-name", ("2.4.4", "4.1.2"), "nav",
        '<li><a href="{more}"><img src="/crest.png" width="120" height="60" alt=""></a></li>',
        '<li><a href="{more}">Opening hours and how to find us</a></li>',
    ),
    Defect("language", "axe/html-has-lang", ("3.1.1",), "html", "<html>", '<html lang="en">'),
    Defect(
        "words", "axe/valid-lang", ("3.1.2",), "main",
        '<p>Our partner is <span lang="welsh">Cyngor y Dref</span>.</p>',
        '<p>Our partner is <span lang="cy">Cyngor y Dref</span>.</p>',
    ),
    Defect(
        "button", "axe/button-name", ("4.1.2",), "main",
        '<p><button type="button"></button></p>', '<p><button type="button">Print this page</button></p>',
    ),
    Defect(
        "words of a link", "curbcut/link-text-says-nothing", ("2.4.4",), "nav",
        '<li><a href="/forms/">Click here</a></li>', '<li><a href="/forms/">Forms for dogs and bicycles</a></li>',
        asks=True,
    ),
)  # fmt: skip
"""What can be wrong with a site. Some criteria fail by more than one of them, as on real sites."""

CREST = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""The picture that the pages show: one pixel."""

BY_ID = {defect.id: defect for defect in DEFECTS}
PATHS = ("", "hours/", "forms/")
"""The pages of every site, below its address. Defects stand on each of them."""


def page(
    site: str, path: str, planted: Collection[str], words: str = "", more_links: Sequence[tuple[str, str]] = ()
) -> str:
    """Return one page of a site, with these defects.

    `words` are the HTML of a page that is not among PATHS; `more_links` are (address, text) of links besides its own.
    """
    titles = {"": "Home", "hours/": "Opening hours", "forms/": "Forms"}
    title = f"{titles.get(path, 'Accessibility statement')} – {site}"
    parts: dict[str, list[str]] = {"html": [], "head": [], "nav": [], "main": []}
    more = "/hours/"
    for defect in DEFECTS:
        markup = defect.wrong if defect.id in planted else defect.right
        parts[defect.place].append(markup.replace("{title}", escape(title)).replace("{more}", more))
    links = "".join(
        f'<li><a href="/{other}">{escape(titles[other])}</a></li>' for other in PATHS if f"/{other}" != more
    ) + "".join(f'<li><a href="/{address}">{escape(text)}</a></li>' for address, text in more_links)
    plain = (
        f"<h1>{escape(titles.get(path, ''))}</h1>\n"
        "<p>The town hall stands on the market square. Anybody may come in and ask.</p>"
    )
    return "\n".join(
        [
            "<!doctype html>",
            *parts["html"],
            '<head><meta charset="utf-8">',
            *parts["head"],
            "<style>body { font: 1rem/1.5 sans-serif; color: #111111; background: #ffffff } a { color: #003399 }"
            " nav li { margin: 1rem 0 } button { min-height: 2rem; min-width: 2rem }</style></head>",
            f'<body><header><p>{escape(site)}</p><nav aria-label="Main"><ul>{links}{"".join(parts["nav"])}</ul></nav>'
            "</header>",
            f"<main>{words or plain}",
            *parts["main"],
            "</main></body></html>",
        ]
    )
