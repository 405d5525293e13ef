"""Pages chosen by the size of a site."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "choice",
        sa.Column("url_id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("instead_of", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["url_id"], ["url.id"], name=op.f("fk_choice_url_id_url"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_choice_scan_id_scan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("url_id", name=op.f("pk_choice")),
    )
    op.create_index(op.f("ix_choice_scan_id"), "choice", ["scan_id"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(op.f("ix_choice_scan_id"), table_name="choice")
    op.drop_table("choice")
