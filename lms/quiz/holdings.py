"""Which files quizzes hold, and who may open them: whoever grades that answer."""

from datetime import datetime

from sqlalchemy import delete, select

from lms.db import db
from lms.uploads.models import Upload
from lms.uploads.uses import Use

from . import answers, graded_answers
from .answers import Saved, Sent
from .models import AnswerFile, Attempt

USE = Use(role=graded_answers.may_open, held=select(AnswerFile.upload_id))


def take(
    attempt: Attempt, slot: int, upload: Upload | None, count, now: datetime
) -> Saved | None:
    """Save a file as the answer of an open, locked attempt; it replaces the last one.

    upload  None = take the answer back
    count   forms.Count, as the page says
    """
    sent: Sent = count.of({"file": upload.uid} if upload else None)
    saved = answers.take(attempt, slot, sent, now)
    if saved is not None and saved.is_older:
        return saved
    db.session.execute(
        delete(AnswerFile).where(
            AnswerFile.attempt_id == attempt.id, AnswerFile.slot == slot
        )
    )
    if upload is not None:
        db.session.add(
            AnswerFile(attempt_id=attempt.id, slot=slot, upload_id=upload.id)
        )
        db.session.flush()
    return saved
