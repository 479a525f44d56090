"""Settings of agencies: office, city, zone, signer, numbers of certificates."""

from datetime import datetime

from sqlalchemy import select

from lms.audit import log
from lms.db import db
from lms.kernel.errors import Invalid, NotFound
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import roles
from .models import Agency, Unit

ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
# Of people: the log says that they changed, not from what to what.
UNTOLD = {"signer_name", "signer_nip"}


class AgencyMissing(NotFound):
    message = N_("Instansi itu tidak ada, atau bukan wewenang Anda.")


class AgencyFactBad(Invalid):
    message = N_("Isian instansi belum benar.")


def administered(user) -> list[tuple[Agency, Unit]]:
    """Return the agencies that `user` administers as a whole, by name."""
    rows = db.session.execute(
        select(Agency, Unit)
        .join(Unit, Unit.id == Agency.unit_id)
        .where(roles.units_held(user, "admin"))
        .order_by(Unit.name)
    )
    return [(a, unit) for a, unit in rows if roles.holds(user, "admin", unit, True)]


def find(user, unit_id: int) -> tuple[Agency, Unit]:
    """Return an agency that `user` administers; refuses any other."""
    for agency, unit in administered(user):
        if unit.id == unit_id:
            return agency, unit
    raise AgencyMissing


def change(agency: Agency, facts: dict[str, str], *, now: datetime, by) -> bool:
    """Set columns of an agency; return whether anything changed.

    facts   as typed; the caller has checked number format and NIP
    raises  AgencyFactBad  too long, hidden signs, unknown zone
    """
    facts = {key: one_line(value) for key, value in facts.items()}
    for key, value in facts.items():
        longest = Agency.__table__.c[key].type.length
        if len(value) > longest or has_hidden(value):
            raise AgencyFactBad
    if facts.get("timezone", agency.timezone) not in {*ZONES, agency.timezone}:
        raise AgencyFactBad
    changed = {k: v for k, v in facts.items() if getattr(agency, k) != v}
    if not changed:
        return False
    was = {k: getattr(agency, k) for k in changed if k not in UNTOLD}
    for key, value in changed.items():
        setattr(agency, key, value)
    db.session.flush()
    log.record(
        "agency.changed",
        actor_id=by.id if by else None,
        object_kind="agency",
        object_id=agency.unit_id,
        facts={
            "fields": sorted(changed),
            "was": was,
            "is": {k: v for k, v in changed.items() if k not in UNTOLD},
        },
        now=now,
    )
    return True
