"""Reads for pages: who holds which role over which units."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from lms.accounts import roles
from lms.accounts.models import Person, RoleGrant, Unit
from lms.db import db

PAGE = 50  # rows


@dataclass(frozen=True, slots=True)
class Held:
    """A role as a page shows it. is_future: it has not begun."""

    grant: RoleGrant
    person: Person
    unit: Unit
    is_future: bool


def of_unit(unit: Unit, today: date) -> list[Held]:
    """Return the roles over a unit itself, held now or later."""
    rows = db.session.execute(_open(today).where(RoleGrant.unit_id == unit.id))
    return [_held(*row, today) for row in rows]


def administered(
    user, today: date, role: str = "", page: int = 1
) -> tuple[list[Held], int]:
    """Return a page of the roles over the units `user` administers, and their number.

    role  "" = every role
    """
    wanted = _open(today).where(roles.units_held(user, "admin"))
    if role:
        wanted = wanted.where(RoleGrant.role == role)
    count = wanted.with_only_columns(func.count(RoleGrant.id)).order_by(None)
    rows = db.session.execute(wanted.limit(PAGE).offset((page - 1) * PAGE))
    return [_held(*row, today) for row in rows], db.session.scalar(count)


def find(user, grant_id: int) -> Held:
    """Return a role over a unit that `user` administers; refuses any other."""
    row = db.session.execute(
        _all().where(RoleGrant.id == grant_id, roles.units_held(user, "admin"))
    ).first()
    if row is None:
        raise roles.GrantMissing
    return Held(*row, is_future=False)


def _held(grant: RoleGrant, person: Person, unit: Unit, today: date) -> Held:
    return Held(grant, person, unit, grant.valid_from > today)


def _open(today: date):
    return _all().where(
        RoleGrant.revoked_at.is_(None),
        or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today),
        Person.is_active,
    )


def _all():
    return (
        select(RoleGrant, Person, Unit)
        .join(Person, Person.id == RoleGrant.person_id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .order_by(Unit.path, RoleGrant.role, Person.name, RoleGrant.id)
    )
