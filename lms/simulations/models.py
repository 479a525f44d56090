"""Tables of simulations: runs, the steps taken in them, and runs granted."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, BigInt, Bp, Id
from lms.records.models import Enrolment


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class Run(Base):
    """One time through a simulation: begun, then ended, then never changed again.

    item_version_id  the texts, choices and points it is played by, to its end
    ending           good, fair, poor; "" while it runs
    """

    __tablename__ = "simulation_runs"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "item_code", "number"),
        CheckConstraint("number >= 1", "number"),
        CheckConstraint("score_bp BETWEEN 0 AND 10000", "score_range"),
        CheckConstraint("(ended_at IS NULL) = (score_bp IS NULL)", "scored_when_ended"),
        Index(None, "course_id", "item_code"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(BigInt, _to("enrolments.id"))
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    item_code: Mapped[str] = mapped_column(String(80))
    item_version_id: Mapped[int] = mapped_column(
        BigInt, _to("item_versions.id"), index=True
    )
    number: Mapped[int]  # 1 = first run
    pass_bp: Mapped[Bp]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    score_bp: Mapped[Bp | None]
    ending: Mapped[str] = mapped_column(String(10), default="", server_default="")
    version: Mapped[int] = mapped_column()  # an update of a changed row is refused

    # Every use of a run asks whether its enrolment still stands.
    enrolment: Mapped[Enrolment] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__: ClassVar = {"version_id_col": version}

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None

    @property
    def passed(self) -> bool:
        return self.score_bp is not None and self.score_bp >= self.pass_bp


class Step(Base):
    """A choice made in a run; append-only, in order from 1.

    scene, choice  where, and which one by its number in the version played
    to             the scene it led to
    """

    __tablename__ = "simulation_steps"
    __table_args__ = (
        UniqueConstraint("run_id", "number"),
        CheckConstraint("number >= 1", "number"),
    )

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(BigInt, _to("simulation_runs.id"))
    number: Mapped[int]
    scene: Mapped[str] = mapped_column(String(60))
    choice: Mapped[int]
    to: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class RunGrant(Base):
    """One more run than a simulation allows, with its reason; append-only.

    number  of the run it allows: the same one granted twice is one
    """

    __tablename__ = "simulation_grants"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "item_code", "number"),
        CheckConstraint("number >= 2", "number"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(BigInt, _to("enrolments.id"))
    item_code: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    granted_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    granted_at: Mapped[datetime]
