"""An attempt says how many of its questions a person has still to grade."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_attempts_waiting"
down_revision = "20261127_surveys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "attempts",
        sa.Column("waiting", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_index(
        "ix_attempts_waiting",
        "attempts",
        ["course_id", "submitted_at"],
        unique=False,
        sqlite_where=sa.text("waiting > 0"),
        postgresql_where=sa.text("waiting > 0"),
    )
