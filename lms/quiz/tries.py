"""How often somebody has tried each quiz, for those who look after them.

Scores and times only: no answer, no question, nothing of a key.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from lms.catalog import courses
from lms.db import db
from lms.records.models import Enrolment

from . import binding, grants, rules
from .models import Attempt


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt; score_bp None = not handed in.

    is_waiting  a person has still to grade a part of it
    """

    number: int
    opened_at: datetime
    submitted_at: datetime | None
    score_bp: int | None
    passed: bool
    extra_percent: int
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """All attempts of a person at one quiz.

    next_number  of the attempt that may be granted; 0 = none is needed
    was_told     the keys were open to read while no attempt was left
    """

    course: str
    quiz: str
    enrolment_id: int
    item_code: str
    tries: tuple[Try, ...]
    at: rules.Standing
    next_number: int
    was_told: bool


def of_person(person_id: int) -> list[Tried]:
    """Return the quizzes a person has tried, the one tried last first."""
    rows = db.session.execute(
        select(
            Attempt.enrolment_id,
            Attempt.item_code,
            Enrolment.release_id,
            Enrolment.withdrawn_at,
            Attempt.number,
            Attempt.opened_at,
            Attempt.submitted_at,
            Attempt.score_bp,
            Attempt.pass_bp,
            Attempt.extra_percent,
            Attempt.waiting,
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Attempt.person_id == person_id)
        .order_by(Attempt.enrolment_id, Attempt.item_code, Attempt.number)
    ).all()
    found = [
        _tried(list(group)) for _key, group in groupby(rows, lambda row: tuple(row[:4]))
    ]
    found.sort(key=lambda one: one.tries[-1].opened_at, reverse=True)
    return found


def _tried(rows) -> Tried:
    first = rows[0]
    tries = tuple(
        Try(
            number=row.number,
            opened_at=row.opened_at,
            submitted_at=row.submitted_at,
            score_bp=row.score_bp,
            passed=row.score_bp is not None
            and not row.waiting
            and row.score_bp >= row.pass_bp,
            extra_percent=row.extra_percent,
            is_waiting=row.waiting > 0,
        )
        for row in rows
    )
    bound = courses.release(first.release_id)
    quiz = binding.binding_quiz(bound, courses.live(bound.code), first.item_code)
    if quiz is None:  # taken out of the course altogether
        free = rules.Standing(len(tries), None, False, None, None, False)
        return Tried(bound.title, first.item_code, first.enrolment_id,
                     first.item_code, tries, free, 0, False)  # fmt: skip
    terms = rules.of(quiz.body)
    at = grants.standing(terms, tries, first.enrolment_id, first.item_code)
    is_needed = grants.is_needed(at) and first.withdrawn_at is None
    return Tried(
        course=bound.title,
        quiz=quiz.body["title"],
        enrolment_id=first.enrolment_id,
        item_code=first.item_code,
        tries=tries,
        at=at,
        next_number=(at.limit or 0) + 1 if is_needed else 0,
        was_told=rules.may_explain(terms, at),
    )
