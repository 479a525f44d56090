"""Who is whose superior: the person named, or else the head of the unit.

The head is never copied to the people of a unit: it is looked up when it is asked, so
that a new head has them all at once. Team pages, letters and imports ask here.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import (
    Select,
    exists,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from lms.db import db

from .models import Deputy, Person, Unit, UnitHead

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


def staff(superiors: Select[tuple[int]]) -> Select[tuple[int]]:
    """Select the ids of active people whose superior is one of these people.

    The same rule as `of`: whom they name, when active; else whoever heads the nearest
    unit at or above theirs, but never themselves.
    """
    named, head, headed = aliased(Person), aliased(UnitHead), aliased(Unit)
    has_named = exists().where(named.id == Person.supervisor_id, named.is_active)
    # First the few units concerned; who is nearer is asked for their people alone.
    headed_units = (
        select(Unit.id)
        .join(headed, _is_at_or_below(Unit.path, headed.path))
        .join(head, head.unit_id == headed.id)
        .where(head.person_id.in_(superiors), head.valid_to.is_(None))
    )
    # Two ways in, each along its own index; with an OR everybody would be looked at.
    who_named = select(Person.id).where(
        Person.is_active, Person.supervisor_id.in_(superiors), has_named
    )
    who_are_headed = (
        select(Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Person.is_active,
            ~has_named,
            Person.unit_id.in_(headed_units),
            _nearest_head().in_(superiors),
        )
    )
    both = union_all(who_named, who_are_headed)
    return select(Person.id).where(Person.id.in_(both))


def _nearest_head():
    """Return who heads the nearest unit of a person, as a column; never the person."""
    head, headed, holder = aliased(UnitHead), aliased(Unit), aliased(Person)
    return (
        select(head.person_id)
        .join(headed, headed.id == head.unit_id)
        .join(holder, holder.id == head.person_id)
        .where(
            head.valid_to.is_(None),
            head.person_id != Person.id,
            holder.is_active,
            _is_at_or_below(Unit.path, headed.path),
        )
        .order_by(func.length(headed.path).desc())
        .limit(1)
        .correlate(Person, Unit)
        .scalar_subquery()
    )


def _is_at_or_below(path, above):
    """Paths are numbers between slashes: whole steps, no wildcards."""
    return func.substr(path, 1, func.length(above)) == above


def staff_of(person_id: int) -> set[int]:
    """Return the ids of the active people whose superior this person is."""
    one = select(literal(person_id).label("id"))
    return set(db.session.scalars(staff(one)))


def acting_staff(person_id: int, today: date) -> Select[tuple[int]]:
    """Select the ids of active people whose superior somebody is today, never theirs.

    today  by the calendar of the agency
    Whoever has them as superior, and the same of superiors one stands in for today.
    """
    themselves = select(literal(person_id).label("id"))
    others = select(Deputy.superior_id).where(
        Deputy.deputy_id == person_id, *_stands_in(today)
    )
    mine = select(union(themselves, others).subquery().c.id)
    return staff(mine).where(Person.id != person_id)


def acting(superior_id: int, today: date) -> list[int]:
    """Return the ids of a superior and of those who stand in for them today."""
    deputies = db.session.scalars(
        select(Deputy.deputy_id)
        .join(Person, Person.id == Deputy.deputy_id)
        .where(Deputy.superior_id == superior_id, Person.is_active, *_stands_in(today))
        .order_by(Deputy.id)
    )
    return list(dict.fromkeys([superior_id, *deputies]))


def _stands_in(today: date) -> tuple:
    return (
        Deputy.revoked_at.is_(None),
        Deputy.valid_from <= today,
        or_(Deputy.valid_to.is_(None), Deputy.valid_to >= today),
    )


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
