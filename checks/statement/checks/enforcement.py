"""Where people turn when they get no answer."""

from __future__ import annotations

import re

from checks.statement.blocks import Link
from checks.statement.check import Verdict, cant_tell, check, failed, inapplicable, passed
from checks.statement.checks.feedback import answers, web_links
from checks.statement.elsewhere import named_body, told_elsewhere
from checks.statement.model import Section, Situation, Statement

KIND = "enforcement"
_NAME = re.compile(r"(?<=[^\W\d_]\s)(?:[^\W\d_a-zß-ÿ][^\W\d_]+(?:\s(?:[^\W\d_]{1,4}\s)?)?){2,}")


@check("S-33")
def has_heading(statement: Statement, _: Situation) -> Verdict:
    """A heading of the section on enforcement."""
    section = statement.section(KIND)
    unsure = statement.language.is_unverified(KIND)
    if section is not None:
        return passed("The enforcement procedure has its heading.", section.heading, unverified=unsure)
    said = told_elsewhere(statement, KIND)
    if said:
        return cant_tell("A body is named, under no heading that is known. Is that enough?", said, unverified=unsure)
    return failed("There is no heading for the enforcement procedure.", unverified=unsure)


@check("S-34")
def names_the_body(statement: Statement, _: Situation) -> Verdict:
    """A body that is known to enforce the law is named or linked to."""
    section = statement.section(KIND)
    if section is None:
        said = told_elsewhere(statement, KIND)
        if said:
            return cant_tell("A body is named, in no section on the enforcement procedure. Is that enough?", said)
        return failed("There is no section on the enforcement procedure, so no body is named.")
    found = named_body(statement, section.text, section.links)
    if found is not None:
        name, country = found
        message = f"The enforcement body is named: {name}."
        return passed(message, section.text, unverified=country.bodies.is_unverified)
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


def _links(section: Section) -> list[Link]:
    return web_links(section.links)
