"""The baseline: barriers that are known and accepted for a time, so that a build fails only on what is new.

An entry names a barrier by its fingerprint and lists the pages it may be on; a page that is listed twice may have two
of it. `*` in a page stands for any characters, once a page. One entry a barrier, in an order that never depends on
the check, so that a change of the site is a small change of the file.
"""

from __future__ import annotations

import difflib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from checks.model import Outcome
from reports.ci.model import HOLDERS, CiFinding, CiPage, Gone, Standing
from reports.escape import xml_text
from reports.output import replacing

FORMAT_VERSION = 1
MAX_BYTES = 50_000_000
SHARED_REGIONS = frozenset({"header", "nav", "footer"})
SHARED_MIN_PAGES = 3
EVERY_PAGE = "*"
KEYS = ("rule", "fingerprint", "element", "message", "reason", "owner", "expires", "pages")
_HEAD = (
    "# Findings that are accepted for a time. Bring the list up to date with: curbcut baseline update\n"
    "# Yours to fill in: reason, owner and expires (the build fails again from that day on). See docs/ci.md.\n"
)


class BaselineError(ValueError):
    """The baseline cannot be read; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted barrier. `expires` is the first day on which it counts again; None means never."""

    rule: str
    fingerprint: str
    pages: tuple[str, ...]
    element: str = ""
    message: str = ""
    reason: str = ""
    owner: str = ""
    expires: date | None = None

    def is_expired(self, today: date) -> bool:
        """Whether it counts again."""
        return self.expires is not None and today >= self.expires


@dataclass(frozen=True, slots=True)
class Judged:
    """A page whose failures stand for or against the baseline; `used` are (entry's place, page as listed)."""

    page: CiPage
    used: tuple[tuple[int, str], ...]


class Baseline:
    """The entries of a file, ready to judge pages one after the other."""

    def __init__(self, entries: Iterable[Entry], today: date) -> None:
        self.entries = tuple(sorted(entries, key=_order))
        self._today = today
        self._exact: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._patterns: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._rule_pages: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            for page in entry.pages:
                if EVERY_PAGE in page:
                    self._patterns[entry.fingerprint].append((number, page))
                else:
                    self._exact[entry.fingerprint, page].append(number)
                    self._rule_pages[entry.rule, page].append(number)

    def judge(self, page: CiPage) -> Judged:
        """Return the page with the standing of each failure."""
        free: dict[str, list[tuple[int, str]]] = {}
        used: list[tuple[int, str]] = []
        standing: dict[int, int] = {}
        failed = [(at, f) for at, f in enumerate(page.findings) if f.outcome == Outcome.FAILED]
        for at, found in failed:
            places = free.setdefault(found.fingerprint, self._places(found.fingerprint, page.address))
            if places:
                used.append(places.pop(0))
                standing[at] = used[-1][0]
        spent = Counter(used)
        for at, found in failed:
            if at not in standing and found.tag in HOLDERS:
                again = self._renamed(found, page.address, spent)
                if again is not None:
                    spent[again, page.address] += 1
                    used.append((again, page.address))
                    standing[at] = again
        findings = tuple(
            self._standing(found, standing[at]) if at in standing else found for at, found in enumerate(page.findings)
        )
        return Judged(replace(page, findings=findings), tuple(used))

    def _places(self, fingerprint: str, address: str) -> list[tuple[int, str]]:
        """Return what allows this barrier here, what has not expired first."""
        found = [(number, address) for number in self._exact.get((fingerprint, address), ())]
        found += [(n, p) for n, p in self._patterns.get(fingerprint, ()) if _matches(address, p)]
        return sorted(found, key=lambda place: self.entries[place[0]].is_expired(self._today))

    def _renamed(self, found: CiFinding, address: str, spent: Mapping[tuple[int, str], int]) -> int | None:
        """Return the entry of a list, table or section that only got other classes: rule and words are the same."""
        described = found.described
        if described == f"<{found.tag}>":
            return None
        for number in self._rule_pages.get((found.rule, address), ()):
            entry = self.entries[number]
            if entry.element == described and spent[number, address] < entry.pages.count(address):
                return number
        return None

    def _standing(self, found: CiFinding, number: int) -> CiFinding:
        entry = self.entries[number]
        stands = Standing.EXPIRED if entry.is_expired(self._today) else Standing.ACCEPTED
        return replace(found, standing=stands, reason=entry.reason)

    def gone(
        self, used: Mapping[tuple[int, str], int], *, checked: frozenset[str], rules: frozenset[str], is_whole: bool
    ) -> Iterator[Gone]:
        """Yield what no longer occurs, of the rules that ran: on pages that were checked, and where all pages of the
        site were, on those that are no more. A pattern is gone only when all pages were checked.
        """
        for number, entry in enumerate(self.entries):
            if entry.rule not in rules:
                continue
            left: list[str] = []
            for page, listed in Counter(entry.pages).items():
                known = is_whole if EVERY_PAGE in page else is_whole or page in checked
                met = used.get((number, page), 0)
                if known and EVERY_PAGE in page:
                    left += [page] * (listed if not met else 0)
                elif known:
                    left += [page] * max(0, listed - met)
            if left:
                yield Gone(entry.rule, entry.fingerprint, entry.element, tuple(sorted(left)))


def without(entries: Iterable[Entry], gone: Iterable[Gone]) -> Iterator[Entry]:
    """Yield the entries without the places that are gone; an entry with no page left goes."""
    taken = {(item.rule, item.fingerprint, item.element): Counter(item.pages) for item in gone}
    for entry in entries:
        away = taken.get((entry.rule, entry.fingerprint, entry.element), Counter[str]())
        kept: list[str] = []
        for page in entry.pages:
            if away[page]:
                away[page] -= 1
            else:
                kept.append(page)
        if kept:
            yield replace(entry, pages=tuple(kept))


