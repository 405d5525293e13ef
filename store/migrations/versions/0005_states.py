"""The state of a page that a finding was met in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was found before was found on pages as they open."""
    op.add_column("finding", sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("finding", "state")
