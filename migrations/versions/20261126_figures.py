"""Maintained sums of the HR dashboard."""

revision = "20261126_figures"
down_revision = "20261126_team"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
