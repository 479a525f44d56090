"""Earning again what was revoked: a new enrolment, a new completion, a new entry.

The revoked one stays as it is, with its JP taken back, so nothing counts twice. The new
round is told by its period: "" -> ".2", "2026" -> "2026.2".
"""

from datetime import datetime

from sqlalchemy import select

from lms.accounts.models import Person
from lms.audit import log
from lms.catalog import courses
from lms.catalog.courses import Live
from lms.db import db
from lms.kernel.errors import Conflict, LmsError
from lms.kernel.i18n import N_

from . import enrolments, rounds
from .models import Completion, Enrolment, EnrolmentEvent


class NotRevoked(Conflict):
    message = N_("Penyelesaian ini masih berlaku, jadi tidak perlu diulang.")


class EnrolsAnyway(Conflict):
    message = N_(
        "Kursus ini sudah punya edisi atau tahun baru: orangnya dapat mengikutinya"
        " sendiri dari halaman kursus."
    )


class TooOften(Conflict):
    message = N_("Kursus ini sudah terlalu sering dibuka lagi bagi orang yang sama.")


def check(completion: Completion, person, now: datetime) -> Live:
    """Return the release to be taken.

    raises  NotRevoked, EnrolsAnyway, CourseMissing
    """
    if completion.state != "revoked":
        raise NotRevoked
    live = courses.live(completion.course_code)
    period = enrolments.period_of(person, live, now)
    here = (completion.edition, rounds.year_of(completion.period))
    if here != (live.edition, period):
        raise EnrolsAnyway
    return live


def standing(completion: Completion, person, now: datetime) -> str:
    """Return "open" when HR may let the person begin again, "given" when they did.

    returns  "elsewhere" when the person can enrol without HR, or the course is gone;
             "" when the completion is valid
    """
    if completion.state != "revoked":
        return ""
    if is_given(completion):
        return "given"
    try:
        check(completion, person, now)
    except LmsError:
        return "elsewhere"
    return "open"


def allow(completion: Completion, reason: str, actor_id: int, now: datetime) -> bool:
    """Enrol the person anew in the live release; False = somebody did so already.

    raises  NotRevoked, EnrolsAnyway, TooOften, CourseMissing
    """
    # The completion is the lock: two officers at once open one round.
    db.session.execute(
        select(Completion.id)
        .where(Completion.id == completion.id)
        .with_for_update(key_share=True)
    )
    db.session.refresh(completion)
    if completion.state == "revoked" and is_given(completion):
        return False
    live = check(completion, db.session.get_one(Person, completion.person_id), now)
    period = rounds.after(completion.period)
    if not period:
        raise TooOften
    new = Enrolment(
        person_id=completion.person_id,
        course_id=completion.course_id,
        release_id=live.release_id,
        edition=live.edition,
        period=period,
        started_at=now,
    )
    db.session.add(new)
    db.session.flush()
    db.session.add(
        EnrolmentEvent(enrolment_id=new.id, kind="again", actor_id=actor_id, at=now)
    )
    log.record(
        "completion.again",
        actor_id=actor_id,
        object_kind="completion",
        object_id=completion.uid,
        facts={"reason": reason, "person": completion.person_id},
        now=now,
    )
    db.session.flush()
    return True


def is_given(completion: Completion) -> bool:
    """Say whether the person takes a later round of the same edition and year."""
    later = select(Enrolment.id).where(
        Enrolment.person_id == completion.person_id,
        Enrolment.course_id == completion.course_id,
        Enrolment.edition == completion.edition,
        rounds.of_year(rounds.year_of(completion.period)),
        Enrolment.id > completion.enrolment_id,
    )
    return db.session.scalar(later.limit(1)) is not None
