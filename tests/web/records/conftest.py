"""Records on both databases."""

import pytest
from sqlalchemy import select

from lms.db import db as _db
from lms.records import seeds
from lms.records.models import Certificate

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


@pytest.fixture
def ends(app, live, clock):
    """The sample course as a completion of it counts for 24 months."""
    with app.app_context():
        return samples.publish(clock.now(), 2, validity_months=24)


@pytest.fixture
def earned(app, ends, clock):
    """Rani finished it on 22 November 2026; the check code of her certificate."""
    with app.app_context():
        done = samples.finish(4, ends, clock.now())
        return _db.session.scalar(
            select(Certificate.code).where(Certificate.completion_id == done.id)
        )


@pytest.fixture
def posting(app, monkeypatch):
    """A site that sends mail; nothing leaves the machine."""
    from lms.jobs import mail

    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")
    sent = []
    monkeypatch.setattr(mail, "send", lambda body, **_to: sent.append(body))
    return sent
