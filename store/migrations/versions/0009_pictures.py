"""The finding that a picture shows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FINDING = sa.table(
    "finding",
    *map(sa.column, ("id", "scan_id", "url_id", "rule", "component", "outcome")),
    sa.column("target", sa.JSON()),
)
PAGE = sa.table("page", sa.column("url_id"), sa.column("final_url"))
EVIDENCE = sa.table("evidence", *map(sa.column, ("finding_id", "scan_id", "rule", "component", "url", "media_type")))


def upgrade() -> None:
    """Name the finding of each picture instead of its group and its page."""
    op.add_column("evidence", sa.Column("finding_id", sa.Integer(), nullable=True))
    connection = op.get_bind()
    for row in connection.execute(sa.select(EVIDENCE)).all():
        shown = _shown(connection, row)
        same = (EVIDENCE.c.scan_id == row.scan_id, EVIDENCE.c.rule == row.rule, EVIDENCE.c.component == row.component)
        change = sa.delete(EVIDENCE) if shown is None else sa.update(EVIDENCE).values(finding_id=shown)
        connection.execute(change.where(*same))
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint("pk_evidence", type_="primary")
        for name in ("rule", "component", "url"):
            batch.drop_column(name)
        batch.alter_column("finding_id", existing_type=sa.Integer(), nullable=False)
        batch.create_primary_key("pk_evidence", ["finding_id"])
        batch.create_foreign_key(
            "fk_evidence_finding_id_finding", "finding", ["finding_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index("ix_evidence_scan_id", ["scan_id"], unique=False)


def _shown(connection: sa.Connection, picture: sa.Row[tuple[object, ...]]) -> int | None:
    """Return the finding that was pictured: failures came first, and of a closer look (PNG) the last was taken."""
    query = (
        sa.select(FINDING.c.id, FINDING.c.outcome, FINDING.c.target)
        .join(PAGE, PAGE.c.url_id == FINDING.c.url_id)
        .where(
            FINDING.c.scan_id == picture.scan_id,
            FINDING.c.rule == picture.rule,
            FINDING.c.component == picture.component,
            PAGE.c.final_url == picture.url,
        )
        .order_by(FINDING.c.id)
    )
    found = [row for row in connection.execute(query) if row.target]
    if not found:
        return None
    ids = [row.id for row in found if row.outcome == "failed"] or [row.id for row in found]
    return int(ids[-1] if picture.media_type == "image/png" else ids[0])


def downgrade() -> None:
    """Take it away again: pictures are named by their group, of which the first keeps its own."""
    for name in ("rule", "component", "url"):
        op.add_column("evidence", sa.Column(name, sa.Text(), nullable=True))
    connection = op.get_bind()
    known: set[tuple[object, ...]] = set()
    query = (
        sa.select(FINDING.c.id, FINDING.c.scan_id, FINDING.c.rule, FINDING.c.component, PAGE.c.final_url)
        .join(EVIDENCE, EVIDENCE.c.finding_id == FINDING.c.id)
        .join(PAGE, PAGE.c.url_id == FINDING.c.url_id)
        .order_by(sa.desc(FINDING.c.outcome), FINDING.c.id)
    )
    for row in connection.execute(query).all():
        key = (row.scan_id, row.rule, row.component)
        values = {"rule": row.rule, "component": row.component, "url": row.final_url}
        change = sa.delete(EVIDENCE) if key in known else sa.update(EVIDENCE).values(values)
        connection.execute(change.where(EVIDENCE.c.finding_id == row.id))
        known.add(key)
    with op.batch_alter_table("evidence") as batch:
        batch.drop_index("ix_evidence_scan_id")
        batch.drop_constraint("fk_evidence_finding_id_finding", type_="foreignkey")
        batch.drop_constraint("pk_evidence", type_="primary")
        batch.drop_column("finding_id")
        for name in ("rule", "component", "url"):
            batch.alter_column(name, existing_type=sa.Text(), nullable=False)
        batch.create_primary_key("pk_evidence", ["scan_id", "rule", "component"])
