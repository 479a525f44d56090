"""Granted attempts; what HR did about a person."""

revision = "20261126_person_acts"
down_revision = "20261126_reminders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
