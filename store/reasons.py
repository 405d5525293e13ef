"""Why a URL is in its final state: one code and one plain sentence each, for the ledger and every report."""

from __future__ import annotations

from store.schema import State

REASONS: dict[State, dict[str, str]] = {
    State.CHECKED: {
        "": "Opened, rendered and checked.",
    },
    State.NOT_A_PAGE: {
        "document": "A document: what was found in it stands with the documents.",
        "redirect": "Leads to another address, which is counted instead.",
        "sitemap": "A sitemap, read for its addresses.",
        "other_media": "A file that is not a web page, such as a picture or data.",
    },
    State.OUT_OF_SCOPE: {
        "host": "On a host that is not part of this scan.",
        "path": "Outside the path of this scan.",
        "excluded": "Matches an exclude pattern.",
        "not_included": "Matches no include pattern.",
        "scheme": "Not an http or https address.",
        "redirect": "Leads to an address that is not part of this scan.",
    },
    State.DISALLOWED: {
        "robots": "The site's robots.txt asks crawlers to stay away.",
        "robots_unreachable": "The site's robots.txt could not be read, so the crawler must stay away (RFC 9309).",
        "private_address": "The address is on a private network, which a scan may not touch.",
    },
    State.FAILED: {
        "timeout": "The page did not answer in time.",
        "dns": "The host name could not be found.",
        "connection": "The server could not be reached.",
        "tls": "The secure connection could not be set up.",
        "http_status": "The server answered with an error.",
        "blocked": "The site showed a check against robots in place of the page. Ask it to let the scan through.",
        "too_many_redirects": "The address leads around in circles or through too many steps.",
        "too_large": "The page is larger than the limit.",
        "crashed": "The page crashed the browser.",
        "bad_url": "The address is not valid.",
        "bad_response": "The server's answer could not be read.",
        "bad_scheme": "Leads to an address that is not http or https.",
        "check_failed": "The page opened but could not be checked.",
    },
    State.OVER_LIMIT: {
        "max_pages": "Not checked, as the limit on pages was reached.",
        "max_depth": "More links away from the start than the limit allows.",
        "max_minutes": "Found before the limit on minutes was reached, but not checked in time.",
    },
}


def explain(state: str, reason: str) -> str:
    """Return the plain sentence for a state and reason code; KeyError for a pair that is not in the table."""
    return REASONS[State(state)][reason]


DOCUMENT_REASONS: dict[str, str] = {
    "not_asked": "This scan only listed documents.",
    "format": "Curbcut cannot check this format.",
    "not_a_document": "What came was a web page and no document.",
    "empty": "The file is empty.",
    "encrypted": "The file is encrypted and opens with a password only.",
    "broken": "The file is damaged.",
    "too_large": "The file is larger than the limit.",
    "too_slow": "Reading the file took longer than the limit.",
    "too_much_memory": "Reading the file took more memory than the limit.",
    "portfolio": "It is a portfolio: a PDF that only holds other files.",
    "dynamic_form": "It is a dynamic form (XFA): its pages are made only while a program shows it.",
    "check_failed": "The file opened but could not be checked.",
}
"""Why a document was not checked, by the code in its row."""

NO_PDF = "It is a file of a kind that is not read; only web pages and PDF are."
"""Why a statement that is a file was not read."""


def unreadable(reason: str) -> str:
    """Return why a statement that is a document could not be read, by the code for why it was not checked."""
    return f"{DOCUMENT_REASONS[reason]} A person must read it."
