"""Whether there is a statement at all."""

from __future__ import annotations

import re

from checks.statement.blocks import Block
from checks.statement.check import Verdict, cant_tell, check, check_situation, failed, passed
from checks.statement.model import Situation, Statement
from checks.statement.phrases import HEADINGS

_BLANK = re.compile(r"\[(?!(?:\d|at\b|dot\b|ät\b|a\b|@|e-?mail))[^\]]{2,200}\]|_{4,}|\bX{3,}\b", re.IGNORECASE)
"""Something in brackets that is neither a footnote's number nor an "at" against spam; a line to write on."""

_NUMBER = re.compile(r"\d\.\d")

LEAST_SECTIONS = 2
"""Sections of the model without which a page that is called a statement holds none."""


@check_situation("S-01")
def is_found(situation: Situation) -> Verdict:
    """A statement was found, as a page or as a file."""
    if situation.statement is not None:
        return passed("A statement was found.", situation.statement.url)
    if situation.not_html:
        return passed("A statement was found, though not as a web page.", situation.not_html)
    if situation.unread:
        return cant_tell("A link leads to a statement that was not opened.", situation.unread)
    return failed("No accessibility statement was found: no link, no page with its title, no fixed address.")


@check("S-37")
def has_no_blanks(statement: Statement, _: Situation) -> Verdict:
    """Nothing stands in brackets that reads like an instruction."""
    for section in statement.sections:
        for block in section.blocks:
            found = next((m for m in _BLANK.finditer(block.text) if not _is_said(m[0], block)), None)
            if found is not None:
                return failed(f"A blank is left: {found[0]}", block.text)
    return passed("No blank of a template was found.")


def _is_said(bracket: str, block: Block) -> bool:
    """Return whether what is in brackets is information: a requirement's number, or what a link leads to: "[PDF]"."""
    return bool(_NUMBER.search(bracket)) or any(bracket in link.text for link in block.links)


@check("S-02")
def has_content(statement: Statement, _: Situation) -> Verdict:
    """The page has a status or two sections of the model."""
    kinds = [kind for kind in HEADINGS if statement.section(kind) is not None]
    if len(kinds) >= LEAST_SECTIONS or (statement.claims and kinds):
        return passed(f"{len(kinds)} of the model’s {len(HEADINGS)} sections were recognised.", statement.main_heading)
    if statement.claims:
        return passed("A compliance status was recognised.", statement.claims[0].quote)
    return failed("The page holds neither a status nor the sections of the model.", statement.main_heading)
