"""Rows put in many at a time; one that is there already is left alone."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from . import Base, db


def add_new(model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows by their columns; those that break a unique rule are passed over.

    On PostgreSQL a row that another transaction has just made is waited for.
    """
    if rows:
        is_sqlite = db.session.get_bind().dialect.name == "sqlite"
        # The table, not the class: no row becomes an object on its way.
        insert = (sqlite if is_sqlite else postgresql).insert(model.__table__)
        db.session.execute(insert.on_conflict_do_nothing(), list(rows))
