"""Tokens, completions, and a program that calls the API."""

import pytest

from lms.db import db as _db
from lms.records import seeds
from tests.web.records import samples

from .program import Program


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
def program(app, db, clock):
    """program() -> a program with a token of Palangka Raya; program(unit=…, …)."""

    def with_token(unit: int = 1, scopes=None, days: int = 30) -> Program:
        return Program.with_token(app, clock, unit, scopes, days)

    return with_token
