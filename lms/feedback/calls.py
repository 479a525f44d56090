"""Being asked to fill in a survey: by link or signed in, answered, declined, over."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, exists, select, update

from lms.accounts import units
from lms.accounts.models import Person
from lms.audit import log
from lms.catalog import courses
from lms.catalog.models import LiveRelease
from lms.db import db
from lms.kernel import ids
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.records import jp

from . import surveys
from .fillings import Seat
from .models import SurveyCall, SurveyFilling
from .surveys import Survey


class CallGone(NotFound):
    message = N_(
        "Tautan survei ini tidak berlaku lagi: waktunya sudah lewat, atau terpotong"
        " saat disalin."
    )


@dataclass(frozen=True, slots=True)
class Called:
    """A call as its respondent meets it.

    name    of the learner; the only thing about them that is told
    is_own  the respondent is the learner
    today   by the respondent's clock
    """

    call: SurveyCall
    survey: Survey
    name: str
    filled_on: date | None
    today: date

    @property
    def is_own(self) -> bool:
        return self.call.role == "learner"

    @property
    def seat(self) -> Seat:
        return Seat(
            enrolment_id=self.call.enrolment_id,
            person_id=self.call.person_id,
            respondent_id=self.call.respondent_id,
            role=self.call.role,
            survey=self.survey,
        )


def token_of(secret: str, uid: str) -> str:
    """Return the token of a call's link: only who knows the site's secret can make it.

    The same each time, so that a reminder carries the link of the first letter.
    """
    return hmac.new(
        secret.encode(), f"survey {uid}".encode(), hashlib.sha256
    ).hexdigest()


def is_filled():
    """Return whether a call's respondent has answered, as a condition on SurveyCall."""
    return exists().where(
        SurveyFilling.enrolment_id == SurveyCall.enrolment_id,
        SurveyFilling.item_code == SurveyCall.item_code,
        SurveyFilling.respondent_id == SurveyCall.respondent_id,
    )


def by_token(token: str, now: datetime) -> Called:
    """Return whose link this is. Raises CallGone: unknown, over, or they have left."""
    return _called(
        select(SurveyCall).where(SurveyCall.token_hash == ids.digest(token)), now
    )


def by_uid(uid: str, respondent_id: int, now: datetime) -> Called:
    """Return a call of the person who is signed in. Raises CallGone."""
    mine = SurveyCall.respondent_id == respondent_id
    return _called(select(SurveyCall).where(SurveyCall.uid == uid, mine), now)


def _called(asked: Select, now: datetime) -> Called:
    call = db.session.scalar(asked)
    if call is None:
        raise CallGone
    respondent = db.session.get_one(Person, call.respondent_id)
    zone = units.agency_of(respondent.unit_id).timezone
    today = jp.day_of(now, zone)
    filled = db.session.scalar(
        select(SurveyFilling.filled_on).where(
            SurveyFilling.enrolment_id == call.enrolment_id,
            SurveyFilling.item_code == call.item_code,
            SurveyFilling.respondent_id == call.respondent_id,
        )
    )
    if not respondent.is_active or (today > call.closes_on and filled is None):
        raise CallGone
    live_id = db.session.scalar(
        select(LiveRelease.release_id).where(LiveRelease.course_id == call.course_id)
    )
    if live_id is None:
        raise CallGone
    return Called(
        call=call,
        survey=surveys.of(courses.release(live_id), call.item_code),
        name=db.session.get_one(Person, call.person_id).full_name,
        filled_on=filled,
        today=today,
    )


def decline(called: Called, now: datetime) -> None:
    """Note that the respondent will not answer: no reminder follows; twice is once."""
    won = db.session.execute(
        update(SurveyCall)
        .where(SurveyCall.id == called.call.id, SurveyCall.declined_on.is_(None))
        .values(declined_on=called.today)
        .execution_options(synchronize_session=False)
    )
    if won.rowcount:
        log.record(
            "survey.declined",
            actor_id=called.call.respondent_id,
            object_kind="survey_call",
            object_id=called.call.id,
            now=now,
        )
