"""Whom the office may name in a form, and how several of one name are told apart."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from lms.accounts import roles, unit_names
from lms.accounts.models import Person, Unit
from lms.db import db
from lms.kernel.i18n import N_

NOBODY = N_("Tidak ada orang dengan nama, NIP, atau surel itu di antara pegawai Anda.")
NO_UNIT = N_("Tidak ada unit dengan nama itu di antara unit Anda.")


def staff(user, role: str = "hr") -> Select[tuple[Person]]:
    """Select the active people of the units `user` holds `role` over."""
    return (
        select(Person)
        .join(Unit, Unit.id == Person.unit_id)
        .where(roles.units_held(user, role), Person.is_active)
    )


def held_units(user) -> Select[tuple[Unit]]:
    """Select the units that `user` is HR of, also closed ones: what they did stays."""
    return select(Unit).where(roles.units_held(user, "hr"))


def told(person: Person) -> tuple[str, str, str]:
    """Return key, name and unit of a person."""
    return person.uid, person.full_name, db.session.get_one(Unit, person.unit_id).name


def unit_told(unit: Unit) -> tuple[str, str, str]:
    """Return key and name of a unit, and what it stands in."""
    return units_told([unit])[0]


def units_told(units: Sequence[Unit]) -> list[tuple[str, str, str]]:
    """Return key, name and what it stands in of each unit."""
    ways = unit_names.above(units)
    return [(str(unit.id), unit.name, ways[unit.id]) for unit in units]
