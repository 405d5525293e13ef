"""What a part of the model says, said under no heading that we know: then a person is asked, and nothing is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checks.statement.blocks import Link
from checks.statement.matching import compile_phrase, find, sentences, words_of
from checks.statement.model import Statement
from checks.statement.national import Country, countries, is_on_host
from checks.statement.read import cited_criteria, email_addresses


def told_elsewhere(statement: Statement, kind: str) -> str:
    """Return words that belong to a part of the model which has no section of its own; empty if there are none."""
    return next(iter(_told(statement, kind)), "")


def named_body(statement: Statement, text: str, links: Iterable[Link]) -> tuple[str, Country] | None:
    """Return the body that is known to enforce the law, as it is named or linked to, and its country."""
    words = words_of(text)
    for country in likely_countries(statement):
        bodies = country.bodies
        named = next((n for n in bodies.words if find(compile_phrase(n, statement.language.code), words)), "")
        linked = next((link.url for link in links if is_on_host(link.url, bodies.hosts)), "")
        if named or linked:
            return named or linked, country
    return None


def likely_countries(statement: Statement) -> list[Country]:
    """Return the statement's country, or all where its address does not tell."""
    own = countries().get(statement.country)
    return [own] if own is not None else list(countries().values())


def _told(statement: Statement, kind: str) -> Iterator[str]:
    blocks = [block for section in statement.sections for block in section.blocks]
    if kind == "status":
        yield from (claim.quote for claim in statement.claims)
    elif kind == "non_accessible":
        yield from (block.text for block in blocks if cited_criteria(block.text))
    elif kind == "preparation":
        yield from (dated.quote for dated in statement.dates if dated.role)
    elif kind == "feedback":
        yield from (block.text for block in blocks if email_addresses(block))
    elif kind == "enforcement":
        for block in blocks:
            if block.level == 0 and named_body(statement, block.text, block.links):
                yield next(iter(sentences(block.text)), block.text)
