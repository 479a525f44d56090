"""Migrations make the tables that the models describe, all of them or none."""

import base64
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Boolean, MetaData, inspect, select, text

from lms.db import db, schema
from lms.records import ledger
from tests.conftest import ENGINES, make_app


@pytest.fixture(params=ENGINES)
def empty_app(request, tmp_path):
    """An application on a database without any table."""
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url_fresh")
    app = make_app(INSTANCE_DIR=str(tmp_path), DATABASE_URL=url)
    with app.app_context():
        if request.param == "postgresql":
            db.session.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
            db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def test_upgrading_an_empty_database_gives_the_models(empty_app):
    assert schema.upgrade() is True

    schema.check()
    assert set(db.metadata.tables) | {"alembic_version"} == tables()


def test_upgrading_twice_changes_nothing(empty_app):
    schema.upgrade()

    assert schema.upgrade() is False


def test_a_migration_that_fails_leaves_nothing_behind(empty_app, monkeypatch):
    real = command.upgrade

    def breaks(config, revision):
        real(config, revision)
        raise RuntimeError("power cut")

    monkeypatch.setattr(command, "upgrade", breaks)

    with pytest.raises(RuntimeError):
        schema.upgrade()

    assert tables() == set()


def test_readiness_says_that_a_migration_is_missing(empty_app):
    answer = empty_app.test_client().get("/readyz")

    assert answer.status_code == 503


# What a database held just before a migration was added, one file per revision: a
# course with a certificate, an attempt under way, answers, the ledger.
FILLED = sorted((Path(__file__).parent / "filled").glob("*.json"))


def value_of(stored, kind):
    """Return a stored value as the column takes it."""
    if isinstance(stored, dict):
        ((name, value),) = stored.items()
        read = {
            "at": datetime.fromisoformat,
            "on": date.fromisoformat,
            "bytes": base64.b64decode,
            "json": lambda v: v,
        }[name]
        return read(value)
    return bool(stored) if isinstance(kind, Boolean) else stored


def fill(path: Path) -> dict[str, int]:
    """Insert the rows of a file as they are; return how many per table."""
    rows_of = json.loads(path.read_text("utf-8"))
    tables = MetaData()
    tables.reflect(db.engine)
    with db.engine.begin() as connection:
        for name, rows in rows_of.items():
            table = tables.tables[name]
            connection.execute(
                table.insert(),
                [
                    {k: value_of(v, table.c[k].type) for k, v in row.items()}
                    for row in rows
                ],
            )
    return {name: len(rows) for name, rows in rows_of.items()}


@pytest.mark.parametrize("path", FILLED, ids=lambda path: path.stem)
def test_a_filled_database_of_an_earlier_release_keeps_every_row(empty_app, path):
    schema.upgrade(path.stem)
    counts = fill(path)

    schema.upgrade()

    schema.check()
    models = {m.class_.__tablename__: m.class_ for m in db.Model.registry.mappers}
    for name, count in counts.items():
        assert len(db.session.scalars(select(models[name])).all()) == count, name
    assert ledger.verify(ledger.stream()).fault is None
