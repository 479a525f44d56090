"""The people of an agency in the columns of the import: out, mended, in again."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from lms.audit import accesses, log
from lms.db import db
from lms.kernel.cells import safe
from lms.kernel.i18n import N_

from . import import_rejected
from .import_file import COLUMNS
from .import_rows import BELOW
from .models import Agency, Job, Person, Unit

WHAT = N_("Daftar pegawai instansi, dengan nama, NIP, surel, unit, dan jabatan")


def rows(agency: Agency) -> Iterator[tuple[str, ...]]:
    """Yield the heading, then one row per person, active or not, in order of id."""
    yield COLUMNS
    below = select(Unit.id, Unit.parent_id, Unit.name, Unit.siasn_unor_id).where(
        Unit.agency_id == agency.unit_id
    )
    tree = {unit.id: unit for unit in db.session.execute(below)}
    superior = aliased(Person)
    people = (
        select(Person, Job, func.coalesce(superior.nip, superior.email))
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Job, Job.id == Person.job_id)
        .outerjoin(superior, superior.id == Person.supervisor_id)
        .where(Unit.agency_id == agency.unit_id)
        .order_by(Person.id)
    )
    for person, job, superior_nip in db.session.execute(people):
        office, unit = _place(tree, person.unit_id)
        values = {
            "nip": person.nip,
            "nama": person.name,
            "status_asn": person.asn_status,
            "perangkat_daerah": office,
            "unit_kerja": unit,
            "jabatan": job and job.title,
            "jenis_jabatan": job and job.type,
            "jenjang": job and job.level,
            "golongan": person.rank,
            "email": person.email,
            "nip_atasan": superior_nip,
            "pns_orang_id": person.pns_orang_id,
            "aktif": "ya" if person.is_active else "tidak",
            "gelar_depan": person.title_front,
            "gelar_belakang": person.title_back,
            "instansi_kode": agency.code,
            "jenis_identitas": person.id_kind,
            "unor_id": tree[person.unit_id].siasn_unor_id,
            "instansi_id": agency.siasn_id,
        }
        yield tuple(safe(values[name] or "") for name in COLUMNS)


def as_csv(agency: Agency) -> bytes:
    """Return the people as standard CSV (RFC 4180, UTF-8)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows(agency))
    return out.getvalue().encode()


def as_xlsx(agency: Agency) -> bytes:
    """Return the people as a workbook of texts, in which numbers stay whole."""
    heading, *people = map(list, rows(agency))
    return import_rejected.workbook(heading, people)


def note(agency: Agency, now: datetime) -> None:
    """Note that somebody at the command line took the people of an agency."""
    people = db.session.scalars(
        select(Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Unit.agency_id == agency.unit_id)
    ).all()
    log.record(
        "people.exported",
        actor_id=None,
        object_kind="unit",
        object_id=agency.unit_id,
        facts={"rows": len(people)},
        now=now,
    )
    accesses.record("exported", WHAT, people, actor_id=None, now=now)


def _place(tree: dict, unit_id: int) -> tuple[str, str]:
    """Return office and the units below it, "Bidang A > Seksi B"."""
    names: list[str] = []
    at = tree.get(unit_id)
    while at is not None:
        names.insert(0, at.name)
        at = tree.get(at.parent_id)
    office, *below = names[1:] or names  # the agency itself, for people at the root
    if below and below[0].casefold() == office.casefold():
        below.insert(0, office)  # the office named again is taken for the office
    return office, BELOW.join(below)
