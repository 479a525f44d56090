"""The people a file does not name any more: as a page lists and ticks them."""

from collections.abc import Collection

from sqlalchemy import select

from lms.db import db

from .import_known import parts
from .models import Person, Unit

SHOWN = 200  # a page is no longer; all others only together


def named(person_ids: list[int]) -> list[tuple[str, str, str]]:
    """Return uid, name with titles and unit of the first of these people."""
    rows = db.session.execute(
        select(Person, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.id.in_(person_ids[:SHOWN]))
        .order_by(Person.name, Person.id)
    )
    return [(person.uid, person.full_name, unit) for person, unit in rows]


def ticked(person_ids: list[int], uids: Collection[str]) -> list[int]:
    """Return those of `person_ids` whose uid was ticked."""
    found: list[int] = []
    for part in parts(sorted(set(uids))[:SHOWN]):
        found += db.session.scalars(select(Person.id).where(Person.uid.in_(part)))
    return sorted(set(found) & set(person_ids))
