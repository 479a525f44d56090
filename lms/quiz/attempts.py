"""What people do with quizzes: start an attempt, hand it in.

These functions change the session but never commit; the view does, once. All that
change an attempt lock its row first, so saving and handing in never cross.
"""

from datetime import datetime
from random import SystemRandom

from sqlalchemy import bindparam, select

from lms.catalog import items
from lms.catalog.courses import Live
from lms.catalog.items import Version
from lms.db import db
from lms.jobs.worker import every_round
from lms.kernel.errors import Conflict, NotFound
from lms.kernel.i18n import N_
from lms.learn import places
from lms.learn.places import Place

from . import allowances, binding, draw, grants, marking, queries, rules, spoken
from .models import GRACE, Attempt
from .queries import best

__all__ = ["best", "check_open", "close_expired", "find", "start", "submit"]

LARGEST_ID = 2**63 - 1
BATCH = 50  # attempts closed in one transaction of the worker
chance = SystemRandom()
_OWN = select(Attempt).where(
    Attempt.id == bindparam("id"), Attempt.person_id == bindparam("person_id")
)
_OWN_LOCKED = _OWN.with_for_update(of=Attempt).execution_options(populate_existing=True)


class AttemptMissing(NotFound):
    message = N_("Percobaan kuis ini tidak ada, atau bukan milik Anda.")


class QuizMissing(NotFound):
    message = N_("Kuis ini tidak ada dalam kursus.")


class NotEnrolled(Conflict):
    message = N_("Ikuti kursus ini dahulu, lalu mulai kuisnya.")


class NoAttemptsLeft(Conflict):
    message = N_("Batas %(limit)d kali percobaan sudah tercapai.")


class PauseRunning(Conflict):
    message = N_(
        "Jeda antarpercobaan belum selesai. Percobaan berikutnya dapat dimulai"
        " %(minutes)d menit lagi."
    )


class AttemptSubmitted(Conflict):
    message = N_("Kuis ini sudah dikumpulkan. Jawabannya tidak berubah lagi.")


class AttemptOver(Conflict):
    message = N_(
        "Waktu kuis sudah habis. Jawaban yang tersimpan sebelum waktu habis dinilai."
    )


class EnrolmentEnded(Conflict):
    message = N_("Anda sudah berhenti dari kursus ini. Ikuti lagi untuk melanjutkan.")


def start(person_id: int, course_code: str, item_code: str, now: datetime) -> Attempt:
    """Return the running attempt, or open the next one.

    One that ran out is closed first. The unique number decides between two starts at
    once; the loser is run again by the web edge and finds the running attempt.

    raises  ItemMissing, QuizMissing, NotEnrolled, NoAttemptsLeft, PauseRunning
    """
    place = places.find(person_id, course_code)
    enrolment, quiz = place.enrolment, quiz_at(place, item_code)
    if enrolment is None:
        raise NotEnrolled

    tried = queries.list_attempts(enrolment.id, item_code, lock=True)
    for attempt in tried:
        if not attempt.is_submitted:
            if not attempt.is_over(now):
                return attempt
            marking.close(attempt, now)
    terms = rules.of(quiz.body)
    check_may_start(grants.standing(terms, tried, enrolment.id, item_code), now)
    extra_percent = allowances.percent_of(person_id)

    attempt = Attempt(
        person_id=person_id,
        enrolment_id=enrolment.id,
        course_id=place.live.course_id,
        item_code=item_code,
        item_version_id=quiz.id,
        number=max((a.number for a in tried), default=0) + 1,
        pass_bp=terms.pass_bp,
        layout=_draw(quiz, place.live),
        opened_at=now,
        closes_at=terms.closes_at(now, extra_percent),
        extra_percent=extra_percent,
    )
    db.session.add(attempt)
    db.session.flush()  # gives attempt.id, which the redirect needs
    return attempt


def quiz_at(place: Place, item_code: str) -> Version:
    """Return the quiz that binds the person there. Raises ItemMissing, QuizMissing."""
    place.source_of(item_code)  # neither live nor still owed: refused
    quiz = binding.binding_quiz(place.bound, place.live, item_code)
    if quiz is None:
        raise QuizMissing
    return quiz


def check_may_start(at: rules.Standing, now: datetime) -> None:
    """Raise NoAttemptsLeft or PauseRunning unless a new attempt may be opened."""
    if at.left == 0:
        raise NoAttemptsLeft(limit=at.limit)
    if at.next_at is not None and at.is_pausing(now):
        wait = -(-(at.next_at - now).total_seconds() // 60)  # rounded up
        raise PauseRunning(minutes=int(wait))


def _draw(quiz: Version, live: Live) -> list[dict]:
    versions = binding.questions(quiz, live)
    ordered = [v.id for v in versions.values() if v.kind == "ordering"]
    keys = items.keys(ordered) if ordered else {}
    solved = {number: key["order"] for number, key in keys.items()}
    questions = {
        code: draw.as_drawable(version.id, version.body, solved.get(version.id, ()))
        for code, version in versions.items()
    }
    return spoken.pinned(draw.layout(quiz.body, questions, chance), versions, live)


def find(person_id: int, attempt_id: int, lock: bool = False) -> Attempt:
    """Return the person's own attempt; anybody else's does not exist for them.

    lock  hold the row until the transaction ends, and read it as it is now
    """
    if not 0 < attempt_id <= LARGEST_ID:
        raise AttemptMissing
    attempt = db.session.scalar(
        _OWN_LOCKED if lock else _OWN, {"id": attempt_id, "person_id": person_id}
    )
    if attempt is None:
        raise AttemptMissing
    return attempt


def check_open(attempt: Attempt, now: datetime) -> None:
    """Raise unless answers may still be taken at `now`, grace included."""
    if attempt.is_submitted:
        raise AttemptSubmitted
    if attempt.is_over(now):
        raise AttemptOver
    if attempt.enrolment.withdrawn_at is not None:
        raise EnrolmentEnded


def submit(attempt: Attempt, now: datetime) -> None:
    """Hand in a locked attempt. A second hand-in changes nothing.

    After the deadline it closes with the answers saved in time.
    """
    if attempt.is_submitted:
        return
    if attempt.enrolment.withdrawn_at is not None and not attempt.is_over(now):
        raise EnrolmentEnded
    marking.close(attempt, now)


@every_round
def close_expired(now: datetime, limit: int = BATCH) -> int:
    """Close attempts whose time, with its grace, ran out; return how many.

    The worker does so in each round; the caller commits. Attempts that somebody else
    is closing at this moment are left to them.
    """
    ran_out = db.session.scalars(
        select(Attempt)
        .where(Attempt.submitted_at.is_(None), Attempt.closes_at < now - GRACE)
        .order_by(Attempt.closes_at)
        .limit(limit)
        .with_for_update(of=Attempt, skip_locked=True)
    ).all()
    for attempt in ran_out:
        marking.close(attempt, now)
    return len(ran_out)
