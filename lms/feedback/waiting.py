"""Which surveys wait for a person, on /survei and among the duties of their pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, null, select, union_all

from lms.accounts.models import Agency, Person, Unit, full_name
from lms.catalog import courses
from lms.catalog.courses import Live
from lms.catalog.models import LiveRelease
from lms.db import db
from lms.db.prepared import Prepared
from lms.kernel.i18n import N_
from lms.learn import duties
from lms.learn.duties import Duty, Remark
from lms.records.models import Completion, Enrolment

from . import own, surveys, times
from .calls import is_filled
from .models import SurveyCall, SurveyFilling
from .times import Progress

_TAKEN = (
    select(
        Enrolment.id.label("number"),
        Enrolment.release_id.label("bound_id"),
        LiveRelease.release_id.label("live_id"),
        Completion.finished_on.label("day"),
        Agency.timezone,
        null().label("uid"),
        null().label("item_code"),
        null().label("role"),
        null().label("title_front"),
        null().label("name"),
        null().label("title_back"),
    )
    .join(LiveRelease, LiveRelease.course_id == Enrolment.course_id)
    .join(Person, Person.id == Enrolment.person_id)
    .join(Unit, Unit.id == Person.unit_id)
    .join(Agency, Agency.unit_id == Unit.agency_id)
    .outerjoin(
        Completion,
        and_(Completion.enrolment_id == Enrolment.id, Completion.state == "valid"),
    )
    .where(Enrolment.person_id == bindparam("person"), Enrolment.withdrawn_at.is_(None))
)
_CALLED = (
    select(
        SurveyCall.id.label("number"),
        LiveRelease.release_id.label("bound_id"),
        LiveRelease.release_id.label("live_id"),
        SurveyCall.closes_on.label("day"),
        Agency.timezone,
        SurveyCall.uid,
        SurveyCall.item_code,
        SurveyCall.role,
        Person.title_front,
        Person.name,
        Person.title_back,
    )
    .join(LiveRelease, LiveRelease.course_id == SurveyCall.course_id)
    .join(Person, Person.id == SurveyCall.person_id)
    .join(Unit, Unit.id == Person.unit_id)
    .join(Agency, Agency.unit_id == Unit.agency_id)
    .where(
        SurveyCall.respondent_id == bindparam("person"),
        SurveyCall.role != "learner",
        SurveyCall.closes_on >= bindparam("today"),
        SurveyCall.declined_on.is_(None),
        ~is_filled(),
    )
)
# Asked on the first page of everybody: once for both, and made once. A row without
# `uid` is a course that the person takes.
_BOTH = union_all(_TAKEN, _CALLED)
_ALL = Prepared(
    _BOTH.order_by(_BOTH.selected_columns.day, _BOTH.selected_columns.number)
)
_FILLED = Prepared(
    select(SurveyFilling.enrolment_id, SurveyFilling.item_code).where(
        SurveyFilling.respondent_id == bindparam("person")
    )
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A survey that somebody may fill in now.

    about      name of the learner; "" = oneself
    uid        of the call; "" = one's own survey of a course
    closes_on  None = no day is set
    is_asked   it is a duty; else it may be filled in whenever one likes
    """

    live: Live
    code: str
    title: str
    minutes: int
    closes_on: date | None
    zone: str
    about: str = ""
    role: str = "learner"
    uid: str = ""
    is_asked: bool = True


def of_person(person_id: int, now: datetime) -> list[Waiting]:
    """Return all surveys that wait for a person, those about others first."""
    rows = _ALL.rows(person=person_id, today=now.date())
    known = courses.releases({i for row in rows for i in (row.bound_id, row.live_id)})
    called = [row for row in rows if row.uid]
    taken = [row for row in rows if not row.uid]
    return [*_about_others(called, known, now), *_own(person_id, taken, known, now)]


