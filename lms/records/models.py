"""Tables of enrolments, facts, completions, ledger, JP and certificates."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Bp, Id

from . import ledger_guard

FACTS = ("opened", "read", "check_answered", "check_right", "passed", "filled")
ENTRY_KINDS = ("completion", "jp", "certificate", "correction", "revocation")


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


class Enrolment(Base):
    """A person takes a course: one row per edition and period.

    release_id  the terbitan whose passing rule and required items bind this learner
    period      "2026" for yearly courses, else ""; with ".2" behind it where HR lets
                somebody begin again, see retakes.py
    """

    __tablename__ = "enrolments"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "edition", "period"),
        Index(None, "course_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    release_id: Mapped[int] = mapped_column(BigInt, _to("releases.id"))
    edition: Mapped[int]
    period: Mapped[str] = mapped_column(String(10), default="")
    started_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]  # taking part again empties it


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An enrolment as read for a page: its values, without a row to change."""

    id: int
    person_id: int
    course_id: int
    release_id: int
    edition: int
    period: str
    started_at: datetime
    withdrawn_at: datetime | None


class EnrolmentEvent(Base):
    """Enrolled, withdrew, came back, bound anew: append-only."""

    __tablename__ = "enrolment_events"

    id: Mapped[Id]
    enrolment_id: Mapped[int] = mapped_column(BigInt, _to("enrolments.id"), index=True)
    # enrolled, withdrew, returned, again, rebound (to what a later release asks)
    kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None]
    at: Mapped[datetime]


class ItemFact(Base):
    """Something that is true of a person and an item, once and for good.

    subject    the check's code for check facts, else ""
    score_bp   of the attempt, run or work that earned a "passed" fact: the best so far
    proof_id   id of that attempt or run, by the item's kind; None = of a work. They
               stand higher, so no foreign key
    """

    __tablename__ = "item_facts"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "item_code", "fact", "subject"),
        CheckConstraint(_one_of("fact", FACTS), "fact"),
        CheckConstraint("score_bp BETWEEN 0 AND 10000", "score_range"),
    )

    id: Mapped[Id]
    enrolment_id: Mapped[int] = mapped_column(BigInt, _to("enrolments.id"))
    item_code: Mapped[str] = mapped_column(String(80))
    fact: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(80), default="")
    score_bp: Mapped[Bp | None]
    proof_id: Mapped[int | None] = mapped_column(BigInt)
    at: Mapped[datetime]


class LedgerEntry(Base):
    """One line of the append-only, hash-chained book; triggers refuse changes.

    body  canonical JSON (sorted keys, whole numbers and texts only), as hashed;
          repeats the other columns; holds internal person ids, no name and no NIP
    hash  SHA-256 of "kelas-asn/ledger/1", seq, prev_hash and body: see hashing.py
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint(_one_of("kind", ENTRY_KINDS), "kind"),
        Index(None, "at", "seq"),
    )

    seq: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Completion(Base):
    """A finished course as HR needs it; each row stands on its ledger entry.

    Unit, office, job and status are those of the day of completion.
    jp     after corrections; year = that of the completion in the agency's zone
    state  valid, revoked
    """

    __tablename__ = "completions"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "edition", "period"),
        CheckConstraint("state IN ('valid', 'revoked')", "state"),
        CheckConstraint("score_bp BETWEEN 0 AND 10000", "score_range"),
        Index(None, "unit_id", "finished_on"),
        Index(None, "person_id", "year"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)  # id_rekaman
    seq: Mapped[int] = mapped_column(BigInt, _to("ledger_entries.seq"), unique=True)
    enrolment_id: Mapped[int] = mapped_column(BigInt, _to("enrolments.id"), unique=True)
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    release_id: Mapped[int] = mapped_column(BigInt, _to("releases.id"))
    edition: Mapped[int]
    period: Mapped[str] = mapped_column(String(10), default="")
    course_code: Mapped[str] = mapped_column(String(80))
    course_title: Mapped[str] = mapped_column(String(255))
    agency_id: Mapped[int] = mapped_column(BigInt, _to("units.id"))
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"))
    office_name: Mapped[str] = mapped_column(String(255))  # perangkat daerah
    unit_name: Mapped[str] = mapped_column(String(255))
    unor_id: Mapped[str] = mapped_column(String(60), default="")
    job_title: Mapped[str] = mapped_column(String(200), default="")
    job_type: Mapped[str] = mapped_column(String(20), default="")
    job_level: Mapped[str] = mapped_column(String(30), default="")
    asn_status: Mapped[str] = mapped_column(String(10))
    rank: Mapped[str] = mapped_column(String(20), default="")
    started_on: Mapped[date]
    finished_on: Mapped[date]
    finished_at: Mapped[datetime]
    year: Mapped[int]
    jp: Mapped[int]
    training_form: Mapped[int]  # SIASN jenisDiklat
    organiser: Mapped[str] = mapped_column(String(255), default="")
    score_bp: Mapped[Bp | None]
    competencies: Mapped[str] = mapped_column(String(500), default="")  # A;B
    competency_level: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10), default="valid")


class Certificate(Base):
    """What was printed for a completion; frozen at issue.

    seq      its ledger entry, which holds the hash of `printed`
    signer   name, as printed; a column because exports want it without the rest
    revoked_ground, corrected_ground    what strangers read of why, see grounds.py;
             the reason itself is for its owner and HR
    """

    __tablename__ = "certificates"
    __table_args__ = (UniqueConstraint("agency_id", "number"),)

    id: Mapped[Id]
    completion_id: Mapped[int] = mapped_column(
        BigInt, _to("completions.id"), unique=True
    )
    seq: Mapped[int] = mapped_column(BigInt, _to("ledger_entries.seq"), unique=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    number: Mapped[str] = mapped_column(String(160))
    agency_id: Mapped[int] = mapped_column(BigInt, _to("units.id"))
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    issued_on: Mapped[date]
    signer: Mapped[str] = mapped_column(String(160), default="")
    printed: Mapped[dict[str, Any]] = mapped_column(JSON)
    revoked_on: Mapped[date | None]
    revoked_reason: Mapped[str] = mapped_column(String(500), default="")
    revoked_ground: Mapped[str] = mapped_column(
        String(20), default="", server_default=""
    )
    corrected_ground: Mapped[str] = mapped_column(
        String(20), default="", server_default=""
    )


class CertificateCounter(Base):
    """The last number an agency has given in a year; numbers are never reused."""

    __tablename__ = "certificate_counters"

    agency_id: Mapped[int] = mapped_column(BigInt, _to("units.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Evidence(Base):
    """A completion speaks for a competency at a level (dipelajari)."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("completion_id", "competency"),)

    id: Mapped[Id]
    completion_id: Mapped[int] = mapped_column(BigInt, _to("completions.id"))
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    competency: Mapped[str] = mapped_column(String(20))
    level: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20), default="learned")
    at: Mapped[datetime]


