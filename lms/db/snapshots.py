"""A connection that reads one state of the database, for as long as a file is sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from . import db, only_reading

PATIENCE = {"statement_timeout": 120, "idle_in_transaction_session_timeout": 600}


@contextmanager
def snapshot() -> Iterator[Connection]:
    """Open a connection that only reads, all of it as the database is now.

    On SQLite nobody who writes waits for it. A reader of a slow network may take a
    while between two pieces, so PostgreSQL is asked for patience.
    """
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if not is_sqlite:
            connection.execution_options(isolation_level="REPEATABLE READ")
        with only_reading():  # only while it begins: a stream outlives requests
            connection.begin()
        if not is_sqlite:
            for name, seconds in PATIENCE.items():
                connection.execute(text(f"SET LOCAL {name} = '{seconds}s'"))
        yield connection
