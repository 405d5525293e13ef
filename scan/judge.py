"""Judges a captured page: engines, own rules, language; and picks what should be pictured."""

from __future__ import annotations

import io
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image
from sqlalchemy import Connection

from checks import run
from checks.answered import without_answered
from checks.catalogue import catalogue
from checks.engines import engines
from checks.engines.axe import ENGINE as AXE
from checks.engines.engine import Orders
from checks.live import LivePage
from checks.model import EngineScript, Finding, Judgement, Outcome, Page, RuleInfo, digest
from checks.overlap import without_repeats
from checks.rule import PageView, Rule
from checks.site import facts
from checks.standards import Profile
from checks.template import sketch
from crawler.context import DocumentFound, Evidence
from crawler.render.capture import Capture, CropRequest
from scan import documents, look
from scan.engines import read_all
from scan.memory import Sweeper
from scan.settings import Settings
from scan.site import STYLE_FACTS
from scan.statement import is_statement_page
from scan.style import PICTURED_KINDS
from store.looks import Chosen, Look
from store.results import Picture, save_document, save_look, save_page
from store.statements import save_statement
from styleguide.check import StyleResult
from styleguide.check import check_page as check_style
from styleguide.guides import Guide, load_guide
from styleguide.text import parse

REMEMBERED_PAGES = 64
"""Barriers kept between picking pictures and judging; more pages than this are never between the two."""


