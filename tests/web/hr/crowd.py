"""People, duties and courses finished for the dashboard, written straight in."""

from datetime import date, datetime, timedelta

from lms.accounts.models import Person
from lms.assignments.models import Assignment, Duty
from lms.db import db
from lms.kernel import ids


def assign(live, now: datetime, due_on: date, people: list[int]) -> list[Duty]:
    """Give these people the course as a duty; flushed, not committed."""
    assignment = Assignment(
        uid=ids.new_uid(),
        course_id=live.course_id,
        unit_id=1,
        reason="Wajib bagi petugas.",
        starts_on=due_on - timedelta(days=30),
        due_on=due_on,
        created_at=now,
    )
    db.session.add(assignment)
    db.session.flush()
    duties = [
        Duty(
            assignment_id=assignment.id,
            person_id=person,
            course_id=live.course_id,
            starts_on=assignment.starts_on,
            due_on=due_on,
            assigned_at=now,
        )
        for person in people
    ]
    db.session.add_all(duties)
    db.session.flush()
    return duties


def add_people(now: datetime, first: int, count: int, unit_id: int, **facts) -> None:
    """Add people with numbers from `first` on."""
    for number in range(first, first + count):
        db.session.add(
            Person(
                id=number,
                uid=ids.new_uid(),
                name=f"Pegawai {number}",
                unit_id=unit_id,
                created_at=now,
                updated_at=now,
                **({"asn_status": "PNS", "job_id": 1} | facts),
            )
        )
    db.session.flush()
