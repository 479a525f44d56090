"""Heads of units: who they are, who they were."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import select

from lms.audit import log
from lms.db import db
from lms.kernel.errors import Conflict, Invalid
from lms.kernel.i18n import N_

from .models import Person, Unit, UnitHead

CHUNK = 900


class HeadInactive(Invalid):
    message = N_("Akun orang itu tidak aktif; ia tidak dapat menjadi kepala unit.")


class HeadSinceBad(Invalid):
    message = N_("Tanggal mulai tidak boleh sesudah hari ini.")


class HeadSinceTaken(Conflict):
    message = N_("Kepala yang sekarang tercatat sejak %(day)s; mulai harus sesudahnya.")


def current(unit_id: int) -> UnitHead | None:
    """Return who heads a unit now."""
    return db.session.scalar(
        select(UnitHead).where(UnitHead.unit_id == unit_id, UnitHead.valid_to.is_(None))
    )


def of_units(unit_ids: Collection[int]) -> dict[int, Person]:
    """Return unit id -> its head, for those that have one who is active."""
    numbers, found = sorted(set(unit_ids)), {}
    for start in range(0, len(numbers), CHUNK):
        rows = db.session.execute(
            select(UnitHead.unit_id, Person)
            .join(Person, Person.id == UnitHead.person_id)
            .where(
                UnitHead.unit_id.in_(numbers[start : start + CHUNK]),
                UnitHead.valid_to.is_(None),
                Person.is_active,
            )
        )
        found |= {unit_id: person for unit_id, person in rows}
    return found


def history(unit_id: int) -> list[tuple[UnitHead, Person]]:
    """Return all heads of a unit, the newest first."""
    rows = db.session.execute(
        select(UnitHead, Person)
        .join(Person, Person.id == UnitHead.person_id)
        .where(UnitHead.unit_id == unit_id)
        .order_by(UnitHead.valid_from.desc(), UnitHead.id.desc())
    )
    return [(head, person) for head, person in rows]


def set_head(
    unit: Unit, person: Person, *, today: date, now: datetime, by, since=None
) -> None:
    """Let a person head the unit from a day on; the one before ends; twice is once.

    since   date, not after today; None = today
    raises  HeadInactive  HeadSinceBad  HeadSinceTaken  the one before began later
    """
    since = since or today
    if not person.is_active:
        raise HeadInactive
    if since > today:
        raise HeadSinceBad
    before = current(unit.id)
    if before is not None and before.person_id == person.id:
        return
    if before is not None and before.valid_from > since:
        raise HeadSinceTaken(day=before.valid_from)
    if before is not None and before.valid_from == since:
        before.person_id = person.id  # a slip of the same day
    else:
        if before is not None:
            before.valid_to = since - timedelta(days=1)
            db.session.flush()  # one open row per unit
        db.session.add(UnitHead(unit_id=unit.id, person_id=person.id, valid_from=since))
    db.session.flush()
    facts = {"person": person.id, "since": since.isoformat()}
    _log("unit.head_set", unit, facts, now, by)


def end_head(unit: Unit, *, today: date, now: datetime, by) -> None:
    """Leave the unit without a head from today; twice is once."""
    head = current(unit.id)
    if head is None:
        return
    if head.valid_from < today:
        head.valid_to = today - timedelta(days=1)
    else:  # of today: nobody has relied on it
        db.session.delete(head)
    db.session.flush()
    _log("unit.head_ended", unit, {"person": head.person_id}, now, by)


def hand_over(unit: Unit, target: Unit, *, today: date, now: datetime, by) -> bool:
    """End the head of a unit that is merged; they head the target if nobody does.

    returns  whether they do
    """
    head = current(unit.id)
    if head is None:
        return False
    person = db.session.get_one(Person, head.person_id)
    is_wanted = current(target.id) is None and person.is_active
    end_head(unit, today=today, now=now, by=by)
    if is_wanted:
        set_head(target, person, today=today, now=now, by=by)
    return is_wanted


def _log(action: str, unit: Unit, facts: dict, now: datetime, by) -> None:
    log.record(
        action,
        actor_id=by.id if by else None,
        object_kind="unit",
        object_id=unit.id,
        facts=facts,
        now=now,
    )
