"""Table of what superiors say to their people."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id

A_DAY = 3  # messages of one superior to one person


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class Encouragement(Base):
    """A short message of a superior; it changes nothing else and is never changed.

    uid        of the form it was written in: sent twice, it is the same message
    sentence   key of one of ours (see sentences.py); "" = in the sender's own words
    text       as read in Indonesian, whatever it was
    course_id  it is about; None = in general
    duty_id    the duty it is about, a duty of that course
    sent_on    by the calendar of the sender's agency
    place      1 to A_DAY on that day: the database counts
    """

    __tablename__ = "encouragements"
    __table_args__ = (
        UniqueConstraint("sender_id", "person_id", "sent_on", "place"),
        CheckConstraint(f"place BETWEEN 1 AND {A_DAY}", "place"),
        CheckConstraint("sender_id <> person_id", "own_message"),
        Index(None, "person_id", "read_at"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    sender_id: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    sentence: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(String(280))
    course_id: Mapped[int | None] = mapped_column(BigInt, _to("courses.id"))
    duty_id: Mapped[int | None] = mapped_column(BigInt, _to("assignment_duties.id"))
    sent_on: Mapped[date]
    place: Mapped[int]
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
