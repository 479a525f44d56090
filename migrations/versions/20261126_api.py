"""Service tokens, webhooks and their deliveries."""

revision = "20261126_api"
down_revision = "20261126_records_out"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
