"""The generated site's pages: a service page, a news list and a timetable with a form, all in one council's frame."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.site_assets import PICTURE_HEIGHT, PICTURE_WIDTH, PICTURES

WORDS = 750
"""Words of running text on a page, about: the middle of 600 to 900."""

SENTENCE_WORDS = (6, 24)
PARAGRAPH_SENTENCES = (2, 5)
SECTIONS = ("services", "news", "travel")
"""One template each, in this order."""

SMALL_PAGE_WORDS = 200
"""Pages with less text than this get shorter lists and tables too: for tests that need many pages quickly."""

MENU = (
    "Bins and recycling", "Council tax", "Benefits", "Housing", "Schools", "Libraries", "Parking", "Planning", "Roads",
    "Births", "Weddings", "Deaths", "Licences", "Business rates", "Jobs", "Elections", "Councillors", "Meetings",
    "Budgets", "Museums", "Parks", "Sport", "Families", "Social care", "Public health", "Safety", "Noise", "Pests",
    "Flooding", "Contact us",
)  # fmt: skip

VOCABULARY = (  # noqa: SIM905 - a list of two hundred literals is harder to read
    "the council must send you a letter before it can change your payment and you may ask for more time to answer it "
    "when you move to another home tell us about the people who live with you because your bill may be lower "
    "apply online or visit the office in the town hall where staff will help you to fill in the form "
    "bring your passport birth certificate or driving licence together with a recent bill that shows your address "
    "collection days change after public holidays so check the calendar for your street every month "
    "residents with a permit park free of charge near their home but visitors need a voucher for each day "
    "libraries lend books films and games for three weeks and they offer free computers quiet rooms and classes "
    "families with young children can get help towards the cost of childcare school meals and travel to school "
    "planning decisions are published within eight weeks unless the application needs further information "
).split()

_ICON = (
    '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><g>'
    '<path d="M4 12h12"></path><path d="M12 6l6 6-6 6"></path></g></svg>'
)

MISSING = (
    b'<!doctype html><html lang="en"><title>Page not found</title><main><h1>Page not found</h1>'
    b'<p>Go to the <a href="/">home page</a>.</p></main></html>'
)


def path(number: int) -> str:
    """Return the path of page `number`; its section says which template it has."""
    return "/" if number == 0 else f"/{SECTIONS[number % 3]}/page-{number:04}.html"


def planted(number: int) -> tuple[str, ...]:
    """Return the axe rules that fail on page `number`, besides those of the frame (`link-name`, in the header)."""
    rules = ["color-contrast"] if number % 3 == 1 else []
    if number % 4 == 0:
        rules.append("image-alt")
    if number % 5 == 1:
        rules.append("select-name")
    if number % 7 == 2:
        rules.append("button-name")
    return tuple(rules)


def page(number: int, links: list[str], *, pages: int, words: int) -> str:
    """Return the HTML of page `number`, linking to `links`."""
    writer = _Writer(number, words)
    main = "".join(writer.main(links))
    title = writer.title()
    menu = "".join(
        f'<li class="menu-item"><a class="menu-link" href="{path(n * 3 % pages)}"><span>{name}</span></a></li>'
        for n, name in enumerate(MENU if not writer.small else MENU[:6])
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} – Northbrook Council</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{writer.sentence()}">
<link rel="stylesheet" href="/assets/base.css">
<link rel="stylesheet" href="/assets/utilities.css">
<script src="/assets/library.js" defer></script>
<script src="/assets/behaviour.js" defer></script>
</head>
<body class="template-{SECTIONS[number % 3]}">
<a class="skip-link" href="#main">Skip to main content</a>
<div class="banner"><div class="wrap"><p class="mb-0">An official web site of Northbrook Council</p></div></div>
<header class="wrap masthead">
<a class="brand" href="/">Northbrook Council</a>
<a class="social" href="/contact-by-chat"></a>
<form role="search" action="/"><label for="q">Search this site</label><input id="q" name="q" type="search">
<button class="button" type="submit">Search</button></form>
</header>
<nav class="menu" aria-label="Main"><ul class="wrap">{menu}</ul></nav>
<nav class="wrap crumbs" aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li>
<li><a href="{path(number % 3)}">{SECTIONS[number % 3].title()}</a></li>
<li><span aria-current="page">{title}</span></li></ol></nav>
<div class="wrap columns">
{writer.side(pages)}
<main id="main"><h1>{title}</h1>
{main}</main>
</div>
{writer.footer(pages)}
</body>
</html>
"""


