"""One running assignment of the demo, so that its pages have something to show."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.accounts.models import Agency, Person, Unit
from lms.catalog.models import Course
from lms.db import db

from . import assignments
from .models import Assignment
from .rules import Rule, Terms

AGENCY, COURSE = "6771", "layanan-prima-di-loket"
UID = str(uuid5(NAMESPACE_URL, "kelas-asn/contoh/penugasan"))
REASON = (
    "Surat edaran Sekretaris Daerah: semua pegawai yang melayani warga menguasai"
    " standar layanan loket sebelum akhir tahun."
)


def add(now: datetime) -> int:
    """Add what is missing; return how many assignments. The caller commits.

    Only where the demo's people and the course are: content may be another.
    """
    agency = db.session.scalar(select(Agency).where(Agency.code == AGENCY))
    course = db.session.scalar(
        select(Course).where(Course.is_listed, Course.code == COURSE)
    )
    demo = db.session.scalar(select(Person.id).where(Person.is_demo).limit(1))
    known = db.session.scalar(select(Assignment.id).where(Assignment.uid == UID))
    if agency is None or course is None or demo is None or known is not None:
        return 0
    root = db.session.get_one(Unit, agency.unit_id)
    officer = db.session.scalar(
        select(Person.id).where(Person.email == "siti@contoh.go.id", Person.is_demo)
    )
    today = now.astimezone(ZoneInfo(agency.timezone)).date()
    made = assignments.create(
        UID,
        course.id,
        Rule(unit_id=root.id, path=root.path),
        Terms(
            starts_on=today,
            due_on=today + timedelta(days=21),
            waves=2,
            wave_days=14,
            reason=REASON,
        ),
        by=None,
        now=now,
    )
    made.created_by = officer
    return 1
