"""Tables of the quiz feature."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    func,
    select,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from lms.db import Base, BigInt, Bp, Id
from lms.records.models import Enrolment

GRACE = timedelta(seconds=30)  # a slow network may deliver a last answer this late


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class Attempt(Base):
    """One try at one quiz: open, then submitted, then never changed again.

    layout        [{"q": question_version_id, "options": [numbers as shown],
                  "points": n}, …] in the order shown
    waited        how many of its questions a person had to grade when it was handed in
    submitted_at  for an attempt that ran out: its deadline, not when it was noticed
    graded_bp     as it was graded when handed in, for good
    score_bp      as it counts: the newest rescore, else graded_bp; the least it can
                  become while some of it waits
    waiting       how many of its questions a person has still to grade
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
        # figures of a quiz
        Index(None, "course_id", "item_code", "person_id", "submitted_at"),
        Index(  # what people grade: few of many, the longest waiting first
            "ix_attempts_waiting",
            "course_id",
            "submitted_at",
            sqlite_where=text("waiting > 0"),
            postgresql_where=text("waiting > 0"),
        ),
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
    graded_bp: Mapped[Bp | None] = mapped_column("score_bp")
    # More time than others get, pinned when the attempt begins.
    extra_percent: Mapped[int] = mapped_column(default=0, server_default="0")
    waited: Mapped[int] = mapped_column("waiting", default=0, server_default="0")
    version: Mapped[int] = mapped_column()  # an update of a changed row is refused

    if TYPE_CHECKING:
        # Of the newest rescore; None = never counted again.
        again_bp: int | None
        still_waiting: int | None

    # Every use of an attempt asks whether its enrolment still stands.
    enrolment: Mapped[Enrolment] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__: ClassVar = {"version_id_col": version}

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @hybrid_property
    def score_bp(self) -> int | None:
        return self.graded_bp if self.again_bp is None else self.again_bp

    @score_bp.inplace.setter
    def _grade(self, score_bp: int | None) -> None:
        self.graded_bp = score_bp

    @score_bp.inplace.expression
    @classmethod
    def _counting(cls) -> ColumnElement[int | None]:
        return func.coalesce(cls.again_bp, cls.graded_bp)

    @hybrid_property
    def waiting(self) -> int:
        return self.waited if self.still_waiting is None else self.still_waiting

    @waiting.inplace.expression
    @classmethod
    def _waiting_now(cls) -> ColumnElement[int]:
        return func.coalesce(cls.still_waiting, cls.waited)

    @property
    def is_waiting(self) -> bool:
        """Say whether a person must grade a part before it is passed or failed."""
        return self.is_submitted and self.waiting > 0

    @hybrid_property
    def passed(self) -> bool:
        if self.score_bp is None or self.is_waiting:
            return False
        return self.score_bp >= self.pass_bp

    @passed.inplace.expression
    @classmethod
    def _passing(cls) -> ColumnElement[bool]:
        return and_(cls.score_bp >= cls.pass_bp, cls.waiting == 0)

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
    """What each question earned when its attempt was handed in; see Rescore.

    No row = a person grades it.
    """

    __tablename__ = "slot_scores"

    attempt_id: Mapped[int] = mapped_column(
        BigInt, _to("attempts.id"), primary_key=True
    )
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_version_id: Mapped[int] = mapped_column(
        BigInt, _to("question_versions.id"), index=True
    )
    score_bp: Mapped[Bp]


class Rescore(Base):
    """An attempt counted again; append-only, the highest number is what counts.

    slots    {"0": basis points, …} of the questions, as they count from now on; left
             out = somebody still has to grade it
    waiting  how many those are
    act      names what was done: the same act twice counts once
    rule     again: by the key of another version; right: as right for everybody;
             person: graded by somebody
    """

    __tablename__ = "rescores"
    __table_args__ = (
        UniqueConstraint("attempt_id", "number"),
        UniqueConstraint("attempt_id", "act"),
        CheckConstraint("number >= 1", "number"),
        CheckConstraint("score_bp BETWEEN 0 AND 10000", "score_range"),
        CheckConstraint("rule IN ('again', 'right', 'person')", "rule"),
    )

    id: Mapped[Id]
    attempt_id: Mapped[int] = mapped_column(BigInt, _to("attempts.id"))
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(80))
    score_bp: Mapped[Bp]
    slots: Mapped[dict[str, int]] = mapped_column(JSON)
    waiting: Mapped[int] = mapped_column(default=0, server_default="0")
    rule: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    at: Mapped[datetime]


def _of_newest(column):
    """Part of each row of an attempt, so that no reader can forget it."""
    newest = (
        select(column)
        .where(Rescore.attempt_id == Attempt.id)
        .order_by(Rescore.number.desc())
        .limit(1)
        .correlate_except(Rescore)
        .scalar_subquery()
    )
    return column_property(newest, expire_on_flush=False)


Attempt.again_bp = _of_newest(Rescore.score_bp)
Attempt.still_waiting = _of_newest(Rescore.waiting)
OF_RESCORES = ("again_bp", "still_waiting")


class AnswerGrade(Base):
    """What somebody gave for an answer that no key can score; append-only.

    number  of the grade of this answer: the highest counts
    act     names the form it came with, and its rescore: sent twice is once
    levels  code of a criterion -> level chosen; {} where points were given
    reason  why it was graded again; "" for the first grade
    """

    __tablename__ = "answer_grades"
    __table_args__ = (
        UniqueConstraint("attempt_id", "slot", "number"),
        UniqueConstraint("attempt_id", "slot", "act"),
        CheckConstraint("number >= 1", "number"),
        CheckConstraint("score_bp BETWEEN 0 AND 10000", "score_range"),
        CheckConstraint("number = 1 OR reason <> ''", "reason"),
    )

    id: Mapped[Id]
    attempt_id: Mapped[int] = mapped_column(BigInt, _to("attempts.id"))
    slot: Mapped[int]
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(36))
    score_bp: Mapped[Bp]
    levels: Mapped[dict[str, int]] = mapped_column(JSON)
    remark: Mapped[str] = mapped_column(String(4000))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    at: Mapped[datetime]


class AnswerFile(Base):
    """The file that an answer holds now: kept as long as it does."""

    __tablename__ = "answer_files"
    __table_args__ = (UniqueConstraint("attempt_id", "slot"),)

    id: Mapped[Id]
    attempt_id: Mapped[int] = mapped_column(BigInt, _to("attempts.id"))
    slot: Mapped[int]
    upload_id: Mapped[int] = mapped_column(BigInt, _to("uploads.id"), index=True)


class Regrade(Base):
    """The act of counting a question again, for all who were asked it.

    old_versions  ids of the question versions it is about
    target_id     the version whose key counts instead; None = right for everybody
    takes_passes  whoever passes no more by it loses the pass: told apart on purpose
    upto          attempts up to this id are done
    """

    __tablename__ = "regrades"
    __table_args__ = (CheckConstraint("rule IN ('again', 'right')", "rule"),)

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"), index=True)
    question_code: Mapped[str] = mapped_column(String(80))
    rule: Mapped[str] = mapped_column(String(10))
    old_versions: Mapped[list[int]] = mapped_column(JSON)
    target_id: Mapped[int | None] = mapped_column(BigInt, _to("question_versions.id"))
    takes_passes: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    at: Mapped[datetime]
    upto: Mapped[int] = mapped_column(BigInt, default=0)
    finished_at: Mapped[datetime | None]


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
