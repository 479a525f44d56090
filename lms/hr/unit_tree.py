"""Reads for the organisation pages: the tree of the units one is HR of; one unit."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from lms.accounts import roles, units
from lms.accounts.models import Person, Unit, UnitAlias, UnitHead, UnitHistory
from lms.accounts.models import full_name as written
from lms.db import db
from lms.kernel.text import natural


@dataclass(slots=True)
class Node:
    """A unit in the tree. own, people: active people of it, and with all below it."""

    id: int
    parent_id: int | None
    path: str
    kind: str
    name: str
    short_name: str
    is_closed: bool
    head: str = ""
    own: int = 0
    people: int = 0
    children: list["Node"] = field(default_factory=list)


def of(user, with_closed: bool = False) -> list[Node]:
    """Return the topmost units that `user` is HR of, each with all below it.

    Four statements however many units: 2,000 units and 60,000 people are one page.
    """
    held = roles.units_held(user, "hr")
    nodes = _nodes(held, with_closed)
    _count(nodes, held)
    _head(nodes, held)
    tops = []
    for node in nodes.values():  # by path: parents come first
        parent = nodes.get(node.parent_id)
        (parent.children if parent else tops).append(node)
    for node in reversed(nodes.values()):
        node.people += node.own
        parent = nodes.get(node.parent_id)
        if parent:
            parent.people += node.people
        node.children.sort(key=lambda child: natural(child.name))
    return tops


def _nodes(held, with_closed: bool) -> dict[int, Node]:
    wanted = select(
        Unit.id, Unit.parent_id, Unit.path, Unit.kind, Unit.name, Unit.short_name,
        Unit.valid_to.is_not(None),
    ).where(held)  # fmt: skip
    if not with_closed:
        wanted = wanted.where(Unit.valid_to.is_(None))
    # By depth, so that no order of digits matters.
    order = (func.length(Unit.path) - func.length(func.replace(Unit.path, "/", "")),)
    rows = db.session.execute(wanted.order_by(*order, Unit.id))
    return {row[0]: Node(*row) for row in rows}


def _count(nodes: dict[int, Node], held) -> None:
    rows = db.session.execute(
        select(Person.unit_id, func.count())
        .where(Person.is_active, Person.unit_id.in_(select(Unit.id).where(held)))
        .group_by(Person.unit_id)
    )
    for unit_id, count in rows:
        if unit_id in nodes:
            nodes[unit_id].own = count


def _head(nodes: dict[int, Node], held) -> None:
    rows = db.session.execute(
        select(UnitHead.unit_id, Person.title_front, Person.name, Person.title_back)
        .join(Person, Person.id == UnitHead.person_id)
        .join(Unit, Unit.id == UnitHead.unit_id)
        .where(held, UnitHead.valid_to.is_(None), Person.is_active)
    )
    for unit_id, *name in rows:
        if unit_id in nodes:
            nodes[unit_id].head = written(*name)


def count(nodes: Iterable[Node]) -> int:
    """Return how many units these are, with all below them."""
    return sum(1 + count(node.children) for node in nodes)


def search(user, tops: Iterable[Node], text: str) -> list[tuple[Node, str]]:
    """Return units whose name, short name or alias holds `text`, with the way up."""
    wanted = text.casefold()
    held = roles.units_held(user, "hr")
    known = select(UnitAlias.unit_id).join(Unit, Unit.id == UnitAlias.unit_id)
    named = known.where(held, UnitAlias.name.contains(wanted, autoescape=True))
    by_alias = set(db.session.scalars(named))
    found, waiting = [], [(node, "") for node in reversed(list(tops))]
    while waiting:
        node, above = waiting.pop()
        names = f"{node.name}\n{node.short_name}".casefold()
        if wanted in names or node.id in by_alias:
            found.append((node, above))
        way = f"{above} / {node.name}" if above else node.name
        waiting.extend((child, way) for child in reversed(node.children))
    return found


@dataclass(frozen=True)
class Former:
    """What a unit was called, and below what it stood, in a time."""

    name: str
    parent: str
    first: object
    last: object


def history(unit: Unit) -> list[Former]:
    """Return the former names and places of a unit, the newest first."""
    parent = select(Unit.name).where(Unit.id == UnitHistory.parent_id)
    rows = db.session.execute(
        select(
            UnitHistory.name,
            func.coalesce(parent.scalar_subquery(), ""),
            UnitHistory.valid_from,
            UnitHistory.valid_to,
        )
        .where(UnitHistory.unit_id == unit.id)
        .order_by(UnitHistory.valid_from.desc())
    )
    return [Former(*row) for row in rows]


def find(user, unit_id: int) -> Unit:
    """Return a unit that `user` is HR of; any other does not exist."""
    held = roles.units_held(user, "hr")
    unit = db.session.scalar(select(Unit).where(Unit.id == unit_id, held))
    if unit is None:
        raise units.UnitMissing
    return unit


def open_units(user):
    """Select the open units that `user` is HR of."""
    return select(Unit).where(roles.units_held(user, "hr"), Unit.valid_to.is_(None))


def only_top(user) -> str:
    """Return the number of the one topmost open unit; "" = there are several."""
    above = aliased(Unit)
    held = select(Unit.id).where(roles.units_held(user, "hr"))
    tops = open_units(user).outerjoin(above, above.id == Unit.parent_id)
    tops = tops.where(or_(above.id.is_(None), above.id.not_in(held))).limit(2)
    found = db.session.scalars(tops).all()
    return str(found[0].id) if len(found) == 1 else ""


def way_up(user, unit: Unit) -> list[Unit]:
    """Return the units above one that `user` may open, the agency first."""
    held = roles.units_held(user, "hr")
    above = [int(n) for n in unit.path.strip("/").split("/")[:-1]]
    found = select(Unit).where(Unit.id.in_(above), held)
    return sorted(db.session.scalars(found), key=lambda u: len(u.path))


def children(unit: Unit) -> list[Unit]:
    """Return the open units directly below one, by name."""
    found = select(Unit).where(Unit.parent_id == unit.id, Unit.valid_to.is_(None))
    return sorted(db.session.scalars(found), key=lambda child: natural(child.name))
