"""Reads for the HR pages: what may be chosen for an export."""

from sqlalchemy import func, or_, select

from lms.accounts import people, roles
from lms.accounts.models import Person, Unit
from lms.db import db
from lms.records import amendments
from lms.records.models import Completion


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


def person_held(user, uid: str) -> Person:
    """Return a person of the units over which `user` is HR.

    raises  PersonMissing  there is none, or they work elsewhere
    """
    found = db.session.scalar(
        select(Person)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.uid == uid.lower(), roles.units_held(user, "hr"))
    )
    if found is None:
        raise people.PersonMissing
    return found


def completion_held(user, uid: str) -> tuple[Completion, Person]:
    """Return a completion of somebody whom `user` is HR of, with that person.

    raises  CompletionMissing  there is none, or it is elsewhere
    """
    row = db.session.execute(
        select(Completion, Person)
        .join(Person, Person.id == Completion.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Completion.uid == uid.lower(), roles.units_held(user, "hr"))
    ).first()
    if row is None:
        raise amendments.CompletionMissing(uid=uid[:40])
    return row[0], row[1]


def completion_seen(user, uid: str) -> tuple[Completion, Person]:
    """Return a completion that `user` sends to SIASN, with its person.

    It is of a unit that `user` holds, or its person is there now.
    raises  CompletionMissing  there is none, or it is elsewhere
    """
    held = select(Unit.id).where(roles.units_held(user, "hr"))
    row = db.session.execute(
        select(Completion, Person)
        .join(Person, Person.id == Completion.person_id)
        .where(
            Completion.uid == uid.lower(),
            or_(Completion.unit_id.in_(held), Person.unit_id.in_(held)),
        )
    ).first()
    if row is None:
        raise amendments.CompletionMissing(uid=uid[:40])
    return row[0], row[1]


def holds(user, person: Person) -> bool:
    """Say whether a person is in the units over which `user` is HR now."""
    held = select(Unit.id).where(
        Unit.id == person.unit_id, roles.units_held(user, "hr")
    )
    return db.session.scalar(held) is not None
