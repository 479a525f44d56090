"""The courses that somebody writes, and how the folder of each stands.

Whoever holds the role of instructor and is named as author (`penulis`): in the live
release; in the folder only as long as nothing of it was published.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from lms.catalog import publishing
from lms.catalog.courses import Live
from lms.catalog.models import Course, LiveRelease
from lms.courseware import library
from lms.courseware.schema import Finding
from lms.db import db
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.quiz import teaching


class NotYours(NotFound):
    message = N_("Kursus ini tidak ada di antara kursus yang Anda tulis.")


@dataclass(frozen=True, slots=True)
class Written:
    """A course and its folder.

    live      None = never published
    folder    "" = gone
    state     live: the folder says what is live; waiting: it says something else;
              broken: see findings; draft: kept back; gone: there is no folder
    """

    code: str
    title: str
    folder: str
    state: str
    live: Live | None = None
    is_listed: bool = True
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> int:
        return sum(finding.is_error for finding in self.findings)


def of_user(user, root: Path) -> list[Written]:
    """Return the courses `user` writes, those first that want something."""
    shas = dict(publishing.folder_shas(root))
    rows = db.session.scalars(select(Course)).all()
    live = {one.course_id: one for one in teaching.courses_of(user)}
    is_known = {row.folder: row.source_sha == shas.get(row.folder) for row in rows}
    read = None
    if not all(is_known.get(folder) for folder in shas):
        read = library.load(root)
    found = [_of_row(row, live[row.id], shas, read) for row in rows if row.id in live]
    if read is not None:
        published = set(courses_published())
        found += [
            _unpublished(folder, read)
            for folder, code in read.folders.items()
            if code in read.courses
            and code not in published
            and teaching.is_author(user, read.courses[code].authors)
        ]
    order = ("broken", "waiting", "gone", "draft", "live")
    return sorted(found, key=lambda w: (order.index(w.state), w.title.casefold()))


def courses_published() -> list[str]:
    """Return the codes of all courses that have a live release."""
    rows = select(Course.code).join(LiveRelease, LiveRelease.course_id == Course.id)
    return list(db.session.scalars(rows))


def _of_row(row: Course, live: Live, shas: dict[str, str], read) -> Written:
    about = (row.code, live.title, row.folder)
    if row.folder not in shas:
        return Written(*about[:2], "", "gone", live, row.is_listed)
    if row.source_sha == shas[row.folder]:
        state = "live" if row.is_listed or _is_archived(live) else "draft"
        return Written(*about, state, live, row.is_listed)
    findings = read.findings_of(row.folder)
    is_broken = row.code not in read.courses or read.folders.get(row.folder) != row.code
    state = "broken" if is_broken else "waiting"
    return Written(*about, state, live, row.is_listed, findings)


def _is_archived(live: Live) -> bool:
    return live.manifest["status"] == "archived"


def _unpublished(folder: str, read) -> Written:
    course = read.courses[read.folders[folder]]
    state = "draft" if course.status == "draft" else "waiting"
    return Written(
        course.code, course.title, folder, state, findings=read.findings_of(folder)
    )


def find(user, root: Path, code: str) -> Written:
    """Return one of the courses `user` writes. Raises NotYours."""
    for one in of_user(user, root):
        if one.code == code:
            return one
    raise NotYours
