"""Who grades whose work: asked anew at every look, never copied.

instructor  named as author of the course, holding that role over the learner's unit
superior    whoever is the learner's superior today, or stands in for them
peer        whoever was given the work after handing in their own (see peers.py)
second      another instructor over the learner's unit, when an opinion was asked for
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, func, or_, select, tuple_

from lms.accounts import roles, superiors
from lms.accounts.models import Person, Unit
from lms.catalog.courses import Live
from lms.db import db
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.quiz import teaching
from lms.quiz.teaching import instructors_over

from . import queries
from .models import Appeal, Call, Review, Waiver, Work

PAGE = 50  # works on a page of a grader's list
LATELY = 10  # works below it, of which a slip may be mended


class WorkNotYours(NotFound):
    message = N_("Pekerjaan ini tidak ada, atau bukan Anda yang menilainya.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that waits for somebody in a role; name "" for peers, who grade blind."""

    work: Work
    role: str
    name: str
    unit: str


def today_of(user, now: datetime) -> date:
    return now.astimezone(ZoneInfo(user.timezone)).date()


def role_for(user, work: Work, now: datetime) -> str | None:
    """Return the role in which `user` may see and grade a round, or None.

    Of several the first that still has something to grade.
    """
    held = _roles_held(user, work, now)
    open_ones = [role for role in held if _is_open(work, role, user.id)]
    return next(iter(open_ones or held), None)


def _roles_held(user, work: Work, now: datetime) -> list[str]:
    if work.person_id == user.id or not work.is_submitted:
        return []
    held = []
    is_over = _is_instructor_over(user, work.person_id)
    if is_over and wants_instructor(work) and _teaches(user, work):
        held.append("instructor")
    if work.by_superior and _is_superior(user, work.person_id, now):
        held.append("superior")
    if _is_peer(user.id, work.id):
        held.append("peer")
    if is_over and queries.appeal_of(work.id) and _may_be_second(user.id, work.id):
        held.append("second")
    if is_over and not held and _teaches(user, work):
        held.append("instructor")  # reads along: may decide not to wait for others
    return held


def wants_instructor(work: Work) -> bool:
    """Say whether instructors grade a round: asked to, or in place of who does not."""
    return work.by_instructor or bool(queries.waived(work.id))


def may_decide(user, work: Work) -> bool:
    """Say whether `user` may decide not to wait for another grader of a round."""
    return (
        work.person_id != user.id
        and _is_instructor_over(user, work.person_id)
        and _teaches(user, work)
    )


def _is_open(work: Work, role: str, user_id: int) -> bool:
    seat = seat_of(role, user_id)
    return not any(
        (row.role, row.seat) == (role, seat) for row in queries.newest_reviews(work.id)
    )


def seat_of(role: str, person_id: int) -> int:
    """Return the seat of a grader: peers have one each, the others one for all."""
    return person_id if role == "peer" else 0


def _may_be_second(person_id: int, work_id: int) -> bool:
    """Say whether somebody has given no other opinion of a round than the second."""
    mine = exists().where(
        Review.work_id == work_id,
        Review.grader_id == person_id,
        Review.role != "second",
    )
    return not db.session.scalar(select(mine))


def has_graded(person_id: int, work_id: int) -> bool:
    """Say whether somebody has published a review of the round in any role."""
    return bool(
        db.session.scalar(
            select(
                exists().where(Review.work_id == work_id, Review.grader_id == person_id)
            )
        )
    )


def _teaches(user, work: Work) -> bool:
    return any(live.course_id == work.course_id for live in teaching.courses_of(user))


def _is_instructor_over(user, person_id: int) -> bool:
    found = (
        select(Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.id == person_id, roles.units_held(user, "instructor"))
    )
    return db.session.scalar(found) is not None


def _is_superior(user, person_id: int, now: datetime) -> bool:
    staff = superiors.acting_staff(user.id, today_of(user, now))
    return db.session.scalar(staff.where(Person.id == person_id)) is not None


def _is_peer(user_id: int, work_id: int) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Call.work_id == work_id,
                    Call.role == "peer",
                    Call.person_id == user_id,
                )
            )
        )
    )


def find(user, uid: str, now: datetime, lock: bool = False) -> tuple[Work, str]:
    """Return handed-in work that `user` grades, and the role. Raises WorkNotYours."""
    wanted = select(Work).where(Work.uid == uid, Work.submitted_at.is_not(None))
    if lock:
        wanted = wanted.with_for_update(of=Work).execution_options(
            populate_existing=True
        )
    work = db.session.scalar(wanted)
    role = role_for(user, work, now) if work else None
    if work is None or role is None:
        raise WorkNotYours
    return work, role


def waiting(user, now: datetime, after: str = "") -> tuple[list[Waiting], str]:
    """Return a page of the work that waits for `user`, the oldest first.

    after    uid of a round: only what was handed in later
    returns  the page, and the uid after which the next one begins, "" = there is none
    """
    found = sorted(
        place
        for role, wanted in _places(user, now).items()
        for place in _read(wanted, role, _place_of(after))
    )
    page = found[:PAGE]
    if not page:
        return [], ""
    # A round that waits in two roles stays on one page: the next begins behind it.
    page += [one for one in found[PAGE:] if one[1] == page[-1][1]]
    rows = _rows([number for _at, number, _role in page])
    shown = [_shown(*rows[number], role) for _at, number, role in page]
    return shown, shown[-1].work.uid if len(found) > len(page) else ""


