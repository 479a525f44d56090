"""Surveys that the live release has no more, though people have answered them.

They are read as the newest terbitan has them that somebody filled in.
"""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import func, select

from lms.catalog import courses
from lms.catalog.courses import Live
from lms.catalog.items import ItemMissing
from lms.db import db

from . import surveys
from .models import SurveyFilling
from .surveys import Survey

CHUNK = 900  # values in one IN (...): below every database's limit


def of(live: Live, item_code: str) -> Survey:
    """Return a survey that was taken out of a course. Raises ItemMissing."""
    release_id = db.session.scalar(
        select(func.max(SurveyFilling.release_id)).where(
            SurveyFilling.course_id == live.course_id,
            SurveyFilling.item_code == item_code,
        )
    )
    if release_id is None:
        raise ItemMissing
    survey = surveys.of(courses.release(release_id), item_code)
    return replace(survey, is_withdrawn=True)


def listed(every: Collection[Live]) -> dict[int, list[Survey]]:
    """Return course id -> surveys that were answered and taken out, by title."""
    wanted = {live.course_id: live for live in every}
    found: dict[int, list[Survey]] = {}
    ids = sorted(wanted)
    for at in range(0, len(ids), CHUNK):
        rows = db.session.execute(
            select(SurveyFilling.course_id, SurveyFilling.item_code)
            .where(SurveyFilling.course_id.in_(ids[at : at + CHUNK]))
            .distinct()
        )
        for course_id, code in rows:
            live = wanted[course_id]
            if all(entry["code"] != code for entry in surveys.entries(live)):
                found.setdefault(course_id, []).append(of(live, code))
    for several in found.values():
        several.sort(key=lambda survey: (survey.title.casefold(), survey.code))
    return found
