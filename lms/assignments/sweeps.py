"""Duties of many people, made and ended share by share.

SQLite has one writer, and who waits for it gives up after five seconds: no learner's
answer may wait for sixty thousand duties. So whoever changes much does one share and
leaves a mark (`Assignment.swept_to`, in the same transaction), and the worker goes on
from there, each share in a transaction of its own. Killed at any point, it goes on
with the share that was not committed; a share finds only what is still to be done, so
nobody is given a duty twice and nobody is missed.
"""

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from sqlalchemy import ColumnElement, Select, func, or_, select, update

from lms.accounts import jobs, moves, roles
from lms.accounts.models import Person, Unit
from lms.db import db
from lms.db.inserts import add_new
from lms.jobs import worker
from lms.kernel import clock

from . import membership
from .models import Assignment, AssignmentTitle, Duty
from .rules import CHUNK

logger = logging.getLogger("lms")

SHARE = CHUNK  # people in one transaction
SHOWN = timedelta(days=1)  # for so long the days that HR was shown hold


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the worker is. kind: opening, again, ending.

    done, total  people who were given it, or taken off, and how many there are to be;
                 of "again" total is who still waits
    """

    kind: str
    done: int
    total: int


def begin(made: Assignment, now: datetime) -> None:
    """Bring an assignment up to date that is new or has just ended: the first share."""
    made.swept_to = 0
    made.is_opening = made.ended_at is None
    db.session.flush()
    step(made.id, now)


@moves.listen
def follow(person_ids: Collection[int], now: datetime) -> None:
    """Assign who moved in, release who moved out: in the mover's transaction.

    Of many people only that they moved is noted there, and the worker follows.
    """
    if len(set(person_ids)) <= SHARE:
        membership.refresh(person_ids=person_ids, now=now)
        return
    _mark(Assignment.id.in_(_concerned(sorted(set(person_ids)))))
    worker.wake()


@jobs.listen_rename
def take_over(old: str, new: str, held: ColumnElement[bool]) -> None:
    """Let assignments for a job title mean its people also under another title.

    held  condition on Unit: only assignments for those, as only they changed
    """
    naming = (
        select(AssignmentTitle.assignment_id)
        .join(Assignment, Assignment.id == AssignmentTitle.assignment_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(AssignmentTitle.title == old, Assignment.ended_at.is_(None), held)
    )
    numbers = list(db.session.scalars(naming))
    rows = [{"assignment_id": number, "title": new} for number in numbers]
    add_new(AssignmentTitle, rows)
    _mark(Assignment.id.in_(numbers))  # who had the other title all along


def _concerned(person_ids: list[int]) -> set[int]:
    """Return the running assignments of these people's agencies, or owed by them."""
    found: set[int] = set()
    for at in range(0, len(person_ids), CHUNK):
        part = person_ids[at : at + CHUNK]
        agencies = (
            select(Unit.agency_id)
            .join(Person, Person.unit_id == Unit.id)
            .where(Person.id.in_(part))
        )
        owed = select(Duty.assignment_id).where(
            Duty.person_id.in_(part), Duty.ended_at.is_(None)
        )
        found |= set(
            db.session.scalars(
                select(Assignment.id)
                .join(Unit, Unit.id == Assignment.unit_id)
                .where(
                    Assignment.ended_at.is_(None),
                    or_(Unit.agency_id.in_(agencies), Assignment.id.in_(owed)),
                )
            )
        )
    return found


def mark_all() -> None:
    """Note that all running assignments are to be brought up to date."""
    _mark(Assignment.swept_to.is_(None))


def _mark(condition) -> None:
    """Have the worker look through assignments from their first person on."""
    db.session.execute(
        update(Assignment)
        .where(Assignment.ended_at.is_(None), condition)
        .values(swept_to=0)
        .execution_options(synchronize_session="fetch")
    )


def pending() -> list[int]:
    """Return the assignments with work left, the oldest first."""
    wanted = select(Assignment.id).where(Assignment.swept_to.is_not(None))
    return list(db.session.scalars(wanted.order_by(Assignment.id)))