def _place_of(uid: str) -> tuple[datetime, int] | None:
    """Return where a round stands in the list; None = there is no such round."""
    row = db.session.execute(
        select(Work.submitted_at, Work.id).where(
            Work.uid == uid, Work.submitted_at.is_not(None)
        )
    ).first()
    return (row.submitted_at, row.id) if row else None


def _read(
    conditions: list, role: str, after: tuple[datetime, int] | None
) -> list[tuple[datetime, int, str]]:
    """Return when each was handed in, its id and the role; one more than a page.

    Only keys are sorted and each condition stops at a page: rows are read afterwards.
    """
    found: list[tuple[datetime, int, str]] = []
    for condition in conditions:
        wanted = select(Work.submitted_at, Work.id).where(condition)
        if after:
            wanted = wanted.where(tuple_(Work.submitted_at, Work.id) > tuple_(*after))
        rows = db.session.execute(
            wanted.order_by(Work.submitted_at, Work.id).limit(PAGE + 1)
        )
        found += [(at, number, role) for at, number in rows]
    return found


def _rows(numbers: list[int]) -> dict[int, tuple[Work, Person, str]]:
    rows = db.session.execute(
        select(Work, Person, Unit.name)
        .join(Person, Person.id == Work.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Work.id.in_(numbers))
    )
    return {work.id: (work, person, unit) for work, person, unit in rows}


def _shown(work: Work, person: Person, unit: str, role: str) -> Waiting:
    if role == "peer":
        return Waiting(work, role, "", "")
    return Waiting(work, role, person.full_name, unit)


def _places(user, now: datetime) -> dict[str, list]:
    """Return role -> conditions of the work that waits for `user` in it."""
    not_mine = Work.person_id != user.id
    return {
        "superior": [and_(_for_superior(user, now), not_mine)],
        "peer": [and_(_for_peer(user), not_mine)],
        **_for_instructor(user, not_mine),
    }


def _reviewed(role: str, seat: int = 0):
    return exists().where(
        Review.work_id == Work.id, Review.role == role, Review.seat == seat
    )


def _is_waived(role: str):
    return exists().where(Waiver.work_id == Work.id, Waiver.role == role)


def _for_superior(user, now: datetime):
    staff = superiors.acting_staff(user.id, today_of(user, now))
    return and_(
        queries.unsettled_condition(),
        Work.by_superior,
        ~_reviewed("superior"),
        ~_is_waived("superior"),
        Work.person_id.in_(staff),
    )


def _for_peer(user):
    called = select(Call.work_id).where(Call.role == "peer", Call.person_id == user.id)
    return and_(
        queries.unsettled_condition(), Work.id.in_(called), ~_reviewed("peer", user.id),
        ~_is_waived("peer"),
    )  # fmt: skip


def _for_instructor(user, not_mine) -> dict[str, list]:
    """Return the conditions course by course: each is read in the order of an index."""
    if "instructor" not in user.roles:
        return {}
    over = exists().where(
        Person.id == Work.person_id,
        Unit.id == Person.unit_id,
        roles.units_held(user, "instructor"),
    )
    anybody_waived = exists().where(Waiver.work_id == Work.id)
    mine = exists().where(Review.work_id == Work.id, Review.grader_id == user.id)
    open_ones = and_(
        queries.unsettled_condition(),
        or_(Work.by_instructor, anybody_waived),
        ~_reviewed("instructor"),
        over,
        not_mine,
    )
    return {
        "instructor": [
            and_(Work.course_id == live.course_id, open_ones)
            for live in teaching.courses_of(user)
        ],
        "second": [
            and_(
                Work.id.in_(select(Appeal.work_id)), ~_reviewed("second"), ~mine, over,
                not_mine,
            )
        ],
    }  # fmt: skip


def lately(user, now: datetime) -> list[Waiting]:
    """Return the work that `user` graded last and may still see, the newest first."""
    last = (
        select(Review.work_id, func.max(Review.id).label("newest"))
        .where(Review.grader_id == user.id)
        .group_by(Review.work_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Work, Person, Unit.name)
        .join(last, last.c.work_id == Work.id)
        .join(Person, Person.id == Work.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .order_by(last.c.newest.desc())
        .limit(LATELY)
    ).all()
    found = []
    for work, person, unit in rows:
        role = role_for(user, work, now)
        if role == "peer":
            found.append(Waiting(work, role, "", ""))
        elif role is not None:
            found.append(Waiting(work, role, person.full_name, unit))
    return found


@dataclass(frozen=True, slots=True)
class Graders:
    """Who grades somebody's work today, by name; for the learner to read."""

    instructors: tuple[str, ...]
    superiors: tuple[str, ...]


def of_person(person: Person, live: Live, today: date) -> Graders:
    """Return who would grade a person's work in a course today."""
    above = superiors.of_person(person.id)
    acting = superiors.acting(above, today) if above else []
    names = db.session.scalars(
        select(Person).where(Person.id.in_(acting), Person.id != person.id)
    )
    return Graders(
        tuple(p.full_name for p in instructors_over(person, today, live)),
        tuple(p.full_name for p in names),
    )
