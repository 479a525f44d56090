"""Whether a lesson helps: said by its readers, read by its authors without names."""

from datetime import datetime

from sqlalchemy import select

from lms.db import db
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

from .lessons import Lesson
from .models import LessonVerdict

LONGEST = 2_000  # letters


class CommentTooLong(Invalid):
    message = N_(
        "Komentar paling panjang %(longest)s karakter; ini %(length)s karakter."
    )


def say(lesson: Lesson, is_helpful: bool, comment: str, now: datetime) -> bool:
    """Note a verdict; the newest counts. Say whether it is another than before.

    raises  CommentTooLong
    """
    comment = comment.replace("\r\n", "\n").strip()
    if len(comment) > LONGEST:
        raise CommentTooLong(longest=LONGEST, length=len(comment))
    newest = db.session.scalar(
        select(LessonVerdict)
        .where(
            LessonVerdict.enrolment_id == lesson.enrolment.id,
            LessonVerdict.item_code == lesson.code,
        )
        .order_by(LessonVerdict.id.desc())
        .limit(1)
    )
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
        )
    )
    return True
