"""Writes a made-up scan of any size into a database: for tests and measurements of what reads one.

Deterministic: the same numbers give the same rows. Titles, addresses and snippets include what a hostile site would
send (`HOSTILE`). The shape follows a council's site: barriers in the header and footer are on every page, a template's
barriers on one section, and the rest on one page each.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from checks.model import Impact, Readability, digest
from store.schema import document, evidence, finding, page, rule, scan, url

HOST = "https://www.oldport.example"
SECTIONS = ("housing", "waste", "schools", "parking", "council", "museum", "jobs", "families", "planning", "news")
BATCH_PAGES = 200

HOSTILE = (
    "<script>alert('curbcut')</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '"><svg onload=alert(3)>',
    "'-alert(4)-'",
    "{{ 7 * 7 }}{% raw %}",
    "=cmd|' /C calc'!A0",
    "\u202etxt.exe\u2066",
    "line\u2028separator\u2029end",
    "\x1b[31mred\x07\x00bell",
    "<!--<script>",
    "W" * 400,
)
HOSTILE_URLS = (
    "javascript:alert(5)",
    "data:text/html,<script>alert(6)</script>",
    'https://www.oldport.example/"onmouseover="alert(7)',
    "https://www.oldport.example/a?next=</script><script>alert(8)</script>",
    "https://www.oldport.example/" + "very-long-path-" * 40,
)


@dataclass(frozen=True, slots=True)
class _Barrier:
    rule: str
    title: str
    impact: Impact | None
    wcag: tuple[str, ...]
    message: str
    snippet: str
    target: tuple[str, ...]
    region: str
    outcome: str = "failed"
    who: str = ""
    how: str = ""
    suggestion: str = ""

    @property
    def engine(self) -> str:
        name = self.rule.split("/")[0]
        return name if name in ("axe", "curbcut") else "style"


ON_EVERY_PAGE = (
    _Barrier(
        "axe/link-name",
        "Links must have words that say where they lead",
        Impact.SERIOUS,
        ("2.4.4", "4.1.2"),
        "This link has no words that a screen reader could say.",
        '<a class="logo" href="/"><img src="/crest.svg" alt=""></a>',
        ("header > a.logo",),
        "header",
        who="People who use a screen reader hear “link” and nothing else. People who use their voice cannot name it.",
        how="Put words into the link, or write in the picture’s alt text where it leads, such as “Oldport home page”.",
    ),
    _Barrier(
        "axe/color-contrast",
        "Text must stand out from its background",
        Impact.SERIOUS,
        ("1.4.3",),
        "This text has a contrast of 3.1 to 1. It needs at least 4.5 to 1.",
        '<a class="legal" href="/privacy">Privacy notice</a>',
        ("footer .legal",),
        "footer",
        who="People with low vision, older people and everyone in bright sunlight cannot read the text.",
        how="Choose a darker text colour or a lighter background until the contrast is at least 4.5 to 1.",
    ),
    _Barrier(
        "curbcut/focus-visible",
        "The focus must be visible",
        None,
        ("2.4.7",),
        "Nothing seems to change when this element takes the focus. Tab to it: can you tell where you are?",
        '<input type="search" name="q" aria-label="Search this site">',
        ("header form", "input[name=q]"),
        "search",
        outcome="cantTell",
        who="People who use a keyboard lose their place on the page.",
        how="Give the focused element an outline of at least 2 pixels in a contrasting colour.",
    ),
)
ON_ONE_SECTION = (
    _Barrier(
        "axe/label",
        "Form fields must have labels",
        Impact.CRITICAL,
        ("4.1.2",),
        "This form field has no label.",
        '<input type="text" id="postcode" placeholder="Postcode">',
        ("#postcode",),
        "main",
        who="People who use a screen reader do not learn what to type. People who use their voice cannot reach it.",
        how='Add a <label for="…"> with the words that stand beside the field.',
    ),
    _Barrier(
        "curbcut/reflow",
        "Content must reflow at 320 pixels",
        Impact.SERIOUS,
        ("1.4.10",),
        "At 320 pixels wide this table is 940 pixels wide, so people who zoom must scroll sideways.",
        '<table class="fees wide"><thead><tr><th>Permit</th><th>Zone A</th>',
        ("main table.fees",),
        "main",
        who="People who enlarge text to 400 % must scroll in two directions to read each line.",
        how="Let the layout shrink: use relative widths, and put wide tables into a box that scrolls by itself.",
    ),
    _Barrier(
        "axe/heading-order",
        "Headings must not skip a level",
        Impact.MODERATE,
        (),
        "This heading jumps from level 2 to level 4.",
        "<h4>Opening hours</h4>",
        ("main h4",),
        "main",
        who="People who jump from heading to heading with a screen reader think that they missed something.",
        how="Use the next heading level down, and change its size in the style sheet.",
    ),
)
ON_ONE_PAGE = (
    _Barrier(
        "axe/image-alt",
        "Pictures must have a text alternative",
        Impact.CRITICAL,
        ("1.1.1",),
        "This picture has no text alternative.",
        '<img src="/media/{n}.jpg" width="640" height="360">',
        ("main figure:nth-child({n}) img",),
        "main",
        who="People who cannot see the picture get no word of it, or hear its file name.",
        how='Write what the picture tells in its alt attribute. Use alt="" if it tells nothing.',
    ),
    _Barrier(
        "axe/color-contrast",
        "Text must stand out from its background",
        None,
        ("1.4.3",),
        "This text lies on a picture, so its contrast cannot be worked out.",
        '<h2 class="over-photo">Story {n}</h2>',
        ("main h2:nth-child({n})",),
        "main",
        outcome="cantTell",
    ),
    _Barrier(
        "govuk/sentence-length",
        "Sentences should be short",
        None,
        (),
        "This sentence has {words} words. Keep sentences under 25 words.",
        "Applicants who are desirous of making an application in respect of permit {n} are required to ensure that …",
        ("main p:nth-child({n})",),
        "main",
        who="Long sentences stop people who read slowly, who read in a second language, or who are in a hurry.",
        how="Say one thing in a sentence. Split it where you would take a breath.",
    ),
    _Barrier(
        "govuk/words-to-avoid",
        "Use everyday words",
        None,
        (),
        "“Commence” is a hard word.",
        "Works will commence on day {n} of the month.",
        ("main li:nth-child({n})",),
        "main",
        who="Everyday words are quicker to read for everybody, experts too.",
        how="Write the word that you would say.",
        suggestion="start",
    ),
    _Barrier(
        "govuk/link-text",
        "Link words say where the link leads",
        None,
        (),
        "“More” may be clear beside its neighbours. Read it alone: does it say where it leads?",
        '<a href="/more/{n}">More</a>',
        ("main a:nth-child({n})",),
        "main",
        outcome="cantTell",
    ),
)
CLEAN_RULES = {
    "axe/html-has-lang": ("passed", ("3.1.1",), "Pages must name their language"),
    "axe/document-title": ("passed", ("2.4.2",), "Pages must have a title"),
    "axe/video-caption": ("inapplicable", ("1.2.2",), "Videos must have captions"),
    "axe/meta-viewport": ("passed", ("1.4.4",), "Zooming must not be switched off"),
}
BARRIERS = (*ON_EVERY_PAGE, *ON_ONE_SECTION, *ON_ONE_PAGE)
NOT_CHECKED = (
    ("page", "failed", "timeout", "No answer after 30 s", None),
    ("page", "failed", "http_status", "404 Not Found", 404),
    ("page", "failed", "tls", "certificate has expired", None),
    ("page", "disallowed", "robots", "Disallow: /intern/", None),
    ("page", "over_limit", "max_depth", "depth 21", None),
    ("page", "out_of_scope", "host", "www.elsewhere.example", None),
    ("page", "not_a_page", "redirect", "", 301),
    ("sitemap", "not_a_page", "sitemap", "", 200),
)


@dataclass(slots=True)
class _Writer:
    """Rows of one batch, and the counters that go on through all of them."""

    scan_id: int
    next_url: int
    random: random.Random
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    n_findings: int = 0

    def add(self, table: str, row: dict[str, Any]) -> None:
        self.rows.setdefault(table, []).append(row)

    def add_url(self, address: str, kind: str, state: str, reason: str = "", detail: str = "", **more: Any) -> int:
        key = self.next_url
        self.next_url += 1
        row = {
            "id": key,
            "scan_id": self.scan_id,
            "url": address,
            "kind": kind,
            "state": state,
            "reason": reason,
            "detail": detail,
            "depth": 0,
            "source": "link",
            "found_on": f"{HOST}/",
            "attempts": 1,
            "http_status": None,
            "content_type": "",
            "redirect_to": "",
        }
        self.add("url", row | more)
        return key

    def flush(self, connection: Connection) -> None:
        for table in (url, page, finding, document):
            rows = self.rows.get(table.name)
            if rows:
                connection.execute(insert(table), rows)
        self.rows.clear()


def write_fake_scan(
    engine: Engine,
    *,
    n_pages: int = 40,
    n_findings: int = 800,
    n_not_checked: int = 30,
    n_documents: int = 12,
    state: str = "complete",
    profile: str = "en301549-v3.2.1",
    seed: int = 1,
) -> int:
    """Write one scan of `n_pages` checked pages and `n_findings` findings; return its id.

    With `state="interrupted"` a few more URLs are left pending and leased. Memory does not grow with the sizes.
    """
    # The generator only makes test data, so that it need not be a secure one.
    writer = _Writer(0, 1, random.Random(seed))  # noqa: S311
    with engine.begin() as connection:
        writer.scan_id = _write_scan(connection, state, profile)
        newest = connection.execute(url.select().order_by(url.c.id.desc()).limit(1)).first()
        writer.next_url = newest.id + 1 if newest else 1
        for number in range(n_pages):
            due = n_findings * (number + 1) // n_pages - n_findings * number // n_pages
            _write_page(writer, number, due)
            if number % BATCH_PAGES == BATCH_PAGES - 1:
                writer.flush(connection)
        _write_rest(writer, n_not_checked, n_documents, state)
        writer.flush(connection)
        if pictures := list(_pictures(connection, writer.scan_id)):
            connection.execute(insert(evidence), pictures)
    return writer.scan_id


def _write_scan(connection: Connection, state: str, profile: str) -> int:
    key = connection.execute(
        insert(scan).values(
            state=state,
            start_urls=[f"{HOST}/"],
            settings={
                "max_pages": 5000,
                "max_depth": 20,
                "max_minutes": None,
                "rate_per_host": 2.0,
                "exclude": ["/intern/*", *HOSTILE],
            },
            versions={"curbcut": "0.1.0", "axe-core": "4.12.1", "browser": "Chromium 156.0", "python": "3.11.7"},
            profile=profile,
            started_at="2026-11-20T08:00:00Z",
            finished_at=None if state == "interrupted" else "2026-11-20T08:24:10Z",
            elapsed_s=1450.2,
            notes=["robots.txt asks for 2 seconds between pages; the scan kept to it.", HOSTILE[0]],
        )
    ).inserted_primary_key
    assert key is not None  # noqa: S101 - a row just written has one
    scan_id = int(key[0])
    infos = {b.rule: b for b in reversed(BARRIERS)}
    rows = [
        {
            "id": b.rule,
            "engine": b.engine,
            "kind": "style" if b.engine == "style" else "engine",
            "title": b.title,
            "description": b.title + ".",
            "who": b.who,
            "how": b.how,
            "wcag": list(b.wcag),
            "impact": b.impact,
            "help_url": f"https://rules.example/{b.rule}",
            "sources": ["https://www.w3.org/TR/WCAG22/", HOSTILE_URLS[0]],
            "guide": "govuk" if b.engine == "style" else "",
        }
        for b in infos.values()
    ]
    for rule_id, (_, wcag, title) in CLEAN_RULES.items():
        rows.append(rows[0] | {"id": rule_id, "engine": "axe", "kind": "engine", "title": title, "wcag": list(wcag)})
    connection.execute(insert(rule), [row | {"scan_id": scan_id} for row in rows])
    return scan_id


def _write_page(writer: _Writer, number: int, n_findings: int) -> None:
    section = SECTIONS[number % len(SECTIONS)]
    address = f"{HOST}/{section}/{number}" if number else f"{HOST}/"
    title = f"{section.capitalize()}: what you need to know, part {number}" if number else "Oldport city council"
    if number % 13 == 5:
        title, address = HOSTILE[number % len(HOSTILE)], f"{address}?{HOSTILE[number % len(HOSTILE)]}"
    lang = ("en", "fr", "xx-<b>", "")[number % 7 % 4] if number % 7 < 4 else "en"
    key = writer.add_url(address, "page", "checked", depth=number % 6, http_status=200, content_type="text/html")
    counts: Counter[str] = Counter()
    outcomes = {rule_id: outcome for rule_id, (outcome, _, _) in CLEAN_RULES.items()}
    outcomes |= {b.rule: "passed" for b in BARRIERS}
    for barrier, component in _barriers(number, section, n_findings):
        writer.n_findings += 1
        is_style = barrier.engine == "style" and barrier.outcome == "failed"
        kind = "style" if is_style else barrier.outcome
        counts[kind] += 1
        outcomes[barrier.rule] = barrier.outcome
        writer.add("finding", _finding(writer, key, barrier, component))
    writer.add(
        "page",
        {
            "url_id": key,
            "scan_id": writer.scan_id,
            "final_url": address,
            "title": title,
            "lang": lang,
            "content_hash": digest(address),
            "same_as": f"{HOST}/" if number % 50 == 49 else "",
            "rule_outcomes": outcomes,
            "not_run": {"axe/video-caption": "The frame did not answer."} if number % 40 == 7 else {},
            "cut_short": ["Waited 10 s for the page to come to rest."] if number % 40 == 8 else [],
            "readability": _readability(writer.random, lang, number),
            "n_failed": counts["failed"],
            "n_cant_tell": counts["cantTell"],
            "n_style": counts["style"],
            "elapsed_ms": 180 + number % 90,
        },
    )


def _barriers(number: int, section: str, n_findings: int) -> Iterator[tuple[_Barrier, str]]:
    """Yield the page's findings with what names their component: the site's frame, a section, or the page."""
    for index in range(n_findings):
        if index < len(ON_EVERY_PAGE):
            yield ON_EVERY_PAGE[index], "frame"
        elif index < len(ON_EVERY_PAGE) + len(ON_ONE_SECTION):
            yield ON_ONE_SECTION[index - len(ON_EVERY_PAGE)], section
        else:
            yield ON_ONE_PAGE[index % len(ON_ONE_PAGE)], f"page {number} place {index // 8}"


def _finding(writer: _Writer, url_id: int, barrier: _Barrier, component: str) -> dict[str, Any]:
    n = writer.n_findings
    snippet = barrier.snippet.replace("{n}", str(n))
    if n % 97 == 5:
        snippet = HOSTILE[n // 97 % len(HOSTILE)]
    shared = component == "frame" or component in SECTIONS
    return {
        "scan_id": writer.scan_id,
        "url_id": url_id,
        "rule": barrier.rule,
        "engine": barrier.engine,
        "outcome": barrier.outcome,
        "impact": barrier.impact,
        "wcag": list(barrier.wcag),
        "message": barrier.message.replace("{words}", str(26 + n % 30)),
        "message_id": barrier.outcome,
        "arguments": {},
        "target": [step.replace("{n}", str(n)) for step in barrier.target],
        "snippet": snippet,
        "fingerprint": digest(barrier.rule, component, "" if shared else str(n)),
        "component": digest(barrier.rule, component),
        "region": barrier.region,
        "suggestion": barrier.suggestion,
        "span_start": 11 if barrier.suggestion else None,
        "span_end": 19 if barrier.suggestion else None,
    }


def _readability(source: random.Random, lang: str, number: int) -> dict[str, Any] | None:
    if number % 30 == 11:
        return None
    words = source.randint(40, 2500)
    per_sentence = round(source.triangular(8, 34, 16), 1)
    known = lang in ("en", "fr")
    return asdict(
        Readability(
            lang=lang if known else "",
            words=words,
            sentences=max(1, round(words / per_sentence)),
            words_per_sentence=per_sentence,
            grade=round(per_sentence * 0.6, 1) if lang == "en" else None,
            reading_ease=round(110 - per_sentence * 2.4, 1) if known else None,
            formula={"en": "Flesch-Kincaid and Dale-Chall", "fr": "Kandel-Moles"}.get(lang, ""),
            school_age="14 to 15" if lang == "en" else "",
            no_score_reason="" if known else "There is no formula for this language.",
        )
    )


def _write_rest(writer: _Writer, n_not_checked: int, n_documents: int, state: str) -> None:
    for number in range(n_not_checked):
        kind, url_state, reason, detail, status = NOT_CHECKED[number % len(NOT_CHECKED)]
        address = f"{HOST}/old/{number}"
        if number < len(HOSTILE_URLS):
            address = HOSTILE_URLS[number]
        more = {
            "attempts": 1 + number % 3,
            "found_on": f"{HOST}/services-for-residents/{'andsoon' * 8}{number % 9}/",
        }
        if reason == "redirect":
            detail = more["redirect_to"] = f"{HOST}/new/{number}"
        writer.add_url(address, kind, url_state, reason, detail, http_status=status, **more)
    for number in range(n_documents):
        form = ("pdf", "docx", "ods")[number % 3]
        address = f"{HOST}/files/budget-{number}.{form}"
        key = writer.add_url(address, "document", "not_a_page", "document")
        size = None if number % 5 == 4 else 24_000 * (number + 1)
        row = {"url_id": key, "scan_id": writer.scan_id, "format": form, "size_bytes": size, "found_on": f"{HOST}/"}
        writer.add("document", row)
    if state == "interrupted":
        for number in range(9):
            writer.add_url(f"{HOST}/waiting/{number}", "page", ("pending", "leased")[number % 5 == 0])


def _pictures(connection: Connection, scan_id: int) -> Iterator[dict[str, Any]]:
    """Yield a picture of the first finding of each barrier that many pages share."""
    shared = [(b, "frame") for b in ON_EVERY_PAGE] + [(b, s) for b in ON_ONE_SECTION for s in SECTIONS[:4]]
    width, height = 480, 160
    for barrier, component in shared:
        query = select(func.min(finding.c.id)).where(
            finding.c.scan_id == scan_id,
            finding.c.rule == barrier.rule,
            finding.c.component == digest(barrier.rule, component),
        )
        first = connection.execute(query).scalar_one()
        if first is not None:
            yield {
                "finding_id": first,
                "scan_id": scan_id,
                "media_type": "image/png",
                "width": width,
                "height": height,
                "data": box_png(width, height),
            }


def box_png(width: int, height: int) -> bytes:
    """Return a PNG of a pale page with a dark block in a red outline: what a cropped screenshot looks like."""
    pale, dark, red = b"\xf3\xf4\xf6", b"\x50\x5a\x66", b"\xd0\x10\x20"
    left, right, top, bottom = width // 4, width * 3 // 4, height // 3, height * 2 // 3
    edge = 3

    def pixel(x: int, y: int) -> bytes:
        if not (left <= x < right and top <= y < bottom):
            return pale
        on_edge = min(x - left, right - 1 - x, y - top, bottom - 1 - y) < edge
        return red if on_edge else dark

    rows = b"".join(b"\x00" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
