"""The people of an agency in the columns of the import: out, mended, in again."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.audit import accesses, log
from lms.db import db
from lms.kernel.i18n import N_

from .import_file import COLUMNS
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
        select(Person, Job, superior.nip)
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
        yield tuple(values[name] or "" for name in COLUMNS)


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
    below = names[1:] or names  # the agency itself, for people placed at the root
    return below[0], " > ".join(below[1:])
