"""Tables of the author feature: what was reviewed, and what follows from it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class ChangeReview(Base):
    """What somebody agreed to when a release was published; append-only.

    changes  [{"code", "tint", "item", "question", "old", "new"}, …]
    choices  {"questions": {code: "keep" | "again" | "right"}, "rule": "new" | "all",
              "takes_passes": bool}
    """

    __tablename__ = "change_reviews"

    id: Mapped[Id]
    release_id: Mapped[int] = mapped_column(BigInt, _to("releases.id"), unique=True)
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"), index=True)
    note: Mapped[str] = mapped_column(String(500))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    at: Mapped[datetime]


class FormerCode(Base):
    """A question was called otherwise before (`Dulu:`); append-only."""

    __tablename__ = "former_codes"
    __table_args__ = (UniqueConstraint("course_id", "code", "former"),)

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    code: Mapped[str] = mapped_column(String(80))
    former: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class Rebinding(Base):
    """A release whose requirements bind those too who are taking the course.

    upto  enrolments up to this id are done
    """

    __tablename__ = "rebindings"

    id: Mapped[Id]
    release_id: Mapped[int] = mapped_column(BigInt, _to("releases.id"), unique=True)
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    by_id: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    at: Mapped[datetime]
    upto: Mapped[int] = mapped_column(BigInt, default=0)
    finished_at: Mapped[datetime | None]
