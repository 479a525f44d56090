"""Encourage somebody: a short message the learner sees on the first page."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select

from lms.accounts.models import Person, full_name
from lms.catalog.models import Course, LiveRelease, Release
from lms.db import db
from lms.db.prepared import Prepared
from lms.kernel import ids
from lms.kernel.errors import NotFound, TooMany
from lms.kernel.i18n import N_
from lms.learn import messages
from lms.learn.messages import Message

from . import sentences
from .models import A_DAY, Encouragement

_NAMES = uuid.UUID("0b8a4f5e-5a6c-5f0e-8c67-3a6f6f1d2a11")


class EnoughToday(TooMany):
    message = N_(
        "Paling banyak %(most)s pesan sehari kepada satu orang. Lanjutkan besok."
    )


class MessageMissing(NotFound):
    message = N_("Pesan ini tidak ada, atau bukan untuk Anda.")


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about: a duty, a course, or neither."""

    course_id: int | None = None
    duty_id: int | None = None


def new_form() -> str:
    """Return the word that makes a form sent twice the same message."""
    return ids.new_uid()


def send(
    sender_id: int,
    person_id: int,
    form: str,
    said: tuple[str, str],
    about: About,
    *,
    today: date,
    now: datetime,
) -> Encouragement:
    """Send a message. The same form again is the same message.

    form    the word of `new_form`; any text is taken
    said    as `sentences.written` returns it
    today   by the calendar of the sender's agency
    raises  EnoughToday
    """
    key, text = said
    uid = str(uuid.uuid5(_NAMES, f"{sender_id}\0{person_id}\0{form}"))
    known = db.session.scalar(select(Encouragement).where(Encouragement.uid == uid))
    if known:
        return known
    sent = db.session.scalar(
        select(func.count()).where(
            Encouragement.sender_id == sender_id,
            Encouragement.person_id == person_id,
            Encouragement.sent_on == today,
        )
    )
    if sent >= A_DAY:
        raise EnoughToday(retry_after=3600, most=A_DAY)
    row = Encouragement(
        uid=uid,
        person_id=person_id,
        sender_id=sender_id,
        sentence=key,
        text=text,
        course_id=about.course_id,
        duty_id=about.duty_id,
        sent_on=today,
        place=sent + 1,  # two at once: one loses and comes again
        sent_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def mark_read(person_id: int, uid: str, now: datetime) -> None:
    """Note that a message was read; twice is once. Raises MessageMissing."""
    row = db.session.scalar(
        select(Encouragement).where(
            Encouragement.uid == uid, Encouragement.person_id == person_id
        )
    )
    if row is None:
        raise MessageMissing
    row.read_at = row.read_at or now


# Home asks at every visit: built once.
_UNREAD = (
    select(
        Encouragement.uid,
        Encouragement.sentence,
        Encouragement.text,
        Encouragement.sent_at,
        Person.title_front,
        Person.name,
        Person.title_back,
        Course.code,
        Release.title,
    )
    .join(Person, Person.id == Encouragement.sender_id)
    .outerjoin(Course, Course.id == Encouragement.course_id)
    .outerjoin(LiveRelease, LiveRelease.course_id == Course.id)
    .outerjoin(Release, Release.id == LiveRelease.release_id)
    .where(
        Encouragement.person_id == bindparam("person"), Encouragement.read_at.is_(None)
    )
    .order_by(Encouragement.id.desc())
    .limit(20)
)


_UNREAD_ROWS = Prepared(_UNREAD)  # the first page of everybody runs it


@messages.register
def unread(person_id: int) -> list[Message]:
    """Return the messages a person has not marked as read, the newest first."""
    rows = _UNREAD_ROWS.rows(person=person_id)
    return [
        Message(
            uid=row.uid,
            sender=full_name(row.title_front, row.name, row.title_back),
            text=sentences.SENTENCES.get(row.sentence, row.text),
            is_ours=row.sentence in sentences.SENTENCES,
            sent_at=row.sent_at,
            course=(row.code, row.title) if row.title else None,
            endpoint="team.read",
            values=(("uid", row.uid),),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as its sender sees it; `text` of ours when `is_ours`."""

    text: str
    is_ours: bool
    sent_at: datetime
    is_read: bool


def sent_to(sender_id: int, person_id: int, most: int = 3) -> list[Sent]:
    """Return what a superior said to a person of late, the newest first."""
    rows = db.session.scalars(
        select(Encouragement)
        .where(
            Encouragement.sender_id == sender_id, Encouragement.person_id == person_id
        )
        .order_by(Encouragement.id.desc())
        .limit(most)
    )
    return [
        Sent(
            sentences.SENTENCES.get(row.sentence, row.text),
            row.sentence in sentences.SENTENCES,
            row.sent_at,
            row.read_at is not None,
        )
        for row in rows
    ]


def last_sent(sender_id: int, person_ids: Iterable[int]) -> dict[int, date]:
    """Return person -> day of the newest message of this sender."""
    rows = db.session.execute(
        select(Encouragement.person_id, func.max(Encouragement.sent_on))
        .where(
            Encouragement.sender_id == sender_id,
            Encouragement.person_id.in_(list(person_ids)),
        )
        .group_by(Encouragement.person_id)
    )
    return {person_id: day for person_id, day in rows}
