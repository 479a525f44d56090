"""Files that people hand in; assignments, what graders said of them, and outcomes."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_tasks"
down_revision = "20261127_simulations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upload_contents",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_upload_contents_size")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_upload_contents_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_contents")),
        sa.UniqueConstraint(
            "person_id", "sha256", name=op.f("uq_upload_contents_person_id_sha256")
        ),
    )
    op.create_table(
        "task_works",
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
        sa.Column(
            "item_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pass_bp", sa.Integer(), nullable=False),
        sa.Column("by_instructor", sa.Boolean(), nullable=False),
        sa.Column("by_superior", sa.Boolean(), nullable=False),
        sa.Column("peers", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "by_instructor OR by_superior OR peers > 0",
            name=op.f("ck_task_works_graders"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_task_works_number")),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
            name=op.f("fk_task_works_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_task_works_enrolment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["item_version_id"],
            ["item_versions.id"],
            name=op.f("fk_task_works_item_version_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_task_works_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_works")),
        sa.UniqueConstraint(
            "enrolment_id",
            "item_code",
            "number",
            name=op.f("uq_task_works_enrolment_id_item_code_number"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_task_works_uid")),
    )
    op.create_index(
        op.f("ix_task_works_course_id_submitted_at"),
        "task_works",
        ["course_id", "submitted_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_task_works_person_id"), "task_works", ["person_id"], unique=False
    )

    op.create_table(
        "uploads",
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
            "content_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"],
            ["upload_contents.id"],
            name=op.f("fk_uploads_content_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_uploads_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint(
            "content_id", "name", name=op.f("uq_uploads_content_id_name")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_uploads_uid")),
    )
    op.create_index(
        op.f("ix_uploads_person_id"), "uploads", ["person_id"], unique=False
    )

    op.create_table(
        "task_appeals",
        sa.Column(
            "work_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_task_appeals_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["task_works.id"],
            name=op.f("fk_task_appeals_work_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("work_id", name=op.f("pk_task_appeals")),
    )
    op.create_index(
        op.f("ix_task_appeals_person_id"), "task_appeals", ["person_id"], unique=False
    )

    op.create_table(
        "task_calls",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "work_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_task_calls_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["task_works.id"],
            name=op.f("fk_task_calls_work_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_calls")),
        sa.UniqueConstraint(
            "work_id",
            "role",
            "person_id",
            name=op.f("uq_task_calls_work_id_role_person_id"),
        ),
    )
    op.create_index(
        op.f("ix_task_calls_person_id"), "task_calls", ["person_id"], unique=False
    )

    op.create_table(
        "task_drafts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "work_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("device", sa.String(length=36), server_default="", nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["task_works.id"],
            name=op.f("fk_task_drafts_work_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_drafts")),
        sa.UniqueConstraint("work_id", "seq", name=op.f("uq_task_drafts_work_id_seq")),
    )
    op.create_table(
        "task_files",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "work_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "upload_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"],
            ["uploads.id"],
            name=op.f("fk_task_files_upload_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["task_works.id"],
            name=op.f("fk_task_files_work_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_files")),
        sa.UniqueConstraint(
            "work_id", "upload_id", name=op.f("uq_task_files_work_id_upload_id")
        ),
    )
    op.create_index(
        op.f("ix_task_files_upload_id"), "task_files", ["upload_id"], unique=False
    )

    op.create_table(
        "task_outcomes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "work_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("score_bp", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "score_bp BETWEEN 0 AND 10000", name=op.f("ck_task_outcomes_score_range")
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["task_works.id"],
            name=op.f("fk_task_outcomes_work_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_outcomes")),
        sa.UniqueConstraint(
            "work_id", "number", name=op.f("uq_task_outcomes_work_id_number")
        ),
    )
    op.create_table(
        "task_review_drafts",
        sa.Column(
            "work_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_task_review_drafts_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["task_works.id"],
            name=op.f("fk_task_review_drafts_work_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "work_id", "person_id", name=op.f("pk_task_review_drafts")
        ),
    )
    op.create_index(
        op.f("ix_task_review_drafts_person_id"),
        "task_review_drafts",
        ["person_id"],
        unique=False,
    )

    op.create_table(
        "task_reviews",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column(
            "work_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column(
            "seat", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "grader_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("score_bp", sa.Integer(), nullable=True),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=500), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(result = 'graded') = (score_bp IS NOT NULL)",
            name=op.f("ck_task_reviews_scored"),
        ),
        sa.CheckConstraint(
            "score_bp BETWEEN 0 AND 10000", name=op.f("ck_task_reviews_score_range")
        ),
        sa.ForeignKeyConstraint(
            ["grader_id"],
            ["people.id"],
            name=op.f("fk_task_reviews_grader_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["task_works.id"],
            name=op.f("fk_task_reviews_work_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_reviews")),
        sa.UniqueConstraint("uid", name=op.f("uq_task_reviews_uid")),
        sa.UniqueConstraint(
            "work_id",
            "role",
            "seat",
            "number",
            name=op.f("uq_task_reviews_work_id_role_seat_number"),
        ),
    )
    op.create_index(
        op.f("ix_task_reviews_grader_id"), "task_reviews", ["grader_id"], unique=False
    )

    op.create_table(
        "task_waivers",
        sa.Column(
            "work_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column(
            "by_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["people.id"],
            name=op.f("fk_task_waivers_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["task_works.id"],
            name=op.f("fk_task_waivers_work_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("work_id", "role", name=op.f("pk_task_waivers")),
    )
    op.create_index(
        op.f("ix_task_waivers_by_id"), "task_waivers", ["by_id"], unique=False
    )

    op.create_table(
        "answer_files",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "attempt_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column(
            "upload_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempts.id"],
            name=op.f("fk_answer_files_attempt_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"],
            ["uploads.id"],
            name=op.f("fk_answer_files_upload_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_files")),
        sa.UniqueConstraint(
            "attempt_id", "slot", name=op.f("uq_answer_files_attempt_id_slot")
        ),
    )
    op.create_index(
        op.f("ix_answer_files_upload_id"), "answer_files", ["upload_id"], unique=False
    )

    op.create_table(
        "answer_grades",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "attempt_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=36), nullable=False),
        sa.Column("score_bp", sa.Integer(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("remark", sa.String(length=4000), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column(
            "by_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "number = 1 OR reason <> ''", name=op.f("ck_answer_grades_reason")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_answer_grades_number")),
        sa.CheckConstraint(
            "score_bp BETWEEN 0 AND 10000", name=op.f("ck_answer_grades_score_range")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempts.id"],
            name=op.f("fk_answer_grades_attempt_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["people.id"],
            name=op.f("fk_answer_grades_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_grades")),
        sa.UniqueConstraint(
            "attempt_id",
            "slot",
            "act",
            name=op.f("uq_answer_grades_attempt_id_slot_act"),
        ),
        sa.UniqueConstraint(
            "attempt_id",
            "slot",
            "number",
            name=op.f("uq_answer_grades_attempt_id_slot_number"),
        ),
    )
