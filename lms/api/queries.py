"""Reads of the resources: rows as resources.py describes them, in a stable order.

Each row also has `row`, its place for the cursor, and, where it tells something about
a person, `whose`: that person's internal id.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from lms.accounts.models import Agency, Job, Person, Unit
from lms.assignments import standing, states
from lms.assignments.models import Assignment, Duty
from lms.catalog.models import Course, LiveRelease, Release
from lms.db import db
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.records import ledger
from lms.records.models import Completion, LedgerEntry

from . import changes

Row = dict[str, Any]
# Where a list goes on: the number of a row, or [time, number]; 0 = at the start.
Place = Any


class NothingThere(NotFound):
    message = N_("Tidak ada, atau di luar cakupan token ini.")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a token may see, and what answers need to know.

    path      of its unit
    today     by the calendar of its agency
    base_url  of the site, without a slash at the end
    """

    path: str
    today: date
    base_url: str


def _within(scope: Scope) -> ColumnElement[bool]:
    """Return a condition on Unit."""
    return Unit.path.startswith(scope.path, autoescape=True)


def _rows(statement: Select) -> list[Row]:
    return [dict(row) for row in db.session.execute(statement).mappings()]


def _people(scope: Scope) -> Select:
    superior = aliased(Person)
    p = Person
    return (
        select(
            p.id.label("row"), p.id.label("whose"), p.uid.label("id"), p.nip,
            p.id_kind, p.name, p.title_front, p.title_back, p.asn_status, p.rank,
            p.unit_id, Job.title.label("job_title"), Job.type.label("job_type"),
            Job.level.label("job_level"), superior.uid.label("supervisor_id"),
            p.is_active, p.updated_at,
        )
        .join(Unit, Unit.id == p.unit_id)
        .outerjoin(Job, Job.id == p.job_id)
        .outerjoin(superior, superior.id == p.supervisor_id)
        .where(_within(scope))
        .order_by(p.id)
    )  # fmt: skip


def people(scope: Scope, asked: Row, after: Place, limit: int) -> list[Row]:
    """Return people behind the row `after`."""
    found = people_statement(scope, asked, after, limit)
    rows = _rows(found)
    if asked["updated_since"]:
        for row in rows:
            row["row"] = [row["updated_at"].isoformat(), row["row"]]
    return rows


def people_statement(scope: Scope, asked: Row, after: Place, limit: int) -> Select:
    """Select a page of people: by number; by the time of the change when asked by it.

    Either order is that of an index, so a page is read and no more than that.
    """
    found = _people(scope).limit(limit)
    if asked["is_active"]:
        found = found.where(Person.is_active == (asked["is_active"] == "true"))
    if not asked["updated_since"]:
        return found.where(Person.id > after)
    p = Person
    found = found.order_by(None).order_by(p.updated_at, p.id)
    if not after:
        return found.where(p.updated_at >= asked["updated_since"])
    time, number = datetime.fromisoformat(after[0]), after[1]
    place = tuple_(literal(time, p.updated_at.type), literal(number))
    return found.where(tuple_(p.updated_at, p.id) > place)


def _units(scope: Scope) -> Select:
    u = Unit
    return (
        select(
            u.id.label("row"), u.id, u.parent_id, u.agency_id,
            Agency.code.label("agency_code"), u.kind, u.name, u.short_name,
            u.siasn_unor_id, u.valid_from, u.valid_to,
        )
        .join(Agency, Agency.unit_id == u.agency_id)
        .where(_within(scope))
        .order_by(u.id)
    )  # fmt: skip


def units(scope: Scope, _asked: Row, after: int, limit: int) -> list[Row]:
    """Return units behind the row `after`."""
    return _rows(_units(scope).where(Unit.id > after).limit(limit))


def _courses() -> Select:
    return (
        select(
            Course.id.label("row"), Course.code.label("id"), Release.title,
            Release.summary, Release.edition, Release.number.label("release"),
            Release.jp, Course.is_listed, Release.published_at,
        )
        .join(LiveRelease, LiveRelease.course_id == Course.id)
        .join(Release, Release.id == LiveRelease.release_id)
        .order_by(Course.id)
    )  # fmt: skip


def courses(scope: Scope, asked: Row, after: int, limit: int) -> list[Row]:
    """Return courses behind the row `after`; all agencies share them."""
    found = _courses().where(Course.id > after).limit(limit)
    if asked["updated_since"]:
        found = found.where(Release.published_at >= asked["updated_since"])
    return _with_pages(scope, _rows(found))


def _with_pages(scope: Scope, rows: list[Row]) -> list[Row]:
    return [row | {"url": f"{scope.base_url}/kursus/{row['id']}"} for row in rows]


def completions(scope: Scope, asked: Row, after: int, limit: int) -> list[Row]:
    """Return completions whose newest change stands behind `after` in the ledger."""
    since = asked["updated_since"]
    if since:
        after = max(after, changes.seq_before(since))
    return _with_checks(scope, _rows(completions_statement(scope, asked, after, limit)))


def completions_statement(scope: Scope, asked: Row, after: int, limit: int) -> Select:
    """Select a page of completions behind `after`, in the order of the ledger's key."""
    found = (
        changes.newest()
        .where(LedgerEntry.seq > after, changes.within(scope.path))
        .limit(limit)
    )
    if asked["updated_since"]:
        # As a CASE: PostgreSQL would take the index of times, and sort all there is.
        is_since = case((LedgerEntry.at >= asked["updated_since"], 1), else_=0)
        found = found.where(is_since == 1)
    if asked["course"]:
        found = found.where(Completion.course_code == asked["course"])
    if asked["person"]:
        whose = select(Person.id).where(Person.uid == asked["person"])
        found = found.where(LedgerEntry.person_id == whose.scalar_subquery())
    return found


