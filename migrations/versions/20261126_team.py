"""What superiors leave for their people."""

revision = "20261126_team"
down_revision = "20261126_person_acts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
