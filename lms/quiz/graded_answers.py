"""Answers that a person grades: whose wait for whom, and what the pages show of them.

Nothing of a key is read here. Who may grade is asked anew at every look: whoever
teaches the course and holds that role over the learner's unit; see lms.quiz.teaching.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, select, text, tuple_

from lms.accounts import roles
from lms.accounts.models import Person, Unit
from lms.catalog.models import ItemVersion
from lms.courseware.grading import BY_PEOPLE
from lms.db import db
from lms.records.models import Enrolment
from lms.uploads.models import Upload, UploadContent

from . import grades, queries, regrades, sheet, spoken, teaching
from .attempts import LARGEST_ID, AttemptMissing
from .models import AnswerFile, AnswerGrade, Attempt, SlotScore

PAGE = 50  # attempts on a page of the list
LATELY = 20  # graded ones shown below them
SLOTS = 10  # grades that one of these may take up
# As the index says it that lists them: a parameter would not be seen to be the same.
WAITED = text("attempts.waiting > 0")


@dataclass(frozen=True, slots=True)
class Row:
    """An attempt on a grader's list; `waiting`: answers still to grade."""

    attempt_id: int
    name: str
    unit: str
    course: str
    quiz: str
    number: int
    waiting: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A file that was handed in as an answer."""

    uid: str
    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Given:
    """One grade as people read it; rows: (criterion, weight, level, its text)."""

    number: int
    score_bp: int
    remark: str
    reason: str
    by: str
    at: datetime
    rows: tuple[tuple[str, int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that a person grades; number from 1, as the learner saw it.

    text   of an essay, else ""
    grades all of it, the newest last
    is_free  counts as right for everybody: nobody grades it any more
    is_open  it waits: neither graded nor settled otherwise
    """

    slot: int
    sheet: sheet.Sheet
    points: int
    text: str
    file: File | None
    rubric: Sequence[Mapping[str, Any]]
    grades: tuple[Given, ...]
    score_bp: int | None
    is_free: bool = False

    @property
    def number(self) -> int:
        return self.slot + 1

    @property
    def is_open(self) -> bool:
        return self.score_bp is None and not self.is_free


def _mine(user, taught: Collection[int]):
    """Return the condition on Attempt, Person and Unit that `user` may grade."""
    return and_(
        Attempt.course_id.in_(taught),
        Attempt.submitted_at.is_not(None),
        Attempt.waited > 0,
        Person.id != user.id,
        roles.units_held(user, "instructor"),
    )


def waiting(user, after: int = 0) -> tuple[list[Row], int]:
    """Return a page of the attempts with answers to grade, the oldest first.

    after    id of an attempt: only what was handed in later
    returns  the page, and the id after which the next one begins, 0 = there is none
    """
    place = _place_of(after)
    found = sorted(
        (at, number)
        for live in teaching.courses_of(user)
        for at, number in _open_ones(user, live.course_id, place)
    )
    numbers = [number for _at, number in found[:PAGE]]
    return _rows(user, numbers), numbers[-1] if len(found) > PAGE else 0


def _place_of(attempt_id: int) -> tuple[datetime, int] | None:
    """Return where an attempt stands in the list; None = there is no such one."""
    if not 0 < attempt_id <= LARGEST_ID:
        return None
    row = db.session.execute(
        select(Attempt.submitted_at, Attempt.id).where(
            Attempt.id == attempt_id, Attempt.submitted_at.is_not(None)
        )
    ).first()
    return (row.submitted_at, row.id) if row else None


def _over(user):
    """Return the condition on Attempt that it is of a person whom `user` teaches."""
    return exists().where(
        Person.id == Attempt.person_id,
        Person.id != user.id,
        Unit.id == Person.unit_id,
        roles.units_held(user, "instructor"),
    )


def _open_ones(
    user, course_id: int, after: tuple[datetime, int] | None
) -> Iterable[tuple[datetime, int]]:
    """Return keys of a course in the order of their index; one more than a page."""
    stands = exists().where(
        Enrolment.id == Attempt.enrolment_id,
        Enrolment.withdrawn_at.is_(None),
        Person.id == Attempt.person_id,
        Person.is_active,
    )
    wanted = select(Attempt.submitted_at, Attempt.id).where(
        Attempt.course_id == course_id,
        Attempt.submitted_at.is_not(None),
        WAITED,
        Attempt.waiting > 0,
        stands,
        _over(user),
    )
    if after:
        place = tuple_(Attempt.submitted_at, Attempt.id)
        wanted = wanted.where(place > tuple_(*after))
    rows = db.session.execute(
        wanted.order_by(Attempt.submitted_at, Attempt.id).limit(PAGE + 1)
    )
    return [(at, number) for at, number in rows]


def lately(user) -> list[Row]:
    """Return the attempts graded last, of which a grade may be given again.

    Read from the newest grade on; at most SLOTS grades of each are looked at.
    """
    taught = {live.course_id for live in teaching.courses_of(user)}
    if not taught:
        return []
    rows = db.session.scalars(
        select(AnswerGrade.attempt_id)
        .join(Attempt, Attempt.id == AnswerGrade.attempt_id)
        .where(
            Attempt.course_id.in_(taught),
            Attempt.submitted_at.is_not(None),
            Attempt.waited > 0,
            Attempt.waiting == 0,
            _over(user),
        )
        .order_by(AnswerGrade.id.desc())
        .limit(LATELY * SLOTS)
    )
    return _rows(user, list(dict.fromkeys(rows))[:LATELY])


