"""Acts on the unit tree, with what hangs on it: edit, add, move, merge, close."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from lms.audit import log
from lms.audit.models import AuditEntry
from lms.db import db
from lms.kernel.errors import Conflict, Forbidden, Invalid
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import aliases, heads, moves, relocations, roles, units
from .models import Person, RoleGrant, Unit

KINDS = ("office", "division", "section")  # an agency is founded, not added


class UnitClosed(Conflict):
    message = N_("“%(unit)s” sudah ditutup; ia hanya dapat dilihat.")


class OtherAgency(Conflict):
    message = N_(
        "Kedua unit berada di instansi yang berbeda. Pindah antarinstansi dicatat"
        " orang demi orang, lewat impor pegawai."
    )


class NameTaken(Conflict):
    message = N_(
        "Di bawah unit induk yang sama sudah ada “%(name)s”. Bila keduanya memang satu"
        " unit, gabungkan; bila bukan, pilih nama yang membedakan."
    )


class MergedIntoItself(Conflict):
    message = N_(
        "Unit tidak dapat digabung ke dirinya sendiri atau ke subunitnya. Pindahkan"
        " dahulu subunit itu keluar."
    )


class AgencyKept(Conflict):
    message = N_("Instansi adalah akar pohon unit; ia tidak digabung atau ditutup.")


class UnitNotEmpty(Conflict):
    message = N_(
        "Unit ini belum kosong: masih ada %(people)s orang, %(below)s subunit, dan"
        " %(grants)s peran. Pindahkan dahulu, atau gabungkan unit ini ke unit lain."
    )


class UnitRenamedMeanwhile(Conflict):
    message = N_(
        "Sementara Anda mengisi, orang lain mengubah nama unit ini menjadi “%(name)s”."
        " Muat ulang halaman, lalu ubah lagi bila masih perlu."
    )


class RoleStays(Forbidden):
    message = N_(
        "Di unit ini ada administrator, dan hanya administrator yang dapat membawa"
        " peran itu ke unit tujuan. Mintalah administrator menggabungkannya."
    )


class UnitFactBad(Invalid):
    message = N_("Nama singkat dan Unor ID paling panjang 60 karakter.")


@dataclass(frozen=True, slots=True)
class Touched:
    """What a move or merge touches. people, active: of the unit and all below it."""

    people: int
    active: int
    own: int  # people of the unit itself, active or not
    below: int  # open units below
    grants: int  # roles held over the unit itself
    has_head: bool
    aliases: int


def touched(unit: Unit, today: date) -> Touched:
    """Count what hangs on a unit."""
    inside = Unit.path.startswith(unit.path)
    people = select(Person.id).join(Unit, Unit.id == Person.unit_id)
    return Touched(
        people=_count(people.where(inside)),
        active=_count(people.where(inside, Person.is_active)),
        own=_count(people.where(Unit.id == unit.id)),
        below=_count(
            select(Unit.id).where(inside, Unit.id != unit.id, Unit.valid_to.is_(None))
        ),
        grants=len(_open_grants(unit, today)),
        has_head=heads.current(unit.id) is not None,
        aliases=len(aliases.of(unit.id)),
    )


def _count(statement) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery()))


def lock(unit: Unit) -> None:
    """Let nobody else change the tree of this agency until the commit; read anew."""
    db.session.execute(
        select(Unit.id).where(Unit.id == unit.agency_id).with_for_update()
    )
    db.session.refresh(unit)


def edit(  # noqa: PLR0917
    unit: Unit, was: str, name: str, today: date, now: datetime, by, **facts: str
) -> bool:
    """Change name, short name, kind or Unor ID; return whether anything changed.

    was     the name when the form was opened
    facts   short_name, siasn_unor_id, kind; one left out stays
    raises  UnitRenamedMeanwhile  UnitClosed  UnitNameBad  UnitFactBad
    """
    lock(unit)
    _check_open(unit)
    old, new = unit.name, one_line(name)
    facts = {key: one_line(value) for key, value in facts.items()}
    if any(len(value) > 60 or has_hidden(value) for value in facts.values()):
        raise UnitFactBad
    if unit.parent_id is None or facts.get("kind") not in KINDS:
        facts.pop("kind", None)
    changed = {k: v for k, v in facts.items() if getattr(unit, k) != v}
    if new != old:
        if one_line(was) != old:
            raise UnitRenamedMeanwhile(name=old)
        _check_name_free(unit, unit.parent_id, new)
        units.rename(unit, new, today)
        aliases.keep(unit, old)
        _log("unit.renamed", unit, {"was": old, "name": new}, now, by)
    if changed:
        before = {k: getattr(unit, k) for k in changed}
        for key, value in changed.items():
            setattr(unit, key, value)
        _log("unit.edited", unit, {"was": before, "is": changed}, now, by)
    return new != old or bool(changed)


def add(  # noqa: PLR0917
    parent: Unit, kind: str, name: str, today: date, now: datetime, by, **facts: str
) -> tuple[Unit, bool]:
    """Make a sub-unit; the same name below the same parent is the same unit.

    returns  the unit and whether it is new
    """
    lock(parent)
    _check_open(parent)
    facts = {key: one_line(value) for key, value in facts.items()}
    if any(len(value) > 60 or has_hidden(value) for value in facts.values()):
        raise UnitFactBad
    there = select(Unit).where(Unit.parent_id == parent.id, Unit.valid_to.is_(None))
    for sibling in db.session.scalars(there):
        if aliases.fold(sibling.name) == aliases.fold(name):
            return sibling, False
    unit = units.make(parent, kind, name, today, **facts)
    facts = {"name": unit.name, "parent": parent.id}
    _log("unit.made", unit, facts, now, by)
    return unit, True


def check_move(unit: Unit, parent: Unit) -> None:
    """Refuse a move that cannot be.

    raises  UnitClosed  OtherAgency  AgencyStays  UnitInItself
    """
    _check_open(unit)
    if unit.parent_id is None:
        raise units.AgencyStays
    _check_open(parent)
    _check_same_agency(unit, parent)
    if parent.path.startswith(unit.path):
        raise units.UnitInItself


def move(unit: Unit, parent: Unit, today: date, now: datetime, by) -> bool:
    """Put a unit with all below it under another; return whether it was elsewhere."""
    lock(unit)
    db.session.refresh(parent)
    check_move(unit, parent)
    if unit.parent_id == parent.id:
        return False
    _check_name_free(unit, parent.id, unit.name)
    facts = {"from": unit.parent_id, "to": parent.id}
    units.move(unit, parent, today)
    _log("unit.moved", unit, facts, now, by)
    moves.tell(_people_inside(unit), now)
    return True


# What other features keep for a unit: each refuses to let the unit go.
_guards: list[Callable[[Unit], None]] = []


def guard(check: Callable[[Unit], None]) -> Callable[[Unit], None]:
    """Have `check(unit)` raise a refusal while something stands on the unit itself."""
    if check not in _guards:
        _guards.append(check)
    return check


def _check_name_free(unit: Unit, parent_id: int | None, name: str) -> None:
    """Two open units side by side never bear one name: files could mean either."""
    beside = select(Unit.name).where(
        Unit.parent_id == parent_id, Unit.id != unit.id, Unit.valid_to.is_(None)
    )
    if parent_id is not None and aliases.fold(name) in map(
        aliases.fold, db.session.scalars(beside)
    ):
        raise NameTaken(name=name)


def check_merge(unit: Unit, target: Unit, today: date, by) -> None:
    """Refuse a merge that cannot be.

    raises  UnitClosed  OtherAgency  AgencyKept  MergedIntoItself  RoleStays
    """
    _check_open(unit)
    if unit.parent_id is None:
        raise AgencyKept
    _check_open(target)
    _check_same_agency(unit, target)
    if target.path.startswith(unit.path):
        raise MergedIntoItself
    for check in _guards:
        check(unit)
    for given in _open_grants(unit, today) if by else ():
        # A role goes over to more units than before: only who holds it there gives it.
        deep = given.with_subunits
        if not any(roles.holds(by, r, target, deep) for r in (given.role, "admin")):
            raise RoleStays


def merge(unit: Unit, target: Unit, today: date, now: datetime, by) -> bool:
    """Bring everything of a unit into another and close it; records stay as they are.

    People, sub-units, roles, the head (where the target has none) and aliases go over,
    and the unit's names become aliases of the target. Sent twice is once.
    returns  whether it was done just now
    raises   as check_merge
    """
    lock(unit)
    db.session.refresh(target)
    if unit.valid_to is not None and merged_into(unit.id) == target.id:
        return False
    check_merge(unit, target, today, by)
    inside = _people_inside(unit)
    own = list(
        db.session.scalars(
            select(Person.id).where(Person.unit_id == unit.id).order_by(Person.id)
        )
    )
    below = select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.id)
    for child in list(db.session.scalars(below)):
        units.move(child, target, today)
    grants = _carry_grants(unit, target, today, now, by)
    heads.hand_over(unit, target, today=today, now=now, by=by)
    for alias in aliases.of(unit.id):
        alias.unit_id = target.id
    _shut(unit, today)
    aliases.keep(target, unit.name, unit.short_name)
    facts = {"into": target.id, "people": len(own), "grants": grants}
    _log("unit.merged", unit, facts, now, by)
    db.session.flush()
    relocations.relocate(own, today, now, unit_id=target.id)
    moves.tell(sorted(set(inside) - set(own)), now)
    return True


def merged_into(unit_id: int) -> int | None:
    """Return the id of the unit that a closed one was merged into."""
    facts = db.session.scalar(
        select(AuditEntry.facts)
        .where(
            AuditEntry.object_kind == "unit",
            AuditEntry.object_id == str(unit_id),
            AuditEntry.action == "unit.merged",
        )
        .order_by(AuditEntry.id.desc())
    )
    return facts["into"] if facts else None


def close(unit: Unit, today: date, now: datetime, by) -> None:
    """Close a unit in which nobody is and over which nobody holds a role.

    Twice is once.
    raises  AgencyKept  UnitNotEmpty
    """
    lock(unit)
    if unit.valid_to is not None:
        return
    if unit.parent_id is None:
        raise AgencyKept
    for check in _guards:
        check(unit)
    found = touched(unit, today)
    if found.own or found.below or found.grants:
        raise UnitNotEmpty(people=found.own, below=found.below, grants=found.grants)
    heads.end_head(unit, today=today, now=now, by=by)
    _shut(unit, today)
    _log("unit.closed", unit, {"name": unit.name}, now, by)


def _shut(unit: Unit, today: date) -> None:
    unit.valid_to = max(unit.valid_from, today - timedelta(days=1))
    db.session.flush()


def _carry_grants(unit: Unit, target: Unit, today: date, now: datetime, by) -> int:
    """Give the roles over a unit over the target instead; return how many."""
    known = {_shape(given) for given in _open_grants(target, today)}
    given = _open_grants(unit, today)
    for grant in given:
        grant.revoked_at = now
        if _shape(grant) in known:
            continue
        roles.void_links(grant.person_id, now)
        carried = RoleGrant(
            person_id=grant.person_id,
            role=grant.role,
            unit_id=target.id,
            with_subunits=grant.with_subunits,
            valid_from=max(grant.valid_from, today),
            valid_to=grant.valid_to,
            granted_by=by.id if by else None,
            granted_at=now,
        )
        db.session.add(carried)
        db.session.flush()
        roles.note("role.granted", carried, by, now)
    return len(given)


def _shape(grant: RoleGrant) -> tuple:
    return grant.person_id, grant.role, grant.with_subunits, grant.valid_to


def _open_grants(unit: Unit, today: date) -> list[RoleGrant]:
    found = select(RoleGrant).where(
        RoleGrant.unit_id == unit.id,
        RoleGrant.revoked_at.is_(None),
        RoleGrant.valid_to.is_(None) | (RoleGrant.valid_to >= today),
    )
    return list(db.session.scalars(found.order_by(RoleGrant.id)))


def _people_inside(unit: Unit) -> list[int]:
    found = select(Person.id).join(Unit, Unit.id == Person.unit_id)
    inside = found.where(Unit.path.startswith(unit.path))
    return list(db.session.scalars(inside.order_by(Person.id)))


def _check_open(unit: Unit) -> None:
    if unit.valid_to is not None:
        raise UnitClosed(unit=unit.name)


def _check_same_agency(one: Unit, other: Unit) -> None:
    if one.agency_id != other.agency_id:
        raise OtherAgency


def _log(action: str, unit: Unit, facts: dict, now: datetime, by) -> None:
    log.record(
        action,
        actor_id=by.id if by else None,
        object_kind="unit",
        object_id=unit.id,
        facts=facts,
        now=now,
    )
