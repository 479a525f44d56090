"""Filling in a survey: once, for good; by name or so that nobody can tell by whom."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from lms.accounts import units
from lms.accounts.models import Person
from lms.db import db
from lms.db.inserts import add_new
from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_
from lms.records import completions, facts
from lms.records.models import Completion, Enrolment

from . import ballots
from .models import SurveyAnswer, SurveyFilling
from .sheet import Sheet
from .surveys import Survey


class SurveyClosed(Conflict):
    message = N_("Survei ini sedang tidak menerima jawaban.")


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody before a survey.

    person_id      the learner it is about
    respondent_id  who answers: the learner, or somebody near them
    """

    enrolment_id: int
    person_id: int
    respondent_id: int
    role: str
    survey: Survey


def filled_on(enrolment_id: int, item_code: str, respondent_id: int) -> date | None:
    """Return the day on which somebody has filled in a survey, or None."""
    return db.session.scalar(
        select(SurveyFilling.filled_on).where(
            SurveyFilling.enrolment_id == enrolment_id,
            SurveyFilling.item_code == item_code,
            SurveyFilling.respondent_id == respondent_id,
        )
    )


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of a form: `is_new` is False when it, or another tab's, was there.

    completion  of the course, when the survey was the last thing it wanted
    """

    is_new: bool
    completion: Completion | None = None


def fill(seat: Seat, sheet: Sheet, today: date, now: datetime) -> Filled:
    """Store a filled-in survey. Whoever sends twice is counted once: the first time.

    sheet  without mistakes
    """
    survey = seat.survey
    unit = units.find(db.session.get_one(Person, seat.person_id).unit_id)
    office_id = units.office_of(unit).id
    filling_id = _note(seat, unit.id, office_id, today)
    if filling_id is None:
        return Filled(is_new=False)
    answers = [
        (version.id, canonical(answer))
        for version, answer in zip(survey.questions, sheet.answers, strict=True)
    ]
    if survey.terms.is_anonymous:
        ballots.put(survey, seat.role, office_id, answers)
    else:
        _keep(filling_id, answers)
    if seat.role != "learner":
        return Filled(is_new=True)
    enrolment = db.session.get_one(Enrolment, seat.enrolment_id)
    facts.add(enrolment, survey.code, "filled", now)
    return Filled(is_new=True, completion=completions.settle(enrolment, now))


def canonical(answer: Any) -> str:
    """Return the one way in which an answer is written: equal answers are equal."""
    return json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _note(seat: Seat, unit_id: int, office_id: int, today: date) -> int | None:
    """Note that they have filled it in; None = they had already. The database decides.

    The day alone is kept: a time would tell which anonymous answers came with it.
    """
    survey = seat.survey
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    insert = (sqlite if is_sqlite else postgresql).insert(SurveyFilling)
    return db.session.scalar(
        insert.values(
            enrolment_id=seat.enrolment_id,
            course_id=survey.live.course_id,
            item_code=survey.code,
            role=seat.role,
            respondent_id=seat.respondent_id,
            release_id=survey.live.release_id,
            unit_id=unit_id,
            office_id=office_id,
            filled_on=today,
            is_anonymous=survey.terms.is_anonymous,
        )
        .on_conflict_do_nothing()
        .returning(SurveyFilling.id)
    )


def _keep(filling_id: int, answers: Iterable[tuple[int, str]]) -> None:
    add_new(
        SurveyAnswer,
        [
            {"filling_id": filling_id, "question_version_id": version_id,
             "place": place, "answer": answer}
            for place, (version_id, answer) in enumerate(answers)
        ],
    )  # fmt: skip
