"""What people decided on questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of verdicts and of settled questions."""
    op.create_table(
        "verdict",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.CheckConstraint("outcome IN ('passed', 'failed', 'inapplicable')", name=op.f("ck_verdict_outcome")),
        sa.PrimaryKeyConstraint("rule", "fingerprint", name=op.f("pk_verdict")),
    )
    op.create_table(
        "settled",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_settled_scan_id_scan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled")),
    )
    op.create_index(op.f("ix_settled_scan_id"), "settled", ["scan_id"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("settled")
    op.drop_table("verdict")
