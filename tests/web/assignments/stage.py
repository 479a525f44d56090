"""Assignments and people for the tests, straight into the tables."""

from datetime import date, datetime

from lms.accounts import moves
from lms.accounts.models import Person, Unit
from lms.assignments import assignments, membership
from lms.assignments.models import Assignment, Duty
from lms.assignments.rules import Rule, Terms
from lms.db import db
from lms.kernel import ids
from tests.cast import CAST

CITY, PERMITS, SERVICES = 1, 4, 3  # units of Rani's agency
STARTS, DUE = date(2026, 11, 22), date(2026, 12, 6)
RANI, YOHANES, SITI = CAST["rani"].id, CAST["yohanes"].id, CAST["siti"].id


def assign(live, now: datetime, unit_id: int = SERVICES, **said) -> Assignment:
    """Assign the course in a unit and below; `said`: of Rule and Terms."""
    path = db.session.get_one(Unit, unit_id).path
    of_rule = {k: said.pop(k) for k in list(said) if k in Rule.__slots__}
    first = said.pop("exempted", ())
    made = assignments.create(
        said.pop("uid", ids.new_uid()),
        live.course_id,
        Rule(unit_id=unit_id, path=path, **of_rule),
        Terms(**{"starts_on": STARTS, "due_on": DUE, **said}),
        by=None,
        now=now,
        exempted=first,
        exempt_reason="Tugas belajar",
    )
    db.session.commit()
    return made


def add_people(count: int, now: datetime, unit_id: int = PERMITS, **facts) -> list[int]:
    """Add people who are told apart by number alone; return their ids."""
    rows = [
        Person(
            uid=ids.new_uid(),
            name=f"Pegawai {number:05}",
            **{"asn_status": "PNS", "job_id": 1, **facts},
            unit_id=unit_id,
            created_at=now,
            updated_at=now,
        )
        for number in range(count)
    ]
    db.session.add_all(rows)
    db.session.commit()
    return [row.id for row in rows]


def open_duties() -> dict[int, Duty]:
    """Return the open duties by person."""
    found = db.session.query(Duty).filter(Duty.ended_at.is_(None)).order_by(Duty.id)
    return {duty.person_id: duty for duty in found}


def history(person_id: int) -> list[str]:
    """Return how each duty of a person ended, "" = it has not."""
    rows = db.session.query(Duty).filter_by(person_id=person_id).order_by(Duty.id)
    return [duty.end_reason for duty in rows]


def refresh(now: datetime) -> None:
    """Let the daily round come by."""
    membership.refresh(now=now)
    db.session.commit()


def move(person_id: int, unit_id: int, now: datetime) -> None:
    """Let somebody work in another unit from now."""
    db.session.get_one(Person, person_id).unit_id = unit_id
    db.session.flush()
    moves.tell([person_id], now)
    db.session.commit()