def _rows(user, numbers: list[int]) -> list[Row]:
    """Return attempts as the list shows them, in the order of their ids given."""
    if not numbers:
        return []
    titles = {live.course_id: live.title for live in teaching.courses_of(user)}
    rows = db.session.execute(
        select(Attempt, Person, Unit.name, ItemVersion.body)
        .join(Person, Person.id == Attempt.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .join(ItemVersion, ItemVersion.id == Attempt.item_version_id)
        .where(Attempt.id.in_(numbers))
    )
    found = {
        attempt.id: Row(
            attempt_id=attempt.id,
            name=person.full_name,
            unit=unit,
            course=titles[attempt.course_id],
            quiz=body["title"],
            number=attempt.number,
            waiting=attempt.waiting,
            submitted_at=attempt.submitted_at,
        )
        for attempt, person, unit, body in rows
    }
    return [found[number] for number in numbers]


def find(user, attempt_id: int, lock: bool = False) -> tuple[Attempt, Person, str]:
    """Return an attempt that `user` may grade, whose it is, and their unit.

    raises  AttemptMissing
    """
    if not 0 < attempt_id <= LARGEST_ID:
        raise AttemptMissing
    taught = {live.course_id for live in teaching.courses_of(user)}
    wanted = (
        select(Attempt, Person, Unit.name)
        .join(Person, Person.id == Attempt.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Attempt.id == attempt_id, _mine(user, taught))
    )
    if lock:
        wanted = wanted.with_for_update(of=Attempt).execution_options(
            populate_existing=True
        )
    found = db.session.execute(wanted).first()
    if found is None:
        raise AttemptMissing
    return found[0], found[1], found[2]


def may_open(user, upload_id: int) -> str | None:
    """Return the right by which `user` may fetch a file handed in as an answer."""
    taught = {live.course_id for live in teaching.courses_of(user)}
    found = db.session.scalar(
        select(Attempt.id)
        .join(AnswerFile, AnswerFile.attempt_id == Attempt.id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(AnswerFile.upload_id == upload_id, _mine(user, taught))
        .limit(1)
    )
    return "instructor" if found else None


def of(attempt: Attempt, language: str = "id", tongue: str = "") -> list[Answer]:
    """Return the answers of a submitted attempt that a person grades, or has graded.

    language  of the page; tongue: of the texts
    """
    if not attempt.waited:
        return []
    by_key = set(
        db.session.scalars(
            select(SlotScore.slot).where(SlotScore.attempt_id == attempt.id)
        )
    )
    versions = spoken.questions(attempt, tongue or language)
    answers, scores = (
        queries.newest_answers(attempt.id),
        queries.slot_scores(attempt.id),
    )
    files, given = files_of(attempt.id), _grades(attempt.id)
    free = regrades.right_for_all(attempt.course_id)
    found = []
    for slot, place in enumerate(attempt.layout):
        body = versions[place["q"]].body
        if slot in by_key or body["kind"] not in BY_PEOPLE:
            continue
        answer = answers[slot].answer if slot in answers else None
        found.append(
            Answer(
                slot=slot,
                sheet=sheet.of(body, place["options"], answer, language=language),
                points=place["points"],
                text=answer if isinstance(answer, str) else "",
                file=files.get(slot),
                rubric=body["rubric"],
                grades=tuple(
                    _given(grade, name, body["rubric"])
                    for grade, name in given
                    if grade.slot == slot
                ),
                score_bp=scores.get(slot),
                is_free=place["q"] in free,
            )
        )
    return found


def files_of(attempt_id: int) -> dict[int, File]:
    """Return the files that an attempt's answers hold, by slot."""
    rows = db.session.execute(
        select(
            AnswerFile.slot, Upload.uid, Upload.name, UploadContent.kind,
            UploadContent.size_bytes,
        )
        .join(Upload, Upload.id == AnswerFile.upload_id)
        .join(UploadContent, UploadContent.id == Upload.content_id)
        .where(AnswerFile.attempt_id == attempt_id)
    )  # fmt: skip
    return {row[0]: File(*row[1:]) for row in rows}


def _grades(attempt_id: int) -> list[tuple[AnswerGrade, str]]:
    given = grades.of_attempt(attempt_id)
    names = {
        person.id: person.full_name
        for person in db.session.scalars(
            select(Person).where(Person.id.in_({grade.by_id for grade in given}))
        )
    }
    return [(grade, names[grade.by_id]) for grade in given]


def _given(grade: AnswerGrade, name: str, rubric: Sequence[Mapping[str, Any]]) -> Given:
    rows = []
    for row in rubric:
        value = grade.levels.get(row["code"])
        texts = {level["value"]: level["html"] for level in row["levels"]}
        if value in texts:
            rows.append((row["title_html"], row["weight"], value, texts[value]))
    return Given(
        grade.number, grade.score_bp, grade.remark, grade.reason, name, grade.at,
        tuple(rows),
    )  # fmt: skip
