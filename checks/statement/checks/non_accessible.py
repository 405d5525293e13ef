"""What a statement says of content that is not accessible, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checks.statement.blocks import Block
from checks.statement.check import Verdict, cant_tell, check, failed, inapplicable, passed, untested
from checks.statement.dates import FoundDate, find_dates, find_years
from checks.statement.elsewhere import told_elsewhere
from checks.statement.matching import find, sentences, words_of
from checks.statement.model import Situation, Statement
from checks.statement.phrases import Language
from checks.statement.read import cited_criteria
from checks.statement.sections import has_reason, reason_blocks

PROMISE_REACH = 5
"""Words before a date in which a promise stands: "by", "until the end of"."""

FIRST_PROMISE = date(2021, 1, 1)
"""Earlier dates are the Directive's own: content "before 23 September 2018", 2019 or 2020 is exempt (Article 1(4))."""

KIND = "non_accessible"


@check("S-16")
def lists_what_is_not_accessible(statement: Statement, _: Situation) -> Verdict:
    """Every status but "fully compliant" comes with a section on what is not accessible."""
    if statement.status == "full":
        return inapplicable("It claims to be fully compliant.")
    section = statement.section(KIND)
    unsure = statement.language.is_unverified(KIND)
    if section is None:
        said = told_elsewhere(statement, KIND)
        if said:
            message = "Requirements are named, under no heading that is known. Is that what is not accessible?"
            return cant_tell(message, said, unverified=unsure)
        return failed("There is no section on non-accessible content.", unverified=unsure)
    if not any(block.text.strip() for block in statement.all_of(KIND)):
        return failed("The section on non-accessible content is empty.", section.heading, unverified=unsure)
    return passed("It lists what is not accessible.", section.heading, unverified=unsure)


@check("S-17")
def mentions_the_failures(statement: Statement, situation: Situation) -> Verdict:
    """Which failing criteria the statement cites: the evidence for a person."""
    if situation.scan is None:
        return untested("No scan to compare with.")
    if not situation.scan.pages_by_criterion:
        return inapplicable("The scan found no failure.")
    missing = [number for number in situation.scan.pages_by_criterion if number not in statement.criteria]
    if not missing:
        return cant_tell("Every criterion that fails is cited. Are the places mentioned, too?")
    pages = ", ".join(f"{number} ({situation.scan.pages_by_criterion[number]} pages)" for number in missing)
    return cant_tell(f"The scan found failures of criteria that the statement does not cite: {pages}.")


@check("S-18")
def names_requirements(statement: Statement, _: Situation) -> Verdict:
    """Items that do not comply come with the number of a criterion or clause."""
    section = statement.section(KIND)
    if section is None:
        return inapplicable("There is no section on non-accessible content.")
    exempt = {
        block for reason in ("burden", "out_of_scope") for block in reason_blocks(section, reason, statement.language)
    }
    blocks = [block for block in section.blocks if not block.level and block not in exempt]
    if not statement.criteria:
        if not blocks:
            return inapplicable("Only exempt content is listed.")
        return failed("No success criterion or clause is named.", blocks[0].text)
    items = [block for block in blocks if _is_item(block, section.blocks)]
    without = [block for block in items if not cited_criteria(block.text)]
    if without and len(without) < len(items):
        return cant_tell("Some items name no requirement.", " / ".join(block.text for block in without))
    return passed(f"It names {', '.join(statement.criteria)}.")


@check("S-19")
def no_promise_has_passed(statement: Statement, situation: Situation) -> Verdict:
    """No date by which something is to be mended lies before today."""
    section = statement.section(KIND)
    if section is None:
        return inapplicable("There is no section on non-accessible content.")
    promised = [found for block in section.blocks for found in _promises(block.text, statement.language)]
    if not promised:
        return inapplicable("No date is promised.")
    late = [(found, sentence) for found, sentence in promised if found.day < situation.today]
    if late:
        return failed(f"A promised date has passed: {late[0][0].text}.", late[0][1], unverified=True)
    return passed(f"The promised dates are still to come: {promised[0][0].text}.", promised[0][1], unverified=True)


@check("S-20")
def burden_has_a_scope(statement: Statement, _: Situation) -> Verdict:
    """What is said under "disproportionate burden": for a person, unless it is nothing."""
    blocks = _under(statement, "burden")
    if blocks is None:
        return inapplicable("No disproportionate burden is claimed.")
    if not blocks:
        return failed("A disproportionate burden is claimed for nothing in particular.")
    return cant_tell("Does it say for which content the burden is disproportionate?", _joined(blocks))


@check("S-21")
def burden_was_assessed(statement: Statement, _: Situation) -> Verdict:
    """Whether the section on the burden links to an assessment: for a person."""
    blocks = _under(statement, "burden")
    if blocks is None:
        return inapplicable("No disproportionate burden is claimed.")
    links = [link for block in blocks for link in block.links]
    if links:
        return cant_tell("Is the assessment behind this link?", f"{links[0].text} {links[0].url}")
    return cant_tell("No assessment is linked. Is it in the text, or elsewhere?", _joined(blocks))


@check("S-22")
def out_of_scope_is_so(statement: Statement, _: Situation) -> Verdict:
    """What is said to be out of the law's scope: for a person."""
    blocks = _under(statement, "out_of_scope")
    if blocks is None:
        return inapplicable("Nothing is said to be out of scope.")
    return cant_tell("Is all of this out of the law’s scope (Article 1(4) of the Directive)?", _joined(blocks))


def _under(statement: Statement, reason: str) -> tuple[Block, ...] | None:
    section = statement.section(KIND)
    if section is None or not has_reason(section, reason, statement.language):
        return None
    return reason_blocks(section, reason, statement.language)


def _joined(blocks: tuple[Block, ...]) -> str:
    return " / ".join(block.text for block in blocks)


def _is_item(block: Block, blocks: tuple[Block, ...]) -> bool:
    """Return whether a block is one of the listed things, and not the sentence that leads to a list."""
    return not block.text.rstrip().endswith(":") and len(blocks) > 1


def _promises(text: str, language: Language) -> Iterator[tuple[FoundDate, str]]:
    """Yield the dates in a text that are promised, each with its sentence."""
    for sentence in sentences(text):
        dates = find_dates(sentence, language.code)
        years = [y for y in find_years(sentence) if not any(d.start <= y.start < d.end for d in dates)]
        for found in (*dates, *years):
            if found.day < FIRST_PROMISE:
                continue
            near = words_of(sentence[: found.start])[-PROMISE_REACH:]
            after = words_of(sentence[found.end :])[:PROMISE_REACH] if language.code in ("fi", "hu", "et") else ()
            if any(find(phrase, (*near, *after)) is not None for phrase in language.groups["promise"]):
                yield found, sentence
