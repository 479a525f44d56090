"""Rows that are a cache of the ledger: how they read as plain values. Pure."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date

from lms.db import UtcDateTime

from . import hashing
from .models import Completion

# What the first entry of a completion says. `jp` and `state` follow from later ones.
COLUMNS = tuple(
    column.key
    for column in Completion.__table__.columns
    if column.key not in ("id", "uid", "seq", "jp", "state")
)


def plain(value: Any) -> int | str:
    """Return a column's value as the ledger writes it; "" for none."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return hashing.instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def row(completion: Completion) -> dict[str, int | str]:
    """Return the columns the "completion" entry holds."""
    return {name: plain(getattr(completion, name)) for name in COLUMNS}


def value(name: str, written: int | str) -> Any:
    """Return a written value as the column's own type: the reverse of `plain`."""
    column = Completion.__table__.columns[name]
    if written == "" and column.nullable:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(str(written))
    if isinstance(column.type, Date):
        return date.fromisoformat(str(written))
    return written
