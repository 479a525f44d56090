"""What readers say of lessons: whether these help, and why. Never who said it.

Who teaches a course reads everything said of its lessons. HR reads what people of its
units said, once there are GROUP of them, and only where the page told them so. Of each
person the newest verdict counts; after a change verdicts count anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from lms.accounts import roles
from lms.accounts.models import Person, Unit
from lms.catalog import courses, items
from lms.catalog.courses import Live
from lms.catalog.items import ItemMissing
from lms.catalog.models import LiveRelease
from lms.db import db
from lms.learn.models import LessonChange, LessonVerdict
from lms.quiz import teaching
from lms.records.models import Enrolment

from . import lesson_rules
from .lesson_rules import GROUP

MOST = 200  # comments on a page, the newest ones


@dataclass(frozen=True, slots=True)
class Voiced:
    """A lesson and how many readers say what, since its last change.

    comments    how many wrote something
    is_taught   the reader of this teaches the course, so may act
    changed_at  when it was last changed after verdicts
    """

    live: Live
    item: dict[str, Any]
    n: int
    unhelpful: int
    comments: int
    is_taught: bool
    changed_at: datetime | None = None

    @property
    def code(self) -> str:
        return self.item["code"]

    @property
    def share_bp(self) -> int | None:
        return lesson_rules.share_bp(self.n, self.unhelpful)

    @property
    def asks_for_change(self) -> bool:
        return lesson_rules.asks_for_change(self.n, self.unhelpful)


@dataclass(frozen=True, slots=True)
class Comment:
    """Words about a lesson.

    is_past  said before its last change
    is_now   about the text that is shown now
    """

    text: str
    is_helpful: bool
    is_past: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """A change as it was noted, and by whom."""

    sentence: str
    by: str
    at: datetime


def lessons(user) -> list[Voiced]:
    """Return the lessons that `user` may read of and that somebody has judged.

    Those that ask for a change first, then by the share whom they do not help.
    """
    taught = {live.course_id: live for live in teaching.courses_of(user)}
    found = list(_voiced(taught.values(), true(), is_taught=True))
    others = [live for live in _all_live() if live.course_id not in taught]
    within = _said_to_hr(user)
    if within is not None:
        hr = _voiced(others, within, is_taught=False)
        found += [one for one in hr if one.n >= GROUP]
    return sorted(found, key=_need)


def _need(one: Voiced) -> tuple:
    share = one.share_bp or 0
    title = (one.live.title.casefold(), one.item["title"].casefold())
    return (not one.asks_for_change, -share, -one.n, *title)


def find(user, course_code: str, item_code: str) -> Voiced:
    """Return a lesson that `user` may read of, also one nobody has judged.

    raises  ItemMissing  there is none, or none for them
    """
    taught = {live.code: live for live in teaching.courses_of(user)}
    within = _said_to_hr(user)
    if course_code in taught:
        live, condition, is_taught = taught[course_code], true(), True
    elif within is not None:
        live, condition, is_taught = courses.live(course_code), within, False
    else:
        raise ItemMissing
    item = live.item(item_code)
    if item is None or item["kind"] != "module":
        raise ItemMissing
    for one in _voiced([live], condition, is_taught):
        if one.code == item_code and (is_taught or one.n >= GROUP):
            return one
    if not is_taught:
        raise ItemMissing
    changed = _last_changes([live.course_id]).get((live.course_id, item_code))
    return Voiced(live, item, 0, 0, 0, is_taught, changed)


def comments(user, of: Voiced) -> list[Comment]:
    """Return what readers wrote: of each the newest words, the newest first."""
    within = true() if of.is_taught else _said_to_hr(user)
    newest = _newest([of.live.course_id], within)
    sha = of.live.manifest["item_shas"][of.code]
    version = items.find_version(of.live.course_id, of.code, sha)
    rows = db.session.execute(
        select(
            LessonVerdict.comment,
            LessonVerdict.is_helpful,
            LessonVerdict.at,
            LessonVerdict.item_version_id,
        )
        .join(newest, newest.c.id == LessonVerdict.id)
        .where(
            LessonVerdict.item_code == of.code,
            LessonVerdict.comment != "",
            _may_be_read(of.is_taught),
        )
        .order_by(LessonVerdict.id.desc())
        .limit(MOST)
    )
    return [
        Comment(
            text=row.comment,
            is_helpful=row.is_helpful,
            is_past=of.changed_at is not None and row.at <= of.changed_at,
            is_now=row.item_version_id == version.id,
        )
        for row in rows
    ]


def changes(of: Voiced) -> list[Noted]:
    """Return the changes of a lesson noted so far, the newest first."""
    rows = db.session.execute(
        select(LessonChange.sentence, LessonChange.at, Person)
        .join(Person, Person.id == LessonChange.noted_by)
        .where(
            LessonChange.course_id == of.live.course_id,
            LessonChange.item_code == of.code,
        )
        .order_by(LessonChange.id.desc())
    )
    return [Noted(row.sentence, row.Person.full_name, row.at) for row in rows]


def _all_live() -> Iterable[Live]:
    return courses.releases(db.session.scalars(select(LiveRelease.release_id))).values()


def _said_to_hr(user) -> ColumnElement[bool] | None:
    """Return the condition on `Unit`; None when `user` is HR of no unit."""
    is_hr = any(held == "hr" for held, *_where in user.grants)
    return roles.units_held(user, "hr") if is_hr else None


def _may_be_read(is_taught: bool) -> ColumnElement[bool]:
    return true() if is_taught else LessonVerdict.hr_may_read


def _newest(course_ids: Sequence[int], within: ColumnElement[bool], since=None):
    """Select the newest verdict of each person on each lesson.

    since  a subquery of last changes: only verdicts after them
    """
    wanted = (
        select(
            func.max(LessonVerdict.id).label("id"),
            Enrolment.course_id,
            LessonVerdict.item_code,
        )
        .join(Enrolment, Enrolment.id == LessonVerdict.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Enrolment.course_id.in_(course_ids), within)
        .group_by(Enrolment.person_id, Enrolment.course_id, LessonVerdict.item_code)
    )
    if since is not None:
        wanted = wanted.outerjoin(
            since,
            and_(
                since.c.course_id == Enrolment.course_id,
                since.c.item_code == LessonVerdict.item_code,
            ),
        ).where(or_(since.c.at.is_(None), LessonVerdict.at > since.c.at))
    return wanted.subquery()


def _changed(course_ids: Sequence[int]):
    return (
        select(
            LessonChange.course_id,
            LessonChange.item_code,
            func.max(LessonChange.at).label("at"),
        )
        .where(LessonChange.course_id.in_(course_ids))
        .group_by(LessonChange.course_id, LessonChange.item_code)
    )


def _last_changes(course_ids: Sequence[int]) -> dict[tuple[int, str], datetime]:
    rows = db.session.execute(_changed(course_ids))
    return {(row.course_id, row.item_code): row.at for row in rows}


def _voiced(
    lives: Iterable[Live], within: ColumnElement[bool], is_taught: bool
) -> Iterable[Voiced]:
    by_id = {live.course_id: live for live in lives}
    if not by_id:
        return
    ids = list(by_id)
    newest = _newest(ids, within, _changed(ids).subquery())
    has_words = and_(LessonVerdict.comment != "", _may_be_read(is_taught))
    rows = db.session.execute(
        select(
            newest.c.course_id,
            newest.c.item_code,
            func.count().label("n"),
            func.sum(case((LessonVerdict.is_helpful, 0), else_=1)).label("unhelpful"),
            func.sum(case((has_words, 1), else_=0)).label("comments"),
        )
        .join(LessonVerdict, LessonVerdict.id == newest.c.id)
        .group_by(newest.c.course_id, newest.c.item_code)
    ).all()
    changed = _last_changes(ids)
    for row in rows:
        live = by_id[row.course_id]
        item = live.item(row.item_code)
        if item is not None and item["kind"] == "module":
            at = changed.get((row.course_id, row.item_code))
            counts = (row.n, int(row.unhelpful), int(row.comments))
            yield Voiced(live, item, *counts, is_taught, at)
