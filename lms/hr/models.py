"""Table of the exports that were taken, and of those that are being made."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id

WAITING, RUNNING, DONE, BROKEN, FAILED = (
    "waiting", "running", "done", "broken", "failed",
)  # fmt: skip
STATES = (WAITING, RUNNING, DONE, BROKEN, FAILED)


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class Taking(Base):
    """One export: begun, and what became of it.

    person_id   who asked; None = the command line
    filter      as described by Wanted; filter_key holds kind and rights as well
    since       number of the ledger it goes on from; None = everything
    seq         the newest number that it holds; the next one goes on from there
    state       waiting, running (a job) or running (being sent); then done, broken
                (the receiver went away), failed
    sha256      of the data, as manifest says; file_sha256 of the file
    total       rows expected, rows written so far
    kept_until  a file that was made in the background; None = sent at once
    """

    __tablename__ = "export_takings"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", "state"),
        Index(None, "person_id", "filter_key"),
        Index(None, "state", "asked_at"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    person_id: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    kind: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(12))
    filter: Mapped[dict[str, Any]] = mapped_column(JSON)
    filter_key: Mapped[str] = mapped_column(String(64))
    since: Mapped[int | None] = mapped_column(BigInt)
    since_at: Mapped[datetime | None]
    seq: Mapped[int | None] = mapped_column(BigInt)
    state: Mapped[str] = mapped_column(String(10))
    trouble: Mapped[str] = mapped_column(String(300), default="")
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    total: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    size_bytes: Mapped[int | None] = mapped_column(BigInt)
    file_name: Mapped[str] = mapped_column(String(120))
    kept_until: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
