"""Surveys that learners fill in about a course they take: where they stand."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lms.catalog.items import ItemMissing
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.learn import places
from lms.learn.places import NotEnrolled, Place
from lms.records import completions, facts, jp, passing
from lms.records.models import Completion

from . import fillings, surveys, times
from .fillings import Seat
from .surveys import Survey
from .times import Progress, Window


class NotForLearners(NotFound):
    message = N_("Survei ini diisi oleh orang lain, bukan oleh peserta kursus.")


@dataclass(frozen=True, slots=True)
class Own:
    """A survey of a course as one learner meets it.

    window  None = learners do not fill it in
    """

    place: Place
    survey: Survey
    window: Window | None
    filled_on: date | None
    seat: Seat
    today: date

    @property
    def may_fill(self) -> bool:
        return bool(self.window and self.window.is_open and self.filled_on is None)


def find(user, course_code: str, item_code: str, now: datetime) -> Own:
    """Return a survey of a course that `user` takes.

    raises  CourseMissing  ItemMissing  NotEnrolled
    """
    place = places.find(user.id, course_code)
    entry = place.entry(item_code)
    if entry["kind"] != "survey":
        raise ItemMissing
    if place.enrolment is None:
        raise NotEnrolled
    survey = surveys.of(place.source_of(item_code), item_code)
    today = jp.day_of(now, user.timezone)
    window = None
    if "learner" in survey.terms.respondents:
        window = times.window(survey.terms, _progress(place), today)
    return Own(
        place=place,
        survey=survey,
        window=window,
        filled_on=fillings.filled_on(place.enrolment.id, item_code, user.id),
        seat=Seat(place.enrolment.id, user.id, user.id, "learner", survey),
        today=today,
    )


def to_fill(user, course_code: str, item_code: str, now: datetime) -> Own:
    """Return a survey that takes this learner's answers, or has them already.

    raises  NotForLearners  SurveyClosed  and what `find` raises
    """
    own = find(user, course_code, item_code, now)
    if own.window is None:
        raise NotForLearners
    if own.filled_on is None and not own.window.is_open:
        raise fillings.SurveyClosed
    return own


def _progress(place: Place) -> Progress:
    assert place.enrolment is not None
    done = completions.of(place.enrolment)
    return progress_of(place.bound.manifest, place.enrolment.id, done)


def progress_of(
    manifest: dict[str, Any], enrolment_id: int, done: Completion | None
) -> Progress:
    """Return how far an enrolment is, as surveys ask.

    manifest  of the release that binds it
    """
    if done is not None:
        return Progress(done.finished_on)
    at_the_end = {
        item["code"]
        for chapter in manifest["chapters"]
        for item in chapter["items"]
        if item["kind"] == "survey" and item["when"] == "after"
    }
    left = passing.missing(manifest, facts.of(enrolment_id))
    return Progress(None, {code for code, _rule in left} <= at_the_end)
