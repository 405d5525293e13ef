"""What a statement says of itself, and where it is linked from."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from checks.statement.check import (
    Verdict,
    cant_tell,
    check,
    check_situation,
    failed,
    inapplicable,
    passed,
    untested,
)
from checks.statement.elsewhere import told_elsewhere
from checks.statement.matching import compile_phrase, contains, plain, sentences
from checks.statement.model import Situation, Statement
from checks.statement.national import countries
from checks.statement.phrases import HEADINGS, languages, statement_titles
from checks.statement.sections import INTRO
from language import english_name

_HOST = re.compile(r"\b(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})\b", re.IGNORECASE)
_BLANK = re.compile(r"\[[^\]]*\]|<[^>]+>|_{3,}|\bXX+\b|…{2,}|\.{4,}")
_LAW_NUMBER = re.compile(r"(?:19|20)\d\d|\d\s?[/:-]\s?\d|[§°º]\s*\d|\b(?:no|nr|art|št|č|sz)\b\.?\s*\d", re.IGNORECASE)
"""A year, or a number as laws have them: a body may be called “Public law institute 7”."""
_OWN_MACHINE = ("localhost", "")


@check("S-03")
def has_official_title(statement: Statement, _: Situation) -> Verdict:
    """Main heading and page title are the official title of the language."""
    official = plain(statement.language.title)
    unsure = statement.language.is_unverified("full") and bool(statement.language.unverified & {"status"})
    if not statement.main_heading:
        return failed(f"The page has no main heading. The model’s is “{statement.language.title}”.")
    if f" {official} " not in f" {plain(statement.main_heading)} ":
        heading = plain(statement.main_heading)
        if any(heading.startswith(plain(t)) for t in statement.language.titles if plain(t) in statement_titles()):
            return cant_tell("The main heading is a known variant of the official title.", statement.main_heading)
        message = f"The main heading is not the official title, “{statement.language.title}”."
        return failed(message, statement.main_heading, unverified=unsure)
    if official not in plain(statement.page_title):
        return failed(f"The page’s title does not say “{statement.language.title}”.", statement.page_title or "(none)")
    return passed("Main heading and page title are the official title.", statement.main_heading)


@check("S-04")
def has_commitment(statement: Statement, _: Situation) -> Verdict:
    """The introduction holds a commitment, and no blank where the body's name belongs."""
    for sentence in sentences(f"{statement.text_of(INTRO)}\n{statement.text_of('status')}"):
        if contains(statement.language.groups["commitment"], sentence, max_gap=2):
            if _BLANK.search(sentence):
                return failed("The sentence still has a blank where a name belongs.", sentence, unverified=True)
            return passed("The body commits itself.", sentence, unverified=True)
    if statement.text_of(INTRO).strip():
        return cant_tell("No sentence by which the body commits itself was recognised.", statement.text_of(INTRO))
    return failed("Nothing stands before the status: who commits itself to what?")


@check("S-05")
def names_the_law(statement: Statement, _: Situation) -> Verdict:
    """A law that is known, or a sentence with a word for law and a law's number or year."""
    text = f"{statement.text_of(INTRO)}\n{statement.text_of('status')}"
    own = countries().get(statement.country)
    for country in [own] if own else countries().values():
        for law in country.laws.words:
            if contains((compile_phrase(law, statement.language.code),), text):
                return passed(
                    f"A national law is named: {law}.", _around(text, law), unverified=country.laws.is_unverified
                )
    for sentence in sentences(text):
        if contains(statement.language.groups["law"], _without_directive(sentence)):
            if _LAW_NUMBER.search(_without_directive(sentence)):
                return passed("A law is named.", sentence, unverified=True)
            return cant_tell("A law is spoken of. Is it the one that transposes the Directive?", sentence)
    return failed("No national law is named where the statement says what it complies with.", unverified=True)


@check("S-06")
def covers_this_site(statement: Statement, situation: Situation) -> Verdict:
    """The introduction says what the statement is about, and names the tested host."""
    section = statement.section(INTRO)
    intro = statement.text_of(INTRO)
    link_hosts = [urlsplit(link.url).hostname or "" for link in section.links] if section else []
    named = {_bare(host) for host in [*_HOST.findall(intro), *link_hosts] if host}
    tested = _bare(urlsplit(situation.site_url).hostname or "")
    said = next((s for s in sentences(intro) if contains(statement.language.groups["scope"], s, max_gap=3)), "")
    if tested and tested in named:
        return passed(f"It names {tested}.", said or intro)
    if not said and not named:
        return failed("It does not say which site or app it is about.", intro, unverified=True)
    if not tested or _is_own_machine(tested):
        return cant_tell("It says what it is about. Is that the site that was tested?", said or intro, unverified=True)
    if named and not any(tested.endswith(f".{host}") or host.endswith(f".{tested}") for host in named):
        return failed(f"It is about {', '.join(sorted(named))}, and does not name {tested}.", said or intro)
    return cant_tell(f"It does not name {tested} itself. Is that site covered?", said or intro, unverified=True)


