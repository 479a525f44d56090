"""Reads of HR's pages: assignments with their counts, people page by page.

Everything is counted and cut in the database: an assignment may mean 60,000 people.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from lms.accounts import roles
from lms.accounts.models import Agency, Job, Person, Unit, full_name
from lms.catalog.models import Course, LiveRelease, Release
from lms.db import db

from . import schedule, standing, states, telling
from .models import Assignment, Duty, Exemption, Reminder
from .telling import Said

PER_PAGE = 50
OPEN = ("late", "soon", "running", "todo", "done")  # filters of open duties
FILTERS = ("", *OPEN, "exempted", "former")
SOON = timedelta(days=-min(schedule.AHEAD))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people stand how; `soon` is part of running and todo."""

    total: int = 0
    done: int = 0
    late: int = 0
    soon: int = 0
    running: int = 0
    todo: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """An assignment with what its pages say about it.

    office  of the agency, which speaks for who assigned it
    said    whom the rule means, in names
    """

    assignment: Assignment
    code: str
    title: str
    office: str
    said: Said
    counts: Counts = Counts()


@dataclass(frozen=True, slots=True)
class Line:
    """One person of an assignment.

    state       done, late, running, todo, exempted, former
    why         the reason of an exemption, or how the duty ended
    exemption   its number, while it holds
    reminded_at with `reminded_by`, "" = by the schedule; None = never
    """

    uid: str
    name: str
    unit: str
    job: str
    state: str
    wave: int = 0
    due_on: date | None = None
    finished_on: date | None = None
    why: str = ""
    exemption: int = 0
    until: date | None = None
    ended_at: datetime | None = None
    reminded_at: datetime | None = None
    reminded_by: str = ""


