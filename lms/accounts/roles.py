"""Roles over units: who holds what, giving and taking them."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, or_, select, update

from lms.audit import log
from lms.db import db
from lms.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from lms.kernel.i18n import N_

from .models import ROLES, OneTimeLink, Person, RoleGrant, Unit


class RoleUnknown(Invalid):
    message = N_("Peran “%(role)s” tidak dikenal. Pilihannya: instructor, hr, admin.")


class NotYoursToGrant(Forbidden):
    message = N_(
        "Anda hanya dapat memberi peran yang Anda pegang, di unit Anda sendiri."
    )


class LastAdministrator(Conflict):
    message = N_(
        "Ini administrator terakhir. Beri peran itu kepada orang lain lebih dahulu."
    )


class RightsAboveYours(Forbidden):
    message = N_(
        "Orang ini administrator, atau mengelola SDM di luar unit Anda. Mintalah"
        " administrator untuk tindakan ini."
    )


class GrantMissing(NotFound):
    message = N_("Peran itu tidak sedang dipegang.")


def units_held(user, role: str) -> ColumnElement[bool]:
    """Return a condition on `Unit`: the units over which `user` holds `role`."""
    parts = [
        Unit.path.startswith(path) if with_subunits else Unit.id == unit_id
        for held, unit_id, path, with_subunits in user.grants
        if held == role
    ]
    return or_(*parts) if parts else false()


def holds(user, role: str, unit: Unit, with_subunits: bool = False) -> bool:
    """Say whether `user` holds `role` over `unit` (and all below it)."""
    return any(
        held == role
        and (
            (deep and unit.path.startswith(path))
            or (unit_id == unit.id and not with_subunits)
        )
        for held, unit_id, path, deep in user.grants
    )


def grant(
    person: Person,
    role: str,
    unit: Unit,
    *,
    today: date,
    now: datetime,
    by=None,
    with_subunits: bool = True,
    valid_to: date | None = None,
) -> RoleGrant:
    """Give a role over a unit; the same role given twice is one grant.

    by        SignedIn; None = the command line, which is the system
    valid_to  the last day; None = until taken away
    raises    NotYoursToGrant  the giver is neither administrator nor holder there
    """
    if role not in ROLES:
        raise RoleUnknown(role=role)
    if by and not (
        holds(by, "admin", unit, with_subunits) or holds(by, role, unit, with_subunits)
    ):
        raise NotYoursToGrant
    given = db.session.scalar(
        select(RoleGrant).where(
            RoleGrant.person_id == person.id,
            RoleGrant.role == role,
            RoleGrant.unit_id == unit.id,
            RoleGrant.with_subunits == with_subunits,
            _current(today),
        )
    )
    if given:
        if given.valid_to == valid_to:
            return given
        # Another end is another grant: the old one ends here and stays readable.
        given.revoked_at = now
    given = RoleGrant(
        person_id=person.id,
        role=role,
        unit_id=unit.id,
        with_subunits=with_subunits,
        valid_from=today,
        valid_to=valid_to,
        granted_by=by.id if by else None,
        granted_at=now,
    )
    db.session.add(given)
    void_links(person.id, now)
    db.session.flush()
    note("role.granted", given, by, now)
    return given


def void_links(person_id: int, now: datetime) -> None:
    """Let no link that somebody else may have kept open an account with new rights."""
    db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.person_id == person_id, OneTimeLink.used_at.is_(None))
        .values(expires_at=now)
        .execution_options(synchronize_session="fetch")
    )


def revoke(given: RoleGrant, *, today: date, now: datetime, by=None) -> None:
    """Take a role away; twice is once.

    raises  LastAdministrator  nobody else would hold it
    """
    if given.revoked_at:
        return
    unit = db.session.get_one(Unit, given.unit_id)
    deep = given.with_subunits
    if by and not (holds(by, "admin", unit, deep) or holds(by, given.role, unit, deep)):
        raise NotYoursToGrant
    if given.role == "admin":
        check_not_last_admin({given.person_id}, today)
    given.revoked_at = now
    note("role.revoked", given, by, now)


def check_not_above(person: Person, by, today: date) -> None:
    """Refuse when `by` could get rights of their own out of the account of `person`.

    raises  RightsAboveYours  administrator, or HR where `by` is not
    """
    if person.id in above(by, today):
        raise RightsAboveYours


def above(by, today: date) -> set[int]:
    """Return the people with rights over units that `by` has not: HR, administrators.

    by  anyone with grants, as SignedIn has them
    Who takes over such an account, by its address or its link, takes over the rights.
    """
    held = db.session.execute(
        select(RoleGrant.person_id, RoleGrant.role, RoleGrant.with_subunits, Unit)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(
            RoleGrant.role.in_(("hr", "admin")),
            RoleGrant.revoked_at.is_(None),
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today),
        )
    )
    return {
        person_id
        for person_id, role, deep, unit in held
        if not (holds(by, role, unit, deep) or holds(by, "admin", unit, deep))
    }


def find(person_id: int, role: str, unit_id: int | None, today: date) -> RoleGrant:
    """Return the grant held today, over that unit or over any."""
    given = db.session.scalar(
        select(RoleGrant)
        .where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == role,
            RoleGrant.unit_id == unit_id if unit_id else True,
            _current(today),
        )
        .order_by(RoleGrant.id)
    )
    if given is None:
        raise GrantMissing
    return given


def check_not_last_admin(leaving: set[int], today: date) -> None:
    """Refuse when every active administrator is among `leaving` (person ids)."""
    admins = administrators(today)
    if admins and admins <= leaving:
        raise LastAdministrator


def administrators(today: date) -> set[int]:
    """Return the ids of the active people who are administrator of anything today.

    Locks them, so that two administrators cannot remove each other at once.
    """
    return set(
        db.session.scalars(
            select(RoleGrant.person_id)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(RoleGrant.role == "admin", Person.is_active, _current(today))
            .with_for_update()
        )
    )


def _current(today: date) -> ColumnElement[bool]:
    return and_(
        RoleGrant.revoked_at.is_(None),
        RoleGrant.valid_from <= today,
        or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today),
    )


def note(action: str, given: RoleGrant, by, now: datetime) -> None:
    """Write into the audit log that a role was granted or revoked."""
    log.record(
        action,
        actor_id=by.id if by else None,
        object_kind="person",
        object_id=given.person_id,
        facts={"role": given.role, "unit": given.unit_id, "grant": given.id},
        now=now,
    )
