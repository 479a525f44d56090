"""A filled-in survey is a fact of its own."""

import sqlalchemy as sa
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
    # SQLite cannot change a check: the table is copied, without its old checks.
    checks = (
        sa.CheckConstraint(FACTS, name=op.f(NAME)),
        sa.CheckConstraint(
            "score_bp BETWEEN 0 AND 10000", name=op.f("ck_item_facts_score_range")
        ),
    )
    with op.batch_alter_table("item_facts", recreate="always", table_args=checks):
        pass
