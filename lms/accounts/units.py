"""The unit tree: find the way up, make, rename, move. History is kept."""

from datetime import date, timedelta

from sqlalchemy import select

from lms.db import db
from lms.kernel.errors import Conflict, Invalid, NotFound
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from .models import Agency, Unit, UnitHistory

PATH = 200  # longest path the table holds


class UnitMissing(NotFound):
    message = N_("Unit kerja itu tidak ada.")


class UnitNameBad(Invalid):
    message = N_("Nama unit kerja wajib diisi, paling panjang 255 karakter.")


class UnitTooDeep(Invalid):
    message = N_("Unit kerja ini terlalu dalam: pohon unit tidak dapat bercabang lagi.")


class UnitInItself(Conflict):
    message = N_("Unit kerja tidak dapat dipindah ke bawah dirinya sendiri.")


class AgencyStays(Conflict):
    message = N_("Instansi adalah akar pohon unit; ia tidak dapat dipindah.")


def find(unit_id: int) -> Unit:
    """Return a unit; refuses when there is none."""
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise UnitMissing
    return unit


def agency_of(unit_id: int) -> Agency:
    """Return the agency a unit belongs to."""
    agency = db.session.scalar(
        select(Agency)
        .join(Unit, Unit.agency_id == Agency.unit_id)
        .where(Unit.id == unit_id)
    )
    if agency is None:
        raise UnitMissing
    return agency


def ancestors(unit: Unit) -> list[Unit]:
    """Return the units from the agency down to `unit` itself."""
    numbers = [int(n) for n in unit.path.strip("/").split("/")]
    found = {
        u.id: u for u in db.session.scalars(select(Unit).where(Unit.id.in_(numbers)))
    }
    return [found[n] for n in numbers]


def office_of(unit: Unit) -> Unit:
    """Return the office (perangkat daerah) above or at `unit`; else the agency."""
    line = ancestors(unit)
    return next((u for u in line if u.kind == "office"), line[0])


def make_agency(code: str, name: str, office_name: str, today: date, **facts) -> Agency:
    """Add an agency with the root of its tree; `facts` are columns of Agency."""
    root = _add(None, "agency", name, today)
    agency = Agency(unit_id=root.id, code=code, office_name=office_name, **facts)
    db.session.add(agency)
    db.session.flush()
    return agency


def make(parent: Unit, kind: str, name: str, today: date, **facts) -> Unit:
    """Add a unit below `parent`; `facts` are columns of Unit."""
    return _add(parent, kind, name, today, **facts)


def _add(parent: Unit | None, kind: str, name: str, today: date, **facts) -> Unit:
    unit = Unit(
        parent_id=parent.id if parent else None,
        agency_id=parent.agency_id if parent else None,
        kind=kind,
        name=_checked(name),
        valid_from=today,
        **facts,
    )
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    unit.agency_id = parent.agency_id if parent else unit.id
    if len(unit.path) > PATH:
        raise UnitTooDeep
    db.session.flush()
    return unit


def rename(unit: Unit, name: str, today: date) -> None:
    """Give a unit a new name from today; what it was called is kept."""
    name = _checked(name)
    if name != unit.name:
        _remember(unit, today)
        unit.name = name
        db.session.flush()


def move(unit: Unit, parent: Unit, today: date) -> None:
    """Put a unit, with all below it, under `parent` from today.

    raises  UnitInItself  AgencyStays
    """
    if unit.parent_id is None:
        raise AgencyStays
    if parent.path.startswith(unit.path):
        raise UnitInItself
    if unit.parent_id == parent.id:
        return
    _remember(unit, today)
    old, new = unit.path, f"{parent.path}{unit.id}/"
    unit.parent_id = parent.id
    for below in db.session.scalars(select(Unit).where(Unit.path.startswith(old))):
        below.path = new + below.path.removeprefix(old)
        below.agency_id = parent.agency_id
        if len(below.path) > PATH:
            raise UnitTooDeep
    db.session.flush()


def _remember(unit: Unit, today: date) -> None:
    """Write down name and place up to yesterday; a change on the same day mends."""
    last = db.session.scalar(
        select(UnitHistory.valid_to)
        .where(UnitHistory.unit_id == unit.id)
        .order_by(UnitHistory.valid_to.desc())
    )
    since = last + timedelta(days=1) if last else unit.valid_from
    if since < today:
        db.session.add(
            UnitHistory(
                unit_id=unit.id,
                name=unit.name,
                parent_id=unit.parent_id,
                valid_from=since,
                valid_to=today - timedelta(days=1),
            )
        )


def _checked(name: str) -> str:
    name = one_line(name)
    if not name or len(name) > 255 or has_hidden(name):
        raise UnitNameBad
    return name
