"""The register of sites, samples and campaigns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add their tables."""
    op.create_table(
        "register_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
        info={"doc": "One row for each file that was imported into the register."},
    )
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.Text(), nullable=False),
        sa.Column("drawn_by", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.CheckConstraint("method IN ('simplified', 'in-depth')", name=op.f("ck_sample_method")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("name", name=op.f("uq_sample_name")),
        info={"doc": "One row for each sample of sites."},
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("nuts", sa.Text(), nullable=False),
        sa.Column("lau", sa.Text(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("nominated_by", sa.Text(), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.CheckConstraint("level IN ('a', 'b', 'c', 'd')", name=op.f("ck_site_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("key", name=op.f("uq_site_key")),
        info={"doc": "The register: one row for each site of a public sector body."},
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_campaign_sample_id_sample")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        info={"doc": "One row for each time that a sample is scanned."},
    )
    op.create_index(op.f("ix_campaign_sample_id"), "campaign", ["sample_id"], unique=False)
    op.create_table(
        "sample_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("removed_id", sa.Integer(), nullable=False),
        sa.Column("added_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["added_id"], ["site.id"], name=op.f("fk_sample_change_added_id_site")),
        sa.ForeignKeyConstraint(["removed_id"], ["site.id"], name=op.f("fk_sample_change_removed_id_site")),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["sample.id"], name=op.f("fk_sample_change_sample_id_sample"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_change")),
        info={"doc": "One row for each site of a sample that a person replaced."},
    )
    op.create_index(op.f("ix_sample_change_sample_id"), "sample_change", ["sample_id"], unique=False)
    op.create_table(
        "sample_site",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_in", sa.Boolean(), nullable=False),
        sa.Column("is_recurring", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("site", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["sample.id"], name=op.f("fk_sample_site_sample_id_sample"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_sample_site_site_id_site")),
        sa.PrimaryKeyConstraint("sample_id", "site_id", name=op.f("pk_sample_site")),
        info={"doc": "One row for each site of a sample."},
    )
    op.create_table(
        "site_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["register_import.id"], name=op.f("fk_site_change_import_id_register_import")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_change_site_id_site"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_change")),
        info={"doc": "The register's history: one row for each site that an import added or changed."},
    )
    op.create_index(op.f("ix_site_change_import_id"), "site_change", ["import_id"], unique=False)
    op.create_index(op.f("ix_site_change_site_id"), "site_change", ["site_id"], unique=False)
    op.create_table(
        "campaign_site",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("estimate", sa.JSON(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_campaign_site_state")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_site_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_campaign_site_scan_id_scan")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_campaign_site_site_id_site")),
        sa.PrimaryKeyConstraint("campaign_id", "site_id", name=op.f("pk_campaign_site")),
        info={"doc": "One row for each site of a campaign."},
    )
    op.create_table(
        "site_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_site_page_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_page_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_page")),
        sa.UniqueConstraint("campaign_id", "site_id", "url", name=op.f("uq_site_page_campaign_id_site_id_url")),
        info={"doc": "The pages that a campaign looks at: one row each, chosen before any is scanned."},
    )
    op.create_index("ix_site_page_site", "site_page", ["campaign_id", "site_id", "position"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_site_page_site", table_name="site_page")
    op.drop_table("site_page")
    op.drop_table("campaign_site")
    op.drop_index(op.f("ix_site_change_site_id"), table_name="site_change")
    op.drop_index(op.f("ix_site_change_import_id"), table_name="site_change")
    op.drop_table("site_change")
    op.drop_table("sample_site")
    op.drop_index(op.f("ix_sample_change_sample_id"), table_name="sample_change")
    op.drop_table("sample_change")
    op.drop_index(op.f("ix_campaign_sample_id"), table_name="campaign")
    op.drop_table("campaign")
    op.drop_table("site")
    op.drop_table("sample")
    op.drop_table("register_import")
