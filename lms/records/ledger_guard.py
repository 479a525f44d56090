"""Database triggers that refuse any change of the ledger, whoever asks.

Migrations copy these texts (they import no application code).
"""

from sqlalchemy import DDL, Connection, text

TABLE = "ledger_entries"
REFUSAL = "ledger_entries is append-only"

SQLITE = (
    f"""CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
)
SQLITE_DOWN = (
    "DROP TRIGGER IF EXISTS ledger_entries_no_update",
    "DROP TRIGGER IF EXISTS ledger_entries_no_delete",
)

POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION ledger_entries_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END
$$ LANGUAGE plpgsql""",
    f"""CREATE TRIGGER ledger_entries_no_change BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION ledger_entries_refuse()""",
    f"""CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_refuse()""",
)
POSTGRESQL_DOWN = (
    f"DROP TRIGGER IF EXISTS ledger_entries_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS ledger_entries_no_truncate ON {TABLE}",
    "DROP FUNCTION IF EXISTS ledger_entries_refuse()",
)

UP = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DOWN = {"sqlite": SQLITE_DOWN, "postgresql": POSTGRESQL_DOWN}


def on_create() -> list[DDL]:
    """Return what `create_all` runs after making the table, per database."""
    return [
        DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
        for dialect, statements in UP.items()
        for statement in statements
    ]


def arm(connection: Connection) -> None:
    """Put the triggers in place, in the caller's transaction."""
    _run(connection, UP)


def disarm(connection: Connection) -> None:
    """Take the triggers away, in the caller's transaction. For tests and repairs."""
    _run(connection, DOWN)


def _run(connection: Connection, statements: dict[str, tuple[str, ...]]) -> None:
    for statement in statements[connection.dialect.name]:
        connection.execute(text(statement))
