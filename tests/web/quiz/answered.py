"""Many people who take the quiz of the stage, each with their own answers."""

from datetime import timedelta
from types import SimpleNamespace

from lms.accounts.models import Person
from lms.catalog import courses, items
from lms.db import db
from lms.kernel import clock, ids
from lms.quiz import answers, attempts
from lms.quiz.models import Attempt
from lms.records import enrolments

from .stage import COURSE, QUIZ, RIGHT, WRONG

FIRST = 2_000  # ids of the crowd


def add_people(count: int, first: int = FIRST) -> list[int]:
    """Add people of Rani's unit; return their ids. The caller commits."""
    now, numbers = clock.now(), list(range(first, first + count))
    db.session.add_all(
        Person(
            id=n, uid=ids.new_uid(), name=f"Peserta Contoh {n}",
            nip=f"1970010119959{n:05}", asn_status="PNS", unit_id=4,
            created_at=now, updated_at=now,
        )
        for n in numbers
    )  # fmt: skip
    db.session.flush()
    return numbers


def enrol(person_id: int) -> None:
    """Let somebody take part in the course of the stage."""
    person = SimpleNamespace(id=person_id, unit_id=4)
    enrolments.enrol(person, courses.live(COURSE), clock.now())


def hand_in(person_id: int, given: dict, seconds: int = 30, quiz: str = QUIZ) -> int:
    """Take the quiz; a question not in `given` is left empty. Return the attempt's id.

    seconds  between one answer and the next
    """
    now = clock.now()
    attempt = attempts.start(person_id, COURSE, quiz, now)
    versions = items.question_versions(place["q"] for place in attempt.layout)
    for slot, place in enumerate(attempt.layout):
        code = versions[place["q"]].code
        at = now + timedelta(seconds=seconds * (slot + 1))
        if code in given:
            answers.save(attempt, slot, 1, given[code], at)
    done = now + timedelta(minutes=20)
    attempts.submit(db.session.get_one(Attempt, attempt.id), done)
    return attempt.id


def gather(count: int, of) -> None:
    """Let `count` people enrol and take the quiz; of(n) returns the answers of one."""
    for n, person_id in enumerate(add_people(count)):
        enrol(person_id)
        hand_in(person_id, of(n))
    db.session.commit()


def mixed(right: set[str]) -> dict:
    """Return answers that are right for these codes and wrong for all others."""
    return {code: RIGHT[code] if code in right else WRONG[code] for code in RIGHT}
