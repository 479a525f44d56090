"""Tables of what was sent to SIASN. The product itself sends nothing."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id

BELUM, SIAP, TERKIRIM, GAGAL, BATAL = "belum", "siap", "terkirim", "gagal", "batal"
STATES = (BELUM, SIAP, TERKIRIM, GAGAL, BATAL)
_KNOWN = f"state IN ({', '.join(repr(state) for state in STATES)})"


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class SiasnRecord(Base):
    """How far a completion is on its way to SIASN; no row = belum.

    state         siap = in a package that passed all checks; the return file makes it
                  terkirim or gagal
    rw_kursus_id  SIASN's own number, kept for ever; "" until it is known
    message       what SIASN said last, without tokens
    payload_sha   SHA-256 of the payload that is on its way, or that SIASN answered
    package       the package it was put into last; "" = none
    """

    __tablename__ = "siasn_records"
    __table_args__ = (
        CheckConstraint(_KNOWN, "state"),
        # One number of SIASN's is one record, whoever sends two answers at once.
        Index(
            "uq_siasn_records_number", "rw_kursus_id", unique=True,
            sqlite_where=text("rw_kursus_id <> ''"),
            postgresql_where=text("rw_kursus_id <> ''"),
        ),
    )  # fmt: skip

    completion_id: Mapped[int] = mapped_column(
        BigInt, _to("completions.id"), primary_key=True, autoincrement=False
    )
    state: Mapped[str] = mapped_column(String(10))
    rw_kursus_id: Mapped[str] = mapped_column(String(60), default="")
    message: Mapped[str] = mapped_column(String(300), default="")
    payload_sha: Mapped[str] = mapped_column(String(64), default="")
    package: Mapped[str] = mapped_column(String(24), default="")
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))


class SiasnChange(Base):
    """One change of such a state; append-only.

    package  that it was put into, or that was answered; "" = none
    payload  JSON as it stands in that package, only where it was put into one
    """

    __tablename__ = "siasn_changes"

    id: Mapped[Id]
    completion_id: Mapped[int] = mapped_column(
        BigInt, _to("completions.id"), index=True
    )
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    state: Mapped[str] = mapped_column(String(10))
    rw_kursus_id: Mapped[str] = mapped_column(String(60), default="")
    message: Mapped[str] = mapped_column(String(300), default="")
    payload_sha: Mapped[str] = mapped_column(String(64), default="")
    package: Mapped[str] = mapped_column(String(24), default="")
    payload: Mapped[str] = mapped_column(Text, default="")
