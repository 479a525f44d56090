"""A team for Yohanes: Rani, and whoever a test adds."""

from datetime import date, timedelta

import pytest

from lms.accounts.models import Deputy, Person, Unit, UnitHead
from lms.assignments.models import Assignment, Duty
from lms.catalog.models import Course
from lms.db import db as _db
from lms.kernel import ids
from tests.cast import CAST, START
from tests.publishing import publish_samples

TODAY = date(2026, 11, 22)


class Stage:
    """Makes rows around the cast. Each method commits."""

    def __init__(self, app, clock) -> None:
        self.app, self.clock = app, clock

    def add(self, *rows):
        with self.app.app_context():
            _db.session.add_all(rows)
            _db.session.commit()
            return [row.id for row in rows]

    def person(self, name: str, unit_id: int = 4, **facts) -> str:
        """Add somebody; return the uid."""
        now, uid = self.clock.now(), ids.new_uid()
        facts = {"asn_status": "PNS", "supervisor_id": 3, "job_id": 1} | facts
        self.add(
            Person(
                uid=uid, name=name, unit_id=unit_id, created_at=now, updated_at=now,
                **facts,
            )
        )  # fmt: skip
        return uid

    def unit(self, parent: int, kind: str, name: str) -> int:
        with self.app.app_context():
            above = _db.session.get_one(Unit, parent)
            row = Unit(
                parent_id=parent, agency_id=above.agency_id, kind=kind, name=name,
                valid_from=START,
            )  # fmt: skip
            _db.session.add(row)
            _db.session.flush()
            row.path = f"{above.path}{row.id}/"
            _db.session.commit()
            return row.id

    def head(self, unit_id: int, name: str, **facts) -> None:
        facts = {"valid_from": START} | facts
        self.add(UnitHead(unit_id=unit_id, person_id=CAST[name].id, **facts))

    def deputy(self, superior: str, deputy: str, first: date, last: date | None, **f):
        self.add(
            Deputy(
                superior_id=CAST[superior].id, deputy_id=CAST[deputy].id,
                valid_from=first, valid_to=last, granted_at=self.clock.now(), **f,
            )
        )  # fmt: skip

    def duty(self, uid: str, due_in: int, course: str = "contoh-singkat", **facts):
        """Let somebody owe a course, due in so many days; return the duty's id."""
        due = TODAY + timedelta(days=due_in)
        facts = {"starts_on": min(due, TODAY) - timedelta(days=7)} | facts
        with self.app.app_context():
            person_id = _db.session.query(Person.id).filter_by(uid=uid).scalar()
            course_id = _db.session.query(Course.id).filter_by(code=course).scalar()
            made = Assignment(
                uid=ids.new_uid(), course_id=course_id, unit_id=1, due_on=due,
                starts_on=facts["starts_on"], created_at=self.clock.now(),
            )  # fmt: skip
            _db.session.add(made)
            _db.session.flush()
            duty = Duty(
                assignment_id=made.id, person_id=person_id, course_id=course_id,
                due_on=due, assigned_at=self.clock.now(), **facts,
            )  # fmt: skip
            _db.session.add(duty)
            _db.session.commit()
            return duty.id


def uid_of(name: str) -> str:
    """Return the uid of one of the cast, as addresses have it."""
    return f"00000000-0000-4000-8000-{CAST[name].id:012}"


@pytest.fixture
def stage(app, db, clock):
    """The sample courses are live; Rani is Yohanes's only staff."""
    publish_samples(app)
    return Stage(app, clock)
