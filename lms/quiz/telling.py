"""Mails about grading: to those who teach when answers wait, to learners afterwards.

The mails say nothing of the answers, nor what they earned: that is read here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lms.accounts import letters, people, units
from lms.accounts.letters import Office
from lms.accounts.models import Person
from lms.catalog import courses
from lms.catalog.models import Course, ItemVersion
from lms.db import db
from lms.jobs import outbox
from lms.jobs.worker import handles
from lms.kernel import clock
from lms.kernel.i18n import N_

from . import teaching
from .models import Attempt

TOPIC = "quiz.tell"


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says, and of which quiz."""

    quiz: str
    subject: str
    text: str


def waits(attempt: Attempt, now: datetime) -> None:
    """Ask those who teach to grade what was handed in."""
    _put("waits", attempt.id, now)


def graded(attempt: Attempt, now: datetime) -> None:
    """Write to the learner that all of an attempt is graded."""
    _put("graded", attempt.id, now)


def corrected(attempt: Attempt, now: datetime) -> None:
    """Write to the learner that a grade they could read was given anew."""
    _put("corrected", attempt.id, now)


def _put(what: str, attempt_id: int, now: datetime) -> None:
    body = {"what": what, "attempt": attempt_id, "at": now.isoformat()}
    outbox.put(TOPIC, body, f"{what}:{attempt_id}:{now.isoformat()}", now)


@handles(TOPIC)
def write(body: dict, settings: Mapping) -> None:
    """Put the mails into the outbox; nobody without an address gets one."""
    office = Office(
        settings["SITE_NAME"],
        settings["BASE_URL"].rstrip("/"),
        bool(settings["SMTP_URL"]),
    )
    attempt = db.session.get(Attempt, body["attempt"])
    if attempt is None:
        return
    quiz = db.session.get_one(ItemVersion, attempt.item_version_id).body["title"]
    if body["what"] in TO_LEARNERS:
        if not attempt.is_waiting:
            key = f"{TOPIC}:{body['what']}:{attempt.id}:{body['at']}"
            page = f"/kuis/percobaan/{attempt.id}/hasil"
            learner = people.find(attempt.person_id)
            _send(office, learner, Words(quiz, *TO_LEARNERS[body["what"]]), page, key)
        return
    if not attempt.is_waiting:
        return  # graded meanwhile
    now = clock.now()
    for one in teachers_of(attempt, now):
        # However many hand in on a day: one mail.
        key = f"{TOPIC}:waits:{one.uid}:{attempt.course_id}:{now.date()}"
        _send(office, one, Words(quiz, *WAITS), "/tulis/penilaian", key)


def teachers_of(attempt: Attempt, now: datetime) -> list[Person]:
    """Return who may grade an attempt today: authors who teach over the learner."""
    learner = people.find(attempt.person_id)
    agency = units.agency_of(learner.unit_id)
    today = now.astimezone(ZoneInfo(agency.timezone)).date()
    code = db.session.get_one(Course, attempt.course_id).code
    return teaching.instructors_over(learner, today, courses.live(code))


def _send(office: Office, person: Person, words: Words, page: str, key: str) -> None:
    if not person.is_active or person.is_demo:
        return
    say = letters.words_for(person.id)
    text = say(words.text).format(
        name=person.name, quiz=words.quiz, url=f"{office.base_url}{page}"
    )
    office.send(person.email, say(words.subject), text, key, clock.now())


WAITS = (
    N_("jawaban kuis menunggu penilaian Anda"),
    N_("""Halo {name},

jawaban peserta di kuis “{quiz}” menunggu penilaian Anda:

{url}
"""),
)
GRADED = (
    N_("kuis Anda sudah dinilai"),
    N_("""Halo {name},

jawaban Anda di kuis “{quiz}” sudah dinilai pengajar. Baca hasil dan komentarnya:

{url}
"""),
)
CORRECTED = (
    N_("penilaian kuis Anda dibetulkan"),
    N_("""Halo {name},

pengajar membetulkan penilaian atas jawaban Anda di kuis “{quiz}”. Baca nilai yang
berlaku sekarang, alasannya, dan penilaian sebelumnya:

{url}
"""),
)
TO_LEARNERS = {"graded": GRADED, "corrected": CORRECTED}