def _with_checks(scope: Scope, rows: list[Row]) -> list[Row]:
    for row in rows:
        code = row.pop("certificate_code")
        row["certificate_url"] = f"{scope.base_url}/cek/{code}" if code else None
    return rows


def _assignments(scope: Scope) -> Select:
    a = Assignment
    inside = select(Unit.id).where(_within(scope))
    owed = exists().where(
        Duty.assignment_id == a.id,
        standing.is_owed(),
        Duty.person_id.in_(select(Person.id).where(Person.unit_id.in_(inside))),
    )
    return (
        select(
            a.id.label("row"), a.uid.label("id"), Course.code.label("course_id"),
            a.unit_id, a.with_subunits, a.reason, a.starts_on, a.due_on, a.waves,
            a.renew_months, a.created_at, a.ended_at,
        )
        .join(Course, Course.id == a.course_id)
        .where(or_(a.unit_id.in_(inside), owed))
        .order_by(a.id)
    )  # fmt: skip


def assignments(scope: Scope, asked: Row, after: int, limit: int) -> list[Row]:
    """Return assignments behind the row `after`, with how their duties stand."""
    found = _assignments(scope).where(Assignment.id > after).limit(limit)
    if asked["state"]:
        is_open = asked["state"] == "open"
        ended = Assignment.ended_at
        found = found.where(ended.is_(None) if is_open else ended.is_not(None))
    return _with_counts(scope, _rows(found))


def _with_counts(scope: Scope, rows: list[Row]) -> list[Row]:
    """Add how many people of the scope are how far."""
    wanted = [row["row"] for row in rows]
    duties = _owed(scope).where(Duty.assignment_id.in_(wanted)).subquery()
    d = duties.c
    alike = (d.assignment_id, d.due_on, d.finished_on.is_(None), d.begun_id.is_(None))
    counts: dict[tuple[int, str], int] = {}
    for number, due_on, unfinished, unbegun, count in db.session.execute(
        select(*alike, func.count()).group_by(*alike)
    ):
        finished_on = None if unfinished else scope.today
        state = states.state(finished_on, not unbegun, due_on, scope.today)
        counts[number, state] = counts.get((number, state), 0) + count
    return [
        row | {f"{s}_count": counts.get((row["row"], s), 0) for s in states.STATES}
        for row in rows
    ]


def _owed(scope: Scope) -> Select:
    inside = select(Person.id).join(Unit, Unit.id == Person.unit_id)
    return standing.statement().where(Duty.person_id.in_(inside.where(_within(scope))))


def duties(scope: Scope, assignment: str, after: int, limit: int) -> list[Row]:
    """Return the open duties of an assignment behind the row `after`."""
    found = (
        _owed(scope)
        .add_columns(Person.uid, Person.nip, Person.name, Person.unit_id)
        .join(Person, Person.id == Duty.person_id)
        .where(Assignment.uid == assignment, Duty.id > after)
        .order_by(Duty.id)
        .limit(limit)
    )
    return [_duty(row, scope.today) for row in db.session.execute(found)]


def _duty(found, today: date) -> Row:
    *duty, person_uid, nip, name, unit_id = found
    owed = standing.owed_of(duty, today)
    return {
        "row": owed.duty_id, "whose": owed.person_id, "person_id": person_uid,
        "nip": nip, "name": name, "unit_id": unit_id, "period": owed.period,
        "wave": owed.wave, "starts_on": owed.starts_on, "due_on": owed.due_on,
        "state": owed.state, "finished_on": owed.finished_on,
    }  # fmt: skip


def _one_completion(scope: Scope, uid: str) -> list[Row]:
    whose = select(Completion.person_id).where(Completion.uid == uid)
    found = changes.newest().where(
        Completion.uid == uid,
        LedgerEntry.person_id == whose.scalar_subquery(),
        changes.within(scope.path),
    )
    return _with_checks(scope, _rows(found))


_LISTS: dict[str, Callable[[Scope, Row, Place, int], list[Row]]] = {
    "people": people,
    "units": units,
    "courses": courses,
    "completions": completions,
    "assignments": assignments,
}
_ONE: dict[str, Callable[[Scope, Any], list[Row]]] = {
    "people": lambda scope, key: _rows(_people(scope).where(Person.uid == key)),
    "units": lambda scope, key: _rows(_units(scope).where(Unit.id == key)),
    "courses": lambda scope, key: _with_pages(
        scope, _rows(_courses().where(Course.code == key))
    ),
    "completions": _one_completion,
    "assignments": lambda scope, key: _with_counts(
        scope, _rows(_assignments(scope).where(Assignment.uid == key))
    ),
}


def listed(name: str, scope: Scope, asked: Row, after: Place, limit: int) -> list[Row]:
    """Return at most `limit` rows of a resource behind the row `after`."""
    return _LISTS[name](scope, asked, after, limit)


def end_of(name: str) -> int:
    """Return how far a list goes that grows at its end; 0 for other lists.

    Ask before `listed`: whoever has its last row has seen all up to here, so the next
    time nothing before is read again.
    """
    return ledger.head()[0] if name == "completions" else 0


def one(name: str, scope: Scope, key: Any) -> Row:
    """Return one row; raises NothingThere, also for another agency's."""
    found = _ONE[name](scope, key)
    if not found:
        raise NothingThere
    return found[0]
