"""One mail a day to who was reminded, with everything they owe, in their language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, ngettext
from sqlalchemy import select

from lms.accounts.models import Person, Preference, full_name
from lms.catalog.models import LiveRelease, Release
from lms.db import db
from lms.jobs import outbox
from lms.jobs.worker import handles
from lms.kernel import clock
from lms.web.formats import date_id
from lms.web.language import speak

from . import standing
from .models import Reminder
from .reminders import TOPIC
from .standing import Owed

BATCH = 1000  # people in one transaction: others want to write as well


@dataclass(frozen=True, slots=True)
class Sender:
    """The site that the mail comes from, as its settings say."""

    site: str
    base_url: str


@handles(TOPIC)
def write(body: dict, settings: Mapping) -> None:
    """Put the mails of the next people into the outbox, then ask for those after.

    A person who has a mail of that day already gets no second one.
    """
    if not settings["SMTP_URL"]:
        return
    day, after, now = date.fromisoformat(body["day"]), body["after"], clock.now()
    people = _people(day, after, body.get("until"))
    if not people:
        return
    sender = Sender(settings["SITE_NAME"], settings["BASE_URL"].rstrip("/"))
    outbox.put_many("mail", _mails(people, day, sender), now)
    last = people[-1].id
    following = body | {"after": last}
    outbox.put(TOPIC, following, f"{day}:{body['run']}:{last}", now)


def _people(day: date, after: int, until: int | None) -> list:
    """Return the next people after one, up to another, who were reminded that day."""
    reminded = select(Reminder.person_id).where(Reminder.on_day == day)
    return db.session.execute(
        select(
            Person.id,
            Person.uid,
            Person.email,
            Person.title_front,
            Person.name,
            Person.title_back,
            Preference.language,
        )
        .outerjoin(Preference, Preference.person_id == Person.id)
        .where(
            Person.id > after,
            Person.id <= until if until is not None else True,
            Person.id.in_(reminded),
            Person.is_active,
            Person.email.is_not(None),
        )
        .order_by(Person.id)
        .limit(BATCH)
    ).all()


def _mails(people: Collection, day: date, sender: Sender) -> dict[str, dict]:
    owed = standing.of_people([person.id for person in people], day)
    titles = _titles(one.course_id for duties in owed.values() for one in duties)
    mails = {}
    try:
        for person in people:
            speak(person.language or "id")
            duties = [
                one
                for one in owed.get(person.id, [])
                if one.state != "done" and one.starts_on <= day
            ]
            if duties:
                key = f"duties:{person.uid}:{day}"
                mails[key] = _mail(person, duties, titles, sender) | {
                    "id": key.replace(":", ".")
                }
    finally:
        speak("id")
    return mails


def _titles(course_ids) -> dict[int, str]:
    rows = db.session.execute(
        select(LiveRelease.course_id, Release.title)
        .join(Release, Release.id == LiveRelease.release_id)
        .where(LiveRelease.course_id.in_(set(course_ids)))
    )
    return dict(rows.all())


def _mail(person, duties: list[Owed], titles: dict, sender: Sender) -> dict[str, str]:
    subject = ngettext(
        "%(num)s kursus menunggu Anda", "%(num)s kursus menunggu Anda", len(duties)
    )
    name = full_name(person.title_front, person.name, person.title_back)
    lines = [
        gettext("Yth. %(name)s,", name=name),
        "",
        gettext("Kursus berikut ditugaskan kepada Anda dan belum selesai:"),
        "",
        *(_line(one, titles.get(one.course_id, "")) for one in duties),
        "",
        gettext("Buka daftarnya: %(url)s", url=f"{sender.base_url}/penugasan"),
        "",
        sender.site,
    ]
    return {
        "to": person.email,
        "subject": f"{sender.site}: {subject}",
        "text": "\n".join(lines),
    }


def _line(one: Owed, title: str) -> str:
    # Days, not "tomorrow": a mail may be under way for long.
    if one.state == "late":
        said = gettext(
            "%(title)s: tenggatnya %(date)s, sudah lewat.",
            title=title,
            date=date_id(one.due_on),
        )
    else:
        said = gettext(
            "%(title)s: tenggatnya %(date)s.", title=title, date=date_id(one.due_on)
        )
    return f"- {said}"
