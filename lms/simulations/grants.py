"""One more run for somebody whose runs are used up, with a reason.

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
from .models import RunGrant


class NothingToGrant(NotFound):
    message = N_("Simulasi ini tidak ada dalam kursus yang diikuti orang itu.")


class NotNeeded(Conflict):
    message = N_(
        "Kesempatan tambahan belum diperlukan: kesempatannya belum habis, simulasinya"
        " masih berjalan, atau sudah lulus. Muat ulang halaman."
    )


class CourseLeft(Conflict):
    message = N_("Orang ini sudah berhenti dari kursus itu.")


def standing(
    body, begun: Sequence[rules.Played], enrolment_id: int, item_code: str
) -> rules.Standing:
    """Sum up the runs with those granted; asks for grants only when they matter."""
    givers: list[str] = []
    if body["attempts"] is not None and len(begun) >= body["attempts"]:
        givers = _givers(enrolment_id, item_code)
    return rules.standing(body, begun, givers)


def _givers(enrolment_id: int, item_code: str) -> list[str]:
    """Return the name of who gave each grant, the oldest first."""
    rows = db.session.scalars(
        select(Person.name)
        .select_from(RunGrant)
        .outerjoin(Person, Person.id == RunGrant.granted_by)
        .where(RunGrant.enrolment_id == enrolment_id, RunGrant.item_code == item_code)
        .order_by(RunGrant.number)
    )
    return [name or "" for name in rows]


def give(
    person_id: int,
    enrolment_id: int,
    item_code: str,
    number: int,
    *,
    reason: str,
    by_id: int | None,
    now: datetime,
) -> RunGrant:
    """Allow the `number`-th run at a simulation; the same one twice is one.

    Not for a run that is not needed: while one runs, one is left, or it is passed.

    raises  ReasonMissing, NothingToGrant, NotNeeded, CourseLeft
    """
    reason = reasons.check(reason)
    # Held, so that two who grant at once grant the same one.
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
    version = binding.to_play(bound, courses.live(bound.code), item_code)
    if version is None:
        raise NothingToGrant
    begun = queries.list_runs(enrolment_id, item_code)
    at = standing(version.body, begun, enrolment_id, item_code)
    if not at.is_used_up or number != (at.limit or 0) + 1:
        raise NotNeeded
    given = RunGrant(
        person_id=person_id, enrolment_id=enrolment_id, item_code=item_code,
        number=number, reason=reason, granted_by=by_id, granted_at=now,
    )  # fmt: skip
    db.session.add(given)
    db.session.flush()
    log.record(
        "simulation.run_granted", actor_id=by_id, object_kind="person",
        object_id=person_id, now=now,
        facts={"course": bound.code, "item": item_code, "number": number,
               "reason": reason},
    )  # fmt: skip
    return given


def _given(enrolment_id: int, item_code: str, number: int) -> RunGrant | None:
    return db.session.scalar(
        select(RunGrant).where(
            RunGrant.enrolment_id == enrolment_id,
            RunGrant.item_code == item_code,
            RunGrant.number == number,
        )
    )
