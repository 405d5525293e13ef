"""The compliance status that a statement claims."""

from __future__ import annotations

import re

from checks.statement.check import Verdict, cant_tell, check, failed, inapplicable, passed
from checks.statement.claims import DENIED
from checks.statement.elsewhere import told_elsewhere
from checks.statement.matching import contains
from checks.statement.model import ScanFacts, Situation, Statement
from checks.statement.national import countries
from checks.statement.phrases import STATUSES

NAMES = {"full": "fully compliant", "partial": "partially compliant", "none": "not compliant"}
_STANDARD = re.compile(r"EN\s?301\s?549|WCAG|RGAA|BITV|RAWeb|SGR", re.IGNORECASE)


@check("S-13")
def has_heading(statement: Statement, _: Situation) -> Verdict:
    """A heading of the section on the status."""
    section = statement.section("status")
    unsure = statement.language.is_unverified("status")
    if section is not None:
        return passed("The status has its heading.", section.heading, unverified=unsure)
    said = told_elsewhere(statement, "status")
    if said:
        return cant_tell(
            "A status is claimed, under no heading that is known. Is that enough?", said, unverified=unsure
        )
    return failed("There is no heading for the compliance status.", unverified=unsure)


@check("S-14")
def claims_one_status(statement: Statement, _: Situation) -> Verdict:
    """Exactly one of the three statuses is claimed."""
    unsure = statement.language.is_unverified(*STATUSES)
    found = list(dict.fromkeys(claim.status for claim in statement.claims))
    quotes = " / ".join(dict.fromkeys(claim.quote for claim in statement.claims))
    if not found:
        if statement.section("status") is None:
            return failed("No compliance status is claimed in the model’s words.", unverified=unsure)
        return failed(
            "The section on the status claims none of the three statuses.",
            statement.text_of("status"),
            unverified=unsure,
        )
    if found == [DENIED]:
        return failed("It says only what the site is not. The model has three statuses.", quotes, unverified=True)
    if len(found) > 1:
        names = " and ".join(NAMES.get(status, "not fully compliant") for status in found)
        return failed(f"It claims more than one status: {names}.", quotes, unverified=unsure)
    return passed(f"It claims to be {NAMES[found[0]]}.", quotes, unverified=unsure)


@check("S-15")
def fits_what_was_found(statement: Statement, situation: Situation) -> Verdict:
    """A claim of full compliance contradicts listed exceptions and failures; nothing else contradicts by itself."""
    status = statement.status
    if status not in NAMES:
        return inapplicable("No single status is claimed.")
    unsure = statement.language.is_unverified(status)
    quote = statement.claims[0].quote
    listed = [block for block in statement.all_of("non_accessible") if not block.level]
    if status == "full" and listed:
        return failed(
            "It says fully compliant, and lists content that is not accessible.", listed[0].text, unverified=unsure
        )
    if situation.scan is None:
        return cant_tell(f"It claims to be {NAMES[status]}. Compare that with a scan or an audit.", quote)
    return _compared(status, situation.scan, quote, unsure)


@check("S-36")
def refers_to_law_or_standard(statement: Statement, _: Situation) -> Verdict:
    """The section on the status names the law or the standard."""
    text = statement.text_of("status") or "\n".join(claim.quote for claim in statement.claims)
    if not text:
        return inapplicable("No status is claimed.")
    found = _STANDARD.search(text)
    if found:
        return passed(f"It refers to {found[0]}.", text)
    laws = [law for country in countries().values() for law in country.laws.words]
    if contains(statement.language.groups["law"], text) or any(law.casefold() in text.casefold() for law in laws):
        return passed("It refers to the law.", text, unverified=True)
    return failed("The status refers neither to the law nor to the standard.", text, unverified=True)


def _compared(status: str, scan: ScanFacts, quote: str, unsure: bool) -> Verdict:
    count = len(scan.pages_by_criterion)
    criteria = "1 success criterion fails" if count == 1 else f"{count} success criteria fail"
    pages = "1 page" if scan.n_failed_pages == 1 else f"{scan.n_failed_pages} pages"
    found = f"the scan of {scan.n_pages} pages found that {criteria} on {pages}"
    if status == "full" and count:
        return failed(f"It says fully compliant; {found}.", quote, unverified=unsure)
    if not count:
        return cant_tell(f"It says {NAMES[status]}; the scan found no failure, which shows nothing by itself.", quote)
    if status == "none":
        return cant_tell(f"It says not compliant; {found}. Are most requirements not met?", quote, unverified=unsure)
    return passed(f"It says {NAMES[status]}; {found}.", quote, unverified=unsure)
