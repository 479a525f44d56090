"""One more attempt for somebody whose attempts are used up, with a reason.

source  decision of the house: when the last attempt fails, instructor or HR can grant
        another
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from lms.accounts.models import Person
from lms.audit import log
from lms.catalog import courses
from lms.db import db
from lms.kernel import reasons
from lms.kernel.errors import Conflict, NotFound
from lms.kernel.i18n import N_
from lms.records.models import Enrolment

from . import binding, queries, rules
from .models import AttemptGrant


class NothingToGrant(NotFound):
    message = N_("Kuis ini tidak ada dalam kursus yang diikuti orang itu.")


class NotNeeded(Conflict):
    message = N_(
        "Percobaan tambahan belum diperlukan: percobaannya belum habis, masih"
        " berjalan, atau kuisnya sudah lulus. Muat ulang halaman."
    )


class CourseLeft(Conflict):
    message = N_("Orang ini sudah berhenti dari kursus itu.")


def standing(
    terms: rules.Rules,
    tried: Sequence[rules.Tried],
    enrolment_id: int,
    item_code: str,
) -> rules.Standing:
    """Sum up the attempts with those granted; asks for grants only when they matter."""
    givers: list[str] = []
    if terms.attempts is not None and len(tried) >= terms.attempts:
        givers = _givers(enrolment_id, item_code)
    return rules.standing(terms, tried, givers)


def _givers(enrolment_id: int, item_code: str) -> list[str]:
    """Return the name of who gave each grant, the oldest first."""
    rows = db.session.scalars(
        select(Person.name)
        .select_from(AttemptGrant)
        .outerjoin(Person, Person.id == AttemptGrant.granted_by)
        .where(
            AttemptGrant.enrolment_id == enrolment_id,
            AttemptGrant.item_code == item_code,
        )
        .order_by(AttemptGrant.number)
    )
    return [name or "" for name in rows]


def give(
    person_id: int,
    enrolment_id: int,
    item_code: str,
    number: int,
    *,
    reason: str,
    by_id: int,
    now: datetime,
) -> AttemptGrant:
    """Allow attempt `number` of a quiz; granted twice it is one.

    What was explained while no attempt was left is hidden again: the next one may
    draw the same questions.

    raises  ReasonMissing, NothingToGrant, CourseLeft
            NotNeeded  attempts are left, one is running, or the quiz is passed
    """
    reason = reasons.check(reason)
    # The enrolment is the lock: of two forms at once the second sees the first.
    enrolment = db.session.scalar(
        select(Enrolment)
        .where(Enrolment.id == enrolment_id, Enrolment.person_id == person_id)
        .with_for_update()
    )
    if enrolment is None:
        raise NothingToGrant
    if given := _given(enrolment_id, item_code, number):
        return given
    if enrolment.withdrawn_at is not None:
        raise CourseLeft
    bound = courses.release(enrolment.release_id)
    quiz = binding.binding_quiz(bound, courses.live(bound.code), item_code)
    if quiz is None:
        raise NothingToGrant
    tried = queries.list_attempts(enrolment_id, item_code)
    at = standing(rules.of(quiz.body), tried, enrolment_id, item_code)
    if not is_needed(at) or number != (at.limit or 0) + 1:
        raise NotNeeded
    given = AttemptGrant(
        person_id=person_id,
        enrolment_id=enrolment_id,
        item_code=item_code,
        number=number,
        reason=reason,
        granted_by=by_id,
        granted_at=now,
    )
    db.session.add(given)
    db.session.flush()
    log.record(
        "quiz.attempt_granted",
        actor_id=by_id,
        object_kind="person",
        object_id=person_id,
        facts={"course": bound.code, "item": item_code, "number": number,
               "reason": reason},
        now=now,
    )  # fmt: skip
    return given


def is_needed(at: rules.Standing) -> bool:
    """Say whether somebody could go on only with another attempt."""
    goes_on = at.passed or at.is_running or at.is_waiting
    return at.left == 0 and not goes_on


def _given(enrolment_id: int, item_code: str, number: int) -> AttemptGrant | None:
    return db.session.scalar(
        select(AttemptGrant).where(
            AttemptGrant.enrolment_id == enrolment_id,
            AttemptGrant.item_code == item_code,
            AttemptGrant.number == number,
        )
    )
