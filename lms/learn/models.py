"""Table of answers to the checks inside lessons."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Bp, Id


class CheckAnswer(Base):
    """One answer to one check. Append-only; the newest is shown, none is graded."""

    __tablename__ = "check_answers"
    __table_args__ = (Index(None, "enrolment_id", "item_code"),)

    id: Mapped[Id]
    enrolment_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("enrolments.id", ondelete="RESTRICT")
    )
    item_code: Mapped[str] = mapped_column(String(80))
    check_code: Mapped[str] = mapped_column(String(80))
    question_version_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("question_versions.id", ondelete="RESTRICT")
    )
    answer: Mapped[Any] = mapped_column(JSON)
    score_bp: Mapped[Bp]
    at: Mapped[datetime]
