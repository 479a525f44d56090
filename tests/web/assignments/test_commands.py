"""lms assignments refresh and list; the demo's assignment."""

import json

from click.testing import CliRunner
from sqlalchemy import select

from lms.accounts.models import Person
from lms.assignments import demo
from lms.assignments.cli import assignments
from lms.assignments.models import Assignment, Duty
from lms.catalog.models import Course
from lms.db import db as _db

from . import stage
from .stage import RANI


def run(app, *words: str):
    with app.app_context():
        return CliRunner().invoke(assignments, list(words))


def test_refresh_says_what_it_has_changed(app, live, clock):
    with app.app_context():
        stage.assign(live, clock.now())
        _db.session.get_one(Person, RANI).unit_id = 2
        _db.session.commit()

    first = run(app, "refresh", "--json")
    second = run(app, "refresh")

    assert json.loads(first.output) == {
        "assigned": 0, "renewed": 0, "ended": {"moved": 1}
    }  # fmt: skip
    assert second.exit_code == 0
    assert "Ditugaskan 0" in second.output


def test_list_counts_who_has_finished(app, live, clock):
    assert "Tidak ada penugasan" in run(app, "list").output
    with app.app_context():
        stage.assign(live, clock.now())
    clock.skip(days=30)

    (one,) = json.loads(run(app, "list", "--json").output)

    assert (one["course"], one["total"], one["done"], one["late"]) == (
        "layanan-prima", 2, 0, 2
    )  # fmt: skip
    assert "selesai 0 dari 2" in run(app, "list").output


def test_the_demo_has_one_assignment_however_often_it_is_made(app, live, clock):
    with app.app_context():
        _db.session.scalars(select(Course)).one().code = demo.COURSE
        _db.session.get_one(Person, RANI).is_demo = True
        _db.session.flush()

        assert [demo.add(clock.now()), demo.add(clock.now())] == [1, 0]

        assert _db.session.query(Assignment).count() == 1
        assert _db.session.query(Duty).filter_by(person_id=RANI).count() == 1
        _db.session.rollback()
