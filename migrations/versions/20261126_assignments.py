"""Assignments, duties, exemptions."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_assignments"
down_revision = "20261126_organisation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignments",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "unit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("with_subunits", sa.Boolean(), nullable=False),
        sa.Column("job_type", sa.String(length=20), nullable=False),
        sa.Column("job_level", sa.String(length=30), nullable=False),
        sa.Column("job_family", sa.String(length=80), nullable=False),
        sa.Column("job_tag", sa.String(length=60), nullable=False),
        sa.Column("asn_status", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("waves", sa.Integer(), nullable=False),
        sa.Column("wave_days", sa.Integer(), nullable=False),
        sa.Column("renew_months", sa.Integer(), nullable=True),
        sa.Column("counts_from", sa.Date(), nullable=True),
        sa.Column("reminders", sa.String(length=10), nullable=False),
        sa.Column(
            "created_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ended_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "swept_to",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "is_opening", sa.Boolean(), server_default=sa.false(), nullable=False
        ),
        sa.CheckConstraint("due_on >= starts_on", name=op.f("ck_assignments_days")),
        sa.CheckConstraint("waves BETWEEN 1 AND 12", name=op.f("ck_assignments_waves")),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_assignments_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["people.id"],
            name=op.f("fk_assignments_created_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["people.id"],
            name=op.f("fk_assignments_ended_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["units.id"],
            name=op.f("fk_assignments_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint("uid", name=op.f("uq_assignments_uid")),
    )
    op.create_index(
        op.f("ix_assignments_course_id"), "assignments", ["course_id"], unique=False
    )
    op.create_index(
        op.f("ix_assignments_unit_id"), "assignments", ["unit_id"], unique=False
    )

    op.create_table(
        "assignment_titles",
        sa.Column(
            "assignment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_assignment_titles_assignment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "assignment_id", "title", name=op.f("pk_assignment_titles")
        ),
    )
    op.create_table(
        "assignment_duties",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "assignment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (end_reason = '')",
            name=op.f("ck_assignment_duties_ended"),
        ),
        sa.CheckConstraint(
            "end_reason IN ('', 'moved', 'left', 'exempted', 'ended', 'renewed')",
            name=op.f("ck_assignment_duties_end_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_assignment_duties_assignment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_assignment_duties_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_assignment_duties_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_duties")),
    )
    op.create_index(
        op.f("ix_assignment_duties_course_id_person_id"),
        "assignment_duties",
        ["course_id", "person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_duties_person_id_ended_at"),
        "assignment_duties",
        ["person_id", "ended_at"],
        unique=False,
    )
    op.create_index(
        "uq_assignment_duties_open",
        "assignment_duties",
        ["assignment_id", "person_id", "period"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "assignment_exemptions",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "assignment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column(
            "granted_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_assignment_exemptions_assignment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"],
            ["people.id"],
            name=op.f("fk_assignment_exemptions_granted_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_assignment_exemptions_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_exemptions")),
    )
    op.create_index(
        op.f("ix_assignment_exemptions_assignment_id_person_id"),
        "assignment_exemptions",
        ["assignment_id", "person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_exemptions_person_id"),
        "assignment_exemptions",
        ["person_id"],
        unique=False,
    )
