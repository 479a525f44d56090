"""Runs of people imports, saved column maps."""

revision = "20261126_people_import"
down_revision = "20261126_assignments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
