"""Tables of the quiz feature."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, BigInt, Bp, Id
from lms.records.models import Enrolment

GRACE = timedelta(seconds=30)  # a slow network may deliver a last answer this late


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class Attempt(Base):
    """One try at one quiz: open, then submitted, then never changed again.

    layout        [{"q": question_version_id, "options": [numbers as shown],
                  "points": n}, …] in the order shown
    submitted_at  for an attempt that ran out: its deadline, not when it was noticed
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "item_code", "number"),
        CheckConstraint("number >= 1", "number"),
        CheckConstraint("score_bp BETWEEN 0 AND 10000", "score_range"),
        CheckConstraint(
            "(submitted_at IS NULL) = (score_bp IS NULL)", "graded_when_submitted"
        ),
        Index(None, "submitted_at", "closes_at"),  # those that ran out
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(BigInt, _to("enrolments.id"))
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    item_code: Mapped[str] = mapped_column(String(80))
    item_version_id: Mapped[int] = mapped_column(BigInt, _to("item_versions.id"))
    number: Mapped[int]  # 1 = first try
    pass_bp: Mapped[Bp]
    layout: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]  # None = no time limit
    submitted_at: Mapped[datetime | None]
    score_bp: Mapped[Bp | None]
    # More time than others get, pinned when the attempt begins.
    extra_percent: Mapped[int] = mapped_column(default=0, server_default="0")
    version: Mapped[int] = mapped_column()  # an update of a changed row is refused

    # Every use of an attempt asks whether its enrolment still stands.
    enrolment: Mapped[Enrolment] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (read once)

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def passed(self) -> bool:
        return self.score_bp is not None and self.score_bp >= self.pass_bp

    def is_over(self, now: datetime) -> bool:
        """Say whether the time, with its grace, has run out."""
        return self.closes_at is not None and now > self.closes_at + GRACE


class AnswerSave(Base):
    """One saved answer; append-only, the highest seq of a slot counts.

    seq     rises per slot as the learner changes the answer; below 1 it is history
            only: another device had answered since, or the attempt was closed
    answer  JSON as lms.courseware.grading reads it; null = taken back
    device  a random name of the browser that sent it, "" without scripts
    """

    __tablename__ = "answer_saves"
    __table_args__ = (UniqueConstraint("attempt_id", "slot", "seq"),)

    id: Mapped[Id]
    attempt_id: Mapped[int] = mapped_column(BigInt, _to("attempts.id"))
    slot: Mapped[int]  # 0-based place in the layout
    seq: Mapped[int]
    answer: Mapped[Any] = mapped_column(JSON)
    device: Mapped[str] = mapped_column(String(36), default="", server_default="")
    saved_at: Mapped[datetime]


class AttemptFlag(Base):
    """A question the learner marked to come back to; taking it off empties `is_on`."""

    __tablename__ = "attempt_flags"

    attempt_id: Mapped[int] = mapped_column(
        BigInt, _to("attempts.id"), primary_key=True
    )
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_on: Mapped[bool]


class SlotScore(Base):
    """What each question of a submitted attempt earned."""

    __tablename__ = "slot_scores"

    attempt_id: Mapped[int] = mapped_column(
        BigInt, _to("attempts.id"), primary_key=True
    )
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_version_id: Mapped[int] = mapped_column(
        BigInt, _to("question_versions.id"), index=True
    )
    score_bp: Mapped[Bp]


class TimeAllowance(Base):
    """More time in quizzes for one person, with its reason; append-only but its end.

    percent  on top of the time limit: 50 = half as long again
    """

    __tablename__ = "time_allowances"
    __table_args__ = (CheckConstraint("percent BETWEEN 1 AND 300", "percent"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    percent: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    granted_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(500), default="", server_default="")


class AttemptGrant(Base):
    """One more attempt at a quiz than it allows, with its reason; append-only.

    number  of the attempt it allows: the same one granted twice is one
    """

    __tablename__ = "attempt_grants"
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
