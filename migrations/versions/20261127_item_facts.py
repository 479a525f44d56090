"""A filled-in survey is a fact of its own."""

from alembic import op

revision = "20261127_item_facts"
down_revision = "20261126_api"
branch_labels = None
depends_on = None

NAME = "ck_item_facts_fact"
FACTS = (
    "fact IN ('opened', 'read', 'check_answered', 'check_right', 'passed', 'filled')"
)


def upgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        op.drop_constraint(op.f(NAME), "item_facts", type_="check")
        op.create_check_constraint(op.f(NAME), "item_facts", FACTS)
        return
    # SQLite cannot change a check: the table is copied, its other checks as they were.
    with op.batch_alter_table("item_facts") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), FACTS)