class _Writer:
    """Writes one page's parts, always in the same order, so that a number always gives the same page."""

    def __init__(self, number: int, words: int) -> None:
        self._number = number
        self._words = words
        self._random = random.Random(f"northbrook {number}")  # noqa: S311 - repeatable pages, not secrets
        self._planted = planted(number)
        self.small = words < SMALL_PAGE_WORDS

    def title(self) -> str:
        return f"{MENU[self._number % len(MENU)]}, part {self._number}"

    def main(self, links: list[str]) -> Iterator[str]:
        left = self._words
        yield self._further(links)
        template = (self._service, self._news, self._timetable)[self._number % 3]
        for part, section in enumerate(template()):
            if left > 0:
                yield f"<h2>{self.phrase()}</h2>\n"
            for _ in range(3):
                if left > 0:
                    text = self.paragraph()
                    left -= text.count(" ") + 1
                    yield f'<p class="mb-16">{text}</p>\n'
            yield section
            if part == 0 or not self.small:
                yield self._image(part)

    def _service(self) -> Iterator[str]:
        yield self._list("ol", 7)
        yield self._cards(18)
        yield self._table(20, 5)
        yield self._form(9)

    def _news(self) -> Iterator[str]:
        yield self._cards(24)
        yield self._list("ul", 16)
        yield self._table(12, 4) + '<p class="feed">This list is renewed every hour.</p>\n'
        yield self._form(4)

    def _timetable(self) -> Iterator[str]:
        yield self._table(36, 7)
        yield self._list("ul", 8)
        yield self._cards(9)
        yield self._form(7)

    def word(self) -> str:
        return self._random.choice(VOCABULARY)

    def phrase(self) -> str:
        return " ".join(self.word() for _ in range(self._random.randint(2, 5))).capitalize()

    def sentence(self) -> str:
        return " ".join(self.word() for _ in range(self._random.randint(*SENTENCE_WORDS))).capitalize() + "."

    def paragraph(self) -> str:
        text = " ".join(self.sentence() for _ in range(self._random.randint(*PARAGRAPH_SENTENCES)))
        return text.replace(" you ", " <strong>you</strong> ", 1).replace(" form ", ' <em class="term">form</em> ', 1)

    def _count(self, usual: int) -> int:
        return max(2, usual // 6) if self.small else usual

    def _further(self, links: list[str]) -> str:
        items = "".join(f'<li><a href="{link}">Go on to {link.strip("/")}</a></li>' for link in links)
        contents = '<nav class="contents" aria-label="On this page"><ol></ol></nav>\n'
        return f'{contents}<ul class="further">{items}</ul>\n' if items else contents

    def _image(self, part: int) -> str:
        alt = "" if part == 0 and "image-alt" in self._planted else f' alt="{self.phrase()}"'
        source = f"/assets/picture-{(self._number + part) % PICTURES}.png"
        return f'<img src="{source}" width="{PICTURE_WIDTH}" height="{PICTURE_HEIGHT}"{alt}>\n'

    def _list(self, tag: str, usual: int) -> str:
        items = "".join(
            f'<li class="mb-4"><span class="point">{self.phrase()}</span></li>' for _ in range(self._count(usual))
        )
        return f'<{tag} class="ml-16">{items}</{tag}>\n'

    def _cards(self, usual: int) -> str:
        cards = "".join(
            f'<li class="card"><div class="card-body">{_ICON}<h3 class="mt-0">{self.phrase()}</h3>'
            f'<p><span class="tag">{self.word()}</span> '
            f'<time datetime="2026-0{1 + n % 9}-1{n % 9}">1{n % 9}.0{1 + n % 9}.2026</time></p>'
            f"<p>{self.phrase()}</p></div></li>"
            for n in range(self._count(usual))
        )
        return f'<ul class="cards">{cards}</ul>\n'

    def _table(self, rows: int, columns: int) -> str:
        head = "".join(f'<th scope="col">{self.phrase()}</th>' for _ in range(columns))
        body = "".join(
            f'<tr><th scope="row">{self.phrase()}</th>'
            + "".join(
                f'<td class="p{"trbl"[n % 4]}-8"><span>{self._random.randint(1, 999)}</span> {self.word()}</td>'
                for n in range(columns - 1)
            )
            + "</tr>"
            for _ in range(self._count(rows))
        )
        return f"<table><caption>{self.phrase()}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>\n"

    def _form(self, usual: int) -> str:
        fields = "".join(
            f'<div class="field"><label for="f{n}">{self.phrase()}</label>'
            f'<span class="hint" id="h{n}">{self.phrase()}</span>'
            f'<input id="f{n}" name="f{n}" aria-describedby="h{n}"></div>'
            for n in range(self._count(usual))
        )
        label = "" if "select-name" in self._planted else ' aria-label="District"'
        choice = f'<select name="district"{label}><option>North</option><option>South</option></select>'
        button = "" if "button-name" in self._planted else "Send"
        send = f'<button class="button mt-16" type="submit">{button}</button>'
        return f'<form action="/" method="post">{fields}{choice}{send}</form>\n'

    def side(self, pages: int) -> str:
        items = "".join(
            f'<li><a href="{path((self._number % 3 + 3 * n) % pages)}">'
            f'<span class="side-text">{MENU[n]}</span><span class="arrow" aria-hidden="true"></span></a></li>'
            for n in range(self._count(24))
        )
        return f'<nav class="side" aria-label="In this section"><ul>{items}</ul></nav>'

    def footer(self, pages: int) -> str:
        columns = "".join(
            f"<section><h2>{MENU[n * 5]}</h2><ul>"
            + "".join(
                f'<li><a href="{path((n * 8 + k) % pages)}">{MENU[(n * 8 + k) % len(MENU)]}</a></li>'
                for k in range(self._count(8))
            )
            + "</ul></section>"
            for n in range(5)
        )
        return (
            f'<footer class="site-footer"><div class="wrap footer-columns">{columns}</div><div class="identity">'
            '<div class="wrap"><p>Northbrook Council, 1 Market Square</p><a href="/">Accessibility</a>'
            "</div></div></footer>"
        )
