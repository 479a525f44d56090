"""The cast and the stage.

rani     a learner              agus    a learner elsewhere, must see nothing of hers
hendra   an instructor          yohanes Rani's superior
siti     HR of Rani's agency    made    administrator

Every test that touches the database runs on SQLite and on PostgreSQL.
"""

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from lms import create_app
from lms.db import db as _db
from lms.db import schema
from lms.kernel import clock as _clock

from .cast import CAST, add_cast
from .postgres import server_url

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server():
    """The URL of a PostgreSQL server this process may make databases on."""
    return server_url()


@pytest.fixture(scope="session")
def postgres_url(postgres_server):
    """A database of this test process."""
    yield from _make_database(postgres_server)


@pytest.fixture(scope="module")
def postgres_url_fresh(postgres_server):
    """An empty database for one test module."""
    yield from _make_database(postgres_server)


def _make_database(base: str):
    name = f"kelas_{os.getpid()}_{secrets.token_hex(4)}"
    admin = create_engine(base, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield make_url(base).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(scope="session", params=ENGINES)
def app(request, tmp_path_factory):
    """One application per engine for the whole run."""
    folder = tmp_path_factory.mktemp("instance")
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    app = make_app(INSTANCE_DIR=str(folder), DATABASE_URL=url)
    with app.app_context():
        schema.upgrade()
    yield app
    with app.app_context():
        _db.engine.dispose()


def make_app(**overrides):
    """Build an application for tests; no limits by address, no CSRF."""
    settings = {
        "SECRET_KEY": "uji-" * 10,
        "TESTING": True,
        "WTF_CSRF_ENABLED": False,
        "RATELIMIT_ENABLED": False,
        "LOG_LEVEL": "ERROR",
        "CONTENT_DIR": str(Path(__file__).parent / "content_samples"),
    }
    return create_app(**(settings | overrides))


@pytest.fixture
def db(app, clock):
    """A database holding the cast and nothing else."""
    from lms.catalog import courses

    with app.app_context():
        empty(_db)
        add_cast(_db.session, clock.now())
        _db.session.commit()
        courses.forget()  # the per-process cache of releases
    return _db


def empty(db) -> None:
    """Delete all rows, whatever points at whatever."""
    from lms.records import ledger_guard

    tables = db.metadata.sorted_tables
    ledger_guard.disarm(db.session.connection())
    if db.engine.dialect.name == "postgresql":
        names = ", ".join(f'"{t.name}"' for t in tables)
        db.session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    else:
        db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in reversed(tables):
            db.session.execute(table.delete())
    ledger_guard.arm(db.session.connection())
    db.session.commit()


@pytest.fixture
def sign_in(app, db, clock):
    """sign_in("rani") -> a client that is Rani; sign_in(None) -> a stranger."""
    from lms.accounts import sessions

    def client_of(name: str | None):
        client = app.test_client()
        if name:
            with app.app_context():
                token = sessions.open_for(CAST[name].id, clock.now(), device="uji")
                _db.session.commit()
            client.set_cookie(sessions.cookie_name(tls=False), token)
        return client

    return client_of


class FrozenClock:
    """A clock that moves only when told to."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def now(self) -> datetime:
        return self.time

    def skip(self, **delta: float) -> None:
        self.time += timedelta(**delta)


@pytest.fixture
def clock(monkeypatch):
    """Sunday 22 November 2026, 14.00 WIB, until a test skips ahead."""
    frozen = FrozenClock(datetime(2026, 11, 22, 7, 0, tzinfo=UTC))
    monkeypatch.setattr(_clock, "now", frozen.now)
    return frozen
