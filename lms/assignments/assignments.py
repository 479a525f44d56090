"""What HR does with assignments: make one, exempt people from it, end it."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, or_, select

from lms.accounts import roles, unit_changes
from lms.accounts.models import Unit
from lms.audit import log
from lms.db import db
from lms.kernel.errors import Conflict, Forbidden, NotFound
from lms.kernel.i18n import N_

from . import membership, sweeps
from .models import Assignment, AssignmentTitle, Duty, Exemption
from .rules import Rule, Terms


class AssignmentMissing(NotFound):
    message = N_("Penugasan itu tidak ada, atau bukan wewenang Anda.")


class NotYourUnit(Forbidden):
    message = N_("Anda hanya dapat menugaskan di unit yang Anda ampu.")


class AssignmentEnded(Conflict):
    message = N_("Penugasan ini sudah berakhir.")


class ExemptionMissing(NotFound):
    message = N_("Pembebasan itu tidak ada, atau bukan wewenang Anda.")


def find(user, uid: str) -> Assignment:
    """Return an assignment of a unit the person is HR of. Raises AssignmentMissing."""
    found = db.session.scalar(
        select(Assignment)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.uid == uid, roles.units_held(user, "hr"))
    )
    if found is None:
        raise AssignmentMissing
    return found


class UnitAssigned(Conflict):
    message = N_(
        "Unit ini masih menjadi sasaran %(count)s penugasan yang berjalan. Akhiri"
        " dahulu, lalu tugaskan unit tujuannya."
    )


@unit_changes.guard
def keep_unit(unit: Unit) -> None:
    """Let no unit go that an assignment is for: its duties would end in silence."""
    count = db.session.scalar(
        select(func.count())
        .select_from(Assignment)
        .where(Assignment.unit_id == unit.id, Assignment.ended_at.is_(None))
    )
    if count:
        raise UnitAssigned(count=count)


def check_unit(by, rule: Rule) -> None:
    """Refuse a rule beyond the units that `by` is HR of. Raises NotYourUnit."""
    unit = db.session.get_one(Unit, rule.unit_id)
    if not roles.holds(by, "hr", unit, rule.with_subunits):
        raise NotYourUnit


def create(
    uid: str,
    course_id: int,
    rule: Rule,
    terms: Terms,
    *,
    by,
    now: datetime,
    exempted: Iterable[int] = (),
    exempt_reason: str = "",
) -> Assignment:
    """Make an assignment and the duties of those it means; one uid is one.

    Of many people the first share; the worker goes on (sweeps.py).
    by        SignedIn; None = the command line
    exempted  people let off before it begins
    raises    NotYourUnit
    """
    if by:
        check_unit(by, rule)
    known = db.session.scalar(select(Assignment).where(Assignment.uid == uid))
    if known:
        if by and known.created_by != by.id:
            raise NotYourUnit
        return known
    made = Assignment(
        uid=uid,
        course_id=course_id,
        unit_id=rule.unit_id,
        with_subunits=rule.with_subunits,
        job_type=rule.job_type,
        job_level=rule.job_level,
        job_family=rule.job_family,
        job_tag=rule.job_tag,
        asn_status=rule.asn_status,
        created_by=by.id if by else None,
        created_at=now,
        **{name: getattr(terms, name) for name in Terms.__slots__},
    )
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        AssignmentTitle(assignment_id=made.id, title=title) for title in rule.job_titles
    )
    for person_id in exempted:
        _let_off(made, person_id, exempt_reason, until=None, by=by, now=now)
    db.session.flush()
    _log("assignment.created", made, by, now, people=sweeps.meant(made, now))
    sweeps.begin(made, now)
    return made


def end(made: Assignment, *, by, now: datetime) -> None:
    """End an assignment: nobody owes it any more. Twice is once.

    The duties of many people are closed share by share (sweeps.py).
    raises  NotYourUnit  `by` holds its unit without the units below that it is for
    """
    unit = db.session.get_one(Unit, made.unit_id)
    if by and not roles.holds(by, "hr", unit, made.with_subunits):
        raise NotYourUnit
    _lock(made)
    if made.ended_at:
        return
    made.ended_at, made.ended_by = now, by.id if by else None
    db.session.flush()
    _log("assignment.ended", made, by, now, people=_count_open(made))
    sweeps.begin(made, now)


def _count_open(made: Assignment) -> int:
    return db.session.scalar(
        select(func.count())
        .select_from(Duty)
        .where(Duty.assignment_id == made.id, Duty.ended_at.is_(None))
    )


def exempt(
    made: Assignment,
    person_id: int,
    reason: str,
    until: date | None = None,
    *,
    by,
    now: datetime,
) -> Exemption:
    """Let one person off, with the reason; their duty ends. Twice is once.

    raises  AssignmentEnded
    """
    _lock(made)
    if made.ended_at:
        raise AssignmentEnded
    known = db.session.scalar(
        select(Exemption).where(
            Exemption.assignment_id == made.id,
            Exemption.person_id == person_id,
            Exemption.ended_at.is_(None),
            or_(Exemption.until.is_(None), Exemption.until >= now.date()),
        )
    )
    if known:
        return known
    given = _let_off(made, person_id, reason, until=until, by=by, now=now)
    membership.refresh([made.id], [person_id], now=now)
    return given


def _let_off(made: Assignment, person_id: int, reason: str, *, until, by, now):
    given = Exemption(
        assignment_id=made.id,
        person_id=person_id,
        reason=reason,
        until=until,
        granted_by=by.id if by else None,
        granted_at=now,
    )
    db.session.add(given)
    db.session.flush()
    _log("assignment.exempted", made, by, now, person=person_id, exemption=given.id)
    return given


def end_exemption(made: Assignment, number: int, *, by, now: datetime) -> Exemption:
    """End an exemption: the person owes it again, with days to do it. Twice is once."""
    _lock(made)
    given = db.session.get(Exemption, number)
    if given is None or given.assignment_id != made.id:
        raise ExemptionMissing
    if given.ended_at is None:
        given.ended_at = now
        db.session.flush()
        membership.refresh([made.id], [given.person_id], now=now)
        _log("assignment.exemption_ended", made, by, now, person=given.person_id)
    return given


def _lock(made: Assignment) -> None:
    """Wait for others at work on it, and read what they have left."""
    db.session.refresh(made, with_for_update=True)


def _log(action: str, made: Assignment, by, now: datetime, **facts) -> None:
    log.record(
        action,
        actor_id=by.id if by else None,
        object_kind="assignment",
        object_id=made.id,
        facts=facts,
        now=now,
    )
