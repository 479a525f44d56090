"""Taking part in a course, and leaving it."""

from datetime import date, datetime

from sqlalchemy import select

from lms.accounts import units
from lms.catalog.courses import Live
from lms.db import db
from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_

from . import completions, jp, rounds, validity
from .models import Completion, Enrolled, Enrolment, EnrolmentEvent


class CourseFinished(Conflict):
    message = N_("Kursus ini sudah Anda selesaikan; hasilnya tetap tercatat.")


def find(person_id: int, course_id: int) -> Enrolment | None:
    """Return the newest enrolment the person has not left, or None."""
    return db.session.scalar(
        select(Enrolment)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.course_id == course_id,
            Enrolment.withdrawn_at.is_(None),
        )
        .order_by(
            Enrolment.edition.desc(), Enrolment.period.desc(), Enrolment.id.desc()
        )
        .limit(1)
    )


def enrol(
    person, live: Live, now: datetime, lead_days: int = validity.LEAD_DAYS
) -> Enrolment:
    """Take part in the live release; twice is once, coming back goes on.

    person     anyone with id and unit_id
    lead_days  before its last day from which a completion may be renewed
    A new edition, a new year of a yearly course, or a completion that is about to run
    out makes a new enrolment; whoever comes back stays bound to the release first
    enrolled in.
    """
    period = period_of(person, live, now)
    found = db.session.scalar(
        select(Enrolment)
        .where(
            Enrolment.person_id == person.id,
            Enrolment.course_id == live.course_id,
            Enrolment.edition == live.edition,
            rounds.of_year(period),
        )
        .order_by(Enrolment.id.desc())  # the newest round
        .limit(1)
    )
    if found is not None and may_renew(person, found, now, lead_days):
        period, found = rounds.after(found.period), None
    if found is None:
        found = Enrolment(
            person_id=person.id,
            course_id=live.course_id,
            release_id=live.release_id,
            edition=live.edition,
            period=period,
            started_at=now,
        )
        db.session.add(found)
        db.session.flush()
        _note(found, "enrolled", now)
    elif found.withdrawn_at is not None:
        found.withdrawn_at = None
        _note(found, "returned", now)
        # A quiz that ran out meanwhile may have been the last thing missing.
        completions.settle(found, now)
    return found


def withdraw(person, course_id: int, now: datetime) -> Enrolment | None:
    """Leave the course; twice is once. Facts stay and count on coming back.

    raises  CourseFinished
    """
    found = find(person.id, course_id)
    if found is None:
        return None
    if db.session.scalar(
        select(Completion.id).where(Completion.enrolment_id == found.id)
    ):
        raise CourseFinished
    found.withdrawn_at = now
    _note(found, "withdrew", now)
    return found


def may_renew(
    person, newest: Enrolment | Enrolled, now: datetime, lead_days: int
) -> bool:
    """Say whether what the newest enrolment brought runs out, or has run out.

    What was revoked is earned again as HR says: see retakes.py.
    """
    done = completions.of(newest)
    if done is None or done.state != "valid" or not rounds.after(newest.period):
        return False
    standing = validity.of(done, today_of(person, now), lead_days)
    return standing is not None and standing.is_open


def today_of(person, now: datetime) -> date:
    """Return the day by the calendar of a person's agency."""
    return jp.day_of(now, units.agency_of(person.unit_id).timezone)


def rebind(
    enrolment: Enrolment, live: Live, actor_id: int | None, now: datetime
) -> None:
    """Bind somebody who is taking the course to what a later release asks.

    What they have done counts as it did; with it they may have finished.
    """
    enrolment.release_id = live.release_id
    db.session.flush()
    db.session.add(
        EnrolmentEvent(
            enrolment_id=enrolment.id, kind="rebound", actor_id=actor_id, at=now
        )
    )
    if enrolment.withdrawn_at is None:
        completions.settle(enrolment, now)


def period_of(person, live: Live, now: datetime) -> str:
    """Return "2026" for a yearly course (the year at the agency), else ""."""
    if not live.manifest.get("yearly"):
        return ""
    zone = units.agency_of(person.unit_id).timezone
    return str(jp.year_of(now, zone))


def _note(enrolment: Enrolment, kind: str, now: datetime) -> None:
    db.session.add(
        EnrolmentEvent(
            enrolment_id=enrolment.id, kind=kind, actor_id=enrolment.person_id, at=now
        )
    )
    db.session.flush()
