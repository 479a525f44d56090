"""Exports as jobs; what was sent to SIASN."""

revision = "20261126_records_out"
down_revision = "20261126_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
