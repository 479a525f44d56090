"""Other names of units, by which files find them: old names, short ones."""

from datetime import datetime

from sqlalchemy import func, select

from lms.audit import log
from lms.db import db
from lms.kernel.errors import Conflict, Invalid
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from .models import Unit, UnitAlias

LONGEST = 255


class AliasBad(Invalid):
    message = N_("Nama lain wajib diisi, paling panjang 255 karakter.")


class AliasTaken(Conflict):
    message = N_("“%(name)s” sudah menjadi nama unit kerja lain: %(unit)s.")


def of(unit_id: int) -> list[UnitAlias]:
    """Return the aliases of a unit, by name."""
    found = select(UnitAlias).where(UnitAlias.unit_id == unit_id)
    return list(db.session.scalars(found.order_by(UnitAlias.name)))


def add(unit: Unit, name: str, *, now: datetime, by) -> None:
    """Let files find the unit by this name too; twice is once.

    raises  AliasBad  AliasTaken  another unit of the agency has that name
    """
    stored = fold(name)
    if not stored or len(stored) > LONGEST or has_hidden(stored):
        raise AliasBad
    other = _bearer(unit, stored)
    if other is not None:
        raise AliasTaken(name=one_line(name), unit=other.name)
    if _known(unit, stored):
        return
    _add(unit, stored)
    _log("unit.alias_added", unit, stored, now, by)


def keep(unit: Unit, *names: str) -> None:
    """Keep former names as aliases, where no other unit of the agency has them."""
    for stored in dict.fromkeys(map(fold, names)):
        is_free = stored and stored != fold(unit.name) and not _known(unit, stored)
        if is_free and _bearer(unit, stored) is None:
            _add(unit, stored)


def remove(unit: Unit, alias_id: int, *, now: datetime, by) -> None:
    """Forget a name; twice is once."""
    alias = db.session.get(UnitAlias, alias_id)
    if alias is not None and alias.unit_id == unit.id:
        db.session.delete(alias)
        _log("unit.alias_removed", unit, alias.name, now, by)


def fold(name: str) -> str:
    """Return a name as aliases are stored and compared."""
    return one_line(name).casefold()


def _known(unit: Unit, stored: str) -> bool:
    return any(alias.name == stored for alias in of(unit.id))


def _bearer(unit: Unit, stored: str) -> Unit | None:
    """Return another open unit of the agency that has this name, as name or alias."""
    rows = db.session.scalars(
        select(Unit)
        .outerjoin(UnitAlias, UnitAlias.unit_id == Unit.id)
        .where(
            Unit.agency_id == unit.agency_id,
            Unit.id != unit.id,
            Unit.valid_to.is_(None),
            (func.lower(Unit.name) == stored) | (UnitAlias.name == stored),
        )
    )
    return rows.first()


def _add(unit: Unit, stored: str) -> None:
    # An alias of a unit that is closed names nothing any more: it may be given again.
    old = db.session.scalar(
        select(UnitAlias).where(
            UnitAlias.agency_id == unit.agency_id, UnitAlias.name == stored
        )
    )
    if old is not None:
        old.unit_id = unit.id
    else:
        db.session.add(
            UnitAlias(agency_id=unit.agency_id, name=stored, unit_id=unit.id)
        )
    db.session.flush()


def _log(action: str, unit: Unit, stored: str, now: datetime, by) -> None:
    log.record(
        action,
        actor_id=by.id if by else None,
        object_kind="unit",
        object_id=unit.id,
        facts={"name": stored},
        now=now,
    )
