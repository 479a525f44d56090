"""Figures of a quiz ask for the first attempt of each person at it."""

from alembic import op

revision = "20261127_item_analysis"
down_revision = "20261127_change_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_attempts_course_id_item_code_person_id_submitted_at"),
        "attempts",
        ["course_id", "item_code", "person_id", "submitted_at"],
    )
