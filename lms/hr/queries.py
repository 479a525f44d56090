"""Reads for the HR pages: what may be chosen for an export."""

from sqlalchemy import func, select

from lms.accounts import roles
from lms.accounts.models import Unit
from lms.db import db
from lms.records.models import Completion


def units_held(user) -> list[Unit]:
    """Return the units over which `user` is HR, each agency from the top down."""
    return list(
        db.session.scalars(
            select(Unit).where(roles.units_held(user, "hr")).order_by(Unit.path)
        )
    )


def courses_completed(user) -> dict[str, str]:
    """Return code -> title of the courses that somebody in those units completed."""
    held = select(Unit.id).where(roles.units_held(user, "hr"))
    rows = db.session.execute(
        select(Completion.course_code, func.max(Completion.course_title))
        .where(Completion.unit_id.in_(held))
        .group_by(Completion.course_code)
        .order_by(func.max(Completion.course_title))
    )
    return {code: title for code, title in rows}