@check_situation("S-07")
def is_a_web_page(situation: Situation) -> Verdict:
    """The statement is HTML."""
    if situation.statement is not None and situation.statement.is_html:
        return passed("It is a web page.", situation.statement.url)
    if situation.not_html:
        return failed("The statement is a file, and there is no web page.", situation.not_html)
    return inapplicable("There is no statement to look at.")


@check_situation("S-08")
def home_page_links_to_it(situation: Situation) -> Verdict:
    """The home page has a link that leads to the statement."""
    if situation.home_links_to_it is None:
        return untested("The home page was not looked at.")
    if situation.home_links_to_it:
        return passed("The home page links to the statement.", situation.site_url)
    return failed("The home page has no link to the statement.", situation.site_url)


@check_situation("S-09")
def every_page_links_to_it(situation: Situation) -> Verdict:
    """Every page has the link in its header, footer or menu."""
    linked = situation.linked
    if linked is None:
        return untested("Other pages were not looked at; a scan of the whole site tells.")
    if situation.statement is None and not situation.not_html:
        return inapplicable("There is no statement to link to.")
    if not linked.n_without:
        return passed(f"All {linked.n_pages} pages link to it.")
    message = f"{linked.n_without} of {linked.n_pages} pages have no link to it in header, footer or menu."
    if situation.home_links_to_it:
        return cant_tell(f"{message} The model asks for the home page or every page.", ", ".join(linked.without))
    return failed(message, ", ".join(linked.without))


@check("S-38")
def pages_link_in_their_language(statement: Statement, situation: Situation) -> Verdict:
    """No page sends its readers to a statement in another language than its own."""
    readers = situation.readers
    if readers is None:
        return untested("Other pages were not looked at; a scan of the whole site tells.")
    if not readers.same and not readers.other:
        return inapplicable("No page with a known language links to it.")
    if not readers.other:
        return passed(f"The {readers.same} pages that link to it are in its language.")
    told = ", ".join(f"{count} in {english_name(code)}" for code, count in sorted(readers.other.items()))
    written = english_name(statement.declared_lang or statement.language.code)
    message = (
        f"Pages that say they are in other languages lead to this statement, which is in {written}, and to none in "
        f"theirs: {told}."
    )
    ready = sorted(english_name(code) for code in readers.other if code in readers.written)
    if ready:
        return failed(f"{message} There is a statement in {' and '.join(ready)}.")
    return cant_tell(f"{message} Can their readers be expected to read it?")


@check_situation("S-10")
def fixed_address_answers(situation: Situation) -> Verdict:
    """Where a country prescribes an address, it answers."""
    if not situation.fixed_addresses:
        return inapplicable("No fixed address is known for this country, or none was asked.")
    for url, answer in situation.fixed_addresses.items():
        if answer.works:
            return passed("The fixed address answers.", url, unverified=True)
    if any(answer.works is None for answer in situation.fixed_addresses.values()):
        return untested("The fixed address was not asked.")
    return failed("The fixed address does not answer.", ", ".join(situation.fixed_addresses), unverified=True)


@check("S-11")
def is_complete(statement: Statement, _: Situation) -> Verdict:
    """All sections that the claimed status calls for are on the page."""
    wanted = [kind for kind in HEADINGS if kind != "non_accessible" or statement.status != "full"]
    missing = [kind for kind in wanted if statement.section(kind) is None]
    unsure = statement.language.is_unverified(*missing)
    if not missing and statement.more_pages:
        return cant_tell(
            f"All sections of the model are there, on {len(statement.more_pages) + 1} pages. Do readers find them all?",
            ", ".join(statement.more_pages),
        )
    if not missing:
        return passed(
            "All sections of the model are on the page.", unverified=statement.language.is_unverified(*wanted)
        )
    names = ", ".join(kind.replace("_", "-") for kind in missing)
    if statement.language.code not in languages() or len(missing) == len(wanted):
        return cant_tell(f"No section of the model was recognised. Missing or worded otherwise: {names}.")
    if all(kind in statement.elsewhere for kind in missing):
        return cant_tell(f"Sections are on pages of their own, which were not read: {names}.", statement.url)
    if all(told_elsewhere(statement, kind) for kind in missing):
        return cant_tell(f"Missing, or said under other headings: {names}. Is that enough?")
    return failed(f"Sections of the model are missing: {names}.", unverified=unsure)


@check("S-12")
def its_page_has_no_failures(_: Statement, situation: Situation) -> Verdict:
    """The scan found no failure on the statement's page."""
    if situation.own_failures is None:
        return untested("The page was not tested for barriers; a scan or curbcut check does that.")
    if situation.own_failures:
        return failed(f"The scan found {situation.own_failures} failures on the statement’s own page.")
    return passed("The automated tests found no failure on the statement’s own page.")


def _around(text: str, words: str) -> str:
    return next((s for s in sentences(text) if plain(words) in plain(s)), "")


def _without_directive(sentence: str) -> str:
    """Leave out the Directive and the standard, whose numbers are no law's."""
    return re.sub(
        r"\(?(?:EU|UE|ES|EL|ЕС|ΕΕ|AE)\)?\s?(?:Nr\.\s?|n\.?º?\s?)?2016/2102|2016/2102|EN\s?301\s?549|WCAG\s?[\d.]*",
        " ",
        sentence,
    )


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _is_own_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in _OWN_MACHINE
