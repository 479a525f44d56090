"""Change what is stored about a person, one fact at a time, with history.

For corrections answered on the spot; the bulk of changes comes by import.
"""

import re
from datetime import date, datetime

from sqlalchemy import select

from lms.audit import log
from lms.db import db
from lms.kernel.errors import Conflict, Invalid
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import moves, people, personal_data
from .models import ASN_STATUSES, Job, Person, Unit

# Field of a correction request -> column of people, and how long a text may be.
# Numbers (NIP) and superiors come by import alone: they decide who somebody is.
TEXTS = {
    "nama": ("name", 160),
    "gelar-depan": ("title_front", 60),
    "gelar-belakang": ("title_back", 60),
    "golongan": ("rank", 20),
    "pns-orang-id": ("pns_orang_id", 42),
}
SIASN_ID = re.compile(r"[0-9A-Za-z-]{32,42}", re.ASCII)  # as SIASN writes it
CHOSEN = {"status": "asn_status", "unit": "unit_id", "jabatan": "job_id"}


class ValueRefused(Invalid):
    message = N_("Isian baru belum dapat disimpan. Periksa panjang dan pilihannya.")


class SiasnIdBad(ValueRefused):
    message = N_(
        "pnsOrangId terdiri atas 32 sampai 42 huruf, angka, atau tanda hubung. Salin"
        " utuh dari SIASN (data utama, kolom id); itu bukan NIP."
    )


class SiasnIdTaken(Conflict):
    message = N_("pnsOrangId ini sudah tercatat pada orang lain. Periksa keduanya.")


def is_simple(field: str) -> bool:
    """Say whether a field can be changed here."""
    return field in TEXTS or field in CHOSEN


def apply(
    person: Person, field: str, value: str, *, today: date, now: datetime, by_id: int
) -> bool:
    """Set a field to what was typed or chosen; return whether anything changed.

    value   a text; of status one of ASN_STATUSES; of unit or job its number
    raises  ValueRefused
    """
    if field == "pns-orang-id":
        return set_siasn_id(person, value, "", now=now, by_id=by_id)
    column, new = _text(field, value) if field in TEXTS else _choice(field, value)
    old = getattr(person, column)
    if old == new:
        return False
    setattr(person, column, new)
    person.updated_at = now
    db.session.flush()
    if column in people.PLACED:
        people.replace_placement(person, today)
        db.session.flush()
    log.record(
        "person.changed",
        actor_id=by_id,
        object_kind="person",
        object_id=person.id,
        # What was typed may hold a name: only what was chosen is told, by number.
        facts={"field": field} | ({"was": old, "is": new} if field in CHOSEN else {}),
        now=now,
    )
    if column in ("unit_id", "job_id", "asn_status"):
        moves.tell([person.id], now)
    return True


def set_siasn_id(
    person: Person, value: str, reason: str, *, now: datetime, by_id: int
) -> bool:
    """Set or empty the number that SIASN knows a person by; False = it was so.

    raises  SiasnIdBad  SiasnIdTaken
    """
    # The person's row is the lock: two officers at once come one after the other.
    db.session.execute(
        select(Person.id).where(Person.id == person.id).with_for_update()
    )
    db.session.refresh(person)
    new = _siasn_id(person, value)
    before = person.pns_orang_id
    if new == before:
        return False
    person.pns_orang_id, person.updated_at = new, now
    log.record(
        "person.siasn_id_changed",
        actor_id=by_id,
        object_kind="person",
        object_id=person.id,
        facts={"before": before or "–", "after": new or "–", "reason": reason},
        now=now,
    )
    db.session.flush()
    return True


def _siasn_id(person: Person, value: str) -> str:
    """Return a number of SIASN's that nobody else has; "" = none."""
    said = one_line(value)
    if said and not SIASN_ID.fullmatch(said):
        raise SiasnIdBad
    owner = select(Person.id).where(Person.pns_orang_id == said, Person.id != person.id)
    if said and db.session.scalar(owner.limit(1)):
        raise SiasnIdTaken
    return said


def choices(field: str) -> dict[str, str]:
    """Return what may be chosen for a field: value -> text; {} for texts and units."""
    if field == "status":
        return dict(personal_data.STATUSES)
    if field == "jabatan":
        rows = db.session.execute(
            select(Job.id, Job.title, Job.level).order_by(Job.title, Job.level)
        )
        return {
            str(row.id): f"{row.title} ({row.level})" if row.level else row.title
            for row in rows
        }
    return {}


def stored(person: Person, field: str) -> str:
    """Return what is stored in a field, in the form that `apply` takes."""
    column = TEXTS[field][0] if field in TEXTS else CHOSEN[field]
    value = getattr(person, column)
    return "" if value is None else str(value)


def _text(field: str, value: str) -> tuple[str, str]:
    column, longest = TEXTS[field]
    said = one_line(value)
    if len(said) > longest or has_hidden(said) or (column == "name" and not said):
        raise ValueRefused
    return column, said


def _choice(field: str, value: str) -> tuple[str, object]:
    column = CHOSEN[field]
    if field == "status":
        if value not in ASN_STATUSES:
            raise ValueRefused
        return column, value
    table = Unit if field == "unit" else Job
    is_number = value.isascii() and value.isdigit() and len(value) < 19
    found = db.session.get(table, int(value)) if is_number else None
    if found is None or getattr(found, "valid_to", None) is not None:
        raise ValueRefused
    return column, int(value)
