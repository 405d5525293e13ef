"""How people reach the body that a statement speaks for."""

from __future__ import annotations

from checks.statement.blocks import Link
from checks.statement.check import Verdict, cant_tell, check, failed, inapplicable, passed, untested
from checks.statement.elsewhere import told_elsewhere
from checks.statement.model import Situation, Statement

KIND = "feedback"
HIDDEN_EMAIL = "/cdn-cgi/l/email-protection"
"""Where Cloudflare lets an e-mail address lead that its script shows to people."""

PHONE_IS_LAW = frozenset({"DK"})
"""Countries whose supervision orders a telephone number (digst.dk 2023); elsewhere the model leaves it optional."""


@check("S-29")
def has_heading(statement: Statement, _: Situation) -> Verdict:
    """A heading of the section on feedback."""
    section = statement.section(KIND)
    unsure = statement.language.is_unverified(KIND)
    if section is not None:
        return passed("Feedback has its heading.", section.heading, unverified=unsure)
    said = told_elsewhere(statement, KIND)
    if said:
        return cant_tell(
            "There is an address, under no heading that is known. Is it for feedback?", said, unverified=unsure
        )
    return failed("There is no heading for feedback and contact.", unverified=unsure)


@check("S-30")
def has_electronic_contact(statement: Statement, _: Situation) -> Verdict:
    """An e-mail address or a link to a form in the section, or a form on the page."""
    if statement.emails:
        return passed("There is an e-mail address.", statement.emails[0])
    if any(HIDDEN_EMAIL in link.url for link in _links(statement)):
        return passed("There is an e-mail address, hidden from spam programs.")
    links = feedback_links(statement)
    if statement.has_form or links:
        where = f"{links[0].text} {links[0].url}" if links else ""
        return passed("There is a form on the page." if statement.has_form else "There is a link for feedback.", where)
    said = told_elsewhere(statement, KIND) if statement.section(KIND) is None else ""
    if said:
        return cant_tell("There is an address, in no section on feedback. Is it for reports of barriers?", said)
    missing = "There is no section on feedback, and so no way to report barriers."
    if statement.section(KIND) is not None:
        missing = "The section on feedback gives no e-mail address and no form."
    return failed(missing, statement.text_of(KIND))


@check("S-31")
def has_phone(statement: Statement, _: Situation) -> Verdict:
    """A telephone number in the section, where the country asks for one."""
    if statement.phones:
        return passed("There is a telephone number.", statement.phones[0])
    if statement.country in PHONE_IS_LAW:
        return failed("The section on feedback gives no telephone number.", statement.text_of(KIND))
    return inapplicable("No telephone number; the model leaves it to the body.")


@check("S-32")
def links_work(statement: Statement, situation: Situation) -> Verdict:
    """The web links of the section answer."""
    links = feedback_links(statement)
    if not links:
        return inapplicable("The section on feedback has no web link.")
    return answers(links, situation)


def feedback_links(statement: Statement) -> list[Link]:
    """Return the web links of the sections on feedback."""
    return web_links(_links(statement))


def web_links(links: tuple[Link, ...]) -> list[Link]:
    """Return the links that lead to pages; an address that is hidden from spam programs is none."""
    return [
        link for link in links if link.url.lower().startswith(("http://", "https://")) and HIDDEN_EMAIL not in link.url
    ]


def answers(links: list[Link], situation: Situation) -> Verdict:
    """Return whether links work: failed if one does not, untested if none was followed."""
    unknown = []
    for link in links:
        answer = situation.answers.get(link.url)
        works = answer.works if answer is not None else None
        if works is False and answer is not None:
            why = answer.problem or f"status {answer.http_status}"
            return failed(f"A link does not work ({why}).", f"{link.text} {link.url}")
        if works is None:
            unknown.append((link, answer.reason_not_followed if answer is not None else ""))
    if not unknown:
        return passed("Every link answers.", links[0].url)
    why = unknown[0][1] or "it was not followed"
    if len(unknown) == len(links):
        return untested(f"Whether the link works is not known: {why}.")
    return cant_tell(f"Some links were not followed: {why}.", unknown[0][0].url)


def _links(statement: Statement) -> tuple[Link, ...]:
    return tuple(link for block in statement.all_of(KIND) for link in block.links)
