"""Tables of assignments: what was handed in is added to, and never changed."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, BigInt, Bp, Id
from lms.records.models import Enrolment

ROLES = ("instructor", "superior", "peer", "second")
RESULTS = ("returned", "graded")


def _to(target: str, ondelete: str = "RESTRICT"):
    return ForeignKey(target, ondelete=ondelete)


class Work(Base):
    """One round of an assignment: a draft, then handed in, then never changed again.

    item_version_id  what is asked and the rubric, as of when the draft was begun
    pass_bp, by_instructor, by_superior, peers  of that version
    due_at           late work is taken and marked; None = no deadline
    text             as handed in; the drafts before are in `DraftText`
    """

    __tablename__ = "task_works"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "item_code", "number"),
        CheckConstraint("number >= 1", "number"),
        CheckConstraint("by_instructor OR by_superior OR peers > 0", "graders"),
        Index(None, "course_id", "submitted_at"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(BigInt, _to("enrolments.id"))
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    item_code: Mapped[str] = mapped_column(String(80))
    item_version_id: Mapped[int] = mapped_column(BigInt, _to("item_versions.id"))
    number: Mapped[int]  # 1 = first round
    pass_bp: Mapped[Bp]
    by_instructor: Mapped[bool]
    by_superior: Mapped[bool]
    peers: Mapped[int]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    version: Mapped[int] = mapped_column()  # an update of a changed row is refused

    enrolment: Mapped[Enrolment] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__: ClassVar = {"version_id_col": version}

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def is_late(self) -> bool:
        """Say whether it was handed in after its deadline."""
        return bool(self.submitted_at and self.due_at) and (
            self.submitted_at > self.due_at
        )


class DraftText(Base):
    """The text of a draft as it was saved; the highest seq counts.

    seq     rises as the learner writes; below 1 it is history only: another device
            had written since
    device  a random name of the browser that sent it, "" without scripts
    """

    __tablename__ = "task_drafts"
    __table_args__ = (UniqueConstraint("work_id", "seq"),)

    id: Mapped[Id]
    work_id: Mapped[int] = mapped_column(BigInt, _to("task_works.id"))
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    device: Mapped[str] = mapped_column(String(36), default="", server_default="")
    saved_at: Mapped[datetime]


class WorkFile(Base):
    """A file attached to a round; after handing in none is added or taken away."""

    __tablename__ = "task_files"
    __table_args__ = (UniqueConstraint("work_id", "upload_id"),)

    id: Mapped[Id]
    work_id: Mapped[int] = mapped_column(BigInt, _to("task_works.id"))
    upload_id: Mapped[int] = mapped_column(BigInt, _to("uploads.id"), index=True)
    attached_at: Mapped[datetime]


class Call(Base):
    """Somebody was asked to grade; for peers this alone gives the right to it."""

    __tablename__ = "task_calls"
    __table_args__ = (UniqueConstraint("work_id", "role", "person_id"),)

    id: Mapped[Id]
    work_id: Mapped[int] = mapped_column(BigInt, _to("task_works.id"))
    role: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    called_at: Mapped[datetime]


class ReviewDraft(Base):
    """What a grader has noted so far; thrown away when it is published.

    levels, remarks  by the code of the criterion
    """

    __tablename__ = "task_review_drafts"

    work_id: Mapped[int] = mapped_column(BigInt, _to("task_works.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        BigInt, _to("people.id"), primary_key=True, index=True
    )
    levels: Mapped[dict[str, int]] = mapped_column(JSON)
    remarks: Mapped[dict[str, str]] = mapped_column(JSON)
    remark: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]


class Review(Base):
    """What a grader decided; append-only. The newest of a seat counts.

    seat     0 for the one instructor and the one superior, the grader's id for peers
    number   1, then higher when a slip of the same seat was mended
    reason   why it was mended; "" for the first one
    result   graded, or returned to be reworked
    score_bp None when it was returned
    """

    __tablename__ = "task_reviews"
    __table_args__ = (
        UniqueConstraint("work_id", "role", "seat", "number"),
        CheckConstraint("score_bp BETWEEN 0 AND 10000", "score_range"),
        CheckConstraint("(result = 'graded') = (score_bp IS NOT NULL)", "scored"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    work_id: Mapped[int] = mapped_column(BigInt, _to("task_works.id"))
    role: Mapped[str] = mapped_column(String(12))
    seat: Mapped[int] = mapped_column(BigInt)
    number: Mapped[int]
    grader_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    result: Mapped[str] = mapped_column(String(12))
    score_bp: Mapped[Bp | None]
    levels: Mapped[dict[str, int]] = mapped_column(JSON)
    remarks: Mapped[dict[str, str]] = mapped_column(JSON)
    remark: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(500), default="", server_default="")
    at: Mapped[datetime]


class Outcome(Base):
    """What came out of a round; append-only, the newest counts.

    number  1 when the graders were through, then higher after a second opinion or
            when a review was mended
    """

    __tablename__ = "task_outcomes"
    __table_args__ = (
        UniqueConstraint("work_id", "number"),
        CheckConstraint("score_bp BETWEEN 0 AND 10000", "score_range"),
    )

    id: Mapped[Id]
    work_id: Mapped[int] = mapped_column(BigInt, _to("task_works.id"))
    number: Mapped[int]
    result: Mapped[str] = mapped_column(String(12))
    score_bp: Mapped[Bp | None]
    at: Mapped[datetime]


class Appeal(Base):
    """The learner asks for a second opinion: once for each round."""

    __tablename__ = "task_appeals"

    work_id: Mapped[int] = mapped_column(BigInt, _to("task_works.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime]


class Waiver(Base):
    """An instructor decides that a grader who does not come is not waited for."""

    __tablename__ = "task_waivers"

    work_id: Mapped[int] = mapped_column(BigInt, _to("task_works.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(12), primary_key=True)
    by_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
