"""Tables of what jobs ask and of levels that people have shown."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class JobLevel(Base):
    """A level of jobs (jenjang) and what it asks of the nine core competencies."""

    __tablename__ = "job_levels"

    code: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    type: Mapped[str] = mapped_column(String(20))  # struktural, fungsional, pelaksana
    core_level: Mapped[int]
    is_sure: Mapped[bool]
    place: Mapped[int]  # order in the file


class JobFamily(Base):
    """A family of jobs (rumpun)."""

    __tablename__ = "job_families"

    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(String(160))


class Requirement(Base):
    """A level that a family of jobs asks; job_level "" = every level of jobs."""

    __tablename__ = "requirements"
    __table_args__ = (UniqueConstraint("family", "job_level", "competency"),)

    id: Mapped[Id]
    family: Mapped[str] = mapped_column(String(80), _to("job_families.code"))
    job_level: Mapped[str] = mapped_column(String(30), default="")
    competency: Mapped[str] = mapped_column(String(20))
    level: Mapped[int]


class ShownLevel(Base):
    """A level somebody found a person to have. Append-only; the newest counts.

    kind  assessed (ditetapkan), observed (teramati)
    """

    __tablename__ = "shown_levels"
    __table_args__ = (
        CheckConstraint("kind IN ('assessed', 'observed')", "kind"),
        CheckConstraint("level BETWEEN 0 AND 5", "level"),
        Index(None, "person_id", "competency"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    competency: Mapped[str] = mapped_column(String(20))
    level: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    found_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300), default="")
    recorded_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    recorded_at: Mapped[datetime]