def about_others(person_id: int, now: datetime, role: str) -> list[Waiting]:
    """Return the surveys that wait for a person in one role: superior …"""
    return [one for one in of_person(person_id, now) if one.role == role]


def _about_others(
    rows: Iterable, known: Mapping[int, Live], now: datetime
) -> Iterator[Waiting]:
    for row in rows:
        live = known[row.live_id]
        entry = live.item(row.item_code)
        today = now.astimezone(ZoneInfo(row.timezone)).date()
        if entry is None or today > row.day:
            continue
        yield Waiting(
            live=live,
            code=row.item_code,
            title=entry["title"],
            minutes=entry["minutes"],
            closes_on=row.day,
            zone=row.timezone,
            about=full_name(row.title_front, row.name, row.title_back),
            role=row.role,
            uid=row.uid,
        )


def _own(
    person_id: int, rows: Iterable, known: Mapping[int, Live], now: datetime
) -> list[Waiting]:
    found = [
        (row.number, one)
        for row in rows
        for one in _open(row, known[row.live_id], known[row.bound_id].manifest, now)
    ]
    if not found:
        return []
    filled = {tuple(row) for row in _FILLED.rows(person=person_id)}
    return [one for number, one in found if (number, one.code) not in filled]


def _open(row, live: Live, bound: dict[str, Any], now: datetime) -> Iterator[Waiting]:
    today = now.astimezone(ZoneInfo(row.timezone)).date()
    for entry in surveys.entries(live):
        terms = surveys.terms_of(entry)
        if "learner" not in terms.respondents:
            continue
        progress = Progress(row.day)
        if row.day is None and terms.when == "after" and not terms.after_days:
            progress = own.progress_of(bound, row.number, None)
        window = times.window(terms, progress, today)
        if window.is_open:
            yield Waiting(
                live=live,
                code=entry["code"],
                title=entry["title"],
                minutes=entry["minutes"],
                closes_on=window.closes_on,
                zone=row.timezone,
                is_asked=terms.when != "anytime",
            )


def listed(person_id: int) -> list[tuple[Live, str, date]]:
    """Return what a person has filled in, the newest first: release, item code, day."""
    rows = db.session.execute(
        select(
            SurveyFilling.release_id, SurveyFilling.item_code, SurveyFilling.filled_on
        )
        .where(SurveyFilling.respondent_id == person_id)
        .order_by(SurveyFilling.filled_on.desc(), SurveyFilling.id.desc())
        .limit(50)
    ).all()
    known = courses.releases({row.release_id for row in rows})
    return [(known[row.release_id], row.item_code, row.filled_on) for row in rows]


_REMARKS = {
    "superior": N_("tentang %(name)s, anggota tim Anda"),
    "peer": N_("tentang %(name)s, rekan kerja Anda"),
    "subordinate": N_("tentang %(name)s, atasan Anda"),
}


@duties.register
def as_duties(person_id: int, now: datetime) -> Iterator[Duty]:
    """Yield the surveys one is asked for; filling them in is never compulsory here."""
    for one in of_person(person_id, now):
        if not one.is_asked:
            continue
        remarks: tuple[Remark, ...] = ()
        endpoint, values = (
            "feedback.fill",
            (
                ("kursus", one.live.code),
                ("butir", one.code),
            ),
        )
        if one.uid:
            endpoint, values = "feedback.fill_called", (("uid", one.uid),)
            remarks = (Remark(_REMARKS[one.role], (("name", one.about),)),)
        yield Duty(
            kind="survey",
            title=f"{one.title}: {one.live.title}",
            endpoint=endpoint,
            values=values,
            due_at=_end(one),
            minutes=one.minutes,
            remarks=remarks,
            is_begun=False,
        )


def _end(one: Waiting) -> datetime | None:
    if one.closes_on is None:
        return None
    last = datetime.combine(one.closes_on, time(23, 59, 59), ZoneInfo(one.zone))
    return last.astimezone(UTC)
