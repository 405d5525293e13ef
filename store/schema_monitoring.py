"""The tables around scans: the register of sites, and samples drawn from it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    Table,
    Text,
)

from store.schema import metadata

__all__ = [
    "metadata", "register_import", "sample", "sample_change", "sample_scan", "sample_site", "site",
    "site_change",
]  # fmt: skip

site = Table(
    "site",
    metadata,
    Column("id", Integer, primary_key=True, doc="The site's number in this register."),
    Column("key", Text, nullable=False, unique=True, doc="What makes two sites the same: host and path, no scheme."),
    Column("url", Text, nullable=False, doc="The address of its home page, in canonical spelling."),
    Column("address", Text, nullable=False, doc="The address as it was written."),
    Column("name", Text, nullable=False, doc="The site's name; may be empty."),
    Column("body", Text, nullable=False, doc="The public sector body."),
    Column("level", Text, nullable=False, doc="The category: `a` state, `b` regional, `c` local, `d` other bodies."),
    Column("services", JSON, nullable=False, doc="List of text: the Decision's services that it offers, sorted."),
    Column("nuts", Text, nullable=False, doc="NUTS code; may be empty."),
    Column("lau", Text, nullable=False, doc="LAU code; may be empty."),
    Column("operator", Text, nullable=False, doc="Who runs it; may be empty."),
    Column("contact", Text, nullable=False, doc="Whom to write to; may be empty."),
    Column("nominated_by", Text, nullable=False, doc="The stakeholders that asked for it; empty if none."),
    Column("is_listed", Boolean, nullable=False, doc="False once the site has left the register."),
    Column("added_at", Text, nullable=False, doc="When it came in: ISO 8601, UTC."),
    Column("changed_at", Text, nullable=False, doc="When it last changed, the same way."),
    CheckConstraint("level IN ('a', 'b', 'c', 'd')", name="level"),
    info={"doc": "The register: one row for each site of a public sector body."},
)

register_import = Table(
    "register_import",
    metadata,
    Column("id", Integer, primary_key=True, doc="The import's number."),
    Column("at", Text, nullable=False, doc="When: ISO 8601, UTC."),
    Column("who", Text, nullable=False, doc="Who imported."),
    Column("file", Text, nullable=False, doc="The file's name."),
    Column("sha256", Text, nullable=False, doc="Digest of the file."),
    Column("counts", JSON, nullable=False, doc="Object: rows added, changed, unchanged, refused, and sites left out."),
    info={"doc": "One row for each file that was imported into the register."},
)

site_change = Table(
    "site_change",
    metadata,
    Column("id", Integer, primary_key=True, doc="The change's number."),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), nullable=False, index=True, doc="The site."),
    Column("import_id", ForeignKey("register_import.id"), nullable=False, index=True, doc="The import that made it."),
    Column("what", Text, nullable=False, doc="`added`, `changed`, `left out` or `back`."),
    Column("before", JSON, nullable=False, doc="Object: the fields that changed, as they were."),
    Column("after", JSON, nullable=False, doc="Object: the same fields, as they became."),
    info={"doc": "The register's history: one row for each site that an import added or changed."},
)

sample = Table(
    "sample",
    metadata,
    Column("id", Integer, primary_key=True, doc="The sample's number."),
    Column("name", Text, nullable=False, unique=True, doc="The name by which commands know it."),
    Column("year", Integer, nullable=False, doc="The year of monitoring."),
    Column("period", Integer, nullable=False, doc="The monitoring period's number."),
    Column("method", Text, nullable=False, doc="`simplified` or `in-depth`."),
    Column("population", Integer, nullable=False, doc="Inhabitants of the Member State."),
    Column("seed", Integer, nullable=False, doc="The number from which the choice follows."),
    Column("drawn_at", Text, nullable=False, doc="When it was drawn: ISO 8601, UTC."),
    Column("drawn_by", Text, nullable=False, doc="Who drew it."),
    Column("facts", JSON, nullable=False, doc="Object: sizes, shares and settings of the drawing."),
    Column("notes", JSON, nullable=False, doc="List of text: what could not be met, and why."),
    CheckConstraint("method IN ('simplified', 'in-depth')", name="method"),
    info={"doc": "One row for each sample of sites."},
)

sample_site = Table(
    "sample_site",
    metadata,
    Column("sample_id", ForeignKey("sample.id", ondelete="CASCADE"), primary_key=True, doc="The sample."),
    Column("site_id", ForeignKey("site.id"), primary_key=True, doc="The site."),
    Column("position", Integer, nullable=False, doc="Its place in the sample's list."),
    Column("is_in", Boolean, nullable=False, doc="False for a site that a person has replaced."),
    Column("is_recurring", Boolean, nullable=False, doc="Whether it was in the sample of the period before."),
    Column("reason", Text, nullable=False, doc="Why it was chosen, in plain words."),
    Column("site", JSON, nullable=False, doc="Object: the site's row in the register when it was chosen."),
    info={"doc": "One row for each site of a sample."},
)

sample_scan = Table(
    "sample_scan",
    metadata,
    Column("sample_id", ForeignKey("sample.id", ondelete="CASCADE"), primary_key=True, doc="The sample."),
    Column("site_id", ForeignKey("site.id"), primary_key=True, doc="The site."),
    Column("scan_id", ForeignKey("scan.id", ondelete="CASCADE"), nullable=False, index=True, doc="Its scan."),
    Column("folder", Text, nullable=False, doc="The folder of the scan that it was copied from."),
    Column("number", Integer, nullable=False, doc="The scan's number in that folder's database."),
    Column("collected_at", Text, nullable=False, doc="When: ISO 8601, UTC."),
    info={"doc": "One row for each scan that `curbcut campaign collect` has copied into this database."},
)

sample_change = Table(
    "sample_change",
    metadata,
    Column("id", Integer, primary_key=True, doc="The change's number."),
    Column("sample_id", ForeignKey("sample.id", ondelete="CASCADE"), nullable=False, index=True, doc="The sample."),
    Column("at", Text, nullable=False, doc="When: ISO 8601, UTC."),
    Column("who", Text, nullable=False, doc="Who replaced it."),
    Column("removed_id", ForeignKey("site.id"), nullable=False, doc="The site that left."),
    Column("added_id", ForeignKey("site.id"), nullable=False, doc="The site that came."),
    Column("reason", Text, nullable=False, doc="Why, in that person's words."),
    info={"doc": "One row for each site of a sample that a person replaced."},
)
