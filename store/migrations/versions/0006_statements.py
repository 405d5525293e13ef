"""Accessibility statements and what their checks say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "statement",
        sa.Column("url_id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["url_id"], ["url.id"], name=op.f("fk_statement_url_id_url"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_statement_scan_id_scan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("url_id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_scan_id"), "statement", ["scan_id"], unique=False)
    op.create_table(
        "statement_check",
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("unverified", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["scan.id"], name=op.f("fk_statement_check_scan_id_scan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scan_id", "url", "position", name=op.f("pk_statement_check")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("statement_check")
    op.drop_table("statement")
