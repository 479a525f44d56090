"""Over which units somebody may bring people in."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from lms.db import db

from .models import Agency, Person, RoleGrant, Unit


@dataclass(frozen=True)
class Scope:
    """What one HR person holds of one agency.

    held    (unit id, its path, with sub-units)
    grants  (role, unit id, its path, with sub-units), of any role, in this agency
    """

    agency_id: int
    agency_code: str
    held: tuple[tuple[int, str, bool], ...]
    person_id: int = 0
    grants: tuple[tuple[str, int, str, bool], ...] = ()

    def covers(self, unit_id: int, path: str, is_new: bool = False) -> bool:
        """Say whether people may be brought into a unit, or into a new one below it."""
        return any(
            (deep and path.startswith(above)) or (unit_id == own and not is_new)
            for own, above, deep in self.held
        )


def of(person_id: int, agency_id: int, today: date) -> Scope:
    """Return what somebody holds as HR in an agency; nothing when they hold nothing."""
    rows = db.session.execute(
        select(RoleGrant.role, Unit.id, Unit.path, RoleGrant.with_subunits)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.person_id == person_id,
            Person.is_active,
            Unit.agency_id == agency_id,
            RoleGrant.revoked_at.is_(None),
            RoleGrant.valid_from <= today,
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today),
        )
    ).all()
    code = db.session.scalar(select(Agency.code).where(Agency.unit_id == agency_id))
    held = tuple((i, path, deep) for role, i, path, deep in rows if role == "hr")
    grants = tuple((role, i, path, deep) for role, i, path, deep in rows)
    return Scope(agency_id, code or "", held, person_id, grants)


def agencies(user) -> list[tuple[int, str]]:
    """Return (id, name) of the agencies of which `user` holds any unit as HR."""
    numbers = {unit_id for role, unit_id, _path, _deep in user.grants if role == "hr"}
    root = select(Unit.agency_id).where(Unit.id.in_(numbers))
    rows = db.session.execute(
        select(Unit.id, Unit.name).where(Unit.id.in_(root)).order_by(Unit.name)
    )
    return [(unit_id, name) for unit_id, name in rows]
