"""The people of the tests; the same names as in the demo and the documents."""

from dataclasses import dataclass
from datetime import date, datetime

from lms.accounts.models import (
    Agency,
    Credential,
    Job,
    Person,
    Placement,
    RoleGrant,
    Unit,
)

START = date(2024, 1, 1)


@dataclass(frozen=True)
class Part:
    """One of the cast: ids are fixed, so tests may write them down."""

    id: int
    name: str
    nip: str
    unit_id: int
    status: str = "PNS"
    role: tuple[str, int] | None = None  # role, unit
    job_id: int | None = 1
    supervisor_id: int | None = None


# Units: 1 Palangka Raya > 2 BKPSDM, 3 DPMPTSP > 4 Bidang; 5 Jambi > 6 BPSDM
CAST = {
    "made": Part(1, "Made Wirawan", "197903122005011902", 2, role=("admin", 1)),
    "siti": Part(2, "Siti Marlina", "198604182010012903", 2, role=("hr", 1)),
    "yohanes": Part(3, "Yohanes Tambing", "197711052003121904", 3),
    "rani": Part(
        4, "Rani Kusumawardhani", "199508252022212902", 4, "PPPK", supervisor_id=3
    ),
    "agus": Part(5, "Agus Pranoto", "199008172015031901", 6),
    "hendra": Part(
        6, "Hendra Saputra", "197502141999031905", 6, role=("instructor", 5)
    ),
}

UNITS = (
    (1, None, 1, "/1/", "agency", "Pemerintah Kota Palangka Raya"),
    (2, 1, 1, "/1/2/", "office", "Badan Kepegawaian dan Pengembangan SDM"),
    (3, 1, 1, "/1/3/", "office", "Dinas Penanaman Modal dan PTSP"),
    (4, 3, 1, "/1/3/4/", "division", "Bidang Pelayanan Perizinan"),
    (5, None, 5, "/5/", "agency", "Pemerintah Provinsi Jambi"),
    (6, 5, 5, "/5/6/", "office", "Badan Pengembangan SDM"),
)


def add_cast(session, now: datetime) -> None:
    """Add both agencies and the six people. The caller commits."""
    for number, parent, agency, path, kind, name in UNITS:
        session.add(
            Unit(
                id=number,
                parent_id=parent,
                agency_id=agency,
                path=path,
                kind=kind,
                name=name,
                valid_from=START,
            )
        )
        session.flush()
    for unit, code, office, city in (
        (1, "6771", "BKPSDM Kota Palangka Raya", "Palangka Raya"),
        (5, "5500", "BPSDM Provinsi Jambi", "Jambi"),
    ):
        session.add(
            Agency(
                unit_id=unit,
                code=code,
                office_name=office,
                city=city,
                signer_name="Drs. Lukas Binti",
                signer_title="Kepala Badan",
            )
        )
    session.add(
        Job(
            id=1,
            title="Pengelola Layanan Administrasi Keuangan",
            type="pelaksana",
            family="keuangan",
        )
    )
    session.flush()
    for key, part in CAST.items():
        _add_person(session, key, part, now)
    session.flush()
    _move_sequences(session)


def _add_person(session, key: str, part: Part, now: datetime) -> None:
    session.add(
        Person(
            id=part.id,
            uid=f"00000000-0000-4000-8000-{part.id:012}",
            name=part.name,
            nip=part.nip,
            id_kind="NI_PPPK" if part.status == "PPPK" else "NIP",
            email=f"{key}@contoh.go.id",
            asn_status=part.status,
            unit_id=part.unit_id,
            job_id=part.job_id,
            supervisor_id=part.supervisor_id,
            created_at=now,
            updated_at=now,
        )
    )
    session.flush()
    session.add(
        Placement(
            person_id=part.id,
            unit_id=part.unit_id,
            job_id=part.job_id,
            supervisor_id=part.supervisor_id,
            asn_status=part.status,
            valid_from=START,
        )
    )
    session.add(Credential(person_id=part.id, password_hash="-", changed_at=now))
    if part.role:
        role, unit = part.role
        session.add(
            RoleGrant(
                person_id=part.id,
                role=role,
                unit_id=unit,
                valid_from=START,
                granted_at=now,
            )
        )


def _move_sequences(session) -> None:
    """Fixed ids do not move PostgreSQL's sequences; later inserts would clash."""
    from sqlalchemy import text

    if session.get_bind().dialect.name == "postgresql":
        for table in ("units", "jobs", "people"):
            session.execute(text(f"ALTER SEQUENCE {table}_id_seq RESTART WITH 1000"))
