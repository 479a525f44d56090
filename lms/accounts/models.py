"""Tables of people and organisation."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id

ASN_STATUSES = ("PNS", "CPNS", "PPPK", "PPPK_PW", "NON_ASN")
ID_KINDS = ("NIP", "NI_PPPK", "NRP", "NIK", "LAIN")
JOB_TYPES = ("struktural", "fungsional", "pelaksana", "rangkap")
UNIT_KINDS = ("agency", "office", "division", "section")
ROLES = ("instructor", "hr", "admin")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


def _to(target: str, ondelete: str = "RESTRICT"):
    return ForeignKey(target, ondelete=ondelete)


def full_name(front: str, name: str, back: str) -> str:
    """Write a name with titles: "Dr. Hendra Saputra, M.Pd."."""
    return f"{front + ' ' if front else ''}{name}{', ' + back if back else ''}"


class Unit(Base):
    """A node of an agency's tree; the agency itself is the root, its own agency.

    path  ids from the root down, "/1/4/9/": a sub-tree is one prefix
    """

    __tablename__ = "units"
    __table_args__ = (
        CheckConstraint(_one_of("kind", UNIT_KINDS), "kind"),
        CheckConstraint("(parent_id IS NULL) = (kind = 'agency')", "root_is_agency"),
        Index(None, "path"),
    )

    id: Mapped[Id]
    parent_id: Mapped[int | None] = mapped_column(BigInt, _to("units.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(BigInt, _to("units.id"))
    path: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(255))
    short_name: Mapped[str] = mapped_column(String(60), default="")
    siasn_unor_id: Mapped[str] = mapped_column(String(60), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # the last day; None = still there


class UnitHistory(Base):
    """What a unit was called and where it stood until a day; append-only."""

    __tablename__ = "unit_history"

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    parent_id: Mapped[int | None] = mapped_column(BigInt, _to("units.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class UnitHead(Base):
    """Who heads a unit, and so is the superior of its people without one; history."""

    __tablename__ = "unit_heads"
    __table_args__ = (
        Index(
            "uq_unit_heads_now", "unit_id", unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"))
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # the last day; None = still


class UnitAlias(Base):
    """Another name by which files of an agency call a unit: old ones, short ones.

    name  case-folded, as lms.kernel.text.one_line leaves it
    """

    __tablename__ = "unit_aliases"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)

    id: Mapped[Id]
    agency_id: Mapped[int] = mapped_column(BigInt, _to("units.id"))
    name: Mapped[str] = mapped_column(String(255))
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"), index=True)


class Agency(Base):
    """What belongs to the root of a unit tree: office, signer, zone, numbering.

    number_format  of certificates; places {urut} {urut:05d} {kursus} {instansi}
                   {bulan_romawi} {tahun}
    """

    __tablename__ = "agencies"

    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(4), unique=True)  # kodeCepat
    siasn_id: Mapped[str] = mapped_column(String(42), default="")
    office_name: Mapped[str] = mapped_column(String(255))  # "BKPSDM Kota …"
    city: Mapped[str] = mapped_column(String(80), default="")
    timezone: Mapped[str] = mapped_column(String(40), default="Asia/Jakarta")
    signer_name: Mapped[str] = mapped_column(String(160), default="")
    signer_title: Mapped[str] = mapped_column(String(160), default="")
    signer_nip: Mapped[str] = mapped_column(String(18), default="")
    number_format: Mapped[str] = mapped_column(
        String(120), default="{urut:05d}/{kursus}/{instansi}/{bulan_romawi}/{tahun}"
    )


class Job(Base):
    """A job title with its type, level (PT, MU, pengawas …) and family."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("title", "type", "level"),
        CheckConstraint(_one_of("type", JOB_TYPES), "type"),
    )

    id: Mapped[Id]
    title: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(30), default="")
    family: Mapped[str] = mapped_column(String(80), default="")


