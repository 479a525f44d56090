"""Tables of the audit log, and of who saw whose data."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id


class AuditEntry(Base):
    """One act. Never updated, never deleted; holds ids, no names and no NIP."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "object_kind", "object_id"),
        Index(None, "action", "id"),  # the trail of one kind of acts, newest first
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]  # person; None = command line or system
    action: Mapped[str] = mapped_column(String(60))  # "person.imported"
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class DataAccess(Base):
    """Somebody looked at, or took out, what is stored about people. Append-only.

    kind  viewed, exported
    what  a text of ours (marked with N_), e.g. the name of an export
    """

    __tablename__ = "data_accesses"
    __table_args__ = (
        CheckConstraint("kind IN ('viewed', 'exported')", "kind"),
        Index(None, "actor_id", "at"),
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]  # person; None = command line
    kind: Mapped[str] = mapped_column(String(10))
    what: Mapped[str] = mapped_column(String(120))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class DataAccessPerson(Base):
    """Whose data an access showed; one row per person."""

    __tablename__ = "data_access_people"

    person_id: Mapped[int] = mapped_column(
        BigInt, primary_key=True, autoincrement=False
    )
    access_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("data_accesses.id", ondelete="RESTRICT"), primary_key=True
    )
