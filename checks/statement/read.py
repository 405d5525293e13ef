"""Reads a page as an accessibility statement: sections, claims, dates, contacts, what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from checks.elements import attribute, text_of
from checks.standards import criteria
from checks.statement.blocks import Block, blocks_of, content_of
from checks.statement.claims import claims_of
from checks.statement.dates import FoundDate, find_dates, find_years
from checks.statement.matching import Phrase, find, plain, sentences, words_of
from checks.statement.model import Claim, Dated, Section, Statement
from checks.statement.national import countries, country_of
from checks.statement.phrases import STATUSES, Language, address_hints, heading_index, statement_titles
from checks.statement.sections import kind_of, language_of, sections_of

LEAST_HEADINGS = 3
"""Headings of the model that make a page a statement whatever its title says."""

_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|[\[({]\s?(?:at|@)\s?[\])}])\s?[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/.:,-])\+?\(?\d[\d()\s/.–-]{5,18}\d(?![\w/:])")
_LEAST_PHONE_DIGITS = 6
_NOT_PHONES = re.compile(r"\b(?:301\s?549|20\d\d/\d+)\b")
_CRITERION = re.compile(r"(?<![\d.])(?:(?:9|10|11)\.)?([1-4]\.[1-5]\.\d{1,2})(?![\d])")
_VERSION = re.compile(r"(?:EN\s?301\s?549[^\d;\n]{0,20}|\b[vV]\w{0,8}\.?\s?)\d\.\d\.\d")
"""The version of the standard, "EN 301 549 V3.2.1", is no success criterion."""

_NUMBERING = re.compile(r"^\s*(?:\(?(?:[ivxIVX]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-hA-H])[.)]|\d{1,2}(?=\s))\s*")
"""What stands before a heading in a numbered list: "IV.", "2.1.", "a)"."""

PREPARATION = "preparation"
_PART_LEVEL = 2


def is_statement(title: str, headings: Iterable[str]) -> bool:
    """Return whether a page's title and headings are those of a statement in any language. Costs microseconds.

    The title alone is enough; "Accessibility statement for Velmar" needs one more heading of the model, because a guide
    to writing statements has such a title, too.
    """
    headings = [plain(_NUMBERING.sub("", heading)) for heading in headings]
    official = statement_titles()
    if any(heading in official for heading in headings[:3]):
        return True
    start = plain(re.split(r"\s[|–—-]\s", title)[0])
    known = {heading_index()[heading][1] for heading in headings if heading in heading_index()}
    if start in official or len(known) >= LEAST_HEADINGS:
        return True
    is_named = any(f" {text} " in f" {name} " for text in official for name in (start, *headings[:3]))
    return is_named and any(" " in heading and heading in heading_index() for heading in headings)


def read_statement(
    soup: BeautifulSoup,
    url: str,
    *,
    title: str = "",
    lang: str = "",
    site_url: str = "",
    is_html: bool = True,
    more_pages: tuple[str, ...] = (),
) -> Statement:
    """Return the page as a statement, whether it is one or not. `site_url` tells the country if `url` does not.

    `is_html` is False for a file that was turned into a page; `more_pages` are addresses of what was put into the page.
    """
    content = content_of(soup)
    blocks = blocks_of(content, url) if content is not None else ()
    declared = lang or (attribute(soup.html, "lang") if soup.html else "")
    code = declared.strip().replace("_", "-").split("-")[0].lower()
    language = language_of(blocks, code)
    sections = sections_of(blocks, language)
    marked = _marked(soup)
    contact = [section for section in sections if section.kind == "feedback"]
    return Statement(
        url=url,
        language=language,
        declared_lang=code,
        page_title=title or (text_of(soup.title) if soup.title else ""),
        main_heading=next((block.text for block in blocks if block.level == 1), ""),
        country=country_of(site_url) or country_of(url),
        sections=sections,
        claims=_claims(sections, marked, language),
        dates=_dates(sections, marked, language),
        emails=tuple(_emails(contact, marked)),
        phones=tuple(_phones(contact, marked)),
        has_form=content is not None and content.find("textarea") is not None,
        criteria=_criteria(sections),
        is_html=is_html,
        elsewhere=_elsewhere_on_the_site(sections, language, url),
        more_pages=more_pages,
    )


def _elsewhere_on_the_site(sections: tuple[Section, ...], language: Language, url: str) -> Mapping[str, str]:
    """Return where the statement leads for sections that it does not hold: links in the words of their headings."""
    held = {section.kind for section in sections}
    here = _place(url)
    found: dict[str, str] = {}
    for link in (link for section in sections for link in section.links):
        kind = kind_of(Block(link.text, _PART_LEVEL), language)
        place = _place(link.url)
        if kind and kind not in held and place[0] == here[0] and place != here:
            found.setdefault(kind, link.url)
    return found


def _place(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.path.rstrip("/"), parts.query
    except ValueError:
        return "", "", ""


def cited_criteria(text: str) -> tuple[str, ...]:
    """Return the success criteria that a text names, by their number or by EN 301 549's clause, in order."""
    known = criteria()
    return tuple(dict.fromkeys(m[1] for m in _CRITERION.finditer(_VERSION.sub(" ", text)) if m[1] in known))


