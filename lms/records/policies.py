"""JP policy of an agency: rows hold from their year on, and are never rewritten."""

from datetime import datetime

from sqlalchemy import or_, select

from lms.accounts.models import ASN_STATUSES
from lms.audit import log
from lms.db import db
from lms.kernel.errors import Conflict, Invalid
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from .models import JpPolicy

MOST = 2000  # JP a year; more is a slip


class PolicyBad(Invalid):
    message = N_("Isian kebijakan JP belum benar.")


class PolicyPast(Invalid):
    message = N_("Kebijakan hanya dapat berlaku mulai tahun %(year)s atau sesudahnya.")


class PolicyThere(Conflict):
    message = N_(
        "Untuk status dan tahun itu sudah ada kebijakan. Kebijakan tidak ditimpa;"
        " buat yang berlaku mulai tahun berikutnya."
    )


def of_agency(agency_id: int) -> list[JpPolicy]:
    """Return the rows that may hold for an agency: its own, and the general ones."""
    wanted = select(JpPolicy).where(
        or_(JpPolicy.agency_id == agency_id, JpPolicy.agency_id.is_(None))
    )
    rows = db.session.scalars(wanted)
    return sorted(
        rows,
        key=lambda p: (
            ASN_STATUSES.index(p.asn_status), -p.from_year, p.agency_id is None
        ),
    )  # fmt: skip


def add(
    agency_id: int, asn_status: str, from_year: int, *, target: int | None,
    cap: int | None, source: str, is_sure: bool, this_year: int, now: datetime, by,
) -> bool:  # fmt: skip
    """Let target and cap hold for a status from a year on; return whether it is new.

    target, cap  JP a year; None = none
    raises       PolicyBad  PolicyPast  PolicyThere  another row for that year
    """
    source = one_line(source)
    bad = [n for n in (target, cap) if n is not None and not 0 <= n <= MOST]
    if asn_status not in ASN_STATUSES or bad or from_year > 2999:
        raise PolicyBad
    if not source or len(source) > 300 or has_hidden(source):
        raise PolicyBad
    if target is not None and cap is not None and cap < target:
        raise PolicyBad
    if from_year < this_year:
        raise PolicyPast(year=this_year)
    there = db.session.scalar(
        select(JpPolicy).where(
            JpPolicy.agency_id == agency_id,
            JpPolicy.asn_status == asn_status,
            JpPolicy.from_year == from_year,
        )
    )
    facts = {"target": target, "cap": cap, "source": source, "is_sure": is_sure}
    if there is not None:
        if all(getattr(there, key) == value for key, value in facts.items()):
            return False  # the same form sent twice
        raise PolicyThere
    made = JpPolicy(
        agency_id=agency_id, asn_status=asn_status, from_year=from_year, **facts
    )
    db.session.add(made)
    db.session.flush()
    log.record(
        "jp_policy.added",
        actor_id=by.id if by else None,
        object_kind="agency",
        object_id=agency_id,
        facts=facts | {"status": asn_status, "year": from_year},
        now=now,
    )
    return True
