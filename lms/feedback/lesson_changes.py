"""An author notes what was changed after verdicts; the readers of the lesson see it."""

import uuid
from datetime import datetime

from sqlalchemy import select

from lms.audit import log
from lms.db import db
from lms.kernel.errors import Conflict, Forbidden, Invalid
from lms.kernel.i18n import N_
from lms.kernel.reasons import LONG_NUMBER
from lms.kernel.text import has_hidden, one_line
from lms.learn.models import LessonChange

from .lesson_voices import Voiced

SHORTEST, LONGEST = 10, 300  # letters
_NAMES = uuid.UUID("2f3c0c2c-5f0b-5a4e-8a55-b7f6f1f1d0a3")


class SentenceMissing(Invalid):
    message = N_(
        "Tulis apa yang diubah, 10 sampai 300 karakter, tanpa NIP atau NIK. Peserta"
        " membacanya."
    )


class NothingSaid(Conflict):
    message = N_(
        "Belum ada masukan sejak perubahan terakhir, jadi belum ada yang"
        " ditindaklanjuti."
    )


class NotTaught(Forbidden):
    message = N_("Hanya pengajar kursus ini yang dapat menindaklanjuti masukannya.")


def check(text: str) -> str:
    """Return the sentence on one line; raises SentenceMissing when it is none."""
    text = one_line(text)
    if not SHORTEST <= len(text) <= LONGEST:
        raise SentenceMissing
    if has_hidden(text) or LONG_NUMBER.search(text):
        raise SentenceMissing
    return text


def note(
    of: Voiced, sentence: str, form: str, by_id: int, now: datetime
) -> LessonChange:
    """Note a change. The same form sent twice is one.

    form    the word made for the form when it was drawn
    raises  NotTaught, NothingSaid, SentenceMissing
    """
    if not of.is_taught:
        raise NotTaught
    sentence = check(sentence)
    place = (of.live.course_id, of.code)
    said = "\0".join(map(str, (by_id, form, *place, sentence)))
    uid = str(uuid.uuid5(_NAMES, said))
    known = db.session.scalar(select(LessonChange).where(LessonChange.uid == uid))
    if known is not None:
        return known
    if not of.n:
        raise NothingSaid
    change = LessonChange(
        uid=uid,
        course_id=of.live.course_id,
        item_code=of.code,
        sentence=sentence,
        noted_by=by_id,
        at=now,
    )
    db.session.add(change)
    db.session.flush()
    log.record(
        "course.lesson_changed",
        actor_id=by_id,
        object_kind="course",
        object_id=of.live.course_id,
        facts={"lesson": of.item["title"], "sentence": sentence,
               "n": of.n, "unhelpful": of.unhelpful},
        now=now,
    )  # fmt: skip
    return change
