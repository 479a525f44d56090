"""Runs of people imports, saved column maps."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_people_import"
down_revision = "20261126_assignments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people_import_columns",
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("heading", sa.String(length=120), nullable=False),
        sa.Column("column_name", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["units.id"], name=op.f("fk_people_import_columns_agency_id")
        ),
        sa.PrimaryKeyConstraint(
            "agency_id", "heading", name=op.f("pk_people_import_columns")
        ),
    )
    op.create_table(
        "people_imports",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column(
            "agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "created_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("plan_digest", sa.String(length=64), nullable=False),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("leaving", sa.JSON(), nullable=False),
        sa.Column("message", sa.String(length=300), nullable=False),
        sa.Column(
            "applied_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'checking', 'ready', 'refused', 'applying',"
            " 'applied', 'expired', 'failed')",
            name=op.f("ck_people_imports_state"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["units.id"], name=op.f("fk_people_imports_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["applied_by"], ["people.id"], name=op.f("fk_people_imports_applied_by")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_people_imports_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_imports")),
        sa.UniqueConstraint("uid", name=op.f("uq_people_imports_uid")),
    )
    op.create_index(
        op.f("ix_people_imports_agency_id_created_at"),
        "people_imports",
        ["agency_id", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_people_imports_created_by"),
        "people_imports",
        ["created_by"],
        unique=False,
    )

    op.create_table(
        "people_import_files",
        sa.Column(
            "run_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('source', 'origins', 'rejected', 'rows', 'gone', 'changes',"
            " 'news')",
            name=op.f("ck_people_import_files_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["people_imports.id"],
            name=op.f("fk_people_import_files_run_id"),
        ),
        sa.PrimaryKeyConstraint("run_id", "kind", name=op.f("pk_people_import_files")),
    )
    op.create_table(
        "people_import_findings",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "run_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("shown_row", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.String(length=60), nullable=False),
        sa.Column("heading", sa.String(length=120), nullable=False),
        sa.Column("person_name", sa.String(length=120), nullable=False),
        sa.Column("sheet_name", sa.String(length=120), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("letter", sa.String(length=4), nullable=False),
        sa.Column("message", sa.String(length=400), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("is_error", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["people_imports.id"],
            name=op.f("fk_people_import_findings_run_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_import_findings")),
    )
    op.create_index(
        op.f("ix_people_import_findings_run_id_is_error_row_number"),
        "people_import_findings",
        ["run_id", "is_error", "row_number"],
        unique=False,
    )
