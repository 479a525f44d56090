"""People: find them, and who may see whom."""

from datetime import date, datetime, timedelta

from sqlalchemy import Select, literal, or_, select

from lms.audit import log
from lms.db import db
from lms.kernel import ids
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_

from . import moves, roles, sessions, superiors
from . import nip as nip_asn
from .models import Person, Placement, RoleGrant, Unit

# What a placement repeats of a person, as of its first day.
PLACED = ("unit_id", "job_id", "supervisor_id", "asn_status", "rank")


class PersonMissing(NotFound):
    message = N_("Orang itu tidak ada, atau bukan wewenang Anda.")


def find(person_id: int) -> Person:
    """Return a person; refuses when there is none."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise PersonMissing
    return person


def account_name(text: str) -> str:
    """Return what was typed as NIP or e-mail in the form it is stored in.

    Only ASCII spaces, dots and dashes of a number are dropped; anything else is
    left alone and simply matches nobody.
    """
    text = text.strip()
    bare = nip_asn.bare(text)
    return bare if bare.isascii() and bare.isdigit() else text.lower()


def by_account(text: str) -> Person | None:
    """Return the person who signs in with this NIP or e-mail, if there is one."""
    name = account_name(text)
    if "\0" in name or not 3 <= len(name) <= 254:
        return None
    column = Person.email if "@" in name else Person.nip
    return db.session.scalar(select(Person).where(column == name))


def visible_to(user) -> Select[tuple[Person]]:
    """Select the people `user` may see by name: self, staff, held units.

    Staff are whoever has `user` as superior: named, or as head of their unit.
    """
    oneself = select(literal(user.id).label("id"))
    return (
        select(Person)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            or_(
                Person.id == user.id,
                Person.id.in_(superiors.staff(oneself)),
                roles.units_held(user, "hr"),
                roles.units_held(user, "admin"),
            )
        )
    )


def add(unit: Unit, name: str, *, today: date, now: datetime, **facts) -> Person:
    """Add a person with a first placement; `facts` are columns of Person."""
    number = facts.get("nip")
    facts.setdefault("id_kind", "NIP")
    if number and nip_asn.read(number).kind == "PPPK":
        facts["id_kind"] = "NI_PPPK"
    person = Person(
        uid=ids.new_uid(),
        name=name,
        unit_id=unit.id,
        created_at=now,
        updated_at=now,
        **{"asn_status": "PNS", **facts},
    )
    db.session.add(person)
    db.session.flush()
    place(person, today)
    return person


def place(person: Person, today: date) -> None:
    """Open the placement that says where the person works from today."""
    db.session.add(
        Placement(
            person_id=person.id,
            unit_id=person.unit_id,
            job_id=person.job_id,
            supervisor_id=person.supervisor_id,
            asn_status=person.asn_status,
            rank=person.rank,
            valid_from=today,
        )
    )


def replace_placement(person: Person, today: date) -> None:
    """Close the running placement yesterday, open one today; same day mends it."""
    current = db.session.scalar(
        select(Placement)
        .where(Placement.person_id == person.id, Placement.valid_to.is_(None))
        .order_by(Placement.id.desc())
        .limit(1)
    )
    if current and current.valid_from >= today:
        for name in PLACED:
            setattr(current, name, getattr(person, name))
        return
    if current:
        current.valid_to = today - timedelta(days=1)
    place(person, today)


def deactivate(
    person: Person,
    *,
    today: date,
    now: datetime,
    by=None,
    reason: str = "",
    is_told: bool = False,
) -> None:
    """Suspend an account: sessions end, roles rest, records stay; twice is once.

    is_told  the caller tells `moves` itself, of many people together
    raises  LastAdministrator  nobody else would hold that role
    """
    if not person.is_active:
        return
    is_admin = db.session.scalar(
        select(RoleGrant.id).where(
            RoleGrant.person_id == person.id,
            RoleGrant.role == "admin",
            RoleGrant.revoked_at.is_(None),
        )
    )
    if is_admin:
        roles.check_not_last_admin({person.id}, today)
    person.is_active = False
    person.updated_at = now
    sessions.end_all(person.id, now)
    _note_activity("person.deactivated", person, by, reason, now)
    if not is_told:
        moves.tell([person.id], now)


def reactivate(person: Person, *, now: datetime, by=None, reason: str = "") -> None:
    """Open a suspended account again, with the password it had; twice is once."""
    if person.is_active:
        return
    person.is_active = True
    person.updated_at = now
    _note_activity("person.reactivated", person, by, reason, now)
    moves.tell([person.id], now)


def _note_activity(action: str, person: Person, by, reason: str, now) -> None:
    db.session.flush()
    log.record(
        action,
        actor_id=by.id if by else None,
        object_kind="person",
        object_id=person.id,
        facts={"reason": reason} if reason else None,
        now=now,
    )
