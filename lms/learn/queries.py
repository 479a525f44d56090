"""Reads of the lesson page and of home."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Integer,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.types import JSON

from lms.catalog.models import LiveRelease, QuestionKey
from lms.db import BigInt, db
from lms.records.models import Certificate, Completion, Enrolment, ItemFact

from .models import CheckAnswer
from .outline import Facts


@dataclass(frozen=True, slots=True)
class Answered:
    """The newest answer to a check, with the key that speaks about it.

    id  rises with each answer
    """

    id: int
    question_version_id: int
    answer: Any
    score_bp: int
    key: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Traces:
    """What a person left in a course: facts of all items, answers of one."""

    facts: Facts = field(default_factory=dict)
    answers: dict[str, Answered] = field(default_factory=dict)  # by check code

    @property
    def stamp(self) -> tuple:
        """What changes when the traces do; for the name of a kept page."""
        facts = sorted((item, sorted(noted)) for item, noted in self.facts.items())
        return (facts, sorted(answered.id for answered in self.answers.values()))


def _traces_statement():
    """All facts of an enrolment and the newest answers in one of its items.

    Keys come through an answer only: what has not been answered brings no key.
    """
    mine = CheckAnswer.enrolment_id == bindparam("enrolment")
    newest = (
        select(func.max(CheckAnswer.id))
        .where(mine, CheckAnswer.item_code == bindparam("item"))
        .group_by(CheckAnswer.check_code)
    )
    answered = (
        select(
            CheckAnswer.check_code.label("code"),
            literal("").label("fact"),
            literal("").label("subject"),
            CheckAnswer.id.label("id"),
            CheckAnswer.question_version_id.label("question"),
            CheckAnswer.answer.label("answer"),
            CheckAnswer.score_bp.label("score_bp"),
            QuestionKey.key.label("key"),
        )
        .join(
            QuestionKey,
            QuestionKey.question_version_id == CheckAnswer.question_version_id,
        )
        .where(CheckAnswer.id.in_(newest))
    )
    noted = select(
        ItemFact.item_code,
        ItemFact.fact,
        ItemFact.subject,
        cast(null(), BigInt),
        cast(null(), BigInt),
        cast(null(), JSON),
        cast(null(), Integer),
        cast(null(), JSON),
    ).where(ItemFact.enrolment_id == bindparam("enrolment"))
    return union_all(answered, noted)


# Built once: making a statement costs more than running it.
_TRACES = _traces_statement()


def traces(enrolment_id: int, item_code: str) -> Traces:
    """Return what a person left in a course, in one statement."""
    facts: dict[str, set[tuple[str, str]]] = {}
    answers: dict[str, Answered] = {}
    asked = {"enrolment": enrolment_id, "item": item_code}
    for row in db.session.connection().execute(_TRACES, asked):
        if row.fact:
            facts.setdefault(row.code, set()).add((row.fact, row.subject))
        else:
            answers[row.code] = Answered(
                row.id, row.question, row.answer, row.score_bp, row.key
            )
    return Traces(facts, answers)


def certificate_code(completion: Completion) -> str:
    """Return the check code of the completion's certificate, "" when none."""
    code = select(Certificate.code).where(Certificate.completion_id == completion.id)
    return db.session.scalar(code) or ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A course a person takes part in, and whether it is finished."""

    enrolment: Enrolment
    live_release_id: int
    is_finished: bool


def taken(person_id: int) -> list[Taken]:
    """Return the courses a person takes now, the newest enrolment first."""
    rows = db.session.execute(
        select(Enrolment, LiveRelease.release_id, Completion.id)
        .join(LiveRelease, LiveRelease.course_id == Enrolment.course_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Enrolment.person_id == person_id, Enrolment.withdrawn_at.is_(None))
        .order_by(Enrolment.started_at.desc(), Enrolment.id.desc())
    )
    return [Taken(e, release_id, done is not None) for e, release_id, done in rows]


@dataclass(frozen=True, slots=True)
class Noted:
    """Facts by enrolment, and when the last of each was noted."""

    facts: dict[int, dict[str, set[tuple[str, str]]]] = field(default_factory=dict)
    at: dict[int, datetime] = field(default_factory=dict)


def facts_of(enrolment_ids: Iterable[int]) -> Noted:
    """Return the facts of several enrolments, in one statement."""
    rows = db.session.execute(
        select(
            ItemFact.enrolment_id,
            ItemFact.item_code,
            ItemFact.fact,
            ItemFact.subject,
            ItemFact.at,
        ).where(ItemFact.enrolment_id.in_(list(enrolment_ids)))
    )
    noted = Noted()
    for enrolment_id, item, fact, subject, at in rows:
        mine = noted.facts.setdefault(enrolment_id, {})
        mine.setdefault(item, set()).add((fact, subject))
        noted.at[enrolment_id] = max(at, noted.at.get(enrolment_id, at))
    return noted
