"""Mails that ask for a survey: one, and one reminder, in their reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.accounts.models import Person, Preference, full_name
from lms.catalog import translated
from lms.catalog.courses import Live
from lms.db import db
from lms.jobs import outbox
from lms.kernel.i18n import N_
from lms.web.formats import date_id
from lms.web.language import speak

from . import calls
from .models import SurveyCall

SUBJECTS = {
    "ask": N_("Survei singkat: %(title)s"),
    "remind": N_("Pengingat survei: %(title)s"),
}
ABOUT = {
    "learner": N_(
        "Anda menyelesaikan kursus “%(course)s”. Kami ingin tahu apa yang berubah dalam"
        " pekerjaan Anda sejak itu."
    ),
    "superior": N_(
        "%(name)s menyelesaikan kursus “%(course)s”. Sebagai atasannya, Anda diminta"
        " mengisi survei singkat tentang perubahan dalam pekerjaannya."
    ),
    "peer": N_(
        "%(name)s menyelesaikan kursus “%(course)s”. Sebagai rekan kerjanya, Anda"
        " diminta mengisi survei singkat tentang perubahan dalam pekerjaannya."
    ),
    "subordinate": N_(
        "%(name)s menyelesaikan kursus “%(course)s”. Sebagai bawahannya, Anda diminta"
        " mengisi survei singkat tentang perubahan dalam pekerjaannya."
    ),
}


@dataclass(frozen=True, slots=True)
class Sender:
    """The site that the mail comes from, as its settings say."""

    site: str
    base_url: str
    secret: str
    is_open: bool


def sender_of(settings: Mapping) -> Sender:
    return Sender(
        settings["SITE_NAME"],
        settings["BASE_URL"].rstrip("/"),
        settings["SECRET_KEY"],
        bool(settings["SMTP_URL"]),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter says of its survey, in the language of its reader.

    code  of the item in the release
    """

    live: Live
    code: str
    minutes: int
    is_anonymous: bool

    def titles(self, language: str) -> tuple[str, str]:
        """Return the titles of survey and course."""
        course = translated.course(self.live, language)
        entry = course.item(self.code)
        assert entry is not None  # the release was asked for its surveys
        return entry["title"], course.title


def put(
    kind: str,
    call_ids: Iterable[int],
    told: Mapping[tuple[int, str], Told],
    sender: Sender,
    now: datetime,
) -> None:
    """Put the letters of calls into the outbox; each kind once a call, whatever comes.

    kind  ask, remind
    told  by course and item
    """
    if not sender.is_open:
        return
    mails = {}
    try:
        for row in _rows(call_ids):
            about = told.get((row.SurveyCall.course_id, row.SurveyCall.item_code))
            if about is None:
                continue
            speak(row.language or "id")
            key = f"survey:{row.SurveyCall.uid}:{kind}"
            mails[key] = _mail(kind, row, about, sender) | {"id": key.replace(":", ".")}
    finally:
        speak("id")
    outbox.put_many("mail", mails, now)


def _rows(call_ids: Iterable[int]):
    learner = aliased(Person)
    return db.session.execute(
        select(
            SurveyCall,
            Person.email,
            Person.title_front,
            Person.name,
            Person.title_back,
            Preference.language,
            learner.title_front.label("front"),
            learner.name.label("about"),
            learner.title_back.label("back"),
        )
        .join(Person, Person.id == SurveyCall.respondent_id)
        .join(learner, learner.id == SurveyCall.person_id)
        .outerjoin(Preference, Preference.person_id == Person.id)
        .where(
            SurveyCall.id.in_(list(call_ids)),
            Person.is_active,
            Person.email.is_not(None),
        )
        .order_by(SurveyCall.id)
    ).all()


def _mail(kind: str, row, told: Told, sender: Sender) -> dict[str, str]:
    call: SurveyCall = row.SurveyCall
    token = calls.token_of(sender.secret, call.uid)
    title, course = told.titles(row.language or "id")
    about = gettext(
        ABOUT[call.role],
        name=full_name(row.front, row.about, row.back),
        course=course,
    )
    name = full_name(row.title_front, row.name, row.title_back)
    lines = [
        gettext("Yth. %(name)s,", name=name),
        "",
        about,
        "",
        gettext(
            "Buka survei (sekitar %(minutes)s menit): %(url)s",
            minutes=told.minutes,
            url=f"{sender.base_url}/survei/undangan/{token}/isi",
        ),
        "",
        _until(call.closes_on),
        gettext("Jawaban Anda disimpan tanpa nama.")
        if told.is_anonymous
        else gettext("Jawaban Anda disimpan bersama nama Anda."),
        gettext(
            "Bila Anda tidak ingin mengisi, pilih “Saya tidak mengisi” di halaman itu;"
            " Anda tidak akan diingatkan lagi."
        ),
        "",
        sender.site,
    ]
    subject = gettext(SUBJECTS[kind], title=title)
    return {
        "to": row.email,
        "subject": f"{sender.site}: {subject}",
        "text": "\n".join(lines),
    }


def _until(day: date) -> str:
    return gettext(
        "Tautan ini hanya untuk Anda: jangan diteruskan. Berlaku sampai %(day)s, sekali"
        " isi, tanpa kata sandi.",
        day=date_id(day),
    )
