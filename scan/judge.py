"""Judges a captured page: engines, own rules, language; and picks what should be pictured."""

from __future__ import annotations

import threading
from collections import OrderedDict

from sqlalchemy import Connection

from checks import run
from checks.engines import axe
from checks.model import Finding, Judgement, Outcome, Page, RuleInfo, digest
from checks.standards import Profile
from crawler.context import DocumentFound, Evidence
from crawler.render.capture import Capture, CropRequest
from crawler.render.script import EngineScript
from scan.settings import Settings
from store.results import Picture, save_document, save_page
from styleguide.check import check_page as check_style
from styleguide.guides import Guide, load_guide
from styleguide.text import parse

REMEMBERED_PAGES = 64
"""Engine results kept between picking pictures and judging; more pages than this are never between the two."""


class Judge:
    """Keeps what is found: the crawler's `Keeper`. One object a scan; used from several threads."""

    def __init__(self, settings: Settings, profile: Profile, scan_id: int, pictured: set[tuple[str, str]]) -> None:
        self._scan_id = scan_id
        self._wcag = "wcag" in settings.only
        self._guide: Guide | None = load_guide(settings.guide) if "style" in settings.only else None
        self._rules = run.rules_for(profile.criteria) if self._wcag else ()
        self._pictured = pictured
        self._results: OrderedDict[int, tuple[Page, axe.AxeResult]] = OrderedDict()
        self._lock = threading.Lock()

    def picks(self, page: Page) -> list[CropRequest]:
        """Return one element of each group that has no picture yet, failures first."""
        result = self._axe(page)
        with self._lock:
            self._results[id(page)] = (page, result)  # the page with it: while that lives, its id is its own
            while len(self._results) > REMEMBERED_PAGES:
                self._results.popitem(last=False)
            wanted: dict[tuple[str, str], Finding] = {}
            for found in sorted(result.findings, key=lambda f: f.outcome is not Outcome.FAILED):
                key = (found.rule, found.component)
                if key not in self._pictured:
                    wanted.setdefault(key, found)
        return [CropRequest(f.rule, f.component, f.target) for f in wanted.values()]

    def evidence(self, capture: Capture) -> Evidence:
        """Judge a page; return what writes it."""
        page = capture.page
        judgement = self.judge(page)
        pictures = [
            Picture(c.request.rule, c.request.component, c.media_type, c.width, c.height, c.data) for c in capture.crops
        ]

        def write(connection: Connection, url_id: int) -> None:
            save_page(
                connection,
                self._scan_id,
                url_id,
                page,
                judgement,
                content_hash=digest(page.html),
                same_as=capture.canonical,
                elapsed_ms=capture.elapsed_ms,
                pictures=pictures,
            )
            with self._lock:
                self._pictured.update((p.rule, p.component) for p in pictures)

        return write

    def document(self, found: DocumentFound) -> Evidence:
        """Return what writes a document that was found."""

        def write(connection: Connection, url_id: int) -> None:
            save_document(
                connection,
                self._scan_id,
                url_id,
                file_format=found.file_format,
                size_bytes=found.size_bytes,
            )

        return write

    def judge(self, page: Page) -> Judgement:
        """Return all that is found on a page."""
        findings: list[Finding] = []
        outcomes: dict[str, Outcome] = {}
        not_run: dict[str, str] = {}
        readability = None
        soup = parse(page.html)
        if self._wcag:
            with self._lock:
                _, result = self._results.pop(id(page), (page, None))
            result = result or self._axe(page)
            own = run.check_page(page, self._rules, soup=soup)
            for part in (result, own):
                findings += part.findings
                outcomes |= part.rule_outcomes
                not_run |= part.not_run
        if self._guide is not None:
            style = check_style(page, self._guide, soup=soup)
            findings += style.findings
            outcomes |= style.rule_outcomes
            readability = style.readability
        return Judgement(tuple(findings), outcomes, readability, not_run)

    def _axe(self, page: Page) -> axe.AxeResult:
        return axe.normalise(page.engines.get("axe", {}), page.url) if self._wcag else axe.AxeResult()


def engine_scripts(settings: Settings, profile: Profile) -> tuple[EngineScript, ...]:
    """Return the engines to run in the browser. Raises UsageError's kin for an axe file that is none."""
    if "wcag" not in settings.only:
        return ()
    source = axe.source(settings.axe_script)
    return (
        EngineScript(
            name="axe",
            init=axe.init_script(source),
            run=axe.run_script(),
            options=axe.run_options(profile.axe_tags),
            library=source,
        ),
    )


def rule_infos(settings: Settings, profile: Profile) -> tuple[RuleInfo, ...]:
    """Return every rule a scan with these settings runs."""
    infos: list[RuleInfo] = []
    if "wcag" in settings.only:
        infos += axe.rule_infos(profile.axe_tags)
        infos += [rule.info for rule in run.rules_for(profile.criteria)]
    if "style" in settings.only:
        infos += load_guide(settings.guide).infos
    return tuple(infos)