def entries_for(pages: Iterable[CiPage], *, reason: str = "", owner: str = "", expires: date | None) -> list[Entry]:
    """Return entries that accept every failure which stands as new.

    What is in a header, menu or footer of most pages is accepted on every page: a page that is added tomorrow brings
    no barrier of its own by it.
    """
    found: dict[tuple[str, str], CiFinding] = {}
    places: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    n_pages = 0
    for page in pages:
        n_pages += page.is_checked
        for finding in page.findings:
            if finding.outcome == Outcome.FAILED and finding.standing is Standing.NEW:
                key = (finding.rule, finding.fingerprint)
                found.setdefault(key, finding)
                places[key][page.address] += 1
    made = []
    for key, finding in found.items():
        listed = tuple(sorted(places[key].elements()))
        is_shared = len(places[key]) >= SHARED_MIN_PAGES and 2 * len(places[key]) > n_pages
        if is_shared and finding.region in SHARED_REGIONS:
            listed = (EVERY_PAGE,) * max(places[key].values())
        texts = {"element": finding.described, "message": finding.message}
        made.append(Entry(*key, listed, **texts, reason=reason, owner=owner, expires=expires))
    return made


def merged(entries: Iterable[Entry], added: Iterable[Entry]) -> list[Entry]:
    """Return both; pages of a barrier that is known with the same reason, owner and date join its entry."""
    known: dict[tuple[Any, ...], Entry] = {}
    for entry in (*entries, *added):
        key = (entry.rule, entry.fingerprint, entry.reason, entry.owner, entry.expires)
        old = known.get(key)
        known[key] = replace(old, pages=tuple(sorted((*old.pages, *entry.pages)))) if old else entry
    return sorted(known.values(), key=_order)


def read(path: Path) -> list[Entry]:
    """Return the entries of a baseline file, YAML or JSON. Raises BaselineError, OSError."""
    if path.stat().st_size > MAX_BYTES:
        raise BaselineError(f"{path} is longer than {MAX_BYTES // 1_000_000} MB. Is it a baseline?")
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=_loader())  # noqa: S506 - a safe one
    except (UnicodeDecodeError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise BaselineError(f"{path} cannot be read: {' '.join(str(error).split())}") from error
    if (
        not isinstance(data, dict)
        or data.get("version") != FORMAT_VERSION
        or not isinstance(data.get("findings"), list)
    ):
        raise BaselineError(
            f"{path} is no baseline of version {FORMAT_VERSION}. Write one with: curbcut baseline write"
        )
    return [_entry(item, f"{path}, finding {number}") for number, item in enumerate(data["findings"], 1)]


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write a baseline file in its stable order, YAML or, where the name ends so, JSON. Raises OSError."""
    records = [_record(entry) for entry in sorted(entries, key=_order)]
    with replacing(path) as stream:
        if path.suffix == ".json":
            json.dump({"version": FORMAT_VERSION, "findings": records}, stream, ensure_ascii=False, indent=1)
            stream.write("\n")
            return
        stream.write(f"{_HEAD}version: {FORMAT_VERSION}\nfindings:{'' if records else ' []'}\n")
        for record in records:
            stream.write(yaml.dump([record], Dumper=_dumper(), sort_keys=False, allow_unicode=True, width=1_000_000))


def _matches(address: str, pattern: str) -> bool:
    """Return whether an address fits a pattern; `*` alone has a meaning."""
    return fnmatchcase(address, pattern.replace("[", "[[]").replace("?", "[?]"))


def _order(entry: Entry) -> tuple[str, str, str]:
    return entry.rule, entry.fingerprint, str(entry.expires or "")


def _record(entry: Entry) -> dict[str, Any]:
    return {
        "rule": entry.rule,
        "fingerprint": entry.fingerprint,
        "element": xml_text(entry.element),
        "message": xml_text(entry.message),
        "reason": entry.reason,
        "owner": entry.owner,
        "expires": entry.expires.isoformat() if entry.expires else "never",
        "pages": sorted(entry.pages),
    }


def _entry(item: Any, where: str) -> Entry:
    if not isinstance(item, dict):
        raise BaselineError(f"{where}: a finding has {', '.join(KEYS)}.")
    for key in item:
        if key not in KEYS:
            near = difflib.get_close_matches(str(key), KEYS, 1)
            raise BaselineError(f"{where}: there is no {key}." + (f" Did you mean {near[0]}?" if near else ""))
    pages = item.get("pages")
    if not isinstance(pages, list) or not pages or not all(isinstance(page, str) for page in pages):
        raise BaselineError(f"{where}: pages must be a list of addresses.")
    texts = {key: item.get(key) or "" for key in KEYS[:-2]}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise BaselineError(f"{where}: {key} must be a text; put it between quotation marks.")
    if not texts["rule"] or not texts["fingerprint"]:
        raise BaselineError(f"{where}: rule and fingerprint say which barrier it is; one is missing.")
    return Entry(**texts, pages=tuple(pages), expires=_date(item.get("expires"), where))


def _date(value: Any, where: str) -> date | None:
    if value is None or value in ("", "never"):
        return None
    if isinstance(value, date):  # YAML knows dates
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BaselineError(f"{where}: expires must be a date such as 2027-01-31, or never; not {value!r}.") from None


def _loader() -> type[Any]:
    loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return loader


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # typed as Any: either base will do
    """Writes lists indented, as people do, and no reference to a text that came before."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out."""
        return True


def _dumper() -> type[Any]:
    return _Dumper
