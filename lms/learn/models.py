"""Tables of what learners leave in lessons: answers, places, notes, verdicts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false
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


class ReadingPlace(Base):
    """Where a learner last was in an item; the newest place of any device wins.

    anchor  id of the heading or check, "" = the top
    at      when it was read, by the server's clock
    """

    __tablename__ = "reading_places"
    __table_args__ = (Index(None, "enrolment_id", "at"),)

    enrolment_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("enrolments.id", ondelete="RESTRICT"), primary_key=True
    )
    item_code: Mapped[str] = mapped_column(String(80), primary_key=True)
    anchor: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime]


class LessonNote(Base):
    """A private note at a place of a lesson; nobody but its writer reads it.

    uid  made where it is written, so that the same form sent twice is one note
    """

    __tablename__ = "lesson_notes"
    __table_args__ = (Index(None, "person_id", "course_id", "item_code"),)

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    person_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("people.id", ondelete="RESTRICT")
    )
    course_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("courses.id", ondelete="RESTRICT")
    )
    item_code: Mapped[str] = mapped_column(String(80))
    anchor: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class Bookmark(Base):
    """A place of a lesson to come back to; taking it off empties `is_on`."""

    __tablename__ = "bookmarks"

    person_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("people.id", ondelete="RESTRICT"), primary_key=True
    )
    course_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("courses.id", ondelete="RESTRICT"), primary_key=True
    )
    item_code: Mapped[str] = mapped_column(String(80), primary_key=True)
    anchor: Mapped[str] = mapped_column(String(120), primary_key=True, default="")
    is_on: Mapped[bool]
    at: Mapped[datetime]


class LessonVerdict(Base):
    """Helpful or not, with a comment. Append-only; a person's newest one counts.

    hr_may_read  the page said that HR reads it as well, not only who teaches
    """

    __tablename__ = "lesson_verdicts"
    __table_args__ = (Index(None, "enrolment_id", "item_code"),)

    id: Mapped[Id]
    enrolment_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("enrolments.id", ondelete="RESTRICT")
    )
    item_code: Mapped[str] = mapped_column(String(80))
    item_version_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("item_versions.id", ondelete="RESTRICT"), index=True
    )
    is_helpful: Mapped[bool]
    comment: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    hr_may_read: Mapped[bool] = mapped_column(default=False, server_default=false())


class LessonChange(Base):
    """What its authors changed after verdicts, in a sentence for the readers.

    Append-only; the newest is shown. Verdicts count anew from then on.
    uid  made where it is written, so that the same form sent twice is one change
    """

    __tablename__ = "lesson_changes"
    __table_args__ = (Index(None, "course_id", "item_code"),)

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    course_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("courses.id", ondelete="RESTRICT")
    )
    item_code: Mapped[str] = mapped_column(String(80))
    sentence: Mapped[str] = mapped_column(String(300))
    noted_by: Mapped[int] = mapped_column(
        BigInt, ForeignKey("people.id", ondelete="RESTRICT")
    )
    at: Mapped[datetime]


class ActionPlan(Base):
    """What somebody will do after a course. Append-only; the newest one counts."""

    __tablename__ = "action_plans"

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    enrolment_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("enrolments.id", ondelete="RESTRICT"), index=True
    )
    what: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    support: Mapped[str] = mapped_column(String(200))
    written_at: Mapped[datetime]


class PlanConfirmation(Base):
    """A superior has seen a plan and supports it: once, of this very plan."""

    __tablename__ = "plan_confirmations"

    plan_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("action_plans.id", ondelete="RESTRICT"), primary_key=True
    )
    confirmed_by: Mapped[int] = mapped_column(
        BigInt, ForeignKey("people.id", ondelete="RESTRICT"), index=True
    )
    confirmed_at: Mapped[datetime]