def has_address_hint(url: str) -> bool:
    """Return whether an address looks like a statement's."""
    last = [part for part in re.split(r"[/?#]", url.lower()) if part][-1:]
    return any(re.sub(r"\.\w{2,5}$", "", part) in address_hints() for part in last)


def _marked(soup: BeautifulSoup) -> Mapping[str, Tag]:
    """Return the parts that a national convention marks for machines, by ids and classes."""
    wanted = _marks()
    found: dict[str, Tag] = {}
    for tag in soup.find_all(True):
        if not tag.has_attr("id") and not tag.has_attr("class"):
            continue
        names = {f"#{attribute(tag, 'id')}", *(f".{name}" for name in attribute(tag, "class").split())}
        for needed, mark in wanted:
            if needed <= names:
                found.setdefault(mark, tag)
    return found


@cache
def _marks() -> tuple[tuple[frozenset[str], str], ...]:
    """Return what an element must have, ids and classes, and the part that it then is."""
    return tuple(
        (frozenset(re.findall(r"[#.][\w-]+", selector)), mark)
        for country in countries().values()
        for mark, selectors in country.marks.items()
        for selector in selectors.split(",")
    )


def _claims(sections: tuple[Section, ...], marked: Mapping[str, Tag], language: Language) -> tuple[Claim, ...]:
    if "status" in marked:
        found = claims_of(text_of(marked["status"]), language)
        if found:
            return found
    own = [block for section in sections if section.kind == "status" for block in section.blocks]
    has_section = bool(own)
    if not own:
        own = [block for section in sections if section.kind in ("intro", "") for block in section.blocks]
    found = tuple(claim for block in own if not block.level for claim in claims_of(block.text, language))
    return _without_weak(found, language, keep=has_section)


def _without_weak(found: tuple[Claim, ...], language: Language, *, keep: bool) -> tuple[Claim, ...]:
    """Leave out claims made of one common word ("conforme", "atbilst") where there is a whole phrase elsewhere.

    `keep`: they stand where a status belongs, so they count when there is nothing better.
    """
    weak = [phrase for status in STATUSES for phrase in language.groups[status] if len(phrase.words) == 1]
    strong = tuple(claim for claim in found if not _rests_on(claim, weak, language))
    return strong or (found if keep else ())


def _rests_on(claim: Claim, weak: list[Phrase], language: Language) -> bool:
    words = words_of(claim.quote)
    phrases = [p for p in language.groups.get(claim.status, ()) if len(p.words) > 1]
    if claim.status != "full" or any(find(phrase, words, max_gap=14) is not None for phrase in phrases):
        return False
    return any(find(phrase, words) is not None for phrase in weak)


def _dates(sections: tuple[Section, ...], marked: Mapping[str, Tag], language: Language) -> tuple[Dated, ...]:
    found = list(_marked_dates(marked, language))
    roles = {dated.role for dated in found}
    where = [section for section in sections if section.kind == PREPARATION]
    spoken = [d for section in where or _elsewhere(sections) for d in _spoken_dates(section, language)]
    if not where:
        spoken = [dated for dated in spoken if dated.role]
    return (*found, *(dated for dated in spoken if dated.role not in roles))


