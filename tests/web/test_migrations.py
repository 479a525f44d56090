"""Migrations make the tables that the models describe, all of them or none."""

import pytest
from alembic import command
from sqlalchemy import inspect, text

from lms.db import db, schema
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
