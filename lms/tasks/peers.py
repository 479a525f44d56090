"""Which peers grade whom: of one agency, blind, after handing in their own.

Whoever hands in is given work of others that waits for peers, and their own work goes
to those who have handed in before and grade the fewest, none of them more than TWICE
what the assignment asks. Who is missing then comes with the next one who hands in, or
an instructor decides without (see reviews.waive).
"""

from datetime import datetime

from sqlalchemy import func, select

from lms.accounts.models import Person, Unit
from lms.db import db
from lms.db.inserts import add_new

from . import queries
from .models import Call, Work

TWICE = 2  # else the last to hand in would find everybody busy


def assign(work: Work, now: datetime) -> set[int]:
    """Pair a round that was just handed in; return the ids of works given out anew."""
    if not work.peers:
        return set()
    agency = _agency_of(work.person_id)
    given = _for_them(work, agency, now)
    if _for_others(work, agency, now):
        given.add(work.id)
    return given


def _agency_of(person_id: int) -> int:
    return db.session.scalars(
        select(Unit.agency_id)
        .join(Person, Person.unit_id == Unit.id)
        .where(Person.id == person_id)
    ).one()


def _calls_of_work():
    return (
        select(func.count())
        .select_from(Call)
        .where(Call.work_id == Work.id, Call.role == "peer")
        .correlate(Work)
        .scalar_subquery()
    )


def _for_them(work: Work, agency: int, now: datetime) -> set[int]:
    """Give whoever handed in the work of others, that with the fewest peers first."""
    room = work.peers - _load(work.person_id, work)
    if room <= 0:
        return set()
    mine = select(Call.work_id).where(
        Call.person_id == work.person_id, Call.role == "peer"
    )
    found = db.session.scalars(
        select(Work.id)
        .join(Person, Person.id == Work.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            queries.unsettled_condition(),
            Work.course_id == work.course_id,
            Work.item_code == work.item_code,
            Work.person_id != work.person_id,
            Work.id.not_in(mine),
            Unit.agency_id == agency,
            _calls_of_work() < Work.peers,
        )
        .order_by(_calls_of_work(), Work.submitted_at, Work.id)
        .limit(room)
    ).all()
    _call([(work_id, work.person_id) for work_id in found], now)
    return set(found)


def _for_others(work: Work, agency: int, now: datetime) -> bool:
    """Give the new work to those who have handed in and grade the fewest."""
    known = set(
        db.session.scalars(
            select(Call.person_id).where(Call.work_id == work.id, Call.role == "peer")
        )
    )
    people = db.session.scalars(
        select(Work.person_id)
        .join(Person, Person.id == Work.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Work.course_id == work.course_id,
            Work.item_code == work.item_code,
            Work.submitted_at.is_not(None),
            Work.person_id != work.person_id,
            Person.is_active,
            Unit.agency_id == agency,
        )
        .group_by(Work.person_id)
        .order_by(func.max(Work.submitted_at).desc())
        .limit(50)
    ).all()
    free = sorted(
        (load, person_id)
        for person_id in people
        if person_id not in known
        and (load := _load(person_id, work)) < TWICE * work.peers
    )
    wanted = work.peers - len(known)
    chosen = [(work.id, person_id) for _load_, person_id in free[: max(0, wanted)]]
    _call(chosen, now)
    return bool(chosen)


def _load(person_id: int, work: Work) -> int:
    """Return how many works of this assignment somebody was given."""
    return db.session.scalar(
        select(func.count())
        .select_from(Call)
        .join(Work, Work.id == Call.work_id)
        .where(
            Call.person_id == person_id,
            Call.role == "peer",
            Work.course_id == work.course_id,
            Work.item_code == work.item_code,
        )
    )


def _call(pairs: list[tuple[int, int]], now: datetime) -> None:
    add_new(
        Call,
        [
            {"work_id": work_id, "role": "peer", "person_id": person_id,
             "called_at": now}
            for work_id, person_id in pairs
        ],
    )  # fmt: skip
