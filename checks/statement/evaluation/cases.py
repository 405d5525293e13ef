"""The statements that the checks are measured on: right ones in three forms, and each wrong in one known way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from checks.statement.evaluation.build import BODY_URL, FORM_PATH, OTHER_HOST, Facts, texts
from checks.statement.model import Answer, Linked, Readers, ScanFacts
from checks.statement.phrases import languages

TODAY = date(2026, 11, 26)
OLD, OLDER, AHEAD = date(2022, 4, 7), date(2021, 2, 3), date(2027, 8, 9)

Change: TypeAlias = Callable[[Facts], Facts]


@dataclass(frozen=True, slots=True)
class Case:
    """One statement: its facts, what is known around it, and the checks that must fail on it and no others."""

    name: str
    facts: Facts
    failing: frozenset[str] = frozenset()
    around: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """The statement's language."""
        return self.facts.lang


RIGHT: dict[str, Change] = {
    "partial, long dates": lambda f: f,
    "partial, third party, form, numeric dates": lambda f: replace(
        f, method="third", email=False, form=True, date_format="numeric", burden="text", layout="plain"
    ),
    "full, ISO dates": lambda f: replace(f, status="full", items=(), without=_all("non_accessible"), date_format="iso"),
    "not compliant, headings in bold": lambda f: replace(f, status="none", layout="bold"),
    "partial, the method named with the status": lambda f: replace(f, method_in_status=True),
    "partial, the body's name in the title": lambda f: replace(f, title=_named(f.lang), page_title=_named(f.lang)),
    "partial, a body that we do not know": lambda f: replace(f, enforcer="Velmar Office of Equal Access"),
}

WRONG: dict[str, tuple[Change, tuple[str, ...]]] = {
    "another main heading": (lambda f: replace(f, title="Velmar", page_title="Velmar"), ("S-03",)),
    "another page title": (lambda f: replace(f, page_title="Velmar"), ("S-03",)),
    "a blank for the name": (lambda f: replace(f, body="[name]"), ("S-04", "S-37")),
    "no introduction": (lambda f: replace(f, commitment=False, scope=False), ("S-04", "S-05", "S-06")),
    "the Directive instead of the law": (lambda f: replace(f, law="(EU) 2016/2102"), ("S-05",)),
    "another site": (lambda f: replace(f, scope_host=OTHER_HOST), ("S-06",)),
    "no scope": (lambda f: replace(f, scope=False), ("S-06",)),
    "no status": (lambda f: replace(f, without=_all("status")), ("S-11", "S-13", "S-14")),
    "two statuses": (lambda f: replace(f, second_status="full"), ("S-14",)),
    "not fully compliant": (lambda f: replace(f, status="denied"), ("S-14",)),
    "no status phrase": (lambda f: replace(f, status="self"), ("S-14", "S-36")),
    "full, and a list": (lambda f: replace(f, status="full"), ("S-15",)),
    "neither law nor standard in the status": (lambda f: replace(f, standard=""), ("S-36",)),
    "partial, and no list": (lambda f: replace(f, without=_all("non_accessible")), ("S-11", "S-16")),
    "an empty list": (lambda f: replace(f, items=()), ("S-16",)),
    "no criteria": (lambda f: replace(f, items=("item_plain", "promise")), ("S-18",)),
    "a promise that has passed": (lambda f: replace(f, promised=OLD), ("S-19",)),
    "a burden for nothing": (lambda f: replace(f, burden="empty"), ("S-20",)),
    "no preparation": (
        lambda f: replace(f, without=_all("preparation")),
        ("S-11", "S-23", "S-24", "S-25", "S-27"),
    ),
    "no date of preparation": (lambda f: replace(f, prepared=None), ("S-24",)),
    "no review": (lambda f: replace(f, reviewed=None, prepared=date(2026, 3, 4)), ("S-25",)),
    "old": (lambda f: replace(f, prepared=OLDER, reviewed=OLD), ("S-26",)),
    "a date ahead": (lambda f: replace(f, reviewed=AHEAD), ("S-26",)),
    "no method": (lambda f: replace(f, method=""), ("S-27",)),
    "no feedback": (lambda f: replace(f, without=_all("feedback")), ("S-11", "S-29", "S-30")),
    "no contact": (lambda f: replace(f, email=False, phone=False), ("S-30",)),
    "no enforcement": (lambda f: replace(f, without=_all("enforcement")), ("S-11", "S-33", "S-34")),
    "no enforcement body": (
        lambda f: replace(f, enforcement_text=False, enforcement_link=False),
        ("S-34", "S-35"),
    ),
    "no link to the body": (lambda f: replace(f, enforcement_link=False), ("S-35",)),
}

AROUND: dict[str, tuple[Change, tuple[str, ...], dict[str, Any]]] = {
    "home page without a link": (lambda f: f, ("S-08",), {"home_links_to_it": False}),
    "pages without a link": (
        lambda f: f,
        ("S-08", "S-09"),
        {"home_links_to_it": False, "linked": Linked(12, 12, ("/a", "/b"))},
    ),
    "pages of another language lead to it": (
        lambda f: f,
        ("S-38",),
        {"readers": Readers(8, {"xx": 3}, frozenset({"xx"}))},
    ),
    "barriers on its page": (lambda f: f, ("S-12",), {"own_failures": 3}),
    "full, and a scan that found failures": (
        RIGHT["full, ISO dates"],
        ("S-15",),
        {"scan": ScanFacts(40, 38, {"1.1.1": 30, "1.4.3": 8})},
    ),
    "a broken link for feedback": (
        lambda f: replace(f, form=True),
        ("S-32",),
        {"answers": {"form": Answer(404), "body": Answer(200)}},
    ),
    "a broken link to the body": (
        lambda f: f,
        ("S-35",),
        {"answers": {"form": Answer(200), "body": Answer(problem="no such host")}},
    ),
}


def cases() -> Iterator[Case]:
    """Yield every case in every language."""
    for lang in texts():
        yield from _of_language(lang)


def _of_language(lang: str) -> Iterator[Case]:
    base = Facts(lang)
    for name, change in RIGHT.items():
        yield Case(name, change(base))
    for name, (change, failing) in WRONG.items():
        yield Case(name, change(base), frozenset(failing) | _consequences(change(base)))
    for name, (change, failing, around) in AROUND.items():
        facts = change(base)
        known = dict(around)
        if "answers" in known:
            known["answers"] = _addresses(facts, known["answers"])
        yield Case(name, facts, frozenset(failing), known)
    if lang == "da":
        yield Case("no telephone number, in Denmark", replace(base, phone=False), frozenset({"S-31"}))


def _consequences(facts: Facts) -> frozenset[str]:
    """Return what fails by law because of a change that is about something else."""
    no_phone = facts.lang == "da" and (not facts.phone or "feedback" in facts.without)
    return frozenset({"S-31"}) if no_phone else frozenset()


def _addresses(facts: Facts, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {f"https://{facts.host}{FORM_PATH}": answers["form"], BODY_URL: answers["body"]}


def _named(lang: str) -> str:
    return f"{languages()[lang].title}: Velmar"


def _all(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)
