"""Records on both databases."""

import pytest

from lms.db import db as _db
from lms.records import seeds

from . import samples


@pytest.fixture
def live(app, db, clock):
    """The sample course, with the JP rules loaded, inside an application context."""
    with app.app_context():
        seeds.load(_db.session)
        _db.session.commit()
        return samples.publish(clock.now())


@pytest.fixture
def done(app, live, clock):
    """Rani has finished the course; the uid of her completion."""
    with app.app_context():
        return samples.finish(4, live, clock.now()).uid