STYLE_PICTURES_PER_RULE = 5
"""Pictures of one style rule in a whole scan: they show what its places look like to readers, not each of them."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What engines and own rules say of a page, with its parsed HTML for the language checks."""

    view: PageView
    findings: tuple[Finding, ...]
    outcomes: Mapping[str, Outcome]
    not_run: Mapping[str, str]
    style: StyleResult | None


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is said of a page, and what is kept of it for later comparisons."""

    judgement: Judgement
    sketch: tuple[int, ...]
    facts: dict[str, Any] | None
    is_statement: bool


class Judge:
    """Keeps what is found: the crawler's `Keeper`. One object a scan; used from several threads."""

    def __init__(
        self, settings: Settings, profile: Profile, scan_id: int, pictured: set[tuple[str, str, Outcome]]
    ) -> None:
        self._scan_id = scan_id
        self._wcag = "wcag" in settings.only
        self.guide: Guide | None = load_guide(settings.guide) if "style" in settings.only else None
        self._rules = run.rules_for(profile.criteria) if self._wcag else ()
        self._checks_documents = self._wcag and settings.documents
        self._document_criteria = profile.document_criteria
        self._probes = run.probes_for(self._rules)
        self._compares = any(rule.kind == "site" for rule in self._rules)
        self._thorough, self._per_template = settings.thorough, settings.pages_per_template
        self._pictured = pictured
        self._style_pictures = Counter(rule for rule, _, _ in pictured)
        self._found: OrderedDict[int, tuple[Page, _Found]] = OrderedDict()
        self._lock = threading.Lock()
        self._sweeper = Sweeper()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of our own that this scan runs."""
        return self._rules

    @property
    def compares(self) -> bool:
        """Whether pages are compared with each other, and facts kept of them."""
        return self._compares

    @property
    def needs_looks(self) -> bool:
        """Whether any rule needs a live page."""
        return bool(self._probes)

    def picks(self, page: Page) -> list[CropRequest]:
        """Return one finding of each issue that has no picture yet, failures first."""
        found = self._look_through(page)
        with self._lock:
            self._found[id(page)] = (page, found)  # the page with it: while that lives, its id is its own
            while len(self._found) > REMEMBERED_PAGES:
                self._found.popitem(last=False)
            wanted: dict[tuple[str, str, Outcome], Finding] = {}
            for finding in sorted(found.findings, key=lambda f: f.outcome is not Outcome.FAILED):
                key = finding.issue
                if finding.target and key not in self._pictured and finding.outcome is not Outcome.BEST_PRACTICE:
                    wanted.setdefault(key, finding)
            for finding in _to_be_seen(found.style):
                key = finding.issue
                shown = self._style_pictures[finding.rule]
                if key not in self._pictured and key not in wanted and shown < STYLE_PICTURES_PER_RULE:
                    wanted[key] = finding
        return [CropRequest(f) for f in wanted.values()]

    def evidence(self, capture: Capture) -> Evidence:
        """Judge a page; return what writes it."""
        page = capture.page
        judged = self._judge(page)
        self._sweeper.page_done()
        judgement = judged.judgement
        pictures = [Picture(c.request.finding, c.media_type, c.width, c.height, c.data) for c in capture.crops]

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
                sketch=judged.sketch,
                facts=judged.facts,
            )
            if judged.is_statement:
                save_statement(connection, self._scan_id, url_id, page.html)
            with self._lock:
                self._pictured.update(p.finding.issue for p in pictures)
                self._style_pictures.update(p.finding.rule for p in pictures)

        return write

    def choose(self, candidates: list[tuple[int, str, list[int]]]) -> list[Chosen]:
        """Choose the pages to look at more closely; none when no rule needs it."""
        if not self._probes:
            return []
        return look.choose(candidates, per_template=self._per_template, thorough=self._thorough)

    async def look(self, live: LivePage) -> look.Looked:
        """Look closely at an open page."""
        return await look.look(live, self._probes, engines=[engine.name for engine in engines()])

    def looked(self, taken: Look, result: object) -> Evidence:
        """Judge what a look brought; return what writes it."""
        assert isinstance(result, look.Looked)  # noqa: S101 - what `look` returned
        judgement = look.judge(taken.address, result, self._rules)
        with self._lock:
            fresh = {key: f for key, f in look.pictures_of(judgement.findings).items() if key not in self._pictured}
        pictures = [_picture(finding) for finding in fresh.values()]

        def write(connection: Connection, url_id: int) -> None:
            save_look(connection, self._scan_id, url_id, judgement, pictures=pictures)
            with self._lock:
                self._pictured.update(fresh)

        return write

    def not_looked(self, taken: Look, reason: str) -> Evidence:
        """Return what writes that a page could not be looked at closely."""
        judgement = Judgement((), {}, None, look.rules_not_run(self._rules, reason))

        def write(connection: Connection, url_id: int) -> None:
            save_look(connection, self._scan_id, url_id, judgement)

        return write

    def document(self, found: DocumentFound) -> Evidence:
        """Judge a document; return what writes it."""
        row, judgement, as_statement = documents.judge(found, self._document_criteria, asked=self._checks_documents)

        def write(connection: Connection, url_id: int) -> None:
            save_document(connection, self._scan_id, url_id, row, judgement)
            if as_statement:
                save_statement(connection, self._scan_id, url_id, as_statement)

        return write

    def judge(self, page: Page) -> Judgement:
        """Return all that is found on a page."""
        return self._judge(page).judgement

    def _judge(self, page: Page) -> _Judged:
        with self._lock:
            _, barriers = self._found.pop(id(page), (page, None))
        barriers = barriers or self._look_through(page)
        page_sketch = sketch(barriers.view.soup) if self._probes else ()
        page_facts = facts(barriers.view) if self._compares else None
        states = self._compares and is_statement_page(barriers.view.soup, page.title)
        style = barriers.style
        if style is None:
            judgement = Judgement(barriers.findings, barriers.outcomes, None, barriers.not_run)
            return _Judged(judgement, page_sketch, page_facts, states)
        if style.facts is not None and style.facts.notes:
            page_facts = {**(page_facts or {}), STYLE_FACTS: dict(style.facts.notes)}
        judgement = Judgement(
            barriers.findings + style.findings,
            {**barriers.outcomes, **style.rule_outcomes},
            style.readability,
            {**barriers.not_run, **dict(note.split(": ", 1) for note in style.notes)},
        )
        return _Judged(judgement, page_sketch, page_facts, states)

    def _look_through(self, page: Page) -> _Found:
        view = PageView(page, parse(page.html))
        style = check_style(page, self.guide, soup=view.soup) if self.guide is not None else None
        if not self._wcag:
            return _Found(view, (), {}, {}, style)
        theirs = read_all(page.engines, page.url)
        own = run.check_view(view, self._rules)
        return _Found(
            view,
            without_repeats(without_answered(theirs.findings, view.soup), own.findings, view.soup),
            {**theirs.rule_outcomes, **own.rule_outcomes},
            {**theirs.not_run, **own.not_run},
            style,
        )


def _to_be_seen(style: StyleResult | None) -> Iterator[Finding]:
    """Yield the findings about headings, links and buttons."""
    if style is not None:
        for finding, hit in zip(style.findings, style.hits, strict=True):
            if hit.block.kind in PICTURED_KINDS and finding.target:
                yield finding


def _picture(finding: Finding) -> Picture:
    assert finding.picture is not None  # noqa: S101 - chosen for it
    picture, out = Image.open(io.BytesIO(finding.picture)), io.BytesIO()
    picture.save(out, "PNG", optimize=True)  # here, as most pictures that a probe takes are not kept
    return Picture(finding, "image/png", picture.width, picture.height, out.getvalue())


def engine_scripts(settings: Settings, profile: Profile) -> tuple[EngineScript, ...]:
    """Return the engines to run in the browser. Raises UsageError's kin for an axe file that is none."""
    if "wcag" not in settings.only:
        return ()
    asked = _orders(settings, profile)
    return tuple(engine.prepare(asked) for engine in engines())


def engine_versions(settings: Settings, profile: Profile) -> dict[str, str]:
    """Return the version of each engine by its title. Raises as `engine_scripts` does."""
    is_used, asked = "wcag" in settings.only, _orders(settings, profile)
    return {engine.title: engine.version(asked) if is_used else "not used" for engine in engines()}


def _orders(settings: Settings, profile: Profile) -> Orders:
    files = {AXE: settings.axe_script} if settings.axe_script else {}
    return Orders(profile, files, settings.best_practices)


def rule_infos(settings: Settings, profile: Profile, confidence: str = "high") -> tuple[RuleInfo, ...]:
    """Return every rule a scan with these settings runs; a lower `confidence` adds style rules that no scan runs."""
    infos: list[RuleInfo] = []
    if "wcag" in settings.only:
        infos += catalogue(profile, _orders(settings, profile))
    if "style" in settings.only:
        infos += load_guide(settings.guide, confidence).infos
    return tuple(infos)
