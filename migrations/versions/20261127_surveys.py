"""Surveys: who is asked, who has filled in, and what was answered."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_surveys"
down_revision = "20261127_lesson_feedback"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_ballots",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column(
            "release_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "office_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "question_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "role IN ('learner', 'superior', 'peer', 'subordinate')",
            name=op.f("ck_survey_ballots_role"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_survey_ballots_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["units.id"],
            name=op.f("fk_survey_ballots_office_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_survey_ballots_question_version_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["releases.id"],
            name=op.f("fk_survey_ballots_release_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_survey_ballots")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_survey_ballots_box",
        "survey_ballots",
        ["course_id", "item_code", "role", "place", "is_open", "office_id"],
        unique=False,
    )

    op.create_table(
        "survey_calls",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column(
            "enrolment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "respondent_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("declined_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role IN ('learner', 'superior', 'peer', 'subordinate')",
            name=op.f("ck_survey_calls_role"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_survey_calls_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_survey_calls_enrolment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_survey_calls_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["people.id"],
            name=op.f("fk_survey_calls_respondent_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_calls")),
        sa.UniqueConstraint(
            "enrolment_id",
            "item_code",
            "respondent_id",
            name=op.f("uq_survey_calls_enrolment_id_item_code_respondent_id"),
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_survey_calls_token_hash")),
        sa.UniqueConstraint("uid", name=op.f("uq_survey_calls_uid")),
    )
    op.create_index(
        op.f("ix_survey_calls_asked_on"), "survey_calls", ["asked_on"], unique=False
    )
    op.create_index(
        op.f("ix_survey_calls_person_id"), "survey_calls", ["person_id"], unique=False
    )
    op.create_index(
        op.f("ix_survey_calls_respondent_id_closes_on"),
        "survey_calls",
        ["respondent_id", "closes_on"],
        unique=False,
    )

    op.create_table(
        "survey_fillings",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "enrolment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "course_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("item_code", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column(
            "respondent_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "release_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "unit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "office_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("filled_on", sa.Date(), nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "role IN ('learner', 'superior', 'peer', 'subordinate')",
            name=op.f("ck_survey_fillings_role"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_survey_fillings_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_survey_fillings_enrolment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["units.id"],
            name=op.f("fk_survey_fillings_office_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["releases.id"],
            name=op.f("fk_survey_fillings_release_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["people.id"],
            name=op.f("fk_survey_fillings_respondent_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["units.id"],
            name=op.f("fk_survey_fillings_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_fillings")),
        sa.UniqueConstraint(
            "enrolment_id",
            "item_code",
            "respondent_id",
            name=op.f("uq_survey_fillings_enrolment_id_item_code_respondent_id"),
        ),
    )
    op.create_index(
        "ix_survey_fillings_box",
        "survey_fillings",
        ["course_id", "item_code", "role", "is_anonymous", "unit_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_survey_fillings_respondent_id"),
        "survey_fillings",
        ["respondent_id"],
        unique=False,
    )

    op.create_table(
        "survey_answers",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "filling_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "question_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["filling_id"],
            ["survey_fillings.id"],
            name=op.f("fk_survey_answers_filling_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_survey_answers_question_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
        sa.UniqueConstraint(
            "filling_id", "place", name=op.f("uq_survey_answers_filling_id_place")
        ),
    )

    op.create_table(
        "survey_changes",
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
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column(
            "written_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_survey_changes_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["people.id"],
            name=op.f("fk_survey_changes_written_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_changes")),
        sa.UniqueConstraint("uid", name=op.f("uq_survey_changes_uid")),
    )
    op.create_index(
        op.f("ix_survey_changes_course_id_id"),
        "survey_changes",
        ["course_id", "id"],
        unique=False,
    )
