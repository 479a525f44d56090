"""Tables of people imports: runs, their kept files, findings, an office's columns."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id

STATES = (
    "waiting", "checking", "ready", "refused", "applying", "applied", "expired",
    "failed",
)  # fmt: skip
FILE_KINDS = ("source", "origins", "rejected", "rows", "gone", "changes", "news")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


class ImportRun(Base):
    """One file that HR handed in: how far it is, what it would do, what it did.

    done, total  rows checked so far, rows in all
    counts       new, changed, moved, deactivated, same, gone, units, jobs; as shown
    plan_digest  of what would be written, as import_digest makes it
    heading      {"row": n, "texts": [...], "names": [...]} of the file
    leaving      ids of people whom HR ticked as gone, to be deactivated
    message      why it failed or must be looked at again; Indonesian, marked
    """

    __tablename__ = "people_imports"
    __table_args__ = (
        CheckConstraint(_one_of("state", STATES), "state"),
        Index(None, "agency_id", "created_at"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    agency_id: Mapped[int] = mapped_column(BigInt, ForeignKey("units.id"))
    created_by: Mapped[int] = mapped_column(BigInt, ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(160))
    size_bytes: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    state_at: Mapped[datetime]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    plan_digest: Mapped[str] = mapped_column(String(64), default="")
    heading: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    errors: Mapped[int] = mapped_column(default=0)
    warnings: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    leaving: Mapped[list[int]] = mapped_column(JSON, default=list)
    message: Mapped[str] = mapped_column(String(300), default="")
    applied_by: Mapped[int | None] = mapped_column(BigInt, ForeignKey("people.id"))
    applied_at: Mapped[datetime | None]


class ImportFile(Base):
    """What is kept of a run until it is applied, or for some days."""

    __tablename__ = "people_import_files"
    __table_args__ = (CheckConstraint(_one_of("kind", FILE_KINDS), "kind"),)

    run_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("people_imports.id"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ImportFinding(Base):
    """What is wrong or doubtful in a cell of a run's file.

    row_number   of the joined sheet, by which the list is in order
    shown_row    as the reader's spreadsheet program counts, in the file in hand
    column_name  ours, or what the file calls it
    heading      of the column in the file, "" = it has none
    person_name  whom the row names
    file_name    of mended rows; "" = the file that was handed in first
    message      marked text; its places are filled from `facts`
    """

    __tablename__ = "people_import_findings"
    __table_args__ = (Index(None, "run_id", "is_error", "row_number"),)

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(BigInt, ForeignKey("people_imports.id"))
    row_number: Mapped[int]
    shown_row: Mapped[int]
    column_name: Mapped[str] = mapped_column(String(60))
    heading: Mapped[str] = mapped_column(String(120))
    person_name: Mapped[str] = mapped_column(String(120))
    sheet_name: Mapped[str] = mapped_column(String(120))
    file_name: Mapped[str] = mapped_column(String(160))
    letter: Mapped[str] = mapped_column(String(4))
    message: Mapped[str] = mapped_column(String(400))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_error: Mapped[bool]


class ImportColumn(Base):
    """Which of our columns an office means by a heading; "" = none of them."""

    __tablename__ = "people_import_columns"

    agency_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("units.id"), primary_key=True
    )
    heading: Mapped[str] = mapped_column(String(120), primary_key=True)
    column_name: Mapped[str] = mapped_column(String(30))
