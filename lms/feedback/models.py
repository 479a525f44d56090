"""Tables of surveys. What was answered anonymously leads back to nobody."""

import secrets
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id
from lms.kernel import ids

ROLES = ("learner", "superior", "peer", "subordinate")
_IS_ROLE = f"role IN ({', '.join(repr(role) for role in ROLES)})"


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class SurveyCall(Base):
    """Somebody is asked to fill in a survey about a learner, or about themselves.

    person_id      the learner it is about
    respondent_id  who is asked
    token_hash     of the link that opens it without signing in; None = none was made
    declined_on    the respondent does not want to answer, nor to be reminded
    """

    __tablename__ = "survey_calls"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "item_code", "respondent_id"),
        CheckConstraint(_IS_ROLE, "role"),
        Index(None, "respondent_id", "closes_on"),
        Index(None, "asked_on"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=ids.new_uid)
    enrolment_id: Mapped[int] = mapped_column(BigInt, _to("enrolments.id"))
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    item_code: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    respondent_id: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    asked_on: Mapped[date]
    closes_on: Mapped[date]
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    reminded_on: Mapped[date | None]
    declined_on: Mapped[date | None]


class SurveyFilling(Base):
    """Somebody has filled in a survey: once, on a day. Never what was answered.

    release_id  the terbitan whose text they read
    unit_id     of the learner on that day; office_id its perangkat daerah
    """

    __tablename__ = "survey_fillings"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "item_code", "respondent_id"),
        CheckConstraint(_IS_ROLE, "role"),
        Index(  # counted without reading the rows
            "ix_survey_fillings_box",
            "course_id",
            "item_code",
            "role",
            "is_anonymous",
            "unit_id",
        ),
    )

    id: Mapped[Id]
    enrolment_id: Mapped[int] = mapped_column(BigInt, _to("enrolments.id"))
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    item_code: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(12))
    respondent_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    release_id: Mapped[int] = mapped_column(BigInt, _to("releases.id"))
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"))
    office_id: Mapped[int] = mapped_column(BigInt, _to("units.id"))
    filled_on: Mapped[date]
    is_anonymous: Mapped[bool]


class SurveyAnswer(Base):
    """One answer of somebody who answered by name; append-only.

    place   of the question in the survey, from 0
    answer  canonical JSON; "null" = left open
    """

    __tablename__ = "survey_answers"
    __table_args__ = (UniqueConstraint("filling_id", "place"),)

    id: Mapped[Id]
    filling_id: Mapped[int] = mapped_column(BigInt, _to("survey_fillings.id"))
    question_version_id: Mapped[int] = mapped_column(
        BigInt, _to("question_versions.id")
    )
    place: Mapped[int]
    answer: Mapped[str] = mapped_column(Text)


def new_key() -> str:
    return secrets.token_hex(16)


class SurveyBallot(Base):
    """One answer to one question, of nobody known; append-only.

    Nothing here says who, when, or which other answers the same person gave. The key
    is random and the only order of the rows (on SQLite there is no hidden number), and
    the box is shaken before anybody may look into it: see ballots.py.

    is_open  shaken together with enough others, so it counts in results
    """

    __tablename__ = "survey_ballots"
    __table_args__ = (
        CheckConstraint(_IS_ROLE, "role"),
        Index(  # counted without reading the rows
            "ix_survey_ballots_box",
            "course_id",
            "item_code",
            "role",
            "place",
            "is_open",
            "office_id",
        ),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_key)
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    item_code: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(12))
    release_id: Mapped[int] = mapped_column(BigInt, _to("releases.id"))
    office_id: Mapped[int] = mapped_column(BigInt, _to("units.id"))
    question_version_id: Mapped[int] = mapped_column(
        BigInt, _to("question_versions.id")
    )
    place: Mapped[int]
    answer: Mapped[str] = mapped_column(Text)
    is_open: Mapped[bool] = mapped_column(default=False)


class SurveyChange(Base):
    """What a teacher changed because of what people said; its readers are learners.

    uid  of the form that was sent: the same one twice is one
    """

    __tablename__ = "survey_changes"
    __table_args__ = (Index(None, "course_id", "id"),)

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    item_code: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(500))
    written_by: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    written_at: Mapped[datetime]