def work(
    commit: Callable[[], None],
    seconds: float = inf,
    counts: membership.Counts | None = None,
) -> bool:
    """Do what is left, share by share; return whether that was all.

    An assignment that fails is logged, and the others go on.
    commit  ends each share, and what the caller has begun
    counts  to add to what was done
    """
    commit()
    until = time.monotonic() + seconds
    failed = False
    for number in pending():
        left = True
        while left:
            if time.monotonic() > until:
                return False
            began = time.monotonic()
            try:
                left = step(number, clock.now(), counts)
                commit()
            except Exception:
                db.session.rollback()
                logger.exception("duties of an assignment could not be made")
                failed, left = True, False
            # As long for the others: SQLite gives its lock to who happens to ask.
            time.sleep(min(time.monotonic() - began, 1) if left else 0)
    return not failed


def step(number: int, now: datetime, counts: membership.Counts | None = None) -> bool:
    """Do one share of an assignment; return whether there may be more.

    The caller commits.
    """
    wanted = select(Assignment).where(Assignment.id == number)
    made = db.session.scalar(
        wanted.with_for_update().execution_options(populate_existing=True)
    )
    if made.swept_to is None:
        return False
    left = _close(made) if made.ended_at else _open(made, now, counts)
    if not left:
        made.swept_to, made.is_opening = None, False
    db.session.flush()
    return left


def _close(made: Assignment) -> bool:
    """Close a share of the duties of an assignment that has ended."""
    numbers = list(
        db.session.scalars(
            select(Duty.id)
            .where(Duty.assignment_id == made.id, Duty.ended_at.is_(None))
            .limit(SHARE)
        )
    )
    membership.close(numbers, "ended", made.ended_at)
    made.swept_to += len(numbers)
    return len(numbers) == SHARE


def _open(made: Assignment, now: datetime, counts) -> bool:
    """Make and end a share of the duties of a running assignment."""
    (whole,) = membership.rounds([made.id], now=now)
    people = _next(whole, made.swept_to)
    if not people:
        return False
    done = membership.refresh(
        [made.id],
        people,
        now=now,
        is_first=made.is_opening and now - made.created_at < SHOWN,
    )
    if counts is not None:
        counts.add(done)
    made.swept_to = people[-1]
    return len(people) == SHARE


def _next(whole: membership.Round, after: int) -> list[int]:
    """Return the next people for whom there is something to do, by id."""
    theirs = Duty.person_id
    looks = [
        _first(whole.unowing(Person.id), Person.id, after),
        _first(whole.gone(theirs), theirs, after),
    ]
    if whole.assignment.renew_months is not None:
        looks.append(_first(whole.grown_old(theirs), theirs, after))
    found: set[int] = set()
    for look in looks:
        found |= set(db.session.scalars(look))
    return sorted(found)[:SHARE]


def _first(found: Select, column, after: int) -> Select:
    return found.where(column > after).order_by(column).limit(SHARE)


def progress(user, made: Assignment, now: datetime) -> Progress | None:
    """Return how far the worker is among the people `user` sees; None = all is done."""
    if made.swept_to is None:
        return None
    held = Person.unit_id.in_(select(Unit.id).where(roles.units_held(user, "hr")))
    theirs = Duty.person_id.in_(select(Person.id).where(held))
    if made.ended_at:
        closed = select(Duty.id).where(
            Duty.assignment_id == made.id, Duty.end_reason == "ended", theirs
        )
        still = select(Duty.id).where(
            Duty.assignment_id == made.id, Duty.ended_at.is_(None), theirs
        )
        done = _count(closed)
        return Progress("ending", done, done + _count(still))
    (whole,) = membership.rounds([made.id], now=now)
    waiting = _count(whole.unowing(Person.id).where(held))
    if made.is_opening:
        total = _count(whole.meant(Person.id).where(held))
        return Progress("opening", total - waiting, total)
    return Progress("again", 0, waiting + _count(whole.gone(Duty.id).where(theirs)))


def unclosed() -> int:
    """Return how many duties of assignments that have ended are still to be closed."""
    over = select(Assignment.id).where(
        Assignment.ended_at.is_not(None), Assignment.swept_to.is_not(None)
    )
    still = Duty.assignment_id.in_(over) & Duty.ended_at.is_(None)
    return _count(select(Duty.id).where(still))


def meant(made: Assignment, now: datetime) -> int:
    """Return how many people should owe an assignment now."""
    (whole,) = membership.rounds([made.id], now=now)
    return _count(whole.meant(Person.id))


def _count(statement: Select) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery()))
