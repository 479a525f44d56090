"""The database: session, model base, column types. Knows no feature and no web."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Annotated

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Engine,
    Integer,
    MetaData,
    TypeDecorator,
    event,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry

# Named constraints, so that migrations can drop and change them.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, always timezone-aware, also on SQLite (which stores no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: pass an aware one")
        return value.astimezone(UTC)

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


# SQLite numbers rows only in a column declared INTEGER; PostgreSQL wants BIGINT.
BigInt = BigInteger().with_variant(Integer, "sqlite")
Id = Annotated[int, mapped_column(BigInt, primary_key=True)]
# Basis points: 10_000 = 100 %. Whole numbers compare the same on every database.
Bp = Annotated[int, mapped_column(Integer)]


class Base(DeclarativeBase):
    """Parent of every model."""

    # An explicit registry: Flask-SQLAlchemy 3.1 copies this class and then refuses
    # a `type_annotation_map` written on it.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime},
    )


db = SQLAlchemy(model_class=Base)

# True while a request that only reads is answered: its transactions then begin
# without SQLite's write lock. The web edge sets it for GET and HEAD.
reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def only_reading() -> Iterator[None]:
    """Begin the transactions of a block without SQLite's write lock.

    A generator must not yield inside of it: whoever takes what it yields would then
    read only, too.
    """
    token = reading.set(True)
    try:
        yield
    finally:
        reading.reset(token)


class UnsafeDatabase(RuntimeError):
    """The database would lose or damage what it has acknowledged."""


def tune(engine: Engine) -> None:
    """Make an engine durable. Call once per engine, before its first connection."""
    (tune_sqlite if engine.dialect.name == "sqlite" else tune_postgres)(engine)


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Say whether this SQLite has the WAL-reset corruption bug mended.

    source  SQLite release notes: 3.51.3, back-ported to 3.50.7 and 3.44.6
    """
    return (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51)
        or (3, 44, 6) <= version < (3, 45)
    )


# By dialect, not by class: the driver may be sqlite3 or pysqlite3.
def tune_sqlite(engine: Engine) -> None:
    """Many readers beside one durable writer."""
    safe = wal_is_safe(engine.dialect.dbapi.sqlite_version_info)

    @event.listens_for(engine, "connect")
    def _pragmas(connection, _record):
        connection.isolation_level = None  # we begin transactions ourselves
        for pragma in (
            "busy_timeout = 5000",  # ms; first, so that the next ones may wait
            "foreign_keys = ON",
            "journal_mode = WAL" if safe else "journal_mode = DELETE",
            # NORMAL loses acknowledged commits at power loss.
            "synchronous = FULL" if safe else "synchronous = EXTRA",
            "trusted_schema = OFF",
            "cache_size = -32000",  # 32 MB per connection
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection):
        # A write transaction takes its lock at once; readers never wait for it.
        begin = "BEGIN" if reading.get() else "BEGIN IMMEDIATE"
        try:
            connection.connection.driver_connection.execute(begin).close()
        except engine.dialect.dbapi.OperationalError as busy:
            # As SQLAlchemy says it, so that people are told to try again.
            raise OperationalError(begin, {}, busy) from busy


def tune_postgres(engine: Engine) -> None:
    """Refuse a server that acknowledges before it has written; bound every wait."""

    @event.listens_for(engine, "connect")
    def _check(connection, _record):
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            if cursor.fetchone()[0] not in ("on", "remote_apply"):
                raise UnsafeDatabase("PostgreSQL: set synchronous_commit = on")
            cursor.execute("SET statement_timeout = '30s'")
            cursor.execute("SET lock_timeout = '5s'")
            cursor.execute("SET idle_in_transaction_session_timeout = '60s'")
            cursor.execute("SET timezone = 'UTC'")
        connection.commit()
