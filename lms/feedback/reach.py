"""Whose answers somebody may look at: those of units they hold, in courses they teach.

HR reads the surveys of all courses about people of their units; an instructor those of
courses that name them as author, about people of units for which they teach.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, or_, select

from lms.accounts import roles
from lms.accounts.models import Unit
from lms.catalog import courses
from lms.catalog.courses import Live
from lms.catalog.models import LiveRelease
from lms.db import db
from lms.kernel.errors import NotFound
from lms.quiz import teaching

from . import surveys


class ResultsHidden(NotFound):
    """There is no such survey, or it is not for this reader."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The units whose answers about one course a reader may see.

    teaches  the course names them as an author
    """

    condition: ColumnElement[bool]
    teaches: bool

    @property
    def units(self) -> Select[tuple[int]]:
        return select(Unit.id).where(self.condition)


def of(user, live: Live, taught: set[int] | None = None) -> Reach:
    """Return what of a course's surveys `user` may see.

    taught  ids of the courses they teach, where the caller knows them
    """
    if taught is None:
        taught = taught_by(user)
    teaches = live.course_id in taught
    parts = [roles.units_held(user, "hr")] if "hr" in user.roles else []
    if teaches:
        parts.append(roles.units_held(user, "instructor"))
    return Reach(or_(false(), *parts), teaches)


def taught_by(user) -> set[int]:
    """Return the ids of the live courses that `user` teaches."""
    if "instructor" not in user.roles:
        return set()
    return {live.course_id for live in teaching.courses_of(user)}


def listed(user) -> list[tuple[Live, Reach]]:
    """Return the live courses with surveys that `user` may read about, by title."""
    taught = taught_by(user)
    live_ids = db.session.scalars(select(LiveRelease.release_id)).all()
    found = [
        (live, of(user, live, taught))
        for live in courses.releases(live_ids).values()
        if surveys.entries(live) and ("hr" in user.roles or live.course_id in taught)
    ]
    return sorted(found, key=lambda pair: (pair[0].title.casefold(), pair[0].code))


def find(user, course_code: str, item_code: str) -> tuple[surveys.Survey, Reach]:
    """Return a survey of a live course and what of it `user` may see.

    raises  CourseMissing  ItemMissing  ResultsHidden
    """
    survey = surveys.of(courses.live(course_code), item_code)
    reach = of(user, survey.live)
    if "hr" not in user.roles and not reach.teaches:
        raise ResultsHidden
    return survey, reach