class JpRule(Base):
    """One form of training (SIASN jenisDiklat) and how it counts; edited by HR."""

    __tablename__ = "jp_rules"

    form: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(120))
    track: Mapped[str] = mapped_column(String(20))  # klasikal, nonklasikal
    letter: Mapped[str] = mapped_column(String(1))  # T, F, P
    rule: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(300))
    is_sure: Mapped[bool]


class JpPolicy(Base):
    """Target and cap of JP per ASN status and year; agency None = all agencies."""

    __tablename__ = "jp_policies"
    __table_args__ = (UniqueConstraint("agency_id", "asn_status", "from_year"),)

    id: Mapped[Id]
    agency_id: Mapped[int | None] = mapped_column(BigInt, _to("units.id"))
    asn_status: Mapped[str] = mapped_column(String(10))
    from_year: Mapped[int]
    target: Mapped[int | None]  # JP a year
    cap: Mapped[int | None]  # JP a year; informs, never blocks
    source: Mapped[str] = mapped_column(String(300))
    is_sure: Mapped[bool]


class IpRule(Base):
    """A part of the competency dimension of IP ASN and its points; edited by HR.

    job_type  pelaksana, struktural, fungsional
    part      jp (20 JP reached), seminar, core (leadership or functional training)
    points    tenths of a point: 225 = 22.5
    """

    __tablename__ = "ip_rules"
    __table_args__ = (UniqueConstraint("job_type", "part"),)

    id: Mapped[Id]
    job_type: Mapped[str] = mapped_column(String(20))
    part: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(160))
    points: Mapped[int]
    source: Mapped[str] = mapped_column(String(300))
    is_sure: Mapped[bool]


class CertificateFile(Base):
    """The PDF of a certificate: made once, the same bytes for ever."""

    __tablename__ = "certificate_files"

    certificate_id: Mapped[int] = mapped_column(
        BigInt, _to("certificates.id"), primary_key=True
    )
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


class AmendmentProof(Base):
    """On what a revocation or correction rests; append-only.

    seq        the ledger entry that it speaks for
    reference  of the letter: "800/123/BKPSDM/2026"
    """

    __tablename__ = "amendment_proofs"

    id: Mapped[Id]
    seq: Mapped[int] = mapped_column(BigInt, _to("ledger_entries.seq"), unique=True)
    completion_id: Mapped[int] = mapped_column(
        BigInt, _to("completions.id"), index=True
    )
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    reference: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    recorded_at: Mapped[datetime]


class ProofFile(Base):
    """The scanned letter of a proof; only HR of the unit may take it out.

    kind  pdf, png, jpg: as its content says, not its name
    """

    __tablename__ = "proof_files"

    proof_id: Mapped[int] = mapped_column(
        BigInt, _to("amendment_proofs.id"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(4))
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary)


for _statement in ledger_guard.on_create():
    event.listen(LedgerEntry.__table__, "after_create", _statement)