def every(user, *, ended: bool, page: int = 1) -> tuple[list[Shown], int]:
    """Return a page of the assignments of held units, newest first, and how many."""
    is_mine = and_(
        roles.units_held(user, "hr"),
        Assignment.ended_at.is_not(None) if ended else Assignment.ended_at.is_(None),
    )
    total = db.session.scalar(
        select(func.count())
        .select_from(Assignment)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(is_mine)
    )
    rows = db.session.execute(
        _assignments()
        .where(is_mine)
        .order_by(Assignment.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    said = telling.of_assignments([row[0] for row in rows])
    return [Shown(*row, said[row[0].id]) for row in rows], total or 0


def shown(assignment: Assignment) -> Shown:
    """Return one assignment with its course, unit and office."""
    row = db.session.execute(_assignments().where(Assignment.id == assignment.id)).one()
    return Shown(*row, telling.of_assignments([assignment])[assignment.id])


def _assignments() -> Select:
    return (
        select(
            Assignment,
            Course.code,
            func.coalesce(Release.title, Course.code),
            Agency.office_name,
        )
        .join(Course, Course.id == Assignment.course_id)
        .outerjoin(LiveRelease, LiveRelease.course_id == Course.id)
        .outerjoin(Release, Release.id == LiveRelease.release_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Agency, Agency.unit_id == Unit.agency_id)
    )


def _counted() -> ColumnElement[bool]:
    """Those who owe it; of an ended assignment, those who did when it ended."""
    return or_(Duty.ended_at.is_(None), Duty.end_reason == "ended")


def _visible(found: Select, user) -> Select:
    """Keep people of held units."""
    return (
        found.join(Person, Person.id == Duty.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(roles.units_held(user, "hr"))
    )


def counts(user, assignment_ids: Collection[int], today: date) -> dict[int, Counts]:
    """Return assignment id -> counts of the people this officer may see."""
    rows = (
        _visible(
            select(
                Duty.assignment_id,
                Duty.due_on,
                standing.finished_on().is_(None).label("is_open"),
                standing.begun_id().is_(None).label("is_unbegun"),
                func.count().label("count"),
            ),
            user,
        )
        .where(Duty.assignment_id.in_(list(assignment_ids)), _counted())
        .group_by(Duty.assignment_id, Duty.due_on, "is_open", "is_unbegun")
    )
    # What stands alike is counted there, and told apart here: each is looked at once.
    found: dict[int, dict[str, int]] = {}
    for number, due_on, is_open, is_unbegun, count in db.session.execute(rows):
        sums = found.setdefault(number, dict.fromkeys(Counts.__slots__, 0))
        finished = None if is_open else today
        state = states.state(finished, not is_unbegun, due_on, today)
        is_soon = state in ("running", "todo") and due_on <= today + SOON
        for name in ("total", state, *(("soon",) if is_soon else ())):
            sums[name] += count
    return {number: Counts(**sums) for number, sums in found.items()}


def outside(user, made: Assignment) -> tuple[int, int]:
    """Return how many people are exempted, and how many owed it once and no more."""
    exempted = db.session.scalar(select(func.count()).select_from(
        _exempted(user, made).subquery()))  # fmt: skip
    former = db.session.scalar(select(func.count()).select_from(
        _former(user, made).subquery()))  # fmt: skip
    return exempted or 0, former or 0


def _is(state: str, today: date) -> ColumnElement[bool]:
    """Return what is true of a duty in this state."""
    finished, begun = standing.finished_on(), standing.begun_id()
    in_time = and_(finished.is_(None), Duty.due_on >= today)
    conditions = {
        "done": finished.is_not(None),
        "late": and_(finished.is_(None), Duty.due_on < today),
        "soon": and_(in_time, Duty.due_on <= today + SOON),
        "running": and_(in_time, begun.is_not(None)),
        "todo": and_(in_time, begun.is_(None)),
    }
    return conditions[state]


def person_ids(user, made: Assignment, state: str, today: date) -> list[int]:
    """Return the people in this state that the officer may see."""
    found = _visible(select(Duty.person_id), user).where(
        Duty.assignment_id == made.id, Duty.ended_at.is_(None), _is(state, today)
    )
    return list(db.session.scalars(found))


_WHO = (
    Person.id.label("person_id"),
    Person.uid,
    Person.title_front,
    Person.name,
    Person.title_back,
    Unit.name.label("unit"),
    func.coalesce(Job.title, "").label("job"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which people of an assignment: `state` of FILTERS, words of the name, page."""

    state: str = ""
    words: str = ""
    page: int = 1


def people(
    user, made: Assignment, asked: Asked, today: date, known: Counts
) -> tuple[list[Line], int, list[int]]:
    """Return a page of people, how many there are, and the ids of those shown.

    known  what `counts` says of the assignment: nothing is counted a second time
    """
    if asked.state == "exempted":
        found, read = _exempted(user, made), _exempted_line
    elif asked.state == "former":
        found, read = _former(user, made), _former_line
    else:
        found, read = _owing(user, made, asked.state, today), _owing_line(today)
    for word in asked.words.split():
        found = found.where(Person.name.icontains(word, autoescape=True))
    total = getattr(known, asked.state or "total", None)
    if total is None or asked.words.strip():
        total = db.session.scalar(
            select(func.count()).select_from(found.order_by(None).subquery())
        )
    page = found.limit(PER_PAGE).offset((asked.page - 1) * PER_PAGE)
    if read not in (_exempted_line, _former_line):
        page = _told(list(db.session.scalars(page)))
    rows = db.session.execute(page).all()
    reminded = _reminded(row.duty_id for row in rows if hasattr(row, "duty_id"))
    lines = [read(row, reminded) for row in rows]
    return lines, total or 0, [row.person_id for row in rows]


_ORDER = (Duty.due_on, Person.name, Duty.id)


def _owing(user, made: Assignment, state: str, today: date) -> Select:
    """Select the duties in order; what is said of a page is read by `_told`."""
    found = _visible(select(Duty.id), user).where(
        Duty.assignment_id == made.id, _counted()
    )
    return (found.where(_is(state, today)) if state else found).order_by(*_ORDER)


def _told(duty_ids: list[int]) -> Select:
    return (
        select(
            *_WHO,
            Duty.id.label("duty_id"),
            Duty.wave,
            Duty.due_on,
            standing.finished_on().label("finished_on"),
            standing.begun_id().label("begun_id"),
        )
        .join(Person, Person.id == Duty.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Job, Job.id == Person.job_id)
        .where(Duty.id.in_(duty_ids))
        .order_by(*_ORDER)
    )


def _former(user, made: Assignment) -> Select:
    """Those whose last duty was ended as they moved or left."""
    later = aliased(Duty)
    has_later = (
        select(later.id)
        .where(
            later.person_id == Duty.person_id,
            later.assignment_id == made.id,
            later.id > Duty.id,
        )
        .exists()
    )
    return (
        _visible(
            select(
                *_WHO,
                Duty.id.label("duty_id"),
                Duty.wave,
                Duty.due_on,
                Duty.end_reason,
                Duty.ended_at,
                standing.finished_on().label("finished_on"),
            ),
            user,
        )
        .outerjoin(Job, Job.id == Person.job_id)
        .where(
            Duty.assignment_id == made.id,
            Duty.end_reason.in_(("moved", "left")),
            ~has_later,
        )
        .order_by(Duty.ended_at.desc(), Duty.id)
    )


def _exempted(user, made: Assignment) -> Select:
    return (
        select(*_WHO, Exemption.id, Exemption.reason, Exemption.until)
        .join(Person, Person.id == Exemption.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Job, Job.id == Person.job_id)
        .where(
            Exemption.assignment_id == made.id,
            Exemption.ended_at.is_(None),
            roles.units_held(user, "hr"),
        )
        .order_by(Person.name, Exemption.id)
    )


def _reminded(duty_ids: Iterable[int]) -> dict[int, tuple[datetime, str]]:
    """Return duty id -> when it was last reminded of, and by whom ("" = schedule)."""
    newest = (
        select(func.max(Reminder.id))
        .where(Reminder.duty_id.in_(list(duty_ids)))
        .group_by(Reminder.duty_id)
    )
    rows = db.session.execute(
        select(
            Reminder.duty_id,
            Reminder.at,
            Person.title_front,
            Person.name,
            Person.title_back,
        )
        .outerjoin(Person, Person.id == Reminder.sent_by)
        .where(Reminder.id.in_(newest))
    )
    return {
        duty_id: (at, full_name(front, name, back) if name else "")
        for duty_id, at, front, name, back in rows
    }


def _who(row) -> dict[str, str]:
    return {
        "uid": row.uid,
        "name": full_name(row.title_front, row.name, row.title_back),
        "unit": row.unit,
        "job": row.job,
    }


def _owing_line(today: date):
    def read(row, reminded) -> Line:
        at, by = reminded.get(row.duty_id, (None, ""))
        return Line(
            **_who(row),
            state=states.state(
                row.finished_on, row.begun_id is not None, row.due_on, today
            ),
            wave=row.wave,
            due_on=row.due_on,
            finished_on=row.finished_on,
            reminded_at=at,
            reminded_by=by,
        )

    return read


def _former_line(row, _reminded) -> Line:
    return Line(
        **_who(row),
        state="former",
        wave=row.wave,
        due_on=row.due_on,
        finished_on=row.finished_on,
        why=row.end_reason,
        ended_at=row.ended_at,
    )


def _exempted_line(row, _reminded) -> Line:
    return Line(
        **_who(row),
        state="exempted",
        why=row.reason,
        exemption=row.id,
        until=row.until,
    )
