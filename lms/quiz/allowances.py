"""More time in quizzes for one person: granted with a reason, pinned at the start."""

from datetime import datetime

from sqlalchemy import select

from lms.audit import log
from lms.db import db
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

from .models import TimeAllowance

MOST = 300  # percent
REASON = 500  # letters


class AllowanceUnreadable(Invalid):
    message = N_("Tambahan waktu ditulis 1 sampai 300 persen, dengan alasannya.")


class NoAllowance(Invalid):
    message = N_("Orang ini tidak mempunyai tambahan waktu yang berlaku.")


def percent_of(person_id: int) -> int:
    """Return how much more time a person has now, in percent; mostly 0."""
    standing = _standing(person_id)
    return standing.percent if standing else 0


def stands(person_id: int, percent: int, reason: str) -> bool:
    """Say whether just this holds already: the form came twice."""
    standing = _standing(person_id)
    return standing is not None and (standing.percent, standing.reason) == (
        percent,
        reason.strip(),
    )


def grant(
    person_id: int, percent: int, reason: str, actor_id: int | None, now: datetime
) -> TimeAllowance:
    """Give more time in attempts begun from now on, in place of what stood before.

    The reason may tell of a person's health: it stays out of the audit log.

    raises  AllowanceUnreadable
    """
    reason = reason.strip()
    if not 1 <= percent <= MOST or not 0 < len(reason) <= REASON:
        raise AllowanceUnreadable
    if standing := _standing(person_id):
        standing.ended_at = now
    given = TimeAllowance(
        person_id=person_id,
        percent=percent,
        reason=reason,
        granted_by=actor_id,
        granted_at=now,
    )
    db.session.add(given)
    _tell("quiz.extra_time_granted", person_id, percent, actor_id, now)
    return given


def end(person_id: int, actor_id: int | None, now: datetime, reason: str = "") -> None:
    """Give the usual time again; attempts already begun keep theirs.

    reason  is kept with the allowance, out of the audit log as well
    raises  NoAllowance
    """
    standing = _standing(person_id)
    if standing is None:
        raise NoAllowance
    standing.ended_at = now
    standing.end_reason = reason
    _tell("quiz.extra_time_ended", person_id, standing.percent, actor_id, now)


def _standing(person_id: int) -> TimeAllowance | None:
    return db.session.scalar(
        select(TimeAllowance)
        .where(TimeAllowance.person_id == person_id, TimeAllowance.ended_at.is_(None))
        .order_by(TimeAllowance.id.desc())
        .limit(1)
    )


def _tell(
    action: str, person_id: int, percent: int, actor_id: int | None, now: datetime
) -> None:
    log.record(
        action,
        actor_id=actor_id,
        object_kind="person",
        object_id=person_id,
        facts={"percent": percent},
        now=now,
    )
