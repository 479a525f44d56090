"""Table of the transactional outbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Id


class OutboxEntry(Base):
    """One thing to do outside the database, at least once."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("topic", "dedup_key"),
        Index(None, "done_at", "due_at"),
    )

    id: Mapped[Id]
    topic: Mapped[str] = mapped_column(String(40))  # "mail"
    dedup_key: Mapped[str] = mapped_column(String(120))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(500), default="")
