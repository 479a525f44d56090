"""Many people who have finished the quiz of the stage, made without pages."""

from types import SimpleNamespace

from sqlalchemy import select

from lms.accounts.models import Person
from lms.catalog import courses, items
from lms.db import db
from lms.kernel import clock
from lms.quiz import answers, attempts
from lms.quiz.models import Attempt
from lms.records import enrolments, facts
from tests.cast import CAST

from . import stage

UNIT = CAST["hendra"].unit_id  # Hendra teaches there


def people(count: int, unit_id: int = UNIT) -> list[int]:
    """Add people; return their ids."""
    first = (db.session.scalar(select(Person.id).order_by(Person.id.desc())) or 0) + 1
    for number in range(first, first + count):
        db.session.add(
            Person(
                id=number,
                uid=f"00000000-0000-4000-9000-{number:012}",
                name=f"Peserta {number:05}",
                email=f"peserta{number}@contoh.go.id",
                asn_status="PNS",
                unit_id=unit_id,
                created_at=clock.now(),
                updated_at=clock.now(),
            )
        )
    db.session.commit()
    return list(range(first, first + count))


def finish(person_id: int, given: dict, unit_id: int = UNIT) -> int:
    """Let somebody take the course and hand in a quiz; return the attempt's id."""
    person = SimpleNamespace(id=person_id, unit_id=unit_id)
    now = clock.now()
    enrolment = enrolments.enrol(person, courses.live(stage.COURSE), now)
    facts.add(enrolment, "menyapa", "read", now)
    db.session.flush()
    attempt = attempts.start(person_id, stage.COURSE, stage.QUIZ, now)
    answer(attempt, given)
    attempts.submit(attempt, now)
    db.session.commit()
    return attempt.id


def answer(attempt: Attempt, given: dict) -> None:
    """Save answers by question code."""
    now = clock.now()
    versions = items.question_versions(place["q"] for place in attempt.layout)
    for slot, place in enumerate(attempt.layout):
        code = versions[place["q"]].code
        if code in given:
            answers.save(attempt, slot, 1, given[code], now)
