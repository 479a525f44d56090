"""All notes and bookmarks of a person, by course and lesson; and as a text file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.catalog import courses, items
from lms.catalog.courses import Live
from lms.catalog.models import Course, LiveRelease
from lms.db import db
from lms.kernel.text import one_line

from . import reading
from .models import Bookmark, LessonNote


@dataclass(frozen=True, slots=True)
class Entry:
    """A note, or a bookmark when `note_id` is 0.

    anchor   "" = the lesson as a whole, also when its section is there no more
    heading  of the section, "" for the whole lesson
    is_gone  the section was there when this was written, and is not now
    """

    note_id: int
    anchor: str
    heading: str
    is_gone: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A lesson with what its reader left there; the lesson may be there no more."""

    code: str
    title: str
    is_there: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CoursePart:
    """A course with its lessons in the order of the outline."""

    code: str
    title: str
    lessons: tuple[LessonPart, ...]

    @property
    def count(self) -> int:
        return sum(len(lesson.entries) for lesson in self.lessons)


def of(person_id: int, wanted: str = "") -> list[CoursePart]:
    """Return what the person wrote and marked; courses by title.

    wanted  words that all must stand in the note, its heading or its lesson's title
    """
    places: dict[int, dict[str, list[LessonNote | Bookmark]]] = {}
    for row in _rows(person_id):
        lessons = places.setdefault(row.course_id, {})
        lessons.setdefault(row.item_code, []).append(row)
    live = _live(places)
    words = one_line(wanted).casefold().split()
    parts = [_course(live[course_id], places[course_id], words) for course_id in live]
    return sorted((p for p in parts if p.lessons), key=lambda p: (p.title, p.code))


def _rows(person_id: int) -> list[LessonNote | Bookmark]:
    notes = db.session.scalars(
        select(LessonNote)
        .where(LessonNote.person_id == person_id, LessonNote.deleted_at.is_(None))
        .order_by(LessonNote.id)
    )
    marks = db.session.scalars(
        select(Bookmark).where(Bookmark.person_id == person_id, Bookmark.is_on)
    )
    return [*marks, *notes]


def _live(course_ids: Iterable[int]) -> dict[int, Live]:
    rows = db.session.execute(
        select(Course.id, LiveRelease.release_id)
        .join(LiveRelease, LiveRelease.course_id == Course.id)
        .where(Course.id.in_(list(course_ids)))
    ).all()
    known = courses.releases(row.release_id for row in rows)
    return {row.id: known[row.release_id] for row in rows}


def _course(
    live: Live, left: dict[str, list[LessonNote | Bookmark]], words: list[str]
) -> CoursePart:
    order = {item["code"]: n for n, item in enumerate(live.items)}
    parts = [
        _lesson(live, code, rows, words)
        for code, rows in sorted(
            left.items(), key=lambda lesson: (order.get(lesson[0], 10_000), lesson[0])
        )
    ]
    return CoursePart(live.code, live.title, tuple(p for p in parts if p.entries))


def _lesson(
    live: Live, code: str, rows: list[LessonNote | Bookmark], words: list[str]
) -> LessonPart:
    item = live.item(code)
    headings: dict[str, str] = {}
    if item is not None and item["kind"] == "module":
        sha = live.manifest["item_shas"][code]
        body = items.find_version(live.course_id, code, sha).body
        headings = {m.anchor: m.text for m in reading.marks(body) if not m.check}
    title = item["title"] if item else code
    place = {anchor: n for n, anchor in enumerate(["", *headings])}
    found = [
        entry
        for row in rows
        if _has(entry := _entry(row, headings), words, title, live.title)
    ]
    found.sort(key=lambda e: (place.get(e.anchor, 10_000), e.note_id))
    return LessonPart(code, title, item is not None, tuple(found))


def _entry(row: LessonNote | Bookmark, headings: dict[str, str]) -> Entry:
    is_gone = bool(row.anchor) and row.anchor not in headings
    anchor = "" if is_gone else row.anchor
    heading = headings.get(anchor, "")
    if isinstance(row, LessonNote):
        return Entry(row.id, anchor, heading, is_gone, row.text, row.updated_at)
    return Entry(0, anchor, heading, is_gone, "", row.at)


def _has(entry: Entry, words: list[str], *around: str) -> bool:
    text = " ".join((entry.text, entry.heading, *around)).casefold()
    return all(word in text for word in words)


def as_markdown(parts: Iterable[CoursePart], title: str, marked: str, whole: str,
                written: Callable[[datetime], str]) -> str:  # fmt: skip
    """Return the notes as Markdown that any program opens as text.

    marked, whole  the words for a bookmark and for a lesson as a whole
    written        writes an instant in the reader's language
    """
    lines = [f"# {title}"]
    for course in parts:
        lines += ["", f"## {course.title}"]
        for lesson in course.lessons:
            lines += ["", f"### {lesson.title}"]
            for entry in lesson.entries:
                lines += ["", f"#### {entry.heading or whole}", ""]
                said = entry.text if entry.note_id else marked
                lines += [said, "", f"_{written(entry.at)}_"]
    return "\n".join(lines) + "\n"
