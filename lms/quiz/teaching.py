"""Who of an instructor's learners has used all attempts at a quiz without passing.

An instructor teaches the courses that name them as author (`penulis`), to the people
of the units over which they hold that role: both are asked at every look.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, case, false, func, or_, select

from lms.accounts import roles
from lms.accounts.models import Person, RoleGrant, Unit
from lms.audit import accesses
from lms.catalog import courses
from lms.catalog.courses import Live
from lms.catalog.models import LiveRelease
from lms.db import db
from lms.kernel.i18n import N_
from lms.kernel.text import one_line
from lms.records.models import Enrolment

from . import binding, grants, rules
from .models import Attempt, AttemptGrant

MOST = 100  # people on the page; more come when these are answered
WHAT = N_("Daftar percobaan kuis yang habis: nama, unit, dan nilai terbaik")
# Passed, or a person may yet find that it is.
_GOES_ON = or_(Attempt.score_bp >= Attempt.pass_bp, Attempt.waiting > 0)
_GRANTED = (
    select(func.count())
    .where(
        AttemptGrant.enrolment_id == Attempt.enrolment_id,
        AttemptGrant.item_code == Attempt.item_code,
    )
    .correlate(Attempt)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class UsedUp:
    """Somebody who can go on only with another attempt.

    next_number  of the attempt that may be granted
    best_bp      of all attempts
    ended_at     when the last one was handed in
    """

    person_id: int
    name: str
    unit: str
    course: str
    quiz: str
    enrolment_id: int
    item_code: str
    next_number: int
    best_bp: int
    ended_at: datetime


def courses_of(user) -> list[Live]:
    """Return the live courses that name `user` as an author."""
    known = courses.releases(db.session.scalars(select(LiveRelease.release_id)))
    return [
        live for live in known.values() if is_author(user, live.manifest["authors"])
    ]


def is_author(user, authors: Iterable[str]) -> bool:
    """Say whether `user` is named among the authors of a course."""
    own = {_bare(user.name), _bare(user.full_name)}
    return bool(own & {_bare(author) for author in authors})


def _bare(name: str) -> str:
    """Return a name without titles: "Dr. Hendra Saputra, M.Pd." -> "hendra saputra"."""
    words = one_line(name.partition(",")[0]).casefold().split()
    while len(words) > 1 and words[0].endswith("."):
        words = words[1:]
    return " ".join(words)


def instructors_over(
    person: Person, today: date, live: Live | None = None
) -> list[Person]:
    """Return the instructors over a person's unit; of a course, only its authors."""
    path = db.session.get_one(Unit, person.unit_id).path
    above = [int(number) for number in path.strip("/").split("/")]
    found = db.session.scalars(
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.role == "instructor",
            RoleGrant.revoked_at.is_(None),
            RoleGrant.valid_from <= today,
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today),
            or_(
                RoleGrant.unit_id == person.unit_id,
                and_(RoleGrant.unit_id.in_(above), RoleGrant.with_subunits),
            ),
            Person.is_active,
            Person.id != person.id,
        )
        .order_by(Person.id)
    ).unique()
    return [p for p in found if live is None or is_author(p, live.manifest["authors"])]


def used_up(user) -> list[UsedUp]:
    """Return those who wait for an instructor, the latest first; at most MOST."""
    taught = {live.course_id: live for live in courses_of(user)}
    if not taught:
        return []
    bodies = _quizzes(taught)
    rows = db.session.execute(_waiting(user, taught, bodies))
    return [
        UsedUp(
            person_id=row.Person.id,
            name=row.Person.full_name,
            unit=row.unit,
            course=taught[row.course_id].title,
            quiz=bodies[row.release_id, row.item_code]["title"],
            enrolment_id=row.enrolment_id,
            item_code=row.item_code,
            next_number=row.used + 1,
            best_bp=row.best or 0,
            ended_at=row.ended,
        )
        for row in rows
    ]


def _waiting(user, taught: Iterable[int], bodies: dict[tuple[int, str], dict]):
    """Return the statement for `used_up`; bodies: quizzes with a limit."""
    return (
        select(
            Attempt.enrolment_id,
            Attempt.item_code,
            Enrolment.release_id,
            Enrolment.course_id,
            Person,
            Unit.name.label("unit"),
            func.count().label("used"),
            func.max(Attempt.score_bp).label("best"),
            func.max(Attempt.submitted_at).label("ended"),
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Attempt.course_id.in_(taught),
            Enrolment.withdrawn_at.is_(None),
            Person.is_active,
            Person.id != user.id,
            roles.units_held(user, "instructor"),
        )
        .group_by(
            Attempt.enrolment_id, Attempt.item_code, Enrolment.release_id,
            Enrolment.course_id, Person.id, Unit.id,
        )
        .having(
            func.sum(case((_GOES_ON, 1), else_=0)) == 0,
            func.count(Attempt.submitted_at) == func.count(),
            or_(false(), *(_is_used(key, body) for key, body in bodies.items())),
        )
        .order_by(func.max(Attempt.submitted_at).desc(), Attempt.enrolment_id)
        .limit(MOST)
    )  # fmt: skip


def _quizzes(taught: dict[int, Live]) -> dict[tuple[int, str], dict]:
    """Return the quizzes that were tried and have a limit, by release and code."""
    rows = db.session.execute(
        select(Enrolment.release_id, Enrolment.course_id, Attempt.item_code)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .where(Attempt.course_id.in_(taught))
        .distinct()
    ).all()
    bound = courses.releases(row.release_id for row in rows)
    found = {}
    for row in rows:
        live = taught[row.course_id]
        quiz = binding.binding_quiz(bound[row.release_id], live, row.item_code)
        if quiz is not None and rules.of(quiz.body).attempts is not None:
            found[row.release_id, row.item_code] = quiz.body
    return found


def _is_used(key: tuple[int, str], body: dict):
    release_id, code = key
    limit = rules.of(body).attempts
    return and_(
        Enrolment.release_id == release_id,
        Attempt.item_code == code,
        func.count() >= limit + _GRANTED,
    )


def learner(user, enrolment_id: int) -> Person:
    """Return whose enrolment it is: in a course and a unit that `user` teaches.

    raises  NothingToGrant  there is none, it is elsewhere, or it is their own
    """
    taught = [live.course_id for live in courses_of(user)]
    found = db.session.scalar(
        _of_units(user)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(
            Enrolment.id == enrolment_id,
            Enrolment.course_id.in_(taught),
            Person.id != user.id,
        )
    )
    if found is None:
        raise grants.NothingToGrant
    return found


def _of_units(user) -> Select:
    return (
        select(Person)
        .join(Unit, Unit.id == Person.unit_id)
        .where(roles.units_held(user, "instructor"))
    )


def unnoted(user, people: set[int], since: datetime) -> set[int]:
    """Return those of these people of whom no such look is noted since then."""
    return accesses.not_yet_recorded(
        "viewed", WHAT, people, actor_id=user.id, since=since
    )


def note_look(user, people: set[int], now: datetime) -> None:
    """Note who was looked at; they can read it."""
    accesses.record(
        "viewed", WHAT, people, actor_id=user.id, now=now, facts={"role": "instructor"}
    )
