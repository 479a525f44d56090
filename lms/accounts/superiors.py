"""Who is whose superior: the person named, or else the head of the unit.

The head is never copied to the people of a unit: it is looked up when it is asked, so
that a new head has them all at once. Team pages, letters and imports ask here.
"""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.db import db

from .models import Person, Unit, UnitHead

CHUNK = 900


def of(person_ids: Collection[int]) -> dict[int, int | None]:
    """Return person id -> id of the active superior, None where there is none."""
    named = aliased(Person)
    heads = active_heads()
    found: dict[int, int | None] = {}
    wanted = sorted(set(person_ids))
    for start in range(0, len(wanted), CHUNK):
        rows = db.session.execute(
            select(Person.id, named.id, Unit.path)
            .join(Unit, Unit.id == Person.unit_id)
            .outerjoin(
                named, (named.id == Person.supervisor_id) & named.is_active.is_(True)
            )
            .where(Person.id.in_(wanted[start : start + CHUNK]))
        )
        for person_id, superior_id, path in rows:
            found[person_id] = superior_id or head_over(person_id, path, heads)
    return found


def of_person(person_id: int) -> int | None:
    """Return the id of one person's active superior, None when there is none."""
    return of([person_id]).get(person_id)


def staff_of(person_id: int) -> set[int]:
    """Return the ids of the active people whose superior this person is."""
    paths = db.session.scalars(
        select(Unit.path)
        .join(UnitHead, UnitHead.unit_id == Unit.id)
        .where(UnitHead.person_id == person_id, UnitHead.valid_to.is_(None))
    ).all()
    wanted = select(Person.id).where(Person.supervisor_id == person_id)
    maybe = set(db.session.scalars(wanted.where(Person.is_active)))
    for path in paths:
        below = (
            select(Person.id)
            .join(Unit, Unit.id == Person.unit_id)
            .where(Unit.path.startswith(path), Person.is_active)
        )
        maybe |= set(db.session.scalars(below))
    return {below for below, above in of(maybe).items() if above == person_id}


def active_heads() -> dict[int, int]:
    """Return unit id -> id of the active person who heads it now."""
    rows = db.session.execute(
        select(UnitHead.unit_id, UnitHead.person_id)
        .join(Person, Person.id == UnitHead.person_id)
        .where(UnitHead.valid_to.is_(None), Person.is_active)
    )
    return {unit_id: person_id for unit_id, person_id in rows}


def head_over(person_id: object, path: str, heads: Mapping[int, int]) -> int | None:
    """Return who heads the nearest unit above, that is not the person; pure.

    path   of the person's unit, "/1/4/9/"
    heads  as `active_heads` returns them
    """
    if not heads:
        return None
    for unit_id in reversed(_numbers(path)):
        if heads.get(unit_id, person_id) != person_id:
            return heads[unit_id]
    return None


def _numbers(path: str) -> list[int]:
    parts: Iterable[str] = path.strip("/").split("/")
    return [int(part) for part in parts if part]
