"""The people a change touches, by name: only those whom one teaches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, exists, select, tuple_

from lms.accounts import roles
from lms.accounts.models import Person, Unit, full_name
from lms.db import db
from lms.db.snapshots import snapshot
from lms.hr.delimited import EXCEL, encoded
from lms.hr.tables import Shape, columns
from lms.kernel import ids
from lms.kernel.i18n import N_
from lms.records.jp import day_of
from lms.records.models import Completion, Enrolment

PAGE = 50  # people
CHUNK = 1000  # rows of the file read at a time
SHAPE = Shape("peserta", columns("nama unit mulai", free="nama unit"))
RUNNING = N_("Daftar peserta kursus yang sedang berjalan: nama dan unit")
RESCORED = N_("Daftar nilai kuis yang akan dihitung ulang: nama, unit, dan nilai")


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who is taking a course."""

    person_id: int
    enrolment_id: int
    name: str
    unit: str
    started_at: datetime


def running(user, course_id: int, after: int = 0) -> tuple[list[Learner], int]:
    """Return a page of who takes the course in the units that `user` teaches, by name.

    after    id of an enrolment: only people behind its person
    returns  the page, and the id after which the next one begins, 0 = there is none
    """
    wanted = _running(user, course_id)
    if place := _place_of(course_id, after):
        key = tuple_(Person.name, Person.id, Enrolment.id)
        wanted = wanted.where(key > tuple_(*place))
    rows = db.session.execute(wanted.limit(PAGE + 1)).all()
    page = [
        Learner(row.id, row.enrolment_id, _name(row), row.unit, row.started_at)
        for row in rows[:PAGE]
    ]
    return page, page[-1].enrolment_id if len(rows) > PAGE else 0


def people_running(user, course_id: int) -> set[int]:
    """Return the ids of all people that the file of the course tells of."""
    wanted = _running(user, course_id).with_only_columns(Person.id).order_by(None)
    return set(db.session.scalars(wanted))


def file(user, course_id: int, zone: str) -> Iterator[bytes]:
    """Yield all of the list as CSV; read by a connection of its own while it is sent.

    zone  of the days in it
    """
    wanted = _running(user, course_id)
    with snapshot() as connection:
        rows = connection.execution_options(yield_per=CHUNK).execute(wanted)
        lines = (
            (_name(row), row.unit, day_of(row.started_at, zone).isoformat())
            for row in rows
        )
        for piece, _count in encoded(lines, SHAPE, EXCEL):
            yield piece


def _running(user, course_id: int) -> Select:
    return (
        select(
            Person.id,
            Person.title_front,
            Person.name,
            Person.title_back,
            Unit.name.label("unit"),
            Enrolment.id.label("enrolment_id"),
            Enrolment.started_at,
        )
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Enrolment.course_id == course_id,
            Enrolment.withdrawn_at.is_(None),
            ~exists().where(Completion.enrolment_id == Enrolment.id),
            roles.units_held(user, "instructor"),
        )
        .order_by(Person.name, Person.id, Enrolment.id)
    )


def _name(row: Row) -> str:
    return full_name(row.title_front, row.name, row.title_back)


def _place_of(course_id: int, enrolment_id: int) -> tuple[str, int, int] | None:
    """Return where somebody stands in the list of a course; None = not in it."""
    if not 0 < enrolment_id <= ids.LARGEST:
        return None
    row = db.session.execute(
        select(Person.name, Person.id, Enrolment.id.label("enrolment"))
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.id == enrolment_id, Enrolment.course_id == course_id)
    ).first()
    return tuple(row) if row else None


def names(user, people: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return (name, unit) of those among `people` whom `user` teaches."""
    rows = db.session.execute(
        select(Person, Unit.name.label("unit"))
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.id.in_(list(people)[:900]), roles.units_held(user, "instructor"))
    )
    return {row.Person.id: (row.Person.full_name, row.unit) for row in rows}
