"""Courses that must be finished before another one may be begun (`prasyarat`).

Any edition counts, as long as it was not revoked and has not run out. A prerequisite
that nobody can take any more (archived, or called otherwise now) keeps nobody out, and
neither does one of a course that an office demands, or that the person has begun.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from lms.catalog import courses
from lms.catalog.courses import Live
from lms.catalog.models import Course, LiveRelease
from lms.db import db
from lms.records import enrolments, validity
from lms.records.models import Completion, Enrolment

MISSING = ("ended", "running", "todo")


@dataclass(frozen=True, slots=True)
class Prior:
    """A course that is wanted first.

    state        done; ended: it ran out; running; todo; closed: nobody can take it now
    title        its code where it is not published any more
    finished_on  of the newest completion that counts, or counted until it ran out
    """

    code: str
    title: str
    state: str
    finished_on: date | None = None

    @property
    def is_missing(self) -> bool:
        return self.state in MISSING


def of(person, live: Live, now: datetime) -> tuple[Prior, ...]:
    """Return what is wanted first, in the order of the course file."""
    codes = live.manifest.get("prerequisites") or ()
    if not codes:
        return ()
    known = {row.code: row for row in _courses(codes)}
    ids = [row.id for row in known.values()]
    done = _newest_done(person.id, ids)
    begun = _begun(person.id, ids)
    today = enrolments.today_of(person, now)
    releases = courses.releases(row.release_id for row in known.values())
    found = []
    for code in codes:
        row = known.get(code)
        if row is None:
            found.append(Prior(code, code, "closed"))
            continue
        title, completion = releases[row.release_id].title, done.get(row.id)
        if completion is not None and validity.counts(completion, today):
            found.append(Prior(code, title, "done", completion.finished_on))
        elif row.id in begun:
            found.append(Prior(code, title, "running"))
        elif not row.is_listed:
            found.append(Prior(code, title, "closed"))
        elif completion is not None:
            found.append(Prior(code, title, "ended", completion.finished_on))
        else:
            found.append(Prior(code, title, "todo"))
    return tuple(found)


def has_begun(person_id: int, course_id: int) -> bool:
    """Say whether the person has ever taken part in a course: then it stays open."""
    mine = select(Enrolment.id).where(
        Enrolment.person_id == person_id, Enrolment.course_id == course_id
    )
    return db.session.scalar(mine.limit(1)) is not None


def _courses(codes: Iterable[str]):
    return db.session.execute(
        select(Course.id, Course.code, Course.is_listed, LiveRelease.release_id)
        .join(LiveRelease, LiveRelease.course_id == Course.id)
        .where(Course.code.in_(list(codes)))
    ).all()


def _newest_done(person_id: int, course_ids: list[int]) -> dict[int, Completion]:
    rows = db.session.scalars(
        select(Completion)
        .where(
            Completion.person_id == person_id,
            Completion.course_id.in_(course_ids),
            Completion.state == "valid",
        )
        .order_by(Completion.finished_on, Completion.id)
    )
    return {row.course_id: row for row in rows}


def _begun(person_id: int, course_ids: list[int]) -> set[int]:
    """Return the courses that the person is in the middle of."""
    finished = select(Completion.enrolment_id).where(Completion.person_id == person_id)
    return set(
        db.session.scalars(
            select(Enrolment.course_id).where(
                Enrolment.person_id == person_id,
                Enrolment.course_id.in_(course_ids),
                Enrolment.withdrawn_at.is_(None),
                Enrolment.id.not_in(finished),
            )
        )
    )
