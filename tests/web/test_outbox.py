"""The outbox: done once, tried again when it failed, asked again when it says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.db import db as _db
from lms.jobs import outbox
from lms.jobs.models import OutboxEntry


@pytest.fixture
def waiting(app, db, clock):
    with app.app_context():
        outbox.put("uji", {"n": 1}, "satu", clock.now())
        _db.session.commit()


def entry(app) -> OutboxEntry:
    with app.app_context():
        return _db.session.scalars(select(OutboxEntry)).one()


def run(app, clock, handler) -> int:
    with app.app_context():
        return outbox.run_due({"uji": handler}, clock.now())


def test_a_handler_may_want_to_be_asked_again_without_having_failed(
    app, waiting, clock
):
    later = clock.now() + timedelta(hours=1)
    asked = []

    for _round in range(20):
        run(app, clock, lambda body: asked.append(body) or later)

    assert asked == [{"n": 1}]
    assert (entry(app).due_at, entry(app).tries) == (later, 0)
    clock.skip(hours=1)
    assert run(app, clock, lambda _body: None) == 1
    assert entry(app).done_at == clock.now()


def test_who_wants_to_be_asked_again_at_once_does_not_hold_up_the_round(
    app, waiting, clock
):
    assert run(app, clock, lambda _body: clock.now()) == 1


def test_a_failure_is_tried_again_later(app, waiting, clock):
    def fail(_body):
        raise OSError("putus")

    run(app, clock, fail)

    assert entry(app).last_error == "OSError: putus"
    assert entry(app).due_at == clock.now() + timedelta(minutes=2)
