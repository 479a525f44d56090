"""How units of one name are told apart, and the order in which they stand in lists."""

from collections.abc import Iterable

from sqlalchemy import select

from lms.db import db
from lms.kernel.text import natural

from .models import Unit

CHUNK = 900  # ids in one IN list


def above(units: Iterable[Unit]) -> dict[int, str]:
    """Return id -> what a unit stands in: "Bidang 1 · Dinas Sosial", the nearest first.

    The agency is named only right above; "" = the unit is an agency.
    """
    paths = {unit.id: _numbers(unit.path)[:-1] for unit in units}
    names = _names({number for path in paths.values() for number in path})
    found = {}
    for number, path in paths.items():
        shown = path[1:] or path
        found[number] = " · ".join(names.get(n, "") for n in reversed(shown))
    return found


def in_tree_order(units: Iterable[Unit]) -> list[Unit]:
    """Return units as the tree has them: each after its parent, names as people sort.

    It need not be the whole tree.
    """
    known = {unit.id: unit for unit in units}
    missing = {n for u in known.values() for n in _numbers(u.path)} - set(known)
    names = _names(missing) | {number: unit.name for number, unit in known.items()}
    keys = {number: (natural(name), number) for number, name in names.items()}
    return sorted(
        known.values(), key=lambda unit: [keys[n] for n in _numbers(unit.path)]
    )


def _numbers(path: str) -> list[int]:
    return [int(number) for number in path.strip("/").split("/") if number]


def _names(unit_ids: set[int]) -> dict[int, str]:
    numbers, found = sorted(unit_ids), {}
    for at in range(0, len(numbers), CHUNK):
        rows = select(Unit.id, Unit.name).where(Unit.id.in_(numbers[at : at + CHUNK]))
        found |= dict(map(tuple, db.session.execute(rows)))
    return found
