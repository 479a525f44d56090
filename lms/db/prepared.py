"""Statements of the hottest pages, compiled once and run straight on the driver.

SQLAlchemy looks a statement up, binds and wraps it anew at each run; on a page with
three statements that is a tenth of its cost. Everything else about them is as usual:
same connection, same transaction, same types, same errors.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.selectable import CompoundSelect

from . import db


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as one kind of database wants it.

    names    of the parameters in order; None = the driver takes them by name
    readers  place of a column -> what makes our type of the driver's value
    """

    text: str
    names: Sequence[str] | None
    fixed: dict[str, Any]
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]


class Prepared:
    """A SELECT whose parameters are whole numbers and texts, run by `rows`."""

    def __init__(self, statement: Select | CompoundSelect) -> None:
        self.statement = statement
        names = [column.key for column in statement.selected_columns]
        self.row = namedtuple("Row", names, rename=True)
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: int | str) -> list[Any]:
        """Run it in the session's transaction; return named tuples.

        raises  sqlalchemy.exc.DBAPIError  as any statement would
        """
        connection = db.session.connection()
        dialect = connection.dialect
        made = self._compiled.get(dialect.name) or self._compile(dialect)
        asked: Any = made.fixed | values
        if made.names is not None:
            asked = [asked[name] for name in made.names]
        found = _run(connection, made.text, asked)
        if not made.readers:
            return [self.row._make(one) for one in found]
        rows = []
        for one in map(list, found):
            for place, read in made.readers:
                one[place] = read(one[place])
            rows.append(self.row._make(one))
        return rows

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = self.statement.compile(dialect=dialect)
        readers = [
            column.type.dialect_impl(dialect).result_processor(dialect, None)
            for column in self.statement.selected_columns
        ]
        made = _Compiled(
            text=str(compiled),
            names=tuple(compiled.positiontup) if compiled.positional else None,
            fixed={k: v for k, v in compiled.params.items() if v is not None},
            readers=tuple((n, read) for n, read in enumerate(readers) if read),
        )
        self._compiled[dialect.name] = made
        return made


def _run(connection: Connection, text: str, asked: Any) -> list[tuple]:
    cursor = connection.connection.cursor()
    try:
        connection.engine.dispatch.before_cursor_execute(
            connection, cursor, text, asked, None, False
        )
        cursor.execute(text, asked)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as err:
        gone = connection.dialect.is_disconnect(err, connection.connection, cursor)
        if gone:
            connection.invalidate(err)
        raise DBAPIError.instance(
            text,
            None,
            err,
            connection.dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=gone,
            dialect=connection.dialect,
        ) from err
    finally:
        cursor.close()
