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
from lms.catalog.items import ItemMissing
from lms.catalog.models import LiveRelease
from lms.db import db
from lms.kernel.errors import NotFound
from lms.quiz import teaching

from . import surveys, withdrawn


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


@dataclass(frozen=True, slots=True)
class Listed:
    """A live course with surveys, and what of them a reader may see.

    gone  surveys that were answered and then taken out of the course
    """

    live: Live
    reach: Reach
    gone: list[surveys.Survey]

    @property
    def entries(self) -> list[tuple[str, str, bool]]:
        """Return (code, title, is gone) of each survey, those of today first."""
        today = [(e["code"], e["title"], False) for e in surveys.entries(self.live)]
        return today + [(one.code, one.title, True) for one in self.gone]


def listed(user) -> list[Listed]:
    """Return the live courses with surveys that `user` may read about, by title."""
    taught = taught_by(user)
    live_ids = db.session.scalars(select(LiveRelease.release_id)).all()
    open_ones = [
        live
        for live in courses.releases(live_ids).values()
        if "hr" in user.roles or live.course_id in taught
    ]
    gone = withdrawn.listed(open_ones)
    found = [
        Listed(live, of(user, live, taught), gone.get(live.course_id, []))
        for live in open_ones
        if surveys.entries(live) or live.course_id in gone
    ]
    return sorted(found, key=lambda one: (one.live.title.casefold(), one.live.code))


def find(user, course_code: str, item_code: str) -> tuple[surveys.Survey, Reach]:
    """Return a survey of a live course and what of it `user` may see.

    Also one that was answered and then taken out of the course.

    raises  CourseMissing  ItemMissing  ResultsHidden
    """
    live = courses.live(course_code)
    reach = of(user, live)
    try:
        survey = surveys.of(live, item_code)
    except ItemMissing:
        survey = withdrawn.of(live, item_code)
    if "hr" not in user.roles and not reach.teaches:
        raise ResultsHidden
    return survey, reach
