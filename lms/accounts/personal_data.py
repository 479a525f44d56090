"""What is stored about a person by HR, as that person reads it."""

from collections.abc import Callable
from dataclasses import dataclass

from lms.db import db
from lms.kernel.i18n import N_

from . import people, superiors, units
from .models import Job, Person, Unit

STATUSES = {
    "PNS": "PNS",
    "CPNS": "CPNS",
    "PPPK": "PPPK",
    "PPPK_PW": N_("PPPK paruh waktu"),
    "NON_ASN": N_("Bukan ASN"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is stored.

    field      its name in requests and addresses
    label      a text of ours
    value      as stored, written out; "" = nothing is stored
    is_secret  shown only when asked for
    is_ours    a text of ours, to be translated
    """

    field: str
    label: str
    value: str
    is_secret: bool = False
    is_ours: bool = False


def _unit(person: Person) -> str:
    """Write "Bidang Pelayanan, Dinas Perizinan": from the unit up, without the root."""
    names = [u.name for u in units.ancestors(_unit_of(person))]
    return ", ".join(reversed(names[1:] or names))


def _unit_of(person: Person) -> Unit:
    return db.session.get_one(Unit, person.unit_id)


def _job(person: Person) -> str:
    job = db.session.get(Job, person.job_id) if person.job_id else None
    if job is None:
        return ""
    return f"{job.title} ({job.level})" if job.level else job.title


def _superior(person: Person) -> str:
    above = superiors.of_person(person.id)
    return people.find(above).full_name if above else ""


def _agency(person: Person) -> str:
    return units.ancestors(_unit_of(person))[0].name


# In the order of the page. A field that is not here cannot be asked about.
FIELDS: dict[str, tuple[str, Callable[[Person], str]]] = {
    "nama": (N_("Nama"), lambda p: p.name),
    "gelar-depan": (N_("Gelar depan"), lambda p: p.title_front),
    "gelar-belakang": (N_("Gelar belakang"), lambda p: p.title_back),
    "nip": (N_("NIP atau NI PPPK"), lambda p: p.nip or ""),
    "status": (N_("Status kepegawaian"), lambda p: STATUSES[p.asn_status]),
    "golongan": (N_("Golongan"), lambda p: p.rank),
    "unit": (N_("Unit kerja"), _unit),
    "jabatan": (N_("Jabatan"), _job),
    "atasan": (N_("Atasan langsung"), _superior),
    "instansi": (N_("Instansi"), _agency),
    "pns-orang-id": (N_("PNS Orang ID (nomor di SIASN)"), lambda p: p.pns_orang_id),
}
SECRET = {"nip"}
OURS = {"status"}


def of(person: Person) -> list[Fact]:
    """Return all that is stored, in the order of the page."""
    return [fact(person, field) for field in FIELDS]


def fact(person: Person, field: str) -> Fact:
    """Return one thing that is stored; raises KeyError for an unknown field."""
    label, value = FIELDS[field]
    return Fact(field, label, value(person), field in SECRET, field in OURS)
