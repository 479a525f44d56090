"""How the open duties of people stand; everything is read, nothing is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from lms.db import db
from lms.records.models import Completion, Enrolment

from . import states
from .models import Assignment, Duty

CHUNK = 900  # values in one IN (...): below every database's limit


@dataclass(frozen=True, slots=True)
class Owed:
    """An open duty and how it stands.

    state        done, late, running, todo: see states.py
    finished_on  of the completion that fulfils it
    is_begun     also true of what is done or late
    """

    duty_id: int
    assignment_id: int
    assignment_uid: str
    person_id: int
    course_id: int
    period: int
    wave: int
    starts_on: date
    due_on: date
    reason: str
    state: str
    finished_on: date | None
    is_begun: bool

    def days_late(self, today: date) -> int:
        """Return the days past the deadline; 0 = not late."""
        return (today - self.due_on).days if self.state == "late" else 0


def finished_on():
    """Return the day of the newest valid completion that counts, as a column.

    Beside a duty that is closed, only completions up to its end count.
    """
    return (
        select(func.max(Completion.finished_on))
        .where(
            Completion.person_id == Duty.person_id,
            Completion.course_id == Duty.course_id,
            Completion.state == "valid",
            or_(
                Duty.counts_from.is_(None),
                Completion.finished_on >= Duty.counts_from,
            ),
            or_(Duty.ended_at.is_(None), Completion.finished_at <= Duty.ended_at),
        )
        .correlate(Duty)
        .scalar_subquery()
    )


def begun_id():
    """Return the enrolment of the duty's course that was not left, as a column."""
    return (
        # + 0: for a bare max(id) SQLite reads all who take the course: slow.
        select(func.max(Enrolment.id + 0))
        .where(
            Enrolment.person_id == Duty.person_id,
            Enrolment.course_id == Duty.course_id,
            Enrolment.withdrawn_at.is_(None),
        )
        .correlate(Duty)
        .scalar_subquery()
    )


def statement() -> Select:
    """Select open duties with the newest completion that counts and the enrolment.

    Columns: those of Duty, Assignment.uid, Assignment.reason, finished_on, begun_id.
    """
    return every().where(is_owed())


def is_owed() -> ColumnElement[bool]:
    """Return the condition on Duty alone that it is open, and its assignment runs.

    The duties of an assignment that has ended are closed share by share: see sweeps.py.
    """
    over = select(Assignment.id).where(Assignment.ended_at.is_not(None))
    return and_(Duty.ended_at.is_(None), Duty.assignment_id.not_in(over))


def every() -> Select:
    """Select the same of all duties, also of those that were ended."""
    return select(
        Duty,
        Assignment.uid,
        Assignment.reason,
        finished_on().label("finished_on"),
        begun_id().label("begun_id"),
    ).join(Assignment, Assignment.id == Duty.assignment_id)


def of_person(person_id: int, today: date) -> list[Owed]:
    """Return what a person owes, the nearest deadline first."""
    return of_people([person_id], today).get(person_id, [])


def of_people(person_ids: Collection[int], today: date) -> dict[int, list[Owed]]:
    """Return person id -> what they owe, the nearest deadline first.

    today  by the calendar of their agency
    """
    found: dict[int, list[Owed]] = {}
    wanted = sorted(set(person_ids))
    for at in range(0, len(wanted), CHUNK):
        rows = db.session.execute(
            statement()
            .where(Duty.person_id.in_(wanted[at : at + CHUNK]))
            .order_by(Duty.due_on, Duty.id)
        )
        for row in rows:
            owed = owed_of(row, today)
            found.setdefault(owed.person_id, []).append(owed)
    return found


def owed_of(row, today: date) -> Owed:
    """Return a row of `statement` as it stands on a day."""
    duty, uid, reason, finished_on, begun_id = row
    is_begun = begun_id is not None
    return Owed(
        duty_id=duty.id,
        assignment_id=duty.assignment_id,
        assignment_uid=uid,
        person_id=duty.person_id,
        course_id=duty.course_id,
        period=duty.period,
        wave=duty.wave,
        starts_on=duty.starts_on,
        due_on=duty.due_on,
        reason=reason,
        state=states.state(finished_on, is_begun, duty.due_on, today),
        finished_on=finished_on,
        is_begun=is_begun,
    )
