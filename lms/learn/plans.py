"""The action plan after a course (`rtl`): what, until when, and who supports it.

`pilihan` offers it, `wajib` asks for it: then the course is not finished before it is
written, as a plan that may wait for ever is never written. Whether a superior confirms
it decides nothing: nobody's record waits for somebody else's click. A plan is never
changed; a newer one counts, and what was confirmed stays with the one it was said of.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from lms.catalog.models import LiveRelease, Release
from lms.db import db
from lms.db.inserts import add_new
from lms.kernel import ids
from lms.kernel.errors import Conflict, NotFound
from lms.kernel.i18n import N_
from lms.records import completions, facts, passing
from lms.records.models import Completion, Enrolment

from .models import ActionPlan, PlanConfirmation
from .places import NotEnrolled, Place


class PlanNotAsked(NotFound):
    message = N_("Kursus ini tidak memiliki rencana tindak lanjut.")


class PlanTooEarly(Conflict):
    message = N_("Rencana tindak lanjut ditulis setelah semua syarat lain terpenuhi.")


class PlanMissing(NotFound):
    message = N_("Rencana tindak lanjut ini tidak ada.")


@dataclass(frozen=True, slots=True)
class Written:
    """A plan as people read it; `confirmed_at` None = its superior has not yet."""

    uid: str
    course: str
    what: str
    due_on: date
    support: str
    written_at: datetime
    confirmed_at: datetime | None


def is_offered(place: Place) -> bool:
    """Say whether the binding release has a plan, and all else is done."""
    if place.enrolment is None or passing.plan_of(place.bound.manifest) == "none":
        return False
    missing = passing.missing(place.bound.manifest, facts.of(place.enrolment.id))
    return all(code == passing.PLAN for code, _rule in missing)


def newest(place: Place) -> Written | None:
    """Return the plan that counts, None while there is none."""
    if place.enrolment is None:
        return None
    found = of_people([place.enrolment.person_id], place.enrolment.id)
    return found[0] if found else None


def write(
    place: Place, what: str, due_on: date, support: str, now: datetime
) -> Completion | None:
    """Write the plan; the same one again is not written twice. Settles the course.

    raises  NotEnrolled, PlanNotAsked, PlanTooEarly
    """
    if place.enrolment is None:
        raise NotEnrolled
    if passing.plan_of(place.bound.manifest) == "none":
        raise PlanNotAsked
    if not is_offered(place):
        raise PlanTooEarly
    said = newest(place)
    if said is None or (said.what, said.due_on, said.support) != (
        what,
        due_on,
        support,
    ):
        db.session.add(
            ActionPlan(
                uid=ids.new_uid(),
                enrolment_id=place.enrolment.id,
                what=what,
                due_on=due_on,
                support=support,
                written_at=now,
            )
        )
        db.session.flush()
    facts.add(place.enrolment, passing.PLAN, "filled", now)
    return completions.settle(place.enrolment, now)


def of_people(person_ids: Collection[int], enrolment_id: int = 0) -> list[Written]:
    """Return the plans that count, the newest first; of one enrolment or of all."""
    later = ActionPlan.__table__.alias("later")
    rows = db.session.execute(
        select(ActionPlan, Release.title, PlanConfirmation.confirmed_at)
        .join(Enrolment, Enrolment.id == ActionPlan.enrolment_id)
        .join(LiveRelease, LiveRelease.course_id == Enrolment.course_id)
        .join(Release, Release.id == LiveRelease.release_id)
        .outerjoin(PlanConfirmation, PlanConfirmation.plan_id == ActionPlan.id)
        .where(
            Enrolment.person_id.in_(person_ids),
            ActionPlan.enrolment_id == enrolment_id if enrolment_id else True,
            ~select(later.c.id)
            .where(
                later.c.enrolment_id == ActionPlan.enrolment_id,
                later.c.id > ActionPlan.id,
            )
            .exists(),
        )
        .order_by(ActionPlan.id.desc())
    )
    return [
        Written(
            plan.uid, title, plan.what, plan.due_on, plan.support, plan.written_at, at
        )
        for plan, title, at in rows
    ]


def confirm(uid: str, person_id: int, by_id: int, now: datetime) -> None:
    """Note that a superior has seen and supports a plan; twice is once.

    person_id  whose plan it is: a member of the superior's team
    raises     PlanMissing  also for somebody else's
    """
    plan_id = db.session.scalar(
        select(ActionPlan.id)
        .join(Enrolment, Enrolment.id == ActionPlan.enrolment_id)
        .where(ActionPlan.uid == uid, Enrolment.person_id == person_id)
    )
    if plan_id is None:
        raise PlanMissing
    row = {"plan_id": plan_id, "confirmed_by": by_id, "confirmed_at": now}
    add_new(PlanConfirmation, [row])
