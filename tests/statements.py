"""What the database is asked, for tests that count it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def sent(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements sent meanwhile, and "COMMIT" for each commit."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    def note_commit(_connection) -> None:
        seen.append("COMMIT")

    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", note_commit)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", note_commit)


def reads(seen: list[str]) -> list[str]:
    """Return those that only read."""
    return [sql for sql in seen if sql.lstrip().startswith("SELECT")]
