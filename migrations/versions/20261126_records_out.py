"""Exports as jobs; what was sent to SIASN."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_records_out"
down_revision = "20261126_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "login_sessions",
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
    )
    for name in ("revoked_ground", "corrected_ground"):
        op.add_column(
            "certificates",
            sa.Column(name, sa.String(length=20), server_default="", nullable=False),
        )
    op.create_table(
        "export_takings",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("format", sa.String(length=12), nullable=False),
        sa.Column("filter", sa.JSON(), nullable=False),
        sa.Column("filter_key", sa.String(length=64), nullable=False),
        sa.Column(
            "since", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("trouble", sa.String(length=300), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "size_bytes",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'broken', 'failed')",
            name=op.f("ck_export_takings_state"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_export_takings_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_takings")),
        sa.UniqueConstraint("uid", name=op.f("uq_export_takings_uid")),
    )
    op.create_index(
        op.f("ix_export_takings_person_id_filter_key"),
        "export_takings",
        ["person_id", "filter_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_export_takings_state_asked_at"),
        "export_takings",
        ["state", "asked_at"],
        unique=False,
    )

    op.create_table(
        "siasn_changes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "completion_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "actor_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rw_kursus_id", sa.String(length=60), nullable=False),
        sa.Column("message", sa.String(length=300), nullable=False),
        sa.Column("payload_sha", sa.String(length=64), nullable=False),
        sa.Column("package", sa.String(length=24), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["people.id"],
            name=op.f("fk_siasn_changes_actor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["completion_id"],
            ["completions.id"],
            name=op.f("fk_siasn_changes_completion_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_siasn_changes")),
    )
    op.create_index(
        op.f("ix_siasn_changes_completion_id"),
        "siasn_changes",
        ["completion_id"],
        unique=False,
    )

    op.create_table(
        "siasn_records",
        sa.Column(
            "completion_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rw_kursus_id", sa.String(length=60), nullable=False),
        sa.Column("message", sa.String(length=300), nullable=False),
        sa.Column("payload_sha", sa.String(length=64), nullable=False),
        sa.Column("package", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "changed_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "state IN ('belum', 'siap', 'terkirim', 'gagal', 'batal')",
            name=op.f("ck_siasn_records_state"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["people.id"],
            name=op.f("fk_siasn_records_changed_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["completion_id"],
            ["completions.id"],
            name=op.f("fk_siasn_records_completion_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("completion_id", name=op.f("pk_siasn_records")),
    )
    op.create_index(
        "uq_siasn_records_number",
        "siasn_records",
        ["rw_kursus_id"],
        unique=True,
        sqlite_where=sa.text("rw_kursus_id <> ''"),
        postgresql_where=sa.text("rw_kursus_id <> ''"),
    )
