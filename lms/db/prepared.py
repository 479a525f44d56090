"""Statements of the hottest pages, compiled once and run straight on the driver.

SQLAlchemy looks a statement up, binds and wraps it anew at each run; on a page with
three statements that is a tenth of its cost. Everything else about them is as usual:
same connection, same transaction, same types, same errors.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Select, literal_column
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.selectable import CompoundSelect
from sqlalchemy.sql.visitors import replacement_traverse

from . import db

MOST = 8  # values of a list that is compiled for


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as one kind of database wants it.

    names    of the parameters in order; None = the driver takes them by name
    writers  name of a parameter -> what makes the driver's value of ours
    readers  place of a column -> what makes our type of the driver's value
    """

    text: str
    names: Sequence[str] | None
    fixed: dict[str, Any]
    writers: tuple[tuple[str, Callable[[Any], Any]], ...]
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]


class Prepared:
    """A SELECT that is run by `rows`.

    many  name of a parameter that is a list, for an IN (...): compiled once for each
          length up to MOST; longer ones, which only lists of many have, run as usual
    """

    def __init__(self, statement: Select | CompoundSelect, many: str = "") -> None:
        self.statement = statement = _spelt_out(statement)
        self.many = many
        names = [column.key for column in statement.selected_columns]
        self.row = namedtuple("Row", names, rename=True)
        self._compiled: dict[tuple[str, int], _Compiled] = {}

    def rows(self, **values: Any) -> list[Any]:
        """Run it in the session's transaction; return named tuples.

        raises  sqlalchemy.exc.DBAPIError  as any statement would
        """
        connection = db.session.connection()
        dialect = connection.dialect
        size = 0
        if self.many:
            listed = values.pop(self.many)
            size = len(listed)
            if not 0 < size <= MOST:
                asked = values | {self.many: listed}
                found = connection.execute(self.statement, asked)
                return [self.row._make(one) for one in found]
            for place, value in enumerate(listed, start=1):
                values[f"{self.many}_{place}"] = value
        key = (dialect.name, size)
        made = self._compiled.get(key) or self._compile(dialect, key)
        for name, write in made.writers:
            values[name] = write(values[name])
        return self._read(made, _run(connection, made.text, _asked(made, values)))

    def _read(self, made: _Compiled, found: list[tuple]) -> list[Any]:
        if not made.readers:
            return [self.row._make(one) for one in found]
        rows = []
        for one in map(list, found):
            for place, read in made.readers:
                one[place] = read(one[place])
            rows.append(self.row._make(one))
        return rows

    def _compile(self, dialect: Dialect, key: tuple[str, int]) -> _Compiled:
        compiled = self.statement.compile(dialect=dialect)
        wanted = [name for name, bind in compiled.binds.items() if bind.required]
        given: dict[str, Any] = dict.fromkeys(wanted)
        if self.many:
            given[self.many] = list(range(key[1]))
        state = compiled.construct_expanded_state(given)
        writers = {
            name: compiled.binds[name]
            .type.dialect_impl(dialect)
            .bind_processor(dialect)
            for name in wanted
            if name != self.many
        }
        readers = [
            column.type.dialect_impl(dialect).result_processor(dialect, None)
            for column in self.statement.selected_columns
        ]
        made = _Compiled(
            text=state.statement,
            names=tuple(state.positiontup) if compiled.positional else None,
            fixed={k: v for k, v in state.parameters.items() if v is not None},
            writers=tuple((name, write) for name, write in writers.items() if write),
            readers=tuple((n, read) for n, read in enumerate(readers) if read),
        )
        self._compiled[key] = made
        return made


def _spelt_out(statement: Any) -> Any:
    """Write the statement's own whole numbers into its text.

    SQLite plans a statement anew at each run when its LIMIT is a parameter: that costs
    more than running it.
    """

    def number(element: Any, **_more: Any) -> Any:
        is_own = isinstance(element, BindParameter) and not element.required
        if is_own and type(element.value) is int:
            return literal_column(str(element.value), element.type)
        return None

    return replacement_traverse(statement, {}, number)


def _asked(made: _Compiled, values: dict[str, Any]) -> Any:
    """Return the parameters as the driver takes them."""
    asked = made.fixed | values
    if made.names is None:
        return asked
    return [asked[name] for name in made.names]


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
