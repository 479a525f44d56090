"""Reading a lesson: open it, mark it as read."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from lms.catalog import items
from lms.catalog.courses import Live
from lms.catalog.items import Version
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.records import completions, facts
from lms.records.models import Completion, Enrolled

from . import checks, outline, queries, reading
from .checks import Refused, Shown
from .outline import Outline
from .places import NotEnrolled, Place, needed_checks
from .queries import Traces


class NotALesson(NotFound):
    message = N_("Bagian ini bukan pelajaran.")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as one person meets it.

    source  the release whose text is shown
    item    its entry in that release's outline
    """

    place: Place
    source: Live
    item: dict[str, Any]
    version: Version
    traces: Traces

    @property
    def code(self) -> str:
        return self.item["code"]

    @property
    def enrolment(self) -> Enrolled:
        assert self.place.enrolment is not None  # open_at refuses without one
        return self.place.enrolment

    @property
    def rule(self) -> dict[str, Any]:
        """The entry that says when the lesson is finished: of the binding release."""
        return self.place.bound.item(self.code) or self.item

    @property
    def outline(self) -> Outline:
        return outline.build(self.place.live, self.place.bound, self.traces.facts)

    def question(self, check_code: str) -> Version:
        """Return the question of a check. Raises CheckMissing."""
        shas = reading.question_shas(self.version.body)
        return checks.question_of(self.source.course_id, shas, check_code)

    @property
    def marks(self) -> tuple[reading.Mark, ...]:
        """Sections and checks in reading order, for "Di halaman ini"."""
        return _marks(self.version)

    def checks(
        self, explain: str = "", refused: Refused | None = None
    ) -> dict[str, Shown]:
        """Return every check as shown, by code.

        explain  code of the one whose explanation was asked for
        refused  an answer just sent that could not be taken
        """
        body = self.version.body
        shas = reading.question_shas(body)
        questions = items.question_by_sha(self.source.course_id, shas)
        return {
            code: checks.show(
                code,
                number,
                questions[code],
                self.traces.answers.get(code),
                explain=code == explain,
                hint_at=reading.section_before(self.marks, code),
                refused=refused if refused and refused.check_code == code else None,
            )
            for code, number in reading.check_numbers(body).items()
        }


@lru_cache(maxsize=256)
def _marks(version: Version) -> tuple[reading.Mark, ...]:
    """Look for them once: a version never changes."""
    return tuple(reading.marks(version.body))


def open_at(place: Place, item_code: str) -> Lesson:
    """Return the lesson for its reader. Raises ItemMissing, NotALesson, NotEnrolled."""
    source, item = place.source_of(item_code), place.entry(item_code)
    if item["kind"] != "module":
        raise NotALesson
    if place.enrolment is None:
        raise NotEnrolled
    sha = source.manifest["item_shas"][item_code]
    version = items.find_version(source.course_id, item_code, sha)
    return Lesson(
        place, source, item, version, queries.traces(place.enrolment.id, item_code)
    )


@dataclass(frozen=True, slots=True)
class Finished:
    """What marking a lesson as read brought.

    missing     numbers of the checks still wanted, from 1
    first       code of the first of them, or ""
    completion  of the course, when it is finished
    """

    missing: list[int]
    first: str
    completion: Completion | None


def finish(lesson: Lesson, now: datetime) -> Finished:
    """Note that the lesson was read, and settle the course. Twice is once."""
    facts.add(lesson.enrolment, lesson.code, "read", now)
    completion = completions.settle(lesson.enrolment, now)
    rule = lesson.rule
    wanted = "check_right" if rule["completion"] == "checks_right" else "check_answered"
    proven = {s for f, s in lesson.traces.facts.get(lesson.code, ()) if f == wanted}
    missing = {
        code: number
        for code, number in reading.check_numbers(lesson.version.body).items()
        if code in needed_checks(rule) - proven
    }
    return Finished(list(missing.values()), next(iter(missing), ""), completion)
