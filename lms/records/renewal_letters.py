"""Mails to whoever's completion runs out soon: 90, 30 and 7 days before, once each.

The outbox keeps what it has done, so a step is told once however often the worker
starts; a day on which no worker ran is made up for the next day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext
from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from lms.accounts.models import Agency, Person, Preference, full_name
from lms.catalog.models import Course
from lms.db import db
from lms.jobs import outbox
from lms.jobs.worker import every_day, handles
from lms.kernel import clock
from lms.kernel.months import add_months
from lms.web.formats import date_id
from lms.web.language import speak

from . import jp, validity
from .models import Completion

TOPIC = "renewal"
STEPS = (7, 30, 90)  # days before the last day
SLACK = timedelta(days=4)  # months differ in length; and zones in their day
AT_ONCE = 500  # completions of one statement to the outbox


@dataclass(frozen=True, slots=True)
class Ending:
    """A completion that runs out soon; `step` of STEPS, the nearest reached."""

    uid: str
    step: int


@every_day
def remind(now: datetime) -> None:
    """Put one entry for each completion and step into the outbox."""
    found = endings(now)
    for at in range(0, len(found), AT_ONCE):
        bodies = {
            f"{one.uid}:{one.step}": {"completion": one.uid}
            for one in found[at : at + AT_ONCE]
        }
        outbox.put_many(TOPIC, bodies, now)


def endings(now: datetime) -> list[Ending]:
    """Return the completions that run out within 90 days and were not renewed."""
    found = []
    for months, release_ids in validity.lengths().items():
        near = add_months(now.date(), -months)
        rows = db.session.execute(
            select(Completion.uid, Completion.finished_on, Agency.timezone)
            .join(Agency, Agency.unit_id == Completion.agency_id)
            .join(Course, Course.id == Completion.course_id)
            .where(
                Completion.release_id.in_(release_ids),
                Completion.state == "valid",
                Completion.finished_on >= near - SLACK,
                Completion.finished_on <= near + timedelta(days=max(STEPS)) + SLACK,
                Course.is_listed,
                ~_renewed(),
            )
        )
        for uid, finished_on, zone in rows:
            left = (add_months(finished_on, months) - jp.day_of(now, zone)).days
            if step := step_at(left):
                found.append(Ending(uid, step))
    return found


def step_at(days_left: int) -> int | None:
    """Return the nearest step that is reached; None before the first, or too late."""
    if days_left < 0:
        return None
    return next((step for step in STEPS if days_left <= step), None)


def _renewed():
    """Return the condition that a later completion of the same course counts."""
    later = aliased(Completion)
    return exists().where(
        and_(
            later.person_id == Completion.person_id,
            later.course_id == Completion.course_id,
            later.state == "valid",
            later.id > Completion.id,
        )
    )


@handles(TOPIC)
def write(body: dict, settings: Mapping) -> None:
    """Put the mail about one completion into the outbox, in its owner's language."""
    if not settings["SMTP_URL"]:
        return
    row = db.session.execute(
        select(
            Completion,
            Person.email,
            Person.title_front,
            Person.name,
            Person.title_back,
            Preference.language,
            Agency.timezone,
        )
        .join(Person, Person.id == Completion.person_id)
        .join(Agency, Agency.unit_id == Completion.agency_id)
        .outerjoin(Preference, Preference.person_id == Person.id)
        .where(
            Completion.uid == body["completion"],
            Completion.state == "valid",
            Person.is_active,
            Person.email.is_not(None),
            ~_renewed(),
        )
    ).first()
    if row is None:
        return
    now = clock.now()
    today = jp.day_of(now, row.timezone)
    standing = validity.of(row.Completion, today)
    if standing is None or standing.is_over:
        return
    try:
        speak(row.language or "id")
        mail = _mail(row, standing.until, settings)
    finally:
        speak("id")
    key = f"renewal:{row.Completion.uid}:{step_at((standing.until - today).days)}"
    outbox.put("mail", mail | {"id": key.replace(":", ".")}, key, now)


def _mail(row, until: date, settings: Mapping) -> dict[str, str]:
    site, base = settings["SITE_NAME"], settings["BASE_URL"].rstrip("/")
    title = row.Completion.course_title
    lines = [
        gettext(
            "Yth. %(name)s,",
            name=full_name(row.title_front, row.name, row.title_back),
        ),
        "",
        gettext(
            "Penyelesaian Anda atas “%(title)s” berlaku sampai %(date)s.",
            title=title,
            date=date_id(until),
        ),
        gettext(
            "Ikuti kursusnya sekali lagi untuk memperbaruinya. Hasil dan sertifikat"
            " yang lama tetap tercatat."
        ),
        "",
        f"{base}/kursus/{row.Completion.course_code}",
        "",
        site,
    ]
    subject = gettext("“%(title)s” perlu diperbarui", title=title)
    return {
        "to": row.email,
        "subject": f"{site}: {subject}",
        "text": "\n".join(lines),
    }