class JobTag(Base):
    """A word that groups jobs for assignments: "bendahara", "loket"."""

    __tablename__ = "job_tags"

    job_id: Mapped[int] = mapped_column(BigInt, _to("jobs.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(60), primary_key=True)


class Person(Base):
    """Someone with an account. Never deleted, only deactivated."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint(_one_of("asn_status", ASN_STATUSES), "asn_status"),
        CheckConstraint(_one_of("id_kind", ID_KINDS), "id_kind"),
        CheckConstraint("supervisor_id IS NULL OR supervisor_id <> id", "own_superior"),
        Index(None, "name"),  # lists of many thousand, page by page
        Index(None, "updated_at", "id"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    name: Mapped[str] = mapped_column(String(160))  # without titles
    title_front: Mapped[str] = mapped_column(String(60), default="")
    title_back: Mapped[str] = mapped_column(String(60), default="")
    nip: Mapped[str | None] = mapped_column(String(18), unique=True)
    id_kind: Mapped[str] = mapped_column(String(10), default="NIP")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # lower case
    asn_status: Mapped[str] = mapped_column(String(10))
    rank: Mapped[str] = mapped_column(String(20), default="")  # golongan
    pns_orang_id: Mapped[str] = mapped_column(String(42), default="")
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(BigInt, _to("jobs.id"), index=True)
    supervisor_id: Mapped[int | None] = mapped_column(
        BigInt, _to("people.id"), index=True
    )
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    @property
    def full_name(self) -> str:
        return full_name(self.title_front, self.name, self.title_back)


class Placement(Base):
    """Where a person worked, as what, until a day; append-only history."""

    __tablename__ = "placements"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"))
    job_id: Mapped[int | None] = mapped_column(BigInt, _to("jobs.id"))
    supervisor_id: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    asn_status: Mapped[str] = mapped_column(String(10))
    rank: Mapped[str] = mapped_column(String(20), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Deputy(Base):
    """Someone who acts for a superior (pelaksana harian) for a time."""

    __tablename__ = "deputies"
    __table_args__ = (CheckConstraint("superior_id <> deputy_id", "own_deputy"),)

    id: Mapped[Id]
    superior_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # the last day; None = until taken away
    granted_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class RoleGrant(Base):
    """A role over a unit, with or without its sub-units, for a time."""

    __tablename__ = "role_grants"
    __table_args__ = (CheckConstraint(_one_of("role", ROLES), "role"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"))
    with_subunits: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    granted_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Credential(Base):
    """The password hash (argon2id) of a person who has activated the account."""

    __tablename__ = "credentials"

    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    changed_at: Mapped[datetime]


class LoginSession(Base):
    """One signed-in browser; only the hash of its cookie is stored."""

    __tablename__ = "login_sessions"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(120), default="")
    proved_at: Mapped[datetime | None]  # the password was given again


class LoginFailure(Base):
    """Failed sign-ins of one account name (hashed, whether or not it exists)."""

    __tablename__ = "login_failures"

    account_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    open_at: Mapped[datetime]  # the next try is answered from then on


class KnownDevice(Base):
    """A browser this person has signed in with; exempt from the account's delay."""

    __tablename__ = "known_devices"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]


class OneTimeLink(Base):
    """Activation or reset: 256 random bits, hashed, used once."""

    __tablename__ = "one_time_links"
    __table_args__ = (CheckConstraint("purpose IN ('activate', 'reset')", "purpose"),)

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Preference(Base):
    """How a person wants the pages; no row = the site's defaults.

    text_size  percent of the usual size: 100, 115, 130, 150
    timezone   "" = that of the agency
    """

    __tablename__ = "preferences"
    __table_args__ = (
        CheckConstraint(_one_of("language", ("id", "en")), "language"),
        CheckConstraint(_one_of("theme", ("system", "light", "dark")), "theme"),
        CheckConstraint("text_size IN (100, 115, 130, 150)", "text_size"),
    )

    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), default="id")
    theme: Mapped[str] = mapped_column(String(10), default="system")
    text_size: Mapped[int] = mapped_column(default=100)
    data_saver: Mapped[bool] = mapped_column(default=False)
    timezone: Mapped[str] = mapped_column(String(40), default="")
    updated_at: Mapped[datetime]


class EmailChange(Base):
    """A new e-mail address that waits for its owner to open the link sent there."""

    __tablename__ = "email_changes"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))  # lower case
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class CorrectionRequest(Base):
    """A person says that what HR has stored about them is wrong.

    field   column of people, or unit, job, superior
    said    what was stored when it was asked, as shown
    due_at  the law gives three days: UU 27/2022 art. 30
    is_applied  the answer changed what is stored; else the next import does
    """

    __tablename__ = "correction_requests"
    __table_args__ = (
        CheckConstraint(
            _one_of("state", ("open", "done", "refused", "withdrawn")), "state"
        ),
        Index(None, "state", "due_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    field: Mapped[str] = mapped_column(String(30))
    said: Mapped[str] = mapped_column(String(255), default="")
    wanted: Mapped[str] = mapped_column(String(255))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="open")
    answer: Mapped[str] = mapped_column(String(1000), default="")
    answered_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    answered_at: Mapped[datetime | None]
    is_applied: Mapped[bool] = mapped_column(default=False, server_default=false())
