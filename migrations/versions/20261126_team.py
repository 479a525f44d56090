"""What superiors leave for their people."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_team"
down_revision = "20261126_person_acts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "encouragements",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "sender_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("sentence", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=280), nullable=False),
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "duty_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "place BETWEEN 1 AND 3", name=op.f("ck_encouragements_place")
        ),
        sa.CheckConstraint(
            "sender_id <> person_id", name=op.f("ck_encouragements_own_message")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_encouragements_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["duty_id"],
            ["assignment_duties.id"],
            name=op.f("fk_encouragements_duty_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_encouragements_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"],
            ["people.id"],
            name=op.f("fk_encouragements_sender_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encouragements")),
        sa.UniqueConstraint(
            "sender_id",
            "person_id",
            "sent_on",
            "place",
            name=op.f("uq_encouragements_sender_id_person_id_sent_on_place"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_encouragements_uid")),
    )
    op.create_index(
        op.f("ix_encouragements_person_id_read_at"),
        "encouragements",
        ["person_id", "read_at"],
        unique=False,
    )
