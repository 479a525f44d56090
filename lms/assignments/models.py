"""Tables of assignments and of what each person owes by them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id

REMINDER_KINDS = ("before", "late", "manual")
END_REASONS = ("moved", "left", "exempted", "ended", "renewed")


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


class Assignment(Base):
    """A course that people of a kind have to finish: a rule, not a list of names.

    unit_id       people of this unit, and below it when `with_subunits`
    job_type …    "" = any; of the person's job as it is today
    asn_status    "" = any
    starts_on     the first day of the first wave
    due_on        the last day of the first wave; who comes later has at least
                  `grace_days` from the day they come
    waves         in how many groups the people of each unit learn, one after another
    wave_days     days between two waves
    renew_months  months after which it is due again; None = once
    counts_from   completions from this day on fulfil it; None = any valid one
    reminders     usual, late (only when overdue), off: see schedule.py
    swept_to      while its duties are brought up to date share by share: the person
                  up to whom that is done, 0 = it has not begun; None = all are.
                  Of an ended one: how many duties were closed. See sweeps.py
    is_opening    that is for the first time
    """

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint("waves BETWEEN 1 AND 12", "waves"),
        CheckConstraint("due_on >= starts_on", "days"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"), index=True)
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"), index=True)
    with_subunits: Mapped[bool] = mapped_column(default=True)
    job_type: Mapped[str] = mapped_column(String(20), default="")
    job_level: Mapped[str] = mapped_column(String(30), default="")
    job_family: Mapped[str] = mapped_column(String(80), default="")
    job_tag: Mapped[str] = mapped_column(String(60), default="")
    asn_status: Mapped[str] = mapped_column(String(10), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")  # read by everybody
    starts_on: Mapped[date]
    due_on: Mapped[date]
    grace_days: Mapped[int] = mapped_column(default=14)
    waves: Mapped[int] = mapped_column(default=1)
    wave_days: Mapped[int] = mapped_column(default=0)
    renew_months: Mapped[int | None]
    counts_from: Mapped[date | None]
    reminders: Mapped[str] = mapped_column(String(10), default="usual")
    created_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    created_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    ended_at: Mapped[datetime | None]
    swept_to: Mapped[int | None] = mapped_column(BigInt)
    is_opening: Mapped[bool] = mapped_column(default=False, server_default=false())


class AssignmentTitle(Base):
    """An assignment is for people with this job title; none = with any."""

    __tablename__ = "assignment_titles"

    assignment_id: Mapped[int] = mapped_column(
        BigInt, _to("assignments.id"), primary_key=True
    )
    title: Mapped[str] = mapped_column(String(200), primary_key=True)  # of jobs


class Duty(Base):
    """What one person owes by one assignment in one period. Ended, never deleted.

    period       1 = first, then one more with each renewal
    counts_from  completions from this day on fulfil this period; None = any
    """

    __tablename__ = "assignment_duties"
    __table_args__ = (
        CheckConstraint(_one_of("end_reason", ("", *END_REASONS)), "end_reason"),
        CheckConstraint("(ended_at IS NULL) = (end_reason = '')", "ended"),
        # One open duty per person and period, however many come at once.
        Index(
            "uq_assignment_duties_open", "assignment_id", "person_id", "period",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "person_id", "ended_at"),
        Index(None, "course_id", "person_id"),
    )  # fmt: skip

    id: Mapped[Id]
    assignment_id: Mapped[int] = mapped_column(BigInt, _to("assignments.id"))
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    period: Mapped[int] = mapped_column(default=1)
    wave: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    due_on: Mapped[date]
    counts_from: Mapped[date | None]
    assigned_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(10), default="")


class Exemption(Base):
    """A person need not fulfil an assignment, with the reason; append-only but its end.

    until  the last day; None = for good
    """

    __tablename__ = "assignment_exemptions"
    __table_args__ = (Index(None, "assignment_id", "person_id"),)

    id: Mapped[Id]
    assignment_id: Mapped[int] = mapped_column(BigInt, _to("assignments.id"))
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    until: Mapped[date | None]
    granted_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Reminder(Base):
    """Somebody was reminded of a duty. Only `read_at` changes.

    kind     before or late the deadline by the schedule; manual = by a person
    step     of the schedule, days from the deadline; 0 for manual ones
    on_day   by the calendar of the assignment's agency
    sent_by  person; None = the schedule
    """

    __tablename__ = "reminders"
    __table_args__ = (
        CheckConstraint(_one_of("kind", REMINDER_KINDS), "kind"),
        # A step is taken once; by hand a person is reminded at most once a day.
        Index(
            "uq_reminders_step", "duty_id", "step",
            unique=True,
            sqlite_where=text("kind <> 'manual'"),
            postgresql_where=text("kind <> 'manual'"),
        ),
        Index(
            "uq_reminders_manual", "person_id", "on_day",
            unique=True,
            sqlite_where=text("kind = 'manual'"),
            postgresql_where=text("kind = 'manual'"),
        ),
        Index(None, "person_id", "read_at"),
        Index(None, "on_day", "person_id"),
    )  # fmt: skip

    id: Mapped[Id]
    duty_id: Mapped[int] = mapped_column(
        BigInt, _to("assignment_duties.id"), index=True
    )
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    kind: Mapped[str] = mapped_column(String(10))
    step: Mapped[int] = mapped_column(default=0)
    on_day: Mapped[date]
    at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    read_at: Mapped[datetime | None]
