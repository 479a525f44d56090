"""Invented people to try the system with; only where nobody else can reach it."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.db import db
from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_

from . import moves, passwords, people, roles, units
from .demo_people import BKPSDM, DPMPTSP, EXTRAS, PLACES, Extra
from .models import Agency, Credential, Job, Person, Unit, UnitHead

PASSWORD = "jendela-pagi-42"  # noqa: S105  (published in README, refused elsewhere)


class DemoRefused(Conflict):
    message = N_(
        "Akun contoh hanya boleh ada di alamat setempat (127.0.0.1). Jangan mengisi"
        " LMS_DEMO, atau kembalikan LMS_HOST, LMS_BASE_URL, dan LMS_TRUSTED_PROXIES."
    )


@dataclass(frozen=True)
class Shown:
    """A demo account on the sign-in page."""

    email: str
    name: str
    part: str


SHOWN = (
    Shown("rani@contoh.go.id", "Rani Kusumawardhani", N_("peserta")),
    Shown("agus@contoh.go.id", "Agus Pranoto", N_("peserta di instansi lain")),
    Shown("hendra@contoh.go.id", "Dr. Hendra Saputra, M.Pd.", N_("pengajar")),
    Shown("yohanes@contoh.go.id", "Yohanes Tambing", N_("atasan Rani")),
    Shown("siti@contoh.go.id", "Siti Marlina", N_("pengelola SDM")),
    Shown("made@contoh.go.id", "Made Wirawan", N_("administrator")),
)

# code: name, office, city, SIASN id, signer, title, NIP, offices with their divisions
AGENCIES = {
    "6771": (
        "Pemerintah Kota Palangka Raya",
        "BKPSDM Kota Palangka Raya",
        "Palangka Raya",
        "A5EB03E23B4EF6A0E040640A040252AD",
        ("Dra. Kartini Bulan, M.Si.", "Kepala BKPSDM", "197003121994032901"),
        {
            "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia": (
                "Bidang Pengembangan Kompetensi",
            ),
            "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu": (
                "Bidang Pelayanan Perizinan",
                "Sekretariat",
            ),
            "Dinas Kependudukan dan Pencatatan Sipil": (
                "Bidang Pelayanan Pendaftaran Penduduk",
            ),
        },
    ),
    "5500": (
        "Pemerintah Provinsi Jambi",
        "BPSDM Provinsi Jambi",
        "Jambi",
        "A5EB03E23B4BF6A0E040640A040252AD",
        ("Drs. Mulyadi Hasan, M.M.", "Kepala BPSDM", "196902151993031902"),
        {
            "Badan Pengembangan Sumber Daya Manusia": ("Kelompok Widyaiswara",),
            "Dinas Komunikasi dan Informatika": ("Bidang Aplikasi Informatika",),
        },
    ),
    "6274": (
        "Pemerintah Kota Tangerang Selatan",
        "BKPSDM Kota Tangerang Selatan",
        "Tangerang Selatan",
        "A5EB03E23D65F6A0E040640A040252AD",
        ("Ir. Wulandari Sastra, M.A.P.", "Kepala BKPSDM", "197106201996032903"),
        {
            "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia": ("Sekretariat",),
            "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu": (
                "Bidang Pelayanan Perizinan",
            ),
        },
    ),
}


@dataclass(frozen=True)
class Part:
    """One demo person; `place` is agency code, office, division ("" = the office).

    heads  the unit they work in
    """

    name: str
    nip: str
    place: tuple[str, str, str]
    job: tuple[str, str, str]  # title, type, level
    status: str = "PNS"
    rank: str = ""
    titles: tuple[str, str] = ("", "")
    superior: str = ""
    roles: tuple[tuple[str, str], ...] = ()  # role, agency code
    heads: bool = False


PARTS = {
    "yohanes": Part(
        "Yohanes Tambing",
        "197711052003121904",
        ("6771", DPMPTSP, "Bidang Pelayanan Perizinan"),
        ("Kepala Bidang", "struktural", "administrator"),
        rank="III/d",
        heads=True,
    ),
    "rani": Part(
        "Rani Kusumawardhani",
        "199508252022212902",
        ("6771", DPMPTSP, "Bidang Pelayanan Perizinan"),
        ("Pengelola Layanan Administrasi Keuangan", "pelaksana", ""),
        status="PPPK",
        rank="VII",
        superior="yohanes",
    ),
    "siti": Part(
        "Siti Marlina",
        "198604182010012903",
        ("6771", BKPSDM, "Bidang Pengembangan Kompetensi"),
        ("Analis SDM Aparatur", "fungsional", "MU"),
        rank="III/d",
        roles=(("hr", "6771"),),
    ),
    "made": Part(
        "Made Wirawan",
        "197903122005011902",
        ("6771", BKPSDM, "Bidang Pengembangan Kompetensi"),
        ("Pranata Komputer", "fungsional", "MU"),
        rank="III/c",
        roles=tuple(("admin", code) for code in AGENCIES),
    ),
    "agus": Part(
        "Agus Pranoto",
        "199008172015031901",
        ("5500", "Dinas Komunikasi dan Informatika", "Bidang Aplikasi Informatika"),
        ("Pengolah Data dan Informasi", "pelaksana", ""),
        rank="III/a",
    ),
    "hendra": Part(
        "Hendra Saputra",
        "197502141999031905",
        ("5500", "Badan Pengembangan Sumber Daya Manusia", "Kelompok Widyaiswara"),
        ("Widyaiswara", "fungsional", "MA"),
        rank="IV/b",
        titles=("Dr.", "M.Pd."),
        roles=tuple(("instructor", code) for code in AGENCIES),
    ),
}


def _part(extra: Extra) -> Part:
    return Part(
        extra.name,
        extra.nip,
        PLACES[extra.place],
        extra.job,
        status=extra.status,
        rank=extra.rank,
        titles=extra.titles,
        superior=extra.superior,
        heads=extra.heads,
    )


EVERYBODY = PARTS | {extra.key: _part(extra) for extra in EXTRAS}


def check_address(host: str, base_url: str, proxies: int = 0) -> None:
    """Refuse demo people where others could reach them.

    host      the address the server listens on
    base_url  the address people type
    proxies   how many proxies are trusted; a proxy means others come in
    raises    DemoRefused
    """
    named = urlsplit(base_url).hostname or ""
    if proxies or not (_is_loopback(host) and _is_loopback(named)):
        raise DemoRefused


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def exist() -> bool:
    """Say whether demo people are in the database; production then does not start."""
    return (
        db.session.scalar(select(Person.id).where(Person.is_demo).limit(1)) is not None
    )


def add(session, now: datetime) -> int:
    """Add agencies, units and people that are missing; return how many people.

    The caller has asked `check_address`, and commits.
    """
    known = set(session.scalars(select(Person.email).where(Person.is_demo)))
    missing = {k: part for k, part in EVERYBODY.items() if _email(k) not in known}
    if not missing:
        return 0
    # Hashed before anything is written: no lock is held meanwhile. Those nobody is
    # invited to sign in as share one hash; making one takes a while.
    session.rollback()
    hashes = {key: passwords.make(PASSWORD) for key in missing if key in PARTS}
    shared = passwords.make(PASSWORD)
    today = now.astimezone(ZoneInfo("Asia/Jakarta")).date()
    for code, facts in AGENCIES.items():
        _add_agency(session, code, facts, today)
    added = []
    for key, part in missing.items():
        person = _add_person(session, key, part, today, now)
        added.append(person.id)
        session.add(
            Credential(
                person_id=person.id,
                password_hash=hashes.get(key, shared),
                changed_at=now,
            )
        )
    session.flush()
    moves.tell(added, now)
    return len(missing)


def _email(key: str) -> str:
    return f"{key}@contoh.go.id"


def _add_agency(session, code: str, facts, today) -> None:
    name, office, city, siasn_id, signer, offices = facts
    agency = session.scalar(select(Agency).where(Agency.code == code))
    if agency is None:
        signer_name, signer_title, signer_nip = signer
        agency = units.make_agency(
            code,
            name,
            office,
            today,
            city=city,
            siasn_id=siasn_id,
            signer_name=signer_name,
            signer_title=signer_title,
            signer_nip=signer_nip,
        )
    root = session.get_one(Unit, agency.unit_id)
    for office_name, divisions in offices.items():
        below = _unit(session, root, "office", office_name, today)
        for division in divisions:
            _unit(session, below, "division", division, today)


def _unit(session, parent: Unit, kind: str, name: str, today) -> Unit:
    found = session.scalar(
        select(Unit).where(Unit.parent_id == parent.id, Unit.name == name)
    )
    return found or units.make(parent, kind, name, today)


def _add_person(session, key: str, part: Part, today, now: datetime) -> Person:
    code, office, division = part.place
    agency = session.scalars(select(Agency).where(Agency.code == code)).one()
    root = session.get_one(Unit, agency.unit_id)
    unit = _unit(session, root, "office", office, today)
    if division:
        unit = _unit(session, unit, "division", division, today)
    superior = session.scalar(
        select(Person.id).where(Person.email == _email(part.superior))
    )
    person = people.add(
        unit,
        part.name,
        today=today,
        now=now,
        nip=part.nip,
        email=_email(key),
        asn_status=part.status,
        rank=part.rank,
        title_front=part.titles[0],
        title_back=part.titles[1],
        job_id=_job(session, *part.job).id,
        supervisor_id=superior,
        is_demo=True,
    )
    for role, over in part.roles:
        agency = session.scalars(select(Agency).where(Agency.code == over)).one()
        root = session.get_one(Unit, agency.unit_id)
        roles.grant(person, role, root, today=today, now=now)
    if part.heads:
        session.add(UnitHead(unit_id=unit.id, person_id=person.id, valid_from=today))
    return person


def _job(session, title: str, kind: str, level: str) -> Job:
    job = session.scalar(
        select(Job).where(Job.title == title, Job.type == kind, Job.level == level)
    )
    if job is None:
        job = Job(title=title, type=kind, level=level)
        session.add(job)
        session.flush()
    return job
