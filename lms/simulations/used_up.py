"""Who has played a simulation as often as it allows without passing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from lms.accounts import roles
from lms.accounts.models import Person, Unit
from lms.catalog import courses
from lms.db import db
from lms.kernel.i18n import N_
from lms.quiz.teaching import courses_of
from lms.records.models import Enrolment

from . import binding, grants, queries, rules
from .models import Run

MOST = 100  # people on the page; more come when these are answered
WHAT = N_("Daftar kesempatan simulasi yang habis: nama, unit, dan nilai terbaik")


@dataclass(frozen=True, slots=True)
class UsedUp:
    """Somebody who can go on only with another run; `next_number`: of that run."""

    person_id: int
    name: str
    unit: str
    course: str
    simulation: str
    enrolment_id: int
    item_code: str
    next_number: int
    best_bp: int
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Played:
    """All runs of a person through one simulation; next_number 0 = none is needed."""

    course: str
    simulation: str
    enrolment_id: int
    item_code: str
    runs: tuple[Run, ...]
    at: rules.Standing
    next_number: int


def of_person(person_id: int) -> list[Played]:
    """Return the simulations a person has played, the one begun last first."""
    found: dict[tuple[int, str], list[Run]] = {}
    wanted = select(Run).where(Run.person_id == person_id)
    for run in db.session.scalars(wanted.order_by(Run.begun_at.desc(), Run.id.desc())):
        found.setdefault((run.enrolment_id, run.item_code), []).insert(0, run)
    return [_played(runs) for runs in found.values()]


def _played(runs: list[Run]) -> Played:
    first = runs[0]
    bound = courses.release(first.enrolment.release_id)
    version = binding.to_play(bound, courses.live(bound.code), first.item_code)
    if version is None:  # taken out of the course altogether
        title, at = first.item_code, rules.standing({"attempts": None}, runs)
    else:
        title = version.body["title"]
        at = grants.standing(version.body, runs, first.enrolment_id, first.item_code)
    is_needed = at.is_used_up and first.enrolment.withdrawn_at is None
    number = (at.limit or 0) + 1 if is_needed else 0
    return Played(
        bound.title, title, first.enrolment_id, first.item_code, tuple(runs), at, number
    )


def listed(user) -> list[UsedUp]:
    """Return those who wait for an instructor, the latest first; at most MOST."""
    taught = {live.course_id: live for live in courses_of(user)}
    if not taught:
        return []
    found = []
    for row in db.session.execute(_waiting(user, taught)):
        bound = courses.release(row.release_id)
        live = taught[row.course_id]
        version = binding.to_play(bound, live, row.item_code)
        if version is None or version.body["attempts"] is None:
            continue
        if row.begun < version.body["attempts"]:
            continue
        begun = queries.list_runs(row.enrolment_id, row.item_code)
        at = grants.standing(version.body, begun, row.enrolment_id, row.item_code)
        if at.is_used_up:
            found.append(
                UsedUp(
                    row.Person.id, row.Person.full_name, row.unit, live.title,
                    version.body["title"], row.enrolment_id, row.item_code,
                    (at.limit or 0) + 1, at.best_bp or 0, row.ended,
                )
            )  # fmt: skip
        if len(found) == MOST:
            break
    return found


def _waiting(user, taught: Iterable[int]):
    """Select people with ended runs only, none of them passed."""
    passed = case((Run.score_bp >= Run.pass_bp, 1), else_=0)
    return (
        select(
            Run.enrolment_id, Run.item_code, Enrolment.release_id,
            Enrolment.course_id, Person, Unit.name.label("unit"),
            func.count().label("begun"), func.max(Run.ended_at).label("ended"),
        )
        .join(Enrolment, Enrolment.id == Run.enrolment_id)
        .join(Person, Person.id == Run.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Run.course_id.in_(taught),
            Enrolment.withdrawn_at.is_(None),
            Person.is_active,
            Person.id != user.id,
            roles.units_held(user, "instructor"),
        )
        .group_by(
            Run.enrolment_id, Run.item_code, Enrolment.release_id,
            Enrolment.course_id, Person.id, Unit.id,
        )
        .having(func.sum(passed) == 0, func.count(Run.ended_at) == func.count())
        .order_by(func.max(Run.ended_at).desc(), Run.enrolment_id)
    )  # fmt: skip


def learner(user, enrolment_id: int) -> Person:
    """Return whose enrolment it is: in a course and a unit that `user` teaches.

    raises  NothingToGrant  there is none, it is elsewhere, or it is their own
    """
    taught = [live.course_id for live in courses_of(user)]
    found = db.session.scalar(
        select(Person)
        .join(Unit, Unit.id == Person.unit_id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(
            Enrolment.id == enrolment_id,
            Enrolment.course_id.in_(taught),
            Person.id != user.id,
            roles.units_held(user, "instructor"),
        )
    )
    if found is None:
        raise grants.NothingToGrant
    return found
