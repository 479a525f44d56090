"""Maintained sums of the HR dashboard, and the triggers that say what changed.

Each trigger notes whose figures are no longer what they were, in the transaction of
the change itself: no path into the tables can forget it.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_figures"
down_revision = "20261126_team"
branch_labels = None
depends_on = None

# table -> (column with the person, columns whose change counts; () = none changes)
PERSONAL = {
    "people": ("id", ("unit_id", "job_id", "asn_status", "is_active")),
    "completions": ("person_id", ("jp", "year", "state", "finished_on")),
    "assignment_duties": ("person_id", ("due_on", "counts_from", "ended_at")),
    "enrolments": ("person_id", ("withdrawn_at",)),
    "evidence": ("person_id", ("level", "kind")),
    "shown_levels": ("person_id", ("level",)),
}
# What is true of many: rules of JP and of what jobs ask. A change is everybody's.
GENERAL = {
    "jobs": "UPDATE OF type, level, title, family",
    "job_levels": "INSERT OR UPDATE OR DELETE",
    "job_families": "INSERT OR UPDATE OR DELETE",
    "requirements": "INSERT OR UPDATE OR DELETE",
    "competencies": 'UPDATE OF "group" OR DELETE',
    "jp_policies": "INSERT OR UPDATE OR DELETE",
    "units": "UPDATE OF agency_id",
}
NOTE = "INSERT INTO figure_changes (whose) VALUES"
# A new competency is everybody's only where jobs ask it: all do of the core ones.
IF_ASKED = (
    "INSERT INTO figure_changes (whose) SELECT 0"
    " WHERE NEW.\"group\" IN ('manajerial', 'sosial_kultural')"
    " OR EXISTS (SELECT 1 FROM requirements WHERE competency = NEW.code)"
)


def upgrade() -> None:
    op.create_table(
        "figure_sums",
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("course_id", _number(), nullable=False),
        sa.Column("unit_id", _number(), nullable=False),
        sa.Column("job_type", sa.String(20), nullable=False),
        sa.Column("asn_status", sa.String(10), nullable=False),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", _number(), nullable=False),
        sa.PrimaryKeyConstraint(
            "kind", "year", "course_id", "unit_id", "job_type", "asn_status", "key",
            "mark", name=op.f("pk_figure_sums"),
        ),
    )  # fmt: skip
    op.create_table(
        "person_figures",
        sa.Column("person_id", _number(), autoincrement=False, nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_figures")),
    )
    op.create_table(
        "figure_changes",
        sa.Column("id", _number(), nullable=False),
        sa.Column("whose", _number(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_changes")),
    )
    op.create_index(op.f("ix_figure_changes_whose"), "figure_changes", ["whose"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _on_sqlite() if is_sqlite else _on_postgresql():
        op.execute(statement)
    op.execute(f"{NOTE} (0)")  # what is in the tables already


def _number():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _on_sqlite():
    for table, (column, changing) in PERSONAL.items():
        for event in ("INSERT", f"UPDATE OF {', '.join(changing)}"):
            yield (
                f"CREATE TRIGGER figures_{table}_{event[:6].lower()} AFTER {event}"
                f" ON {table} BEGIN {NOTE} (NEW.{column}); END"
            )
    for table, events in GENERAL.items():
        for event in events.split(" OR "):
            yield (
                f"CREATE TRIGGER figures_{table}_{event[:6].lower()} AFTER {event}"
                f" ON {table} BEGIN {NOTE} (0); END"
            )
    yield (
        "CREATE TRIGGER figures_competencies_insert AFTER INSERT ON competencies"
        f" BEGIN {IF_ASKED}; END"
    )


def _on_postgresql():
    for name, value in (("id", "NEW.id"), ("person_id", "NEW.person_id"), ("all", "0")):
        yield (
            f"CREATE OR REPLACE FUNCTION figures_of_{name}() RETURNS trigger AS"
            f" $$ BEGIN {NOTE} ({value}); RETURN NULL; END $$ LANGUAGE plpgsql"
        )
    for table, (column, changing) in PERSONAL.items():
        yield (
            f"CREATE TRIGGER figures_{table} AFTER INSERT OR"
            f" UPDATE OF {', '.join(changing)} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION figures_of_{column}()"
        )
    for table, events in GENERAL.items():
        yield (
            f"CREATE TRIGGER figures_{table} AFTER {events} ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION figures_of_all()"
        )
    yield (
        "CREATE OR REPLACE FUNCTION figures_of_asked() RETURNS trigger AS"
        f" $$ BEGIN {IF_ASKED}; RETURN NULL; END $$ LANGUAGE plpgsql"
    )
    yield (
        "CREATE TRIGGER figures_competencies_insert AFTER INSERT ON competencies"
        " FOR EACH ROW EXECUTE FUNCTION figures_of_asked()"
    )
