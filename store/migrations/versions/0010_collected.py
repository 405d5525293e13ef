"""Scans of a campaign, collected in the monitoring database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "sample_scan",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("collected_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["sample.id"], name=op.f("fk_sample_scan_sample_id_sample"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_sample_scan_site_id_site")),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_sample_scan_scan_id_scan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sample_id", "site_id", name=op.f("pk_sample_scan")),
    )
    op.create_index(op.f("ix_sample_scan_scan_id"), "sample_scan", ["scan_id"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(op.f("ix_sample_scan_scan_id"), table_name="sample_scan")
    op.drop_table("sample_scan")
