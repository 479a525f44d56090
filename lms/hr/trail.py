"""The audit log of the units one is HR of, said in sentences."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, cast, or_, select

from lms.accounts import roles
from lms.accounts.models import Job, Person, Unit
from lms.audit.models import AuditEntry
from lms.db import db
from lms.kernel.i18n import N_

PAGE = 50  # rows
# Places: who, object, and those that _places() fills from the facts.
SENTENCES = {
    "unit.made": N_("%(who)s membuat unit “%(object)s”."),
    "unit.renamed": N_("%(who)s mengganti nama unit “%(was)s” menjadi “%(name)s”."),
    "unit.edited": N_("%(who)s mengubah rincian unit “%(object)s”."),
    "unit.moved": N_(
        "%(who)s memindahkan unit “%(object)s” dari “%(from)s” ke bawah “%(to)s”."
    ),
    "unit.merged": N_(
        "%(who)s menggabungkan unit “%(object)s” ke “%(into)s”; %(people)s orang"
        " pindah."
    ),
    "unit.closed": N_("%(who)s menutup unit “%(object)s”."),
    "unit.head_set": N_(
        "%(who)s menetapkan %(person)s sebagai kepala unit “%(object)s”."
    ),
    "unit.head_ended": N_(
        "%(who)s mengakhiri tugas %(person)s sebagai kepala unit “%(object)s”."
    ),
    "unit.alias_added": N_("%(who)s menambah nama lain “%(name)s” bagi “%(object)s”."),
    "unit.alias_removed": N_(
        "%(who)s menghapus nama lain “%(name)s” dari “%(object)s”."
    ),
    "job.made": N_("%(who)s menambah jabatan “%(object)s”."),
    "job.edited": N_("%(who)s mengubah jabatan “%(object)s”: %(fields)s."),
    "job.merged": N_(
        "%(who)s menggabungkan jabatan “%(title)s” ke “%(target)s”; %(people)s orang"
        " beralih."
    ),
    "deputy.appointed": N_(
        "%(who)s menunjuk %(deputy)s sebagai pelaksana harian %(object)s."
    ),
    "deputy.ended": N_(
        "%(who)s mengakhiri penunjukan %(deputy)s sebagai pelaksana harian %(object)s."
    ),
    "role.granted": N_("%(who)s memberi %(object)s peran %(role)s di “%(unit)s”."),
    "role.revoked": N_("%(who)s mencabut peran %(role)s %(object)s di “%(unit)s”."),
    "person.deactivated": N_("%(who)s menonaktifkan akun %(object)s."),
    "person.siasn_id_changed": N_(
        "%(who)s mengubah pnsOrangId %(object)s dari %(before)s menjadi %(after)s."
        " Alasan: %(reason)s"
    ),
    "agency.changed": N_(
        "%(who)s mengubah pengaturan instansi “%(object)s”: %(fields)s."
    ),
    "jp_policy.added": N_(
        "%(who)s menambah kebijakan JP %(status)s mulai tahun %(year)s bagi"
        " “%(object)s”."
    ),
}
FIELDS = {
    "title": N_("nama"),
    "short_name": N_("nama singkat"),
    "kind": N_("jenis unit"),
    "siasn_unor_id": N_("Unor ID SIASN"),
    "type": N_("jenis"),
    "level": N_("jenjang"),
    "family": N_("rumpun"),
    "tags": N_("tag"),
    "office_name": N_("nama kantor"),
    "city": N_("kota"),
    "timezone": N_("zona waktu"),
    "signer_name": N_("penanda tangan"),
    "signer_title": N_("jabatan penanda tangan"),
    "signer_nip": N_("NIP penanda tangan"),
    "number_format": N_("bentuk nomor sertifikat"),
    "siasn_id": N_("ID instansi SIASN"),
}
ROLE_WORDS = {
    "hr": N_("pengelola SDM"),
    "admin": N_("administrator"),
    "instructor": N_("pengajar"),
}
SYSTEM = N_("Sistem")
GONE = N_("(tidak ada lagi)")
# Which fact names what.
UNITS, PEOPLE = ("from", "to", "into", "unit"), ("person", "deputy")


@dataclass(frozen=True, slots=True)
class Line:
    """One act. fields, role, own: texts marked with N_, to be translated first."""

    at: datetime
    sentence: str
    places: Mapping[str, str]
    fields: tuple[str, ...]
    role: str
    details: tuple[tuple[str, str, str], ...]  # what, before, after


def of(user, number: int = 1, role: str = "hr") -> tuple[list[Line], bool]:
    """Return a page of what was done in one's units, newest first, and if more is.

    role  hr or admin: whose units
    """
    entries = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.action.in_(SENTENCES), _concerns(user, role))
        .order_by(AuditEntry.id.desc())
        .limit(PAGE + 1)
        .offset((number - 1) * PAGE)
    ).all()
    shown = entries[:PAGE]
    named = _names(shown)
    return [_line(entry, named) for entry in shown], len(entries) > PAGE


def _concerns(user, role: str):
    held = roles.units_held(user, role)
    inside = select(Unit.id).where(held)
    people = select(Person.id).where(Person.unit_id.in_(inside))
    kind, number = AuditEntry.object_kind, AuditEntry.object_id
    as_text = select(cast(Unit.id, String)).where(held)
    people_as_text = select(cast(Person.id, String)).where(Person.unit_id.in_(inside))
    return or_(
        and_(kind.in_(("unit", "agency")), number.in_(as_text)),
        and_(kind == "person", number.in_(people_as_text)),
        and_(kind == "job", AuditEntry.actor_id.in_(people)),
    )


def said(line: Line, translated: Callable[[str], str]) -> str:
    """Return the act as a sentence; `translated` is gettext of the reader."""
    places = defaultdict(str, line.places)  # an older entry may lack one
    for key in ("who", "object"):
        if places[key] in (SYSTEM, GONE):
            places[key] = translated(places[key])
    places["fields"] = ", ".join(translated(field) for field in line.fields)
    places["role"] = translated(line.role) if line.role else ""
    return translated(line.sentence) % places


def _names(entries) -> dict[str, dict[int, str]]:
    """Return the names of units, people and jobs that the entries speak of."""
    wanted: dict[str, set[int]] = {"unit": set(), "person": set(), "job": set()}
    for entry in entries:
        kind = "unit" if entry.object_kind == "agency" else entry.object_kind
        wanted[kind].add(int(entry.object_id))
        wanted["person"].add(entry.actor_id or 0)
        wanted["unit"].update(_numbers(entry.facts, UNITS).values())
        wanted["person"].update(_numbers(entry.facts, PEOPLE).values())
    units = select(Unit.id, Unit.name).where(Unit.id.in_(wanted["unit"]))
    jobs = select(Job.id, Job.title).where(Job.id.in_(wanted["job"]))
    people = select(Person).where(Person.id.in_(wanted["person"]))
    return {
        "unit": dict(map(tuple, db.session.execute(units))),
        "job": dict(map(tuple, db.session.execute(jobs))),
        "person": {p.id: p.full_name for p in db.session.scalars(people)},
    }


def _line(entry: AuditEntry, named: dict[str, dict[int, str]]) -> Line:
    facts = entry.facts
    kind = "unit" if entry.object_kind == "agency" else entry.object_kind
    places = {
        key: str(facts[key]) for key in facts if isinstance(facts[key], str | int)
    }
    for kind_of, keys in (("unit", UNITS), ("person", PEOPLE)):
        for key, number in _numbers(facts, keys).items():
            places[key] = named[kind_of].get(number, GONE)
    who = named["person"].get(entry.actor_id, GONE) if entry.actor_id else SYSTEM
    thing = named[kind].get(int(entry.object_id), GONE)
    was, now = facts.get("was"), facts.get("is")
    is_pair = isinstance(was, dict) and isinstance(now, dict)
    fields = facts.get("fields") or (sorted(now) if is_pair else [])
    details = (
        [(FIELDS.get(k, k), was.get(k), now.get(k)) for k in now] if is_pair else []
    )
    return Line(
        at=entry.at,
        sentence=SENTENCES[entry.action],
        places=places | {"who": who, "object": thing},
        fields=tuple(FIELDS.get(name, name) for name in fields),
        role=ROLE_WORDS.get(facts.get("role", ""), ""),
        details=tuple((what, _text(a), _text(b)) for what, a, b in details),
    )


def _numbers(facts: dict, keys: tuple[str, ...]) -> dict[str, int]:
    return {key: facts[key] for key in keys if isinstance(facts.get(key), int)}


def _text(value) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")
