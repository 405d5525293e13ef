"""The tables of one Curbcut database: the ledger of URLs, what was found on them, and what the rules mean.

Same schema on SQLite (one file a scan by default) and PostgreSQL. Changes go through Alembic (`store/migrations`).
A URL's state and its evidence are rows of one database so that one transaction can change both.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    JSON,
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
    Column("id", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("start_urls", JSON, nullable=False),  # list[str], canonical
    Column("settings", JSON, nullable=False),  # every setting in force, no secrets
    Column("versions", JSON, nullable=False),  # {"curbcut": ..., "axe-core": ..., "browser": ..., "python": ...}
    Column("profile", Text, nullable=False),  # checks/standards profile id, such as en301549-v3.2.1
    Column("started_at", Text, nullable=False),  # ISO 8601, UTC
    Column("finished_at", Text),
    Column("elapsed_s", Float, nullable=False, default=0.0),  # time spent running, over all resumes
    Column("notes", JSON, nullable=False, default=list),  # list[str]: what a reader must know, in plain words
    CheckConstraint(f"state IN ({_values(ScanState)})", name="state"),
)

url = Table(
    "url",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False),
    Column("url", Text, nullable=False),  # canonical: what makes two addresses the same
    Column("address", Text, nullable=False, default=""),  # as first found, and so as fetched; empty: same as url
    Column("kind", Text, nullable=False),  # page | document | sitemap: how it is fetched
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),  # a code: see store.reasons
    Column("detail", Text, nullable=False, default=""),  # the particulars, one line of plain text
    Column("depth", Integer, nullable=False, default=0),  # links away from a start URL
    Column("source", Text, nullable=False),  # start | sitemap | link | redirect
    Column("found_on", Text, nullable=False, default=""),  # the URL whose page or sitemap named it first
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Float, nullable=False, default=0.0),  # Unix time, s: a retry waits until then
    Column("http_status", Integer),
    Column("content_type", Text, nullable=False, default=""),
    Column("redirect_to", Text, nullable=False, default=""),
    Column("finished_at", Text),
    UniqueConstraint("scan_id", "url"),
    CheckConstraint(f"state IN ({_values(State)})", name="state"),
    Index("ix_url_queue", "scan_id", "state", "depth", "id"),
)

page = Table(
    "page",
    metadata,
    Column("url_id", ForeignKey("url.id", ondelete="CASCADE"), primary_key=True),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("final_url", Text, nullable=False),
    Column("title", Text, nullable=False, default=""),
    Column("lang", Text, nullable=False, default=""),
    Column("content_hash", Text, nullable=False, default=""),
    Column("same_as", Text, nullable=False, default=""),  # rel=canonical where it names another page
    Column("rule_outcomes", JSON, nullable=False),  # {"axe/image-alt": "failed", ...}: every rule that ran
    Column("not_run", JSON, nullable=False),  # {"rule": "why"}: every rule that should have run and did not
    Column("cut_short", JSON, nullable=False),  # list[str]: bounds that ended a wait or a list early
    Column("readability", JSON),  # checks.model.Readability as a dict, or null
    Column("n_failed", Integer, nullable=False, default=0),
    Column("n_cant_tell", Integer, nullable=False, default=0),
    Column("n_style", Integer, nullable=False, default=0),  # failed findings of the style engine
    Column("elapsed_ms", Integer, nullable=False, default=0),
)

rule = Table(
    "rule",
    metadata,
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("engine", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False, default=""),
    Column("who", Text, nullable=False, default=""),
    Column("how", Text, nullable=False, default=""),
    Column("wcag", JSON, nullable=False),
    Column("impact", Text),
    Column("help_url", Text, nullable=False, default=""),
    Column("sources", JSON, nullable=False),
    Column("guide", Text, nullable=False, default=""),
)

finding = Table(
    "finding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False),
    Column("url_id", ForeignKey("url.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("rule", Text, nullable=False),
    Column("engine", Text, nullable=False),  # axe | curbcut | style
    Column("outcome", Text, nullable=False),  # failed | cantTell
    Column("impact", Text),
    Column("wcag", JSON, nullable=False),  # list[str]
    Column("message", Text, nullable=False),
    Column("message_id", Text, nullable=False, default=""),
    Column("arguments", JSON, nullable=False),
    Column("target", JSON, nullable=False),  # list[str]: selector path
    Column("snippet", Text, nullable=False, default=""),
    Column("fingerprint", Text, nullable=False),
    Column("component", Text, nullable=False),
    Column("region", Text, nullable=False, default=""),
    Column("suggestion", Text, nullable=False, default=""),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Index("ix_finding_issue", "scan_id", "rule", "component", "outcome"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("component", Text, primary_key=True),
    Column("url", Text, nullable=False),  # the page the picture was taken on
    Column("media_type", Text, nullable=False),  # image/png | image/jpeg | image/webp
    Column("width", Integer, nullable=False),  # CSS pixels
    Column("height", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("url_id", ForeignKey("url.id", ondelete="CASCADE"), primary_key=True),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("format", Text, nullable=False),  # pdf | docx | odt | ...
    Column("size_bytes", Integer),
    Column("found_on", Text, nullable=False, default=""),
)
