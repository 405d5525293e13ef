"""Closer looks at some pages, and what is compared between pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of looks and two columns of pages."""
    op.create_table(
        "look",
        sa.Column("url_id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("elapsed_ms", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('pending', 'leased', 'checked', 'failed')", name=op.f("ck_look_state")),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_look_scan_id_scan"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["url_id"], ["url.id"], name=op.f("fk_look_url_id_url"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("url_id", name=op.f("pk_look")),
    )
    op.create_index(op.f("ix_look_scan_id"), "look", ["scan_id"], unique=False)
    op.add_column("page", sa.Column("sketch", sa.JSON(), nullable=True))
    op.add_column("page", sa.Column("facts", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("page", "facts")
    op.drop_column("page", "sketch")
    op.drop_table("look")
