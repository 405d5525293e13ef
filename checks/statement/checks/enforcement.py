"""Where people turn when they get no answer."""

from __future__ import annotations

import re

from checks.statement.blocks import Link
from checks.statement.check import Verdict, cant_tell, check, failed, inapplicable, passed
from checks.statement.checks.feedback import answers, web_links
from checks.statement.matching import compile_phrase, find, words_of
from checks.statement.model import Section, Situation, Statement
from checks.statement.national import Country, countries, is_on_host

KIND = "enforcement"
_NAME = re.compile(r"(?<=[^\W\d_]\s)(?:[^\W\d_a-zß-ÿ][^\W\d_]+(?:\s(?:[^\W\d_]{1,4}\s)?)?){2,}")


@check("S-33")
def has_heading(statement: Statement, _: Situation) -> Verdict:
    """A heading of the section on enforcement."""
    section = statement.section(KIND)
    unsure = statement.language.is_unverified(KIND)
    if section is not None:
        return passed("The enforcement procedure has its heading.", section.heading, unverified=unsure)
    return failed("There is no heading for the enforcement procedure.", unverified=unsure)


@check("S-34")
def names_the_body(statement: Statement, _: Situation) -> Verdict:
    """A body that is known to enforce the law is named or linked to."""
    section = statement.section(KIND)
    if section is None:
        return failed("There is no section on the enforcement procedure, so no body is named.")
    words = words_of(section.text)
    for country in _likely(statement):
        bodies = country.bodies
        named = next((n for n in bodies.words if find(compile_phrase(n, statement.language.code), words)), "")
        linked = next((link.url for link in section.links if is_on_host(link.url, bodies.hosts)), "")
        if named or linked:
            return passed(
                f"The enforcement body is named: {named or linked}.", section.text, unverified=bodies.is_unverified
            )
    if section.links or _NAME.search(section.text):
        return cant_tell("Is the body that enforces the law named here? None that we know is.", section.text)
    return failed("No body that enforces the law is named.", section.text, unverified=True)


@check("S-35")
def link_works(statement: Statement, situation: Situation) -> Verdict:
    """There is a link to the procedure, and it answers."""
    section = statement.section(KIND)
    if section is None:
        return inapplicable("There is no section on the enforcement procedure.")
    links = _links(section)
    if not links:
        return failed("The section on the enforcement procedure has no link.", section.text)
    return answers(links, situation)


def _likely(statement: Statement) -> list[Country]:
    """Return the statement's country, or all where its address does not tell."""
    own = countries().get(statement.country)
    return [own] if own is not None else list(countries().values())


def _links(section: Section) -> list[Link]:
    return web_links(section.links)
