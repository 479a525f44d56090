"""What authors changed after verdicts, and who may read what was said."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_lesson_feedback"
down_revision = "20261127_item_analysis"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lesson_changes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column(
            "noted_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_lesson_changes_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"],
            ["people.id"],
            name=op.f("fk_lesson_changes_noted_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_changes")),
        sa.UniqueConstraint("uid", name=op.f("uq_lesson_changes_uid")),
    )
    op.create_index(
        op.f("ix_lesson_changes_course_id_item_code"),
        "lesson_changes",
        ["course_id", "item_code"],
    )
    op.add_column(
        "lesson_verdicts",
        sa.Column(
            "hr_may_read", sa.Boolean(), server_default=sa.false(), nullable=False
        ),
    )
