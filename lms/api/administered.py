"""Units that somebody administers with all below them: for tokens and webhooks."""

from sqlalchemy import select

from lms.accounts import roles
from lms.accounts.models import Unit
from lms.db import db


def units(user) -> list[Unit]:
    """Return the units `user` may open to another system, each agency from the top."""
    found = db.session.scalars(
        select(Unit).where(roles.units_held(user, "admin")).order_by(Unit.path)
    )
    return [unit for unit in found if roles.holds(user, "admin", unit, True)]


def indented(unit: Unit) -> str:
    """Return the unit's name with its depth in the tree, for a list."""
    return "– " * (unit.path.count("/") - 2) + unit.name
