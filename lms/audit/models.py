"""Table of the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Id


class AuditEntry(Base):
    """One act. Never updated, never deleted; holds ids, no names and no NIP."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "object_kind", "object_id"),)

    id: Mapped[Id]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]  # person; None = command line or system
    action: Mapped[str] = mapped_column(String(60))  # "person.imported"
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
