"""Reminders of duties."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_reminders"
down_revision = "20261126_people_import"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "duty_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "sent_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('before', 'late', 'manual')", name=op.f("ck_reminders_kind")
        ),
        sa.ForeignKeyConstraint(
            ["duty_id"],
            ["assignment_duties.id"],
            name=op.f("fk_reminders_duty_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_reminders_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"],
            ["people.id"],
            name=op.f("fk_reminders_sent_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )
    op.create_index(
        op.f("ix_reminders_duty_id"), "reminders", ["duty_id"], unique=False
    )
    op.create_index(
        op.f("ix_reminders_on_day_person_id"),
        "reminders",
        ["on_day", "person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reminders_person_id_read_at"),
        "reminders",
        ["person_id", "read_at"],
        unique=False,
    )
    op.create_index(
        "uq_reminders_manual",
        "reminders",
        ["person_id", "on_day"],
        unique=True,
        sqlite_where=sa.text("kind = 'manual'"),
        postgresql_where=sa.text("kind = 'manual'"),
    )
    op.create_index(
        "uq_reminders_step",
        "reminders",
        ["duty_id", "step"],
        unique=True,
        sqlite_where=sa.text("kind <> 'manual'"),
        postgresql_where=sa.text("kind <> 'manual'"),
    )
