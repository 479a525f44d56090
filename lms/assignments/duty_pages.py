"""What a person has to do by assignments, for their own pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, func, or_, select

from lms.accounts.models import Agency, Unit
from lms.catalog import courses
from lms.catalog.models import Course, LiveRelease, Release
from lms.db import db
from lms.db.prepared import Prepared
from lms.kernel.i18n import N_
from lms.learn import demands, duties
from lms.learn.demands import Demand
from lms.learn.duties import Remark

from . import standing, states, telling
from .models import Assignment, Duty, Exemption
from .telling import Said

_LAST = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Mine:
    """A duty of the reader, open or former.

    assignment  its rule, days and reason
    said        whom the rule means, in names
    office      of the agency that assigned it
    state       done, late, running, todo, waiting (its wave has not begun),
                or how it ended: moved, left, exempted, ended, renewed
    """

    assignment: Assignment
    duty: Duty
    code: str
    title: str
    said: Said
    office: str
    state: str
    finished_on: date | None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class Freed:
    """An exemption that holds."""

    title: str
    reason: str
    until: date | None


def _named(statement):
    """Add what a page says about the assignment: course, unit, office, zone."""
    return (
        statement.join(Course, Course.id == Duty.course_id)
        .outerjoin(LiveRelease, LiveRelease.course_id == Duty.course_id)
        .outerjoin(Release, Release.id == LiveRelease.release_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Agency, Agency.unit_id == Unit.agency_id)
    )


_MINE = (
    _named(
        standing.every().add_columns(
            Assignment,
            Course.code,
            func.coalesce(Release.title, Course.code).label("title"),
            Agency.office_name,
            Agency.timezone,
        )
    )
    .where(Duty.person_id == bindparam("person"))
    .order_by(Duty.due_on, Duty.id)
)
_OPEN = _named(
    select(
        Duty.course_id,
        Duty.wave,
        Duty.starts_on,
        Duty.due_on,
        Assignment.waves,
        LiveRelease.release_id,
        Agency.office_name,
        Agency.timezone,
        standing.begun_id().label("begun_id"),
    ).join(Assignment, Assignment.id == Duty.assignment_id)
).where(
    Duty.person_id == bindparam("person"),
    Duty.ended_at.is_(None),
    Assignment.ended_at.is_(None),
    LiveRelease.release_id.is_not(None),
    standing.finished_on().is_(None),
)


def mine(person_id: int, now: datetime) -> list[Mine]:
    """Return all duties a person has or had, the nearest deadline first."""
    rows = db.session.execute(_MINE, {"person": person_id}).all()
    said = telling.of_assignments({row.Assignment for row in rows})
    return [_mine(row, said[row.Assignment.id], now) for row in rows]


def _mine(row: Row, said: Said, now: datetime) -> Mine:
    duty = row.Duty
    today = now.astimezone(ZoneInfo(row.timezone)).date()
    over = "ended" if row.Assignment.ended_at else ""  # not closed yet: sweeps.py
    state = (
        duty.end_reason
        or over
        or states.state(row.finished_on, row.begun_id is not None, duty.due_on, today)
    )
    if state == "todo" and duty.starts_on > today:
        state = "waiting"
    return Mine(
        assignment=row.Assignment,
        duty=duty,
        code=row.code,
        title=row.title,
        said=said,
        office=row.office_name,
        state=state,
        finished_on=row.finished_on,
        days_late=(today - duty.due_on).days if state == "late" else 0,
    )


def freed(person_id: int, today: date) -> list[Freed]:
    """Return what a person is exempted from."""
    rows = db.session.execute(
        select(Release.title, Exemption.reason, Exemption.until)
        .join(Assignment, Assignment.id == Exemption.assignment_id)
        .join(LiveRelease, LiveRelease.course_id == Assignment.course_id)
        .join(Release, Release.id == LiveRelease.release_id)
        .where(
            Exemption.person_id == person_id,
            Exemption.ended_at.is_(None),
            Assignment.ended_at.is_(None),
            or_(Exemption.until.is_(None), Exemption.until >= today),
        )
        .order_by(Exemption.id)
    )
    return [Freed(*row) for row in rows]


_OPEN_ROWS = Prepared(_OPEN)  # the first page of everybody runs it


def _open(person_id: int) -> list[Row]:
    return _OPEN_ROWS.rows(person=person_id)


@duties.register
def to_finish(person_id: int, now: datetime) -> Iterable[duties.Duty]:
    """Yield what is assigned and not finished, for the first page."""
    rows = _open(person_id)
    known = courses.releases(row.release_id for row in rows) if rows else {}
    for row in rows:
        live, remarks = known[row.release_id], [Remark(N_("ditugaskan"))]
        if row.waves > 1:
            remarks.append(Remark(N_("gelombang %(number)s"), (("number", row.wave),)))
        yield duties.Duty(
            kind="course",
            title=live.title,
            endpoint="learn.course",
            values=(("kursus", live.code),),
            due_at=_end_of(row.due_on, row.timezone),
            minutes=live.minutes,
            remarks=tuple(remarks),
            jp=live.jp,
            is_begun=row.begun_id is not None,
            is_required=True,
        )


@demands.register
def demanded(person_id: int, course_id: int, now: datetime) -> Iterable[Demand]:
    """Yield who has assigned a course, for its page."""
    for row in _open(person_id):
        if row.course_id == course_id:
            today = now.astimezone(ZoneInfo(row.timezone)).date()
            yield Demand(row.office_name, row.due_on, row.due_on < today)


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, _LAST, ZoneInfo(zone)).astimezone(UTC)
