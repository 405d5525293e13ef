"""What was checked in documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXTS = {"reason": "not_asked", "detail": "", "title": "", "lang": "", "producer": ""}
"""With what an older scan's rows get: it listed documents and checked none."""

COUNTS = ("words", "n_failed", "n_cant_tell")
OBJECTS = ("rule_outcomes", "not_run")


def upgrade() -> None:
    """Add the columns of a checked document."""
    with op.batch_alter_table("document") as batch:
        for name, value in TEXTS.items():
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=value))
        for name in COUNTS:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        for name in OBJECTS:
            batch.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("pages", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("tagged", sa.Boolean(), nullable=True))
    with op.batch_alter_table("document") as batch:  # the defaults were for the rows that were there
        for name in (*TEXTS, *COUNTS, *OBJECTS):
            batch.alter_column(name, server_default=None)


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("document") as batch:
        for name in (*TEXTS, *COUNTS, *OBJECTS, "pages", "tagged"):
            batch.drop_column(name)
