"""Who has to agree before a course is published, and what is written down of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lms.audit import log
from lms.catalog import items, publishing
from lms.catalog.models import Course as CourseRow
from lms.catalog.models import QuestionVersion, Release
from lms.catalog.releases import Source
from lms.courseware.bundle import Bundle
from lms.courseware.changes import RED, Change, Publication, compare, of_bundle
from lms.courseware.schema import Course
from lms.db import db
from lms.db.inserts import add_new
from lms.quiz import regrades
from lms.quiz.recounting import Recount

from . import impact, rebindings, sides
from .choices import Choices
from .models import ChangeReview, FormerCode

MOST = 200  # changes kept of one review


@dataclass(frozen=True, slots=True)
class Agreement:
    """What somebody agreed to; by_id None = the command line."""

    note: str = ""
    choices: Choices = field(default_factory=Choices)
    by_id: int | None = None
    takes_passes: bool = False


class NoteGate:
    """For the command line: red changes of a course that somebody takes want a note.

    Scores and requirements of those who are in the course stay as they are.
    """

    def __init__(self, note: str) -> None:
        self.note = note
        self._changes: dict[str, tuple[Change, ...]] = {}

    def holds(self, built: Bundle, course: Course, _source: Source) -> tuple[str, ...]:
        with db.session.begin():
            found = compare(sides.of_live(built.code), of_bundle(built, course))
            row = db.session.scalar(
                select(CourseRow.id).where(CourseRow.code == built.code)
            )
            nobody = row is None or impact.of_course(row).is_nobody
        self._changes[built.code] = found
        red = [change for change in found if change.tint == RED]
        if nobody or self.note or not red:
            return ()
        return tuple(f"    {c.code}: {c.message}" for c in red)

    def stored(self, release: Release, built: Bundle, course: Course) -> None:
        side, found = of_bundle(built, course), self._changes.get(built.code, ())
        keep(release, side, found, Agreement(self.note))


publishing.guarded_by(NoteGate)


class ReviewGate:
    """For the review page: what was read is what is published, or nothing is.

    is_stale  the folder has changed since
    """

    def __init__(
        self, root: Path, sha: str, found: tuple[Change, ...], agreed: Agreement
    ) -> None:
        self.root, self.sha = root, sha
        self.found, self.agreed = found, agreed
        self.is_stale = False

    def holds(self, _built: Bundle, _course: Course, source: Source) -> tuple[str, ...]:
        # Once more after reading: a file may have been saved meanwhile.
        is_same = source.sha == self.sha == sides.sha_of(self.root, source.folder)
        self.is_stale = not is_same
        return () if is_same else ("stale",)

    def stored(self, release: Release, built: Bundle, course: Course) -> None:
        side, agreed = of_bundle(built, course), self.agreed
        keep(release, side, self.found, agreed)
        shas = {question.code: question.sha for question in built.questions}
        for code in agreed.choices.questions:
            former = side.former.get(code, code)
            _regrade(release, (code, former), shas[code], agreed)
        if agreed.choices.rule == "all":
            rebindings.order(
                release.id, release.course_id, agreed.by_id, release.published_at
            )


def keep(
    release: Release,
    side: Publication,
    found: Iterable[Change],
    agreed: Agreement,
) -> None:
    """Write down what changed and what was chosen; links of codes as well."""
    now = release.published_at
    add_new(
        FormerCode,
        [
            {"course_id": release.course_id, "code": code, "former": former, "at": now}
            for code, former in side.former.items()
        ],
    )
    found = list(found)
    if not found:
        return
    db.session.add(
        ChangeReview(
            release_id=release.id,
            course_id=release.course_id,
            note=agreed.note,
            changes=[as_json(change) for change in found[:MOST]],
            choices=agreed.choices.as_json() | {"takes_passes": agreed.takes_passes},
            by_id=agreed.by_id,
            at=now,
        )
    )
    if any(change.tint == RED for change in found):
        log.record(
            "course.changes_approved",
            actor_id=agreed.by_id,
            object_kind="course",
            object_id=release.course_id,
            facts={
                "code": side.manifest["code"],
                "number": release.number,
                "changes": sorted({c.code for c in found if c.tint == RED}),
                "choices": agreed.choices.as_json(),
                "reason": agreed.note,
            },
            now=now,
        )
    db.session.flush()


def as_json(change: Change) -> dict[str, Any]:
    """Return a change as scripts read it."""
    return {
        "code": change.code,
        "tint": change.tint,
        "item": change.item,
        "question": change.question,
        "message": change.message,
        "mending": change.mending,
        "old": change.old,
        "new": change.new,
    }


def _regrade(
    release: Release, codes: tuple[str, str], sha: str, agreed: Agreement
) -> None:
    """Begin to count a question again.

    codes  its code now and before
    sha    of the version that was just published
    """
    code, rule = codes[0], agreed.choices.questions[codes[0]]
    old = old_versions(release.course_id, codes)
    target = next(v for v in old.values() if (v.code, v.sha) == (code, sha))
    side = None
    if rule == "again":
        side = (target.body, items.keys([target.id])[target.id])
    bodies = {n: version.body for n, version in old.items() if n != target.id}
    regrades.order(
        release.course_id,
        code,
        Recount(bodies, side),
        target_id=target.id if side else None,
        takes_passes=agreed.takes_passes,
        reason=agreed.note,
        by_id=agreed.by_id,
        now=release.published_at,
    )


def old_versions(course_id: int, codes: Iterable[str]) -> dict[int, items.Version]:
    """Return every version of a question, also under its former codes."""
    wanted = select(QuestionVersion.id).where(
        QuestionVersion.course_id == course_id, QuestionVersion.code.in_(set(codes))
    )
    return items.question_versions(db.session.scalars(wanted).all())
