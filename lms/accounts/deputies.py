"""Who acts for a superior (pelaksana harian), from when until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, literal, or_, select
from sqlalchemy.orm import aliased

from lms.audit import log
from lms.db import db
from lms.kernel.errors import Conflict, Invalid, NotFound
from lms.kernel.i18n import N_

from . import roles, superiors
from .models import Deputy, Person, Unit

AT_ONCE = 2  # deputies of one superior: the second for handing over


class DeputyMissing(NotFound):
    message = N_("Penunjukan itu tidak ada, atau bukan wewenang Anda.")


class OwnDeputy(Invalid):
    message = N_("Seorang atasan tidak dapat menjadi pelaksana hariannya sendiri.")


class DeputyForYourself(Invalid):
    message = N_(
        "Menunjuk diri sendiri membuka data orang lain bagi Anda. Mintalah pengelola"
        " SDM lain atau administrator menunjuk Anda."
    )


class DeputyBeyond(Invalid):
    message = N_(
        "Sebagian staf atasan ini bekerja di unit yang tidak Anda ampu. Mintalah"
        " pengelola SDM unit di atasnya menunjuk pelaksana harian ini."
    )


class DeputyInactive(Invalid):
    message = N_("Akun orang itu tidak aktif.")


class DeputyDaysBad(Invalid):
    message = N_("Hari terakhir tidak boleh mendahului hari pertama atau hari ini.")


class DeputyTwice(Conflict):
    message = N_(
        "Orang itu sudah ditunjuk untuk atasan ini dalam waktu yang sama. Akhiri"
        " penunjukan itu dahulu bila tanggalnya berubah."
    )


class DeputiesMany(Conflict):
    message = N_(
        "Dalam waktu itu atasan ini sudah mempunyai dua pelaksana harian. Akhiri salah"
        " satunya dahulu."
    )


@dataclass(frozen=True, slots=True)
class Appointment:
    """A deputy as a page shows it.

    stage      now, later, over
    days_left  until it ends, the last day included; None = open or not running
    ended_on   the day it was taken away before its end
    """

    deputy: Deputy
    superior: Person
    person: Person
    stage: str
    days_left: int | None = None
    ended_on: datetime | None = None


def appoint(
    superior: Person, person: Person, *, first: date, last: date | None,
    today: date, now: datetime, by,
) -> tuple[Deputy, bool]:  # fmt: skip
    """Let a person act for a superior; the same sent twice is one appointment.

    last     the last day; None = until taken away
    returns  the appointment and whether it is new
    raises   OwnDeputy  DeputyInactive  DeputyDaysBad  DeputyTwice  DeputiesMany
    """
    if superior.id == person.id:
        raise OwnDeputy
    if by is not None:
        _check_reach(superior, person, by)
    if not (superior.is_active and person.is_active):
        raise DeputyInactive
    if last is not None and (last < first or last < today):
        raise DeputyDaysBad
    # Two offices at once: the second waits for the first.
    db.session.execute(
        select(Person.id).where(Person.id == superior.id).with_for_update()
    )
    beside = _overlapping(superior.id, first, last)
    for other in beside:
        if other.deputy_id == person.id:
            if (other.valid_from, other.valid_to) == (first, last):
                return other, False
            raise DeputyTwice
    if len(beside) >= AT_ONCE:
        raise DeputiesMany
    made = Deputy(
        superior_id=superior.id,
        deputy_id=person.id,
        valid_from=first,
        valid_to=last,
        granted_by=by.id if by else None,
        granted_at=now,
    )
    db.session.add(made)
    db.session.flush()
    _log("deputy.appointed", made, now, by)
    return made, True


def _check_reach(superior: Person, person: Person, by) -> None:
    """Refuse to open people to somebody whom `by` could not show them to.

    raises  DeputyForYourself  DeputyBeyond
    """
    if person.id == by.id:
        raise DeputyForYourself
    staff = superiors.staff(select(literal(superior.id).label("id")))
    beyond = (
        select(Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Person.id.in_(staff),
            ~or_(roles.units_held(by, "hr"), roles.units_held(by, "admin")),
        )
        .limit(1)
    )
    if db.session.scalar(beyond) is not None:
        raise DeputyBeyond


def end(made: Deputy, *, now: datetime, by) -> None:
    """Take an appointment away; twice is once."""
    if made.revoked_at is None:
        made.revoked_at = now
        _log("deputy.ended", made, now, by)


def find(deputy_id: int, units: ColumnElement[bool]) -> Deputy:
    """Return an appointment of which one side works in these units."""
    found = db.session.scalar(_of(units).with_only_columns(Deputy).where(
        Deputy.id == deputy_id))  # fmt: skip
    if found is None:
        raise DeputyMissing
    return found


def in_units(
    units: ColumnElement[bool], today: date, limit: int = 200
) -> list[Appointment]:
    """Return appointments of these units: running, coming, then the newest over."""
    rows = db.session.execute(_of(units).order_by(Deputy.id.desc()).limit(limit))
    found = [_appointment(*row, today) for row in rows]
    order = ("now", "later", "over")
    return sorted(found, key=lambda appointment: order.index(appointment.stage))


def _appointment(
    made: Deputy, superior: Person, person: Person, today: date
) -> Appointment:
    stage = stage_of(made, today)
    left = None
    if stage == "now" and made.valid_to:
        left = (made.valid_to - today).days + 1
    return Appointment(made, superior, person, stage, left, made.revoked_at)


def stage_of(made: Deputy, today: date) -> str:
    """Return whether an appointment holds: now, later, over."""
    if made.revoked_at or (made.valid_to and made.valid_to < today):
        return "over"
    return "later" if made.valid_from > today else "now"


def _of(units: ColumnElement[bool]):
    superior, person = aliased(Person), aliased(Person)
    inside = select(Unit.id).where(units)
    return (
        select(Deputy, superior, person)
        .join(superior, superior.id == Deputy.superior_id)
        .join(person, person.id == Deputy.deputy_id)
        .where(or_(superior.unit_id.in_(inside), person.unit_id.in_(inside)))
    )


def _overlapping(superior_id: int, first: date, last: date | None) -> Sequence[Deputy]:
    wanted = select(Deputy).where(
        Deputy.superior_id == superior_id,
        Deputy.revoked_at.is_(None),
        or_(Deputy.valid_to.is_(None), Deputy.valid_to >= first),
    )
    if last is not None:
        wanted = wanted.where(Deputy.valid_from <= last)
    return db.session.scalars(wanted.order_by(Deputy.id)).all()


def _log(action: str, made: Deputy, now: datetime, by) -> None:
    log.record(
        action,
        actor_id=by.id if by else None,
        object_kind="person",
        object_id=made.superior_id,
        facts={
            "deputy": made.deputy_id,
            "appointment": made.id,
            "first": made.valid_from.isoformat(),
            "last": made.valid_to.isoformat() if made.valid_to else "",
        },
        now=now,
    )