def _elsewhere(sections: tuple[Section, ...]) -> list[Section]:
    return [section for section in sections if section.kind in ("intro", "", "feedback", "enforcement", "status")]


def _marked_dates(marked: Mapping[str, Tag], language: Language) -> Iterator[Dated]:
    for role in ("prepared", "reviewed"):
        if role in marked:
            tag = marked[role]
            written = " ".join([attribute(tag, "datetime"), text_of(tag)])
            for date in find_dates(written, language.code)[:1]:
                yield Dated(date.day, role, text_of(tag))


def _spoken_dates(section: Section, language: Language) -> Iterator[Dated]:
    label = ""
    for block in section.blocks:
        if block.level:
            label = block.text  # "Date of preparation" over a date that stands alone
            continue
        for sentence in sentences(block.text):
            dates = find_dates(sentence, language.code)
            roles = date_roles(sentence, dates, language)
            if not any(roles):
                roles = [_label_role(f"{label} {block.text}", language)] * len(dates)
            for date, role in zip(dates, roles, strict=True):
                for one in role or ("",):
                    yield Dated(date.day, one, sentence[:300], date.is_whole)


def date_roles(sentence: str, dates: list[FoundDate], language: Language) -> list[tuple[str, ...]]:
    """Return the roles of each date in a sentence: those of the nearest verbs, in order where there are as many."""
    spots = sorted(_role_spots(sentence, language))
    if not spots or not dates:
        return [()] * len(dates)
    if len(spots) == len(dates):
        return [(role,) for _, role in spots]
    if len(dates) == 1:
        return [tuple(dict.fromkeys(role for _, role in spots))]
    return [(min(spots, key=lambda spot, at=date.start: abs(spot[0] - at))[1],) for date in dates]  # type: ignore[misc]


def _role_spots(sentence: str, language: Language) -> Iterator[tuple[int, str]]:
    """Yield where a sentence says that something was prepared or reviewed: the word's place and the role."""
    place, seen = 0, set[int]()
    pieces = sentence.split(" ")
    words = [words_of(piece) for piece in pieces]
    for role in ("reviewed", "prepared"):
        for phrase in language.groups[role]:
            place = 0
            for index, piece in enumerate(pieces):
                here = tuple(word for part in words[index : index + len(phrase.words)] for word in part)
                match = find(phrase, here)
                if match is not None and match.positions[0] == 0 and index not in seen:
                    seen.add(index)
                    yield place, role
                place += len(piece) + 1


def _label_role(text: str, language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(role for _, role in sorted(_role_spots(text, language))))


def email_addresses(block: Block) -> list[str]:
    """Return the e-mail addresses of a block, those that it links to first."""
    linked = [link.url[7:].split("?")[0] for link in block.links if link.url.lower().startswith("mailto:")]
    return [*linked, *_EMAIL.findall(block.text)]


def _emails(sections: list[Section], marked: Mapping[str, Tag]) -> Iterator[str]:
    for section in sections:
        for block in section.blocks:
            yield from email_addresses(block)
    for mark in ("email", "contact"):
        if mark in marked:
            yield from _EMAIL.findall(text_of(marked[mark]))


def _phones(sections: list[Section], marked: Mapping[str, Tag]) -> Iterator[str]:
    for section in sections:
        yield from (link.url[4:] for link in section.links if link.url.lower().startswith("tel:"))
        for block in section.blocks:
            yield from _numbers(block)
    if "phone" in marked:
        yield from _PHONE.findall(text_of(marked["phone"]))


def _numbers(block: Block) -> Iterator[str]:
    text = _NOT_PHONES.sub(" ", block.text)
    for number in _PHONE.findall(text):
        digits = sum(char.isdigit() for char in number)
        if digits >= _LEAST_PHONE_DIGITS and not find_dates(number, "en") and not find_years(number.strip()):
            yield number.strip()


def _criteria(sections: tuple[Section, ...]) -> tuple[str, ...]:
    return cited_criteria(
        "\n".join(section.text for section in sections if section.kind in ("non_accessible", "", "status"))
    )
