"""Page samples as YAML files that a person can edit, and what the person changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import yaml

from crawler.urls import BadUrlError, canonical
from monitoring.errors import MonitoringError
from monitoring.pages.model import LETTERS, Chosen, PageSample
from monitoring.pages.words import source
from reports.output import replacing
from store.ledger import now_iso
from styleguide.errors import RuleFileError
from styleguide.yaml_entries import Entry, read_entry

FILE = "pages.yaml"
"""The confirmed sample's name in the scan's folder."""

HEAD = """\
# Pages for in-depth monitoring: Decision (EU) 2018/1524, Annex I, point 3.2. A proposal until a person confirms it.
# To replace a page, change its url and write your own reason. To add one, copy an entry (letter f: any page that you
# find relevant). To leave one out, put "leave_out: why" into it. Then: curbcut pages select SCAN --confirm THIS_FILE
# Words by which pages were told: {source}; "unverified" where the mark is M.
"""
FIELDS = ("letter", "item", "url", "title", "reason", "confidence", "kind", "is_checked", "leave_out")


def write(sample: PageSample, path: Path) -> None:
    """Write a sample; the file appears only when it is whole."""
    content: dict[str, Any] = {"site": sample.site, "seed": sample.seed}
    if sample.confirmed:
        content["confirmed"] = sample.confirmed
    content["pages"] = [asdict(one) for one in sample.pages]
    content["missing"] = [asdict(one) for one in sample.missing]
    if sample.changes:
        content["changes"] = list(sample.changes)
    with replacing(path) as stream:
        stream.write(HEAD.format(source=source()))
        yaml.safe_dump(content, stream, allow_unicode=True, sort_keys=False, width=110)


def confirm(proposal: PageSample, path: Path, *, who: str, earlier: PageSample | None = None) -> PageSample:
    """Return the sample as a person edited it in `path`, with every change against the proposal logged.

    `earlier` is what was confirmed before: its log is kept, and changes are told against it. Raises MonitoringError
    with file and line for what does not hold.
    """
    try:
        whole = read_entry(path.read_text("utf-8-sig"), str(path))
        whole.only("site", "seed", "pages", "missing", "confirmed", "changes")
        if whole.text("site") != proposal.site:
            raise whole.wrong("site", f"this is another site than the scan’s, {proposal.site}.")
        entries = whole.entries("pages")
        pages = [(entry, _page(entry)) for entry in entries]
    except (RuleFileError, UnicodeDecodeError) as error:
        raise MonitoringError(str(error)) from error
    base = earlier or proposal
    try:
        changes, kept = _compare(base, pages, who)
    except RuleFileError as error:
        raise MonitoringError(str(error)) from error
    if not any(one.letter == "a" and one.item == "home" for one in kept):
        raise MonitoringError(f"{path}: the home page must be in the sample (letter a, item home).")
    return replace(
        base,
        pages=tuple(sorted(kept, key=lambda one: one.letter)),
        missing=proposal.missing,
        confirmed={"by": who, "at": now_iso()},
        changes=(*(earlier.changes if earlier else ()), *changes),
    )


def read(path: Path) -> PageSample:
    """Return a sample that was written here. Raises MonitoringError."""
    try:
        whole = read_entry(path.read_text("utf-8-sig"), str(path))
        return PageSample(
            whole.text("site"),
            int(whole.get("seed", 0)),
            tuple(one for entry in whole.entries("pages") if not entry.get("leave_out") for one in [_page(entry)]),
            (),
            dict(whole.get("confirmed", {})),
            tuple(dict(change) for change in whole.get("changes", [])),
        )
    except (RuleFileError, UnicodeDecodeError) as error:
        raise MonitoringError(str(error)) from error


def _page(entry: Entry) -> Chosen:
    entry.only(*FIELDS)
    letter = entry.choice("letter", tuple(LETTERS))
    address = entry.text("url")
    try:
        canonical(address)
    except BadUrlError as error:
        raise entry.wrong("url", f"“{address}” is no web address: {error}.") from error
    confidence = entry.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, (int, float)) or not 0 <= confidence <= 1:
        raise entry.wrong("confidence", "“confidence” must be a number from 0 to 1; leave it out for a page of yours.")
    kind = entry.choice("kind", ("page", "document")) if "kind" in entry else "page"
    is_checked = entry.flag("is_checked") if "is_checked" in entry else False
    item, title = entry.text("item"), entry.text("title", default="")
    return Chosen(letter, item, address, title, entry.text("reason"), float(confidence), kind, is_checked)


def _compare(
    base: PageSample, edited: list[tuple[Entry, Chosen]], who: str
) -> tuple[list[dict[str, str]], list[Chosen]]:
    """Return the log of what changed and the pages that are left. Raises RuleFileError for a change without reason."""
    before = {_key(one): one for one in base.pages}
    proposed: dict[tuple[str, str, int], Chosen] = _numbered(list(base.pages))
    now: dict[tuple[str, str, int], Chosen] = _numbered([one for _, one in edited])
    changes: list[dict[str, str]] = []
    kept: list[Chosen] = []
    seen: set[tuple[str, str, str]] = set()
    for (entry, one), slot in zip(edited, now, strict=True):
        if _key(one) in seen:
            raise entry.wrong("url", f"{one.url} is here twice for {one.letter}, {one.item}; keep one.")
        seen.add(_key(one))
        if "leave_out" in entry:
            changes.append(_change(one, was=one.url, now="", reason=entry.text("leave_out"), who=who))
            continue
        if _key(one) in before:
            kept.append(one)
            continue
        was = proposed.get(slot)
        if was is not None and _key(was) in {_key(other) for _, other in edited}:
            was = None  # it only moved in the list
        if was is not None and one.reason == was.reason:
            raise entry.wrong("reason", f"say why {one.url} replaces {was.url}: “reason” still tells of the old page.")
        changes.append(_change(one, was=was.url if was else "", now=one.url, reason=one.reason, who=who))
        kept.append(replace(one, confidence=1.0, title=one.title if was is None or one.title != was.title else ""))
    replaced = {change["was"] for change in changes}
    gone = [one for one in base.pages if _key(one) not in seen and one.url not in replaced]
    if gone:
        raise RuleFileError(
            edited[0][0].file,
            edited[-1][0].line,
            f"{gone[0].url} ({gone[0].letter}, {gone[0].item}) is gone; put it back with “leave_out: why”.",
        )
    return changes, kept


def _key(one: Chosen) -> tuple[str, str, str]:
    return (one.letter, one.item, one.url)


def _numbered(pages: list[Chosen]) -> dict[tuple[str, str, int], Chosen]:
    """Return pages by letter, item and place among those of one item."""
    counts: dict[tuple[str, str], int] = {}
    found: dict[tuple[str, str, int], Chosen] = {}
    for one in pages:
        number = counts.get((one.letter, one.item), 0)
        counts[one.letter, one.item] = number + 1
        found[one.letter, one.item, number] = one
    return found


def _change(one: Chosen, *, was: str, now: str, reason: str, who: str) -> dict[str, str]:
    return {
        "letter": one.letter, "item": one.item, "was": was, "now": now, "reason": reason, "by": who, "at": now_iso(),
    }  # fmt: skip


def plain(sample: PageSample) -> Mapping[str, Any]:
    """Return the facts of a sample that stand beside its tables."""
    return {"site": sample.site, "seed": sample.seed, "confirmed": dict(sample.confirmed), "words": source()}
