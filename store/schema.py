"""The tables of one Curbcut database: the ledger of URLs, what was found on them, and what the rules mean.

Same schema on SQLite (one file a scan by default) and PostgreSQL. Changes go through Alembic (`store/migrations`).
A URL's state and its evidence are rows of one database so that one transaction can change both.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class State(StrEnum):
    """Where a URL stands. All but the first two are final, and every URL of a finished scan is in one of those."""

    PENDING = "pending"
    LEASED = "leased"
    CHECKED = "checked"
    NOT_A_PAGE = "not_a_page"
    OUT_OF_SCOPE = "out_of_scope"
    DISALLOWED = "disallowed"
    FAILED = "failed"
    OVER_LIMIT = "over_limit"


FINAL_STATES = tuple(s for s in State if s not in (State.PENDING, State.LEASED))


class ScanState(StrEnum):
    """How a scan stands or ended."""

    RUNNING = "running"
    INTERRUPTED = "interrupted"
    LIMITED = "limited"
    COMPLETE = "complete"


def _values(states: type[StrEnum]) -> str:
    return ", ".join(f"'{s}'" for s in states)


scan = Table(
    "scan",
    metadata,
    Column("id", Integer, primary_key=True, doc="The scan's number in this database; the newest is the highest."),
    Column("state", Text, nullable=False, doc="One of the scan states below."),
    Column("start_urls", JSON, nullable=False, doc="List of text: the start addresses in canonical spelling."),
    Column("settings", JSON, nullable=False, doc="Object: every setting in force, without passwords."),
    Column(
        "versions",
        JSON,
        nullable=False,
        doc="Object: the version of each part, such as `curbcut`, `axe-core`, `browser` and `python`.",
    ),
    Column("profile", Text, nullable=False, doc="Id of the standard checked against, such as `en301549-v3.2.1`."),
    Column("started_at", Text, nullable=False, doc="When it started: ISO 8601, UTC."),
    Column("finished_at", Text, doc="When it ended, the same way; null while it runs."),
    Column("elapsed_s", Float, nullable=False, default=0.0, doc="Seconds spent running, over all resumes."),
    Column("notes", JSON, nullable=False, default=list, doc="List of text: what a reader must know, in plain words."),
    CheckConstraint(f"state IN ({_values(ScanState)})", name="state"),
    info={"doc": "One scan: what was asked for, with what it was done, and how it ended."},
)

url = Table(
    "url",
    metadata,
    Column("id", Integer, primary_key=True, doc="The address's number; rows are fetched in this order within a depth."),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, doc="The scan."),
    Column("url", Text, nullable=False, doc="The canonical spelling: what makes two addresses the same."),
    Column(
        "address",
        Text,
        nullable=False,
        default="",
        doc="As first found, and so as fetched; empty if the same as `url`.",
    ),
    Column("kind", Text, nullable=False, doc="How it is fetched: `page`, `document` or `sitemap`."),
    Column("state", Text, nullable=False, doc="One of the states below."),
    Column("reason", Text, nullable=False, default="", doc="A code for why it is in that state: see reasons.md."),
    Column("detail", Text, nullable=False, default="", doc="The particulars, one line of plain text."),
    Column("depth", Integer, nullable=False, default=0, doc="Links away from a start address."),
    Column("source", Text, nullable=False, doc="How it was met: `start`, `sitemap`, `link` or `redirect`."),
    Column("found_on", Text, nullable=False, default="", doc="The address whose page or sitemap named it first."),
    Column("attempts", Integer, nullable=False, default=0, doc="How often it was tried."),
    Column("not_before", Float, nullable=False, default=0.0, doc="Unix time in seconds: a retry waits until then."),
    Column("http_status", Integer, doc="The server's answer, such as 200; null if there was none."),
    Column("content_type", Text, nullable=False, default="", doc="The media type that the server gave."),
    Column("redirect_to", Text, nullable=False, default="", doc="Where it leads, if it only leads elsewhere."),
    Column("finished_at", Text, doc="When it reached its final state: ISO 8601, UTC; null before."),
    UniqueConstraint("scan_id", "url"),
    CheckConstraint(f"state IN ({_values(State)})", name="state"),
    Index("ix_url_queue", "scan_id", "state", "depth", "id"),
    info={"doc": "The ledger: one row for every address that the scan met, in one state each."},
)

page = Table(
    "page",
    metadata,
    Column("url_id", ForeignKey("url.id", ondelete="CASCADE"), primary_key=True, doc="The address."),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, index=True, doc="The scan."),
    Column("final_url", Text, nullable=False, doc="The address that the browser showed in the end."),
    Column("title", Text, nullable=False, default="", doc="The page's title."),
    Column("lang", Text, nullable=False, default="", doc="The language that the page says it is in."),
    Column(
        "content_hash",
        Text,
        nullable=False,
        default="",
        doc="Digest of the rendered HTML: the same for pages that are the same.",
    ),
    Column(
        "same_as", Text, nullable=False, default="", doc="The address in `rel=canonical`, where it names another page."
    ),
    Column(
        "rule_outcomes",
        JSON,
        nullable=False,
        doc='Object: each rule that ran and its outcome, such as `"axe/image-alt": "failed"`.',
    ),
    Column("not_run", JSON, nullable=False, doc="Object: each rule that should have run and did not, and why."),
    Column("cut_short", JSON, nullable=False, doc="List of text: bounds that ended a wait or a list early."),
    Column("readability", JSON, doc="Object: the text in numbers; null if it was not measured."),
    Column("n_failed", Integer, nullable=False, default=0, doc="Failures found by axe-core and our own rules."),
    Column("n_cant_tell", Integer, nullable=False, default=0, doc="Findings that a person must look at."),
    Column("n_style", Integer, nullable=False, default=0, doc="Failures found by the style rules."),
    Column("elapsed_ms", Integer, nullable=False, default=0, doc="Milliseconds from opening to capture."),
    Column("sketch", JSON, doc="List of numbers: the page's structure, to tell which pages share a template."),
    Column("facts", JSON, doc="Object: what rules that compare pages need to know of this one."),
    info={"doc": "One row for each checked page."},
)

look = Table(
    "look",
    metadata,
    Column("url_id", ForeignKey("url.id", ondelete="CASCADE"), primary_key=True, doc="The address."),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, index=True, doc="The scan."),
    Column("state", Text, nullable=False, doc="`pending`, `leased`, `checked` or `failed`."),
    Column("why", Text, nullable=False, default="", doc="Why this page was chosen, in plain words."),
    Column("detail", Text, nullable=False, default="", doc="What went wrong, if it failed: one line of plain text."),
    Column("attempts", Integer, nullable=False, default=0, doc="How often it was tried."),
    Column("elapsed_ms", Integer, nullable=False, default=0, doc="Milliseconds that it took."),
    CheckConstraint("state IN ('pending', 'leased', 'checked', 'failed')", name="state"),
    info={"doc": "One row for each page that was looked at more closely: keys, pointer, other window sizes, pixels."},
)

choice = Table(
    "choice",
    metadata,
    Column("url_id", ForeignKey("url.id", ondelete="CASCADE"), primary_key=True, doc="The address."),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, index=True, doc="The scan."),
    Column("position", Integer, nullable=False, doc="Its place in the choice, from 0."),
    Column("why", Text, nullable=False, doc="Why it was chosen, in plain words."),
    Column(
        "instead_of",
        Text,
        nullable=False,
        default="",
        doc="The chosen page that could not be checked, if it stands for one.",
    ),
    info={"doc": "One row for each page that was chosen by the site's size (`--by-size`)."},
)

rule = Table(
    "rule",
    metadata,
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), primary_key=True, doc="The scan."),
    Column("id", Text, primary_key=True, doc="The rule's id, such as `axe/image-alt`."),
    Column("engine", Text, nullable=False, doc="What runs it: `axe`, `curbcut` or `style`."),
    Column(
        "kind",
        Text,
        nullable=False,
        doc="What it needs: `engine`, `page`, `rendered`, `site`, `document` or `style`; or `best-practice`.",
    ),
    Column("title", Text, nullable=False, doc="What must hold, in one line."),
    Column("description", Text, nullable=False, default="", doc="What is wrong where it does not hold."),
    Column("who", Text, nullable=False, default="", doc="Whom it hinders."),
    Column("how", Text, nullable=False, default="", doc="How to mend it."),
    Column("wcag", JSON, nullable=False, doc="List of text: numbers of the success criteria."),
    Column("impact", Text, doc="`critical`, `serious`, `moderate`, `minor`, or null."),
    Column("help_url", Text, nullable=False, default="", doc="Where to read more."),
    Column("sources", JSON, nullable=False, doc="List of text: what the rule rests on."),
    Column("guide", Text, nullable=False, default="", doc="The style guide it belongs to; empty for other rules."),
    info={"doc": "The rules of a scan, as they were when it ran: a report needs nothing else."},
)

finding = Table(
    "finding",
    metadata,
    Column("id", Integer, primary_key=True, doc="The finding's number in this database."),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, doc="The scan."),
    Column(
        "url_id", ForeignKey("url.id", ondelete="CASCADE"), nullable=False, index=True, doc="The address of the page."
    ),
    Column("rule", Text, nullable=False, doc="The rule's id."),
    Column("engine", Text, nullable=False, doc="What found it: `axe`, `curbcut` or `style`."),
    Column(
        "outcome",
        Text,
        nullable=False,
        doc="`failed`: a barrier. `cantTell`: a person must look. `bestPractice`: no failure.",
    ),
    Column("impact", Text, doc="`critical`, `serious`, `moderate`, `minor`, or null."),
    Column("wcag", JSON, nullable=False, doc="List of text: numbers of the success criteria."),
    Column("message", Text, nullable=False, doc="What is wrong, or what to look at."),
    Column("message_id", Text, nullable=False, default="", doc="Which of the rule's messages it is."),
    Column("arguments", JSON, nullable=False, doc="Object: what was put into the message."),
    Column(
        "target",
        JSON,
        nullable=False,
        doc="List of text: selectors that lead to the element, outer to inner, through frames and shadow roots.",
    ),
    Column("snippet", Text, nullable=False, default="", doc="The element's code or the words; cut short if long."),
    Column("fingerprint", Text, nullable=False, doc="Names the same finding in a later scan."),
    Column(
        "component",
        Text,
        nullable=False,
        doc="Names the part of the site that one mend would reach: with `rule` it makes an issue.",
    ),
    Column("region", Text, nullable=False, default="", doc="The part of the page, such as `header` or `main`."),
    Column("suggestion", Text, nullable=False, default="", doc="What to put instead, where the rule knows."),
    Column("span_start", Integer, doc="For words: where they start in the text of the target's block; else null."),
    Column("span_end", Integer, doc="For words: where they end; else null."),
    Column(
        "state",
        Text,
        nullable=False,
        default="",
        server_default=text("''"),
        doc="The page's state: empty as it opens, `behind the banner` once a notice over it has been put away.",
    ),
    Index("ix_finding_issue", "scan_id", "rule", "component", "outcome"),
    info={"doc": "One row for each failure and each question to a person, on one place of one page."},
)

evidence = Table(
    "evidence",
    metadata,
    Column("finding_id", ForeignKey("finding.id", ondelete="CASCADE"), primary_key=True, doc="The finding it shows."),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, index=True, doc="The scan."),
    Column("media_type", Text, nullable=False, doc="`image/png`, `image/jpeg` or `image/webp`."),
    Column("width", Integer, nullable=False, doc="Width in CSS pixels."),
    Column("height", Integer, nullable=False, doc="Height in CSS pixels."),
    Column("data", LargeBinary, nullable=False, doc="The picture itself."),
    info={"doc": "One picture for each issue: that of the finding that is its example, cropped."},
)

document = Table(
    "document",
    metadata,
    Column("url_id", ForeignKey("url.id", ondelete="CASCADE"), primary_key=True, doc="The address."),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, index=True, doc="The scan."),
    Column("format", Text, nullable=False, doc="`pdf`, `docx`, `odt` and so on."),
    Column(
        "reason",
        Text,
        nullable=False,
        default="not_asked",
        doc="A code for why it was not checked (see reasons.md); empty if it was.",
    ),
    Column("detail", Text, nullable=False, default="", doc="The particulars of that, in one line."),
    Column("title", Text, nullable=False, default="", doc="The title in its properties."),
    Column("lang", Text, nullable=False, default="", doc="The language that it says it is in."),
    Column("pages", Integer, doc="Pages, slides, sheets or chapters; null if not known."),
    Column("words", Integer, nullable=False, default=0, doc="Words of text, about."),
    Column("tagged", Boolean, doc="Whether a PDF has tags; null for other formats."),
    Column("producer", Text, nullable=False, default="", doc="The program that made it."),
    Column(
        "rule_outcomes",
        JSON,
        nullable=False,
        default=dict,
        doc="Object: each rule that ran and its outcome.",
    ),
    Column(
        "not_run",
        JSON,
        nullable=False,
        default=dict,
        doc="Object: each rule or part of the file that was left out, and why.",
    ),
    Column("n_failed", Integer, nullable=False, default=0, doc="Failures found in it."),
    Column("n_cant_tell", Integer, nullable=False, default=0, doc="Questions for a person."),
    Column("size_bytes", Integer, doc="Size, where it is known; else null."),
    Column("found_on", Text, nullable=False, default="", doc="The page that named it first."),
    info={"doc": "One row for each document met, such as a PDF."},
)

statement = Table(
    "statement",
    metadata,
    Column("url_id", ForeignKey("url.id", ondelete="CASCADE"), primary_key=True, doc="The address."),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, index=True, doc="The scan."),
    Column("html", Text, nullable=False, doc="The page as rendered, or a PDF as a page, to be read again."),
    info={"doc": "One row for each page or PDF that is an accessibility statement."},
)

statement_check = Table(
    "statement_check",
    metadata,
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), primary_key=True, doc="The scan."),
    Column("url", Text, primary_key=True, doc="The statement's address; empty if none was found."),
    Column("position", Integer, primary_key=True, doc="The check's place in the list of checks, from 0."),
    Column("check_id", Text, nullable=False, doc="The check's id, such as `S-26`."),
    Column("part", Text, nullable=False, doc="The part of the statement that it is about."),
    Column("title", Text, nullable=False, doc="What must hold, in one line."),
    Column("outcome", Text, nullable=False, doc="`passed`, `failed`, `cantTell`, `inapplicable` or `untested`."),
    Column("message", Text, nullable=False, doc="Why, in one sentence."),
    Column("quote", Text, nullable=False, default="", doc="What the statement says there; cut short if long."),
    Column("how", Text, nullable=False, default="", doc="What to do if it fails."),
    Column(
        "unverified", Boolean, nullable=False, default=False, doc="Whether it rests on words that nobody has verified."
    ),
    info={"doc": "One row for each check of each accessibility statement; of none, where none was found."},
)

verdict = Table(
    "verdict",
    metadata,
    Column("rule", Text, primary_key=True, doc="The rule's id."),
    Column("fingerprint", Text, primary_key=True, doc="The finding's fingerprint: the verdict holds in later scans."),
    Column("outcome", Text, nullable=False, doc="What a person decided: `passed`, `failed` or `inapplicable`."),
    Column("note", Text, nullable=False, default="", doc="Why."),
    Column("name", Text, nullable=False, doc="Who decided."),
    Column("decided_at", Text, nullable=False, doc="When: ISO 8601, UTC."),
    CheckConstraint("outcome IN ('passed', 'failed', 'inapplicable')", name="outcome"),
    info={"doc": "One row for each question that a person has answered. It belongs to no scan: a later one uses it."},
)

settled = Table(
    "settled",
    metadata,
    Column("id", Integer, primary_key=True, doc="The row's number."),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, index=True, doc="The scan."),
    Column("rule", Text, nullable=False, doc="The rule's id."),
    Column("fingerprint", Text, nullable=False, doc="The finding's fingerprint."),
    Column("row", JSON, nullable=False, doc="Object: the row of `finding` that it was."),
    info={
        "doc": "Questions that a person has answered with `passed` or `inapplicable`: they are no findings any more."
    },
)
