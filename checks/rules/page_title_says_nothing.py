"""A page's title says what the page is about (WCAG 2.4.2)."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import text_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Page titles say what the page is about",
    wcag=["2.4.2"],
    impact="serious",
    who="People who use a screen reader, or have many tabs open, cannot tell this page from others.",
    how='Write a title that says what the page is about, and then whose site it is: "Bus times - Town of Elm".',
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/failures/F25"],
    messages={
        "failed": 'The title of this page does not say what the page is about: "{title}".',
        "cantTell": 'The title of this page says little: "{title}". Is it enough to tell this page from others?',
    },
)

_FILE_NAME = re.compile(
    r"(microsoft word - )?[\w.%-]+\.(html?|xhtml|aspx?|php|jsp|docx?|pptx?|xlsx?|odt|pdf|indd|rtf|txt)", re.IGNORECASE
)


@rule.targets
def written_titles(page: PageView) -> list[Tag]:
    """Look at the page's title where one is written; an empty one is axe's affair."""
    head = page.soup.find("head")
    title = head.find("title") if isinstance(head, Tag) else None
    return [title] if isinstance(title, Tag) and text_of(title) else []


@rule.expect
def title_describes_the_page(title: Tag) -> Verdict:
    """Fail titles that an editor left there; ask about those that suit one page of a site at best."""
    text = text_of(title)
    known = words("empty_titles")
    if plain(text) in known["general"]:
        return cant_tell(title=text)
    if plain(text) not in known["leftover"] and not _FILE_NAME.fullmatch(text):
        return passed()
    # A page about such a thing may rightly be called so, and then says so in its heading.
    return cant_tell(title=text) if plain(text) in _headings(title) else failed(title=text)


def _headings(title: Tag) -> set[str]:
    root = title.find_parent("html")
    return {plain(text_of(heading)) for heading in root.find_all(["h1", "h2"])} if isinstance(root, Tag) else set()


def _page(title: str, body: str = "<h1>Bus times</h1>") -> str:
    return f'<html lang="en"><head><title>{title}</title></head><body>{body}</body></html>'


EXAMPLES = examples(
    passed=[
        _page("Untitled, a painting of 1962 - Museum of Elm"),
        _page("Home - Town of Elm"),
        _page("How to write a robots.txt file"),
        _page("Documents"),
        _page("Booking.com"),
    ],
    failed=[
        _page("Untitled document"),
        _page("Untitled-1"),
        _page("Document"),
        _page("Ohne Titel"),
        _page("busplan_2026.html"),
        _page("Microsoft Word - report.docx"),
    ],
    cant_tell=[
        _page("Home page"),
        _page("Title"),
        _page("Startseite"),
        _page("config.php", "<h1>config.php</h1><p>What each setting of this file does.</p>"),
        _page("Document", "<h1>Document</h1>"),
    ],
    inapplicable=[
        _page(""),
        "<html><head></head><body><svg><title>Untitled</title></svg></body></html>",
    ],
)
