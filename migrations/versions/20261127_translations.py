"""Texts in other languages, and action plans after courses."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_translations"
down_revision = "20261127_tasks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_texts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "item_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("sha", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_version_id"],
            ["item_versions.id"],
            name=op.f("fk_item_texts_item_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_texts")),
        sa.UniqueConstraint(
            "item_version_id",
            "language",
            "sha",
            name=op.f("uq_item_texts_item_version_id_language_sha"),
        ),
    )
    op.create_table(
        "item_told",
        sa.Column(
            "item_text_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_text_id"],
            ["item_texts.id"],
            name=op.f("fk_item_told_item_text_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("item_text_id", name=op.f("pk_item_told")),
    )
    op.create_table(
        "question_texts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "question_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("sha", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_question_texts_question_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_texts")),
        sa.UniqueConstraint(
            "question_version_id",
            "language",
            "sha",
            name=op.f("uq_question_texts_question_version_id_language_sha"),
        ),
    )
    op.create_table(
        "question_told",
        sa.Column(
            "question_text_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_text_id"],
            ["question_texts.id"],
            name=op.f("fk_question_told_question_text_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("question_text_id", name=op.f("pk_question_told")),
    )
    op.create_table(
        "action_plans",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column(
            "enrolment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("support", sa.String(length=200), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_action_plans_enrolment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plans")),
        sa.UniqueConstraint("uid", name=op.f("uq_action_plans_uid")),
    )
    op.create_index(
        op.f("ix_action_plans_enrolment_id"),
        "action_plans",
        ["enrolment_id"],
        unique=False,
    )

    op.create_table(
        "plan_confirmations",
        sa.Column(
            "plan_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "confirmed_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["people.id"],
            name=op.f("fk_plan_confirmations_confirmed_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["action_plans.id"],
            name=op.f("fk_plan_confirmations_plan_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_confirmations")),
    )
    op.create_index(
        op.f("ix_plan_confirmations_confirmed_by"),
        "plan_confirmations",
        ["confirmed_by"],
        unique=False,
    )
