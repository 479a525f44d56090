"""What was changed because of a survey, told to learners: "Perubahan dari masukan"."""

from datetime import datetime

from sqlalchemy import select

from lms.audit import log
from lms.db import db
from lms.db.inserts import add_new
from lms.kernel import reasons

from .models import SurveyChange
from .surveys import Survey

NEWEST = 5


def write(survey: Survey, uid: str, text: str, *, by_id: int, now: datetime) -> None:
    """Tell learners of a change; the same form sent twice tells it once.

    raises  ReasonMissing  too short, too long, or with somebody's number
    """
    line = {
        "uid": uid, "course_id": survey.live.course_id, "item_code": survey.code,
        "text": reasons.check(text), "written_by": by_id, "written_at": now,
    }  # fmt: skip
    known = db.session.scalar(select(SurveyChange.id).where(SurveyChange.uid == uid))
    if known is not None:
        return
    add_new(SurveyChange, [line])
    log.record(
        "survey.change_told",
        actor_id=by_id,
        object_kind="course",
        object_id=survey.live.course_id,
        facts={"item": survey.code},
        now=now,
    )


def newest(course_id: int) -> list[SurveyChange]:
    """Return what was changed in a course, the newest first."""
    return list(
        db.session.scalars(
            select(SurveyChange)
            .where(SurveyChange.course_id == course_id)
            .order_by(SurveyChange.id.desc())
            .limit(NEWEST)
        )
    )
