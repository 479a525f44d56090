"""Reminders of duties."""

revision = "20261126_reminders"
down_revision = "20261126_people_import"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
