"""Whether a lesson helps: said by its readers, read without their names."""

from datetime import datetime

from sqlalchemy import select

from lms.db import db
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_
from lms.records.models import Enrolment

from .lessons import Lesson
from .models import LessonVerdict

LONGEST = 500  # letters


class CommentTooLong(Invalid):
    message = N_(
        "Komentar paling panjang %(longest)s karakter; ini %(length)s karakter."
    )


def say(
    lesson: Lesson,
    is_helpful: bool,
    comment: str,
    now: datetime,
    hr_may_read: bool = False,
) -> bool:
    """Note a verdict; the newest counts. Say whether it is another than before.

    hr_may_read  the form said that HR reads it as well
    raises       CommentTooLong  unless it was longer already
    """
    comment = comment.replace("\r\n", "\n").strip()
    _hold(lesson.enrolment.id)
    newest = db.session.scalar(
        select(LessonVerdict)
        .where(
            LessonVerdict.enrolment_id == lesson.enrolment.id,
            LessonVerdict.item_code == lesson.code,
        )
        .order_by(LessonVerdict.id.desc())
        .limit(1)
    )
    if len(comment) > LONGEST and not (newest and newest.comment == comment):
        raise CommentTooLong(longest=LONGEST, length=len(comment))
    said = (is_helpful, comment, lesson.version.id)
    if newest and said == (newest.is_helpful, newest.comment, newest.item_version_id):
        return False
    db.session.add(
        LessonVerdict(
            enrolment_id=lesson.enrolment.id,
            item_code=lesson.code,
            item_version_id=lesson.version.id,
            is_helpful=is_helpful,
            comment=comment,
            at=now,
            hr_may_read=hr_may_read,
        )
    )
    return True


def _hold(enrolment_id: int) -> None:
    """Let nobody else say something in this person's place before the transaction ends.

    Two tabs would both find that nothing was said yet, and say it twice.
    """
    db.session.execute(
        select(Enrolment.id)
        .where(Enrolment.id == enrolment_id)
        .with_for_update(key_share=True)
    )
