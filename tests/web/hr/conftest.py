"""The stage of the tests of HR's pages, on both databases."""

import pytest

from lms.accounts import moves
from lms.db import db as _db
from lms.records import seeds
from tests.web.records import samples


@pytest.fixture
def live(app, db, clock):
    """The sample course, with the JP rules loaded."""
    with app.app_context():
        seeds.load(_db.session)
        _db.session.commit()
        return samples.publish(clock.now())


@pytest.fixture
def done(app, live, clock):
    """Rani (Palangka Raya) and Agus (Jambi) have finished: their record uids."""
    with app.app_context():
        return {
            "rani": samples.finish(4, live, clock.now(), 7_345).uid,
            "agus": samples.finish(5, live, clock.now()).uid,
        }


@pytest.fixture
def told(monkeypatch):
    """Who was told to have moved, in one list."""
    heard: list[int] = []
    monkeypatch.setattr(moves, "_listeners", [lambda ids, _now: heard.extend(ids)])
    return heard


@pytest.fixture
def read(app):
    """Run a read in the application."""

    def ask(function):
        with app.app_context():
            return function(_db.session)

    return ask
