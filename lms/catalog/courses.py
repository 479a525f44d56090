"""Which courses are live, and what their releases say. Releases never change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from lms.db import db
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_

from . import cards, gaps, items, search, shelf, translated
from .areas import area_of
from .memory import Memory
from .models import Course, LiveRelease, Release


class CourseMissing(NotFound):
    message = N_("Kursus ini tidak ada atau belum diterbitkan.")


# Compared as what it is, not by its contents: pieces of pages are kept by release.
@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """A release of a course, as people see it or are bound by it.

    manifest  outline, passing rule, item hashes: see lms.courseware.bundle
    """

    course_id: int
    code: str
    release_id: int
    number: int
    edition: int
    title: str
    summary: str
    jp: int
    manifest: dict[str, Any]
    published_at: datetime

    @property
    def items(self) -> Iterator[dict[str, Any]]:
        """Yield the outline's items in order, chapters flattened."""
        for chapter in self.manifest["chapters"]:
            yield from chapter["items"]

    def item(self, code: str) -> dict[str, Any] | None:
        """Return the outline's entry of an item, or None."""
        return next((i for i in self.items if i["code"] == code), None)

    @property
    def minutes(self) -> int:
        return self.manifest["total_minutes"]

    @property
    def area(self) -> str:
        """What its subject is, for the motif of its cover."""
        return area_of(self.manifest)


# By release id only: which one is live is asked each time. A manifest is some 10 kB.
_remembered: Memory[int, Live] = Memory(limit=256)

_COLUMNS = (
    Release.course_id,
    Course.code,
    Release.id,
    Release.number,
    Release.edition,
    Release.title,
    Release.summary,
    Release.jp,
    Release.manifest,
    Release.published_at,
)


def live(code: str) -> Live:
    """Return what people see now of a course. Raises CourseMissing."""
    release_id = db.session.scalar(
        select(LiveRelease.release_id)
        .join(Course, Course.id == LiveRelease.course_id)
        .where(Course.code == code)
    )
    if release_id is None:
        raise CourseMissing
    return release(release_id)


def release(release_id: int) -> Live:
    """Return a release by its id, also one that is live no more."""
    found = releases([release_id])
    if not found:
        raise CourseMissing
    return found[release_id]


def releases(ids: Iterable[int]) -> dict[int, Live]:
    """Return releases by id; at most one statement, none when all are remembered."""
    wanted = set(ids)
    found = _remembered.get(wanted)
    missing = wanted - found.keys()
    if missing:
        rows = db.session.execute(
            select(*_COLUMNS)
            .join(Course, Course.id == Release.course_id)
            .where(Release.id.in_(missing))
        )
        fresh = {row.id: _as_live(row) for row in rows}
        _remembered.put(fresh)
        found |= fresh
    return found


def listed() -> list[Live]:
    """Return the courses of the catalogue, by title."""
    ids = db.session.scalars(
        select(LiveRelease.release_id)
        .join(Course, Course.id == LiveRelease.course_id)
        .where(Course.is_listed)
    ).all()
    return sorted(releases(ids).values(), key=lambda c: (c.title.casefold(), c.code))


def is_listed(course_id: int) -> bool:
    """Say whether new people may take the course: neither archived nor a draft."""
    return bool(
        db.session.scalar(select(Course.is_listed).where(Course.id == course_id))
    )


def forget() -> None:
    """Empty this process's memory; tests call it between databases."""
    _remembered.clear()
    items.forget()
    cards.forget()
    shelf.forget()
    gaps.forget()
    search.forget()
    translated.forget()


def _as_live(row: Row) -> Live:
    return Live(
        course_id=row.course_id,
        code=row.code,
        release_id=row.id,
        number=row.number,
        edition=row.edition,
        title=row.title,
        summary=row.summary,
        jp=row.jp,
        manifest=row.manifest,
        published_at=row.published_at,
    )
