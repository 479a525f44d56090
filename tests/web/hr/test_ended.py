"""What an assignment asked is owed no more once it has ended, whatever page says so.

The duties of very many people are closed share by share: until the last one is, those
still open in the table are nobody's any more.
"""

import pytest
from sqlalchemy import func, select

from lms.assignments import assignments, reminders, sweeps
from lms.assignments.models import Assignment, Duty, Reminder
from lms.db import db as _db
from lms.hr import figures
from lms.jobs.worker import run_once
from tests.web.api.program import Program
from tests.web.assignments import stage

SHARE, MANY = 50, 130
LATE = "/sdm/daftar?isi=tugas"


@pytest.fixture
def ended(app, live, clock, monkeypatch):
    """An assignment of many people that has just ended, with one share closed."""
    monkeypatch.setattr(sweeps, "SHARE", SHARE)
    with app.app_context():
        stage.add_people(MANY, clock.now())
        made = stage.assign(live, clock.now())
        sweeps.work(_db.session.commit)
        figures.take_in(_db.session.commit)
        assignments.end(_db.session.get_one(Assignment, made.id), by=None,
                        now=clock.now())  # fmt: skip
        _db.session.commit()
        uid = made.uid
        still = select(func.count()).where(Duty.ended_at.is_(None))
        assert _db.session.scalar(still) > SHARE
    return uid


def test_hrs_lists_have_none_of_it(sign_in, ended):
    page = sign_in("siti").get(LATE)

    assert 'data-count="0"' in page.get_data(as_text=True)


def test_programs_are_told_of_none_of_it(app, clock, ended):
    reader = Program.with_token(app, clock, 1, None, 30)

    row = reader.get(f"/assignments/{ended}").json

    states = ("done", "late", "running", "todo")
    assert [row[f"{state}_count"] for state in states] == [0, 0, 0, 0]
    assert reader.get(f"/assignments/{ended}/duties").json["data"] == []


def test_a_unit_that_only_owed_it_is_not_told_of_it(app, clock, ended):
    reader = Program.with_token(app, clock, stage.PERMITS, None, 30)

    assert reader.get(f"/assignments/{ended}").status_code == 404


def test_the_dashboard_says_how_much_it_does_not_know_yet(app, sign_in, ended):
    siti = sign_in("siti")

    before = siti.get("/sdm").get_data(as_text=True)
    run_once(app, with_daily=False)
    after = siti.get("/sdm").get_data(as_text=True)

    assert f"{MANY + 2 - SHARE} perubahan terakhir belum terhitung" in before
    assert "belum terhitung" not in after


def test_nobody_is_reminded_of_it_on_their_first_page(app, clock, ended):
    with app.app_context():
        duty = _db.session.scalars(
            select(Duty).where(Duty.ended_at.is_(None)).limit(1)
        ).one()
        _db.session.add(
            Reminder(duty_id=duty.id, person_id=duty.person_id, kind="late", step=1,
                     on_day=clock.now().date(), at=clock.now())
        )  # fmt: skip
        _db.session.commit()

        assert reminders.unread(duty.person_id) == []
