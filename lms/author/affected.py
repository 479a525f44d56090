"""The people a change touches, by name: only those whom one teaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from lms.accounts import roles
from lms.accounts.models import Person, Unit
from lms.db import db
from lms.kernel.i18n import N_
from lms.records.models import Completion, Enrolment

MOST = 200  # people on one page
RUNNING = N_("Daftar peserta kursus yang sedang berjalan: nama dan unit")
RESCORED = N_("Daftar nilai kuis yang akan dihitung ulang: nama, unit, dan nilai")


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who is taking a course."""

    person_id: int
    name: str
    unit: str
    started_at: datetime


def running(user, course_id: int) -> list[Learner]:
    """Return who takes the course in the units that `user` teaches; at most MOST."""
    rows = db.session.execute(
        select(Person, Unit.name.label("unit"), Enrolment.started_at)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Enrolment.course_id == course_id,
            Enrolment.withdrawn_at.is_(None),
            ~exists().where(Completion.enrolment_id == Enrolment.id),
            roles.units_held(user, "instructor"),
        )
        .order_by(Person.name, Person.id)
        .limit(MOST)
    )
    return [
        Learner(row.Person.id, row.Person.full_name, row.unit, row.started_at)
        for row in rows
    ]


def names(user, people: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return (name, unit) of those among `people` whom `user` teaches."""
    rows = db.session.execute(
        select(Person, Unit.name.label("unit"))
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.id.in_(list(people)[:900]), roles.units_held(user, "instructor"))
    )
    return {row.Person.id: (row.Person.full_name, row.unit) for row in rows}
