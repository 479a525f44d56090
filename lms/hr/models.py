"""Tables of exports that were taken, and of the dashboard's sums, made anew at will."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
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


class FigureSum(Base):
    """How many, and how much, of one kind: see figure_parts.py.

    year       0 = of no year
    course_id  0 = all courses, or of none
    unit_id    where the people work today
    key        day of a deadline, code of a competency, else ""
    mark       month, band of JP or fact of a duty, else 0
    count      people, duties or completions
    total      JP or levels missing
    """

    __tablename__ = "figure_sums"

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    course_id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    unit_id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    job_type: Mapped[str] = mapped_column(String(20), primary_key=True)
    asn_status: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    mark: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    total: Mapped[int] = mapped_column(BigInt)


class PersonFigure(Base):
    """What a person adds to the sums, so that it can be taken out again.

    parts  as figure_parts.written makes it: the same facts give the same bytes
    """

    __tablename__ = "person_figures"

    person_id: Mapped[int] = mapped_column(
        BigInt, primary_key=True, autoincrement=False
    )
    parts: Mapped[str] = mapped_column(Text)


class FigureChange(Base):
    """Something changed that the sums stand on; written by triggers of the database.

    In the same transaction as the change, whoever makes it, so that none is missed:
    figures.sync takes them out again. See the migration for the triggers.
    whose  id of a person; 0 = everybody (rules changed)
    """

    __tablename__ = "figure_changes"
    __table_args__ = (Index(None, "whose"),)

    id: Mapped[Id]
    whose: Mapped[int] = mapped_column(BigInt)
