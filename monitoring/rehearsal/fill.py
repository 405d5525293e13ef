"""Writes the scan of a site into its database without a browser: through the store, with what is planted.

It stands for the sites that a rehearsal does not crawl. What it writes is what a crawl of the same pages finds; the
rehearsal's crawled sites hold it to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from checks.model import Finding, Impact, Judgement, Outcome, Page, RuleInfo, digest
from checks.standards import Profile
from monitoring.campaign.status import MARK
from monitoring.rehearsal.country import PlannedSite
from monitoring.rehearsal.templates import BY_ID, PATHS, Defect
from scan.run import DATABASE
from scan.version import versions
from store.database import open_database
from store.ledger import Found, Ledger, Verdict
from store.results import end_scan, save_page, start_scan
from store.schema import ScanState, State


def fill(site: PlannedSite, year: int, folder: Path, profile: Profile, rules: Sequence[RuleInfo]) -> None:
    """Write the scan of a site in a year into `folder`; the scan of a site that does not answer holds no page."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DATABASE).write_bytes(_empty_database())
    engine = open_database(folder / DATABASE)
    scan_id = start_scan(
        engine,
        start_urls=[site.url],
        settings={"rehearsal": True},
        versions=versions({"axe-core": "rehearsal"}, browser="none"),
        profile=profile.id,
        rules=rules,
    )
    ledger = Ledger(engine, scan_id)
    ledger.add([Found(site.url + path, "page", "link" if path else "start") for path in PATHS])
    planted = [BY_ID[name] for name in sorted(site.planted[year])]
    ran = [rule.id for rule in rules if rule.kind in ("engine", "page")]
    outcomes = dict.fromkeys(ran, Outcome.PASSED) | {defect.rule: _outcome(defect) for defect in planted}
    for lease in ledger.lease(len(PATHS)):
        if not site.answers:
            ledger.finish(lease, Verdict(State.FAILED, "timeout", "No answer."))
            continue
        judged = Judgement(tuple(_finding(defect, lease.url, profile) for defect in planted), outcomes)
        captured = Page(lease.url, lease.url, "", 200, title=site.body, lang="en")
        ledger.finish(
            lease,
            Verdict(State.CHECKED, http_status=200),
            evidence=lambda connection, url_id, captured=captured, judged=judged: save_page(  # type: ignore[misc]
                connection, scan_id, url_id, captured, judged, content_hash=digest(captured.url)
            ),
        )
    end_scan(engine, scan_id, ScanState.COMPLETE, elapsed_s=1.0)
    engine.dispose()
    (folder / MARK).touch()


@cache
def _empty_database() -> bytes:
    """Return a database without rows: making its tables anew for each scan would take most of the time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE
        open_database(path).dispose()
        return path.read_bytes()


def _outcome(defect: Defect) -> Outcome:
    return Outcome.CANT_TELL if defect.asks else Outcome.FAILED


def _finding(defect: Defect, url: str, profile: Profile) -> Finding:
    return Finding(
        defect.rule,
        defect.rule.split("/")[0],
        _outcome(defect),
        url,
        f"Planted: {defect.id}.",
        target=("main",),
        wcag=tuple(num for num in defect.wcag if num in profile.criteria),
        impact=Impact.SERIOUS,
        snippet=defect.wrong,
        fingerprint=digest(defect.rule, defect.id),
        component=digest("component", defect.rule, defect.id),
    )
