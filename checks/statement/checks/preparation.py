"""When and how a statement was prepared."""

from __future__ import annotations

from datetime import date, timedelta

from checks.statement.check import Verdict, cant_tell, check, failed, inapplicable, passed
from checks.statement.dates import find_dates
from checks.statement.elsewhere import told_elsewhere
from checks.statement.matching import contains, sentences, words_of
from checks.statement.model import Dated, Situation, Statement

A_YEAR = timedelta(days=366)
KIND = "preparation"
LEAST_WORDS = 4
"""Words of a sentence that can say how something was assessed."""

METHODS = {"self": "self-assessment", "third": "assessment by a third party"}


@check("S-23")
def has_heading(statement: Statement, _: Situation) -> Verdict:
    """A heading of the section on the preparation."""
    section = statement.section(KIND)
    unsure = statement.language.is_unverified(KIND)
    if section is not None:
        return passed("The preparation has its heading.", section.heading, unverified=unsure)
    said = told_elsewhere(statement, KIND)
    if said:
        message = "There is no heading for the preparation, but elsewhere a date of it. Is that enough?"
        return cant_tell(message, said, unverified=unsure)
    return failed("There is no heading for the preparation of the statement.", unverified=unsure)


@check("S-24")
def says_when_prepared(statement: Statement, _: Situation) -> Verdict:
    """A whole date of the preparation, or one that can only be that."""
    prepared = _of(statement, "prepared")
    if not prepared:
        loose = _of(statement, "")
        if loose:
            return cant_tell("There is a date. Is it the date of the preparation?", loose[0].quote)
        return failed("No date of preparation was found.")
    if not prepared[0].is_whole:
        return failed("The date of preparation has no day.", prepared[0].quote)
    return passed(f"Prepared on {prepared[0].day.isoformat()}.", prepared[0].quote, unverified=True)


@check("S-25")
def says_when_reviewed(statement: Statement, _: Situation) -> Verdict:
    """A date of the last review."""
    reviewed = _of(statement, "reviewed")
    if not reviewed:
        loose = _of(statement, "")
        if loose:
            return cant_tell("There is a date. Is it that of the last review?", _latest(loose).quote)
        return failed("No date of a review was found.", unverified=True)
    return passed(f"Reviewed on {_latest(reviewed).day.isoformat()}.", _latest(reviewed).quote, unverified=True)


@check("S-26")
def was_reviewed_this_year(statement: Statement, situation: Situation) -> Verdict:
    """The latest of all its dates is no older than twelve months, and not yet to come."""
    if not statement.dates:
        return inapplicable("It has no date.")
    latest = _latest(statement.dates)
    age = situation.today - latest.day
    if age < timedelta(0) and latest.is_whole:
        return failed(f"The date lies ahead: {latest.day.isoformat()}.", latest.quote)
    if age > A_YEAR:
        return failed(
            f"Its latest date is {latest.day.isoformat()}, {_months(latest.day, situation.today)} months ago.",
            latest.quote,
        )
    return passed(f"Its latest date is {latest.day.isoformat()}.", latest.quote)


@check("S-27")
def names_the_method(statement: Statement, _: Situation) -> Verdict:
    """Self-assessment or a third party, by the words of the language."""
    text = _whole(statement)
    for where, said in ((text, ""), (statement.text, ", though not in the section on the preparation")):
        found = [
            name for group, name in METHODS.items() if contains(statement.language.groups[group], where, max_gap=1)
        ]
        if found:
            return passed(f"The method is named{said}: {' and '.join(found)}.", text, unverified=True)
    if statement.section(KIND) is None:
        said = told_elsewhere(statement, KIND)
        if said:
            return cant_tell("Does it say how the site was assessed? The usual words are not in it.", said)
        return failed("Nothing says how the site was assessed.", unverified=True)
    said = _without_dates(statement)
    if said:
        return cant_tell("Does this say how the site was assessed? The usual words are not in it.", said)
    return failed("The section on the preparation does not say how the site was assessed.", text, unverified=True)


@check("S-28")
def describes_the_method(statement: Statement, _: Situation) -> Verdict:
    """What the section says of the method: for a person."""
    text = _whole(statement)
    if not text:
        return inapplicable("There is no section on the preparation.")
    return cant_tell("Is the assessment described well enough?", text)


def _of(statement: Statement, role: str) -> list[Dated]:
    return [dated for dated in statement.dates if dated.role == role]


def _latest(dates: tuple[Dated, ...] | list[Dated]) -> Dated:
    return max(dates, key=lambda dated: dated.day)


def _months(then: date, today: date) -> int:
    return (today.year - then.year) * 12 + today.month - then.month


def _without_dates(statement: Statement) -> str:
    """Return the first sentence of the section that says something else than a date."""
    code = statement.language.code
    return next(
        (
            sentence
            for block in statement.all_of(KIND)
            if not block.level
            for sentence in sentences(block.text)
            if len(words_of(sentence)) >= LEAST_WORDS and not find_dates(sentence, code)
        ),
        "",
    )


def _whole(statement: Statement) -> str:
    return "\n".join(block.text for block in statement.all_of(KIND))
