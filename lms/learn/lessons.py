"""Reading a lesson: open it, mark it as read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from lms.catalog import items, translated
from lms.catalog.courses import Live
from lms.catalog.items import Version
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.records import completions, facts
from lms.records.models import Completion, Enrolled

from . import checks, light, outline, queries, reading, reading_places
from .checks import Refused, Shown
from .outline import Outline
from .places import NotEnrolled, Place, needed_checks
from .queries import Answered, Traces


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
    def language(self) -> str:
        """The language of its text: its course's own where it is not translated."""
        return self.version.body.get("language") or self.own_language

    @property
    def own_language(self) -> str:
        """The language its author wrote in."""
        said = self.source.manifest
        return said.get("own_language") or said["language"]

    @property
    def is_stale(self) -> bool:
        """Say whether the author has changed the text since it was translated."""
        return translated.is_stale(self.source, self.code, self.language)

    @property
    def outline(self) -> Outline:
        return outline.build(self.place.live, self.place.bound, self.traces.facts)

    def question(self, check_code: str) -> Version:
        """Return the question of a check. Raises CheckMissing."""
        shas = reading.question_shas(self.version.body)
        return checks.question_of(self.source.course_id, shas, check_code)

    def segments(self, saving: bool) -> list[dict[str, Any]]:
        """Return the body's segments; prose cut at its pictures to save data."""
        return _light(self.version) if saving else self.version.body["segments"]

    @property
    def marks(self) -> tuple[reading.Mark, ...]:
        """Sections and checks in reading order, for "Di halaman ini"."""
        return _marks(self.version)

    @property
    def read_to(self) -> reading.Mark | None:
        """Where it was last read: a section, or a check with its section's title."""
        anchor = self.traces.read_to
        text = reading.heading_at(self.version.body, anchor) if anchor else ""
        return reading.Mark(anchor, text) if text else None

    def checks(
        self,
        explain: str = "",
        refused: Refused | None = None,
        language: str = "id",
    ) -> dict[str, Shown]:
        """Return every check as shown, by code.

        explain   code of the one whose explanation was asked for
        refused   an answer just sent that could not be taken
        language  of the page
        """
        body = self.version.body
        shas = reading.question_shas(body)
        stored = items.question_by_sha(self.source.course_id, shas)
        questions, answers = self._spoken(stored)
        return {
            code: checks.show(
                code,
                number,
                questions[code],
                answers.get(code),
                explain=code == explain,
                marks=self.marks,
                refused=refused if refused and refused.check_code == code else None,
                language=language,
            )
            for code, number in reading.check_numbers(body).items()
        }

    def _spoken(
        self, stored: Mapping[str, Version]
    ) -> tuple[dict[str, Version], dict[str, Answered]]:
        """Return questions and answers by code, with texts in the reader's language.

        What a key tells is read for answered checks only, as the key is.
        """
        by_id = {version.id: version for version in stored.values()}
        texts = translated.texts_of(by_id.values(), self.source, self.place.language)
        shown = translated.questions(by_id, texts)
        questions = {code: shown[version.id] for code, version in stored.items()}
        answers = self.traces.answers
        if not texts or not answers:
            return questions, answers
        given = {one.question_version_id: one.key for one in answers.values()}
        keys = translated.keys_told(
            given, {number: texts[number] for number in given if number in texts}
        )
        return questions, {
            code: replace(one, key=keys[one.question_version_id])
            for code, one in answers.items()
        }


@lru_cache(maxsize=256)
def _light(version: Version) -> list[dict[str, Any]]:
    """Cut it once: a version never changes."""
    sizes = version.body.get("picture_bytes", {})
    return [
        {"parts": light.parts(segment["html"], sizes)}
        if "<img " in segment.get("html", "")
        else segment
        for segment in version.body["segments"]
    ]


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
    stored = items.find_version(source.course_id, item_code, sha)
    version = translated.item(stored, source, place.language)
    return Lesson(
        place, source, item, version, queries.traces(place.enrolment, item_code)
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
    first, following = next(iter(missing), ""), lesson.outline.beside(lesson.code)[1]
    if first:
        reading_places.note(lesson.enrolment, lesson.code, f"cek-{first}", now)
    elif following:
        reading_places.note(lesson.enrolment, following.code, None, now)
    return Finished(list(missing.values()), first, completion)
