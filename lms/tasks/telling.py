"""Who is asked to grade, and mails: to graders when work waits, to learners when not.

The mails say nothing of the work: what to read is read here.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.accounts import letters, people, preferences, superiors, units
from lms.accounts.letters import Office
from lms.accounts.models import Person
from lms.catalog import courses
from lms.catalog.models import LiveRelease
from lms.db import db
from lms.jobs import outbox
from lms.jobs.worker import every_day, handles
from lms.kernel import clock
from lms.kernel.i18n import N_

from . import graders, peers, queries, spoken
from .models import Call, Outcome, Review, Work

TOPIC, AGAIN = "tasks.tell", "tasks.again"
RECALL = timedelta(days=1)  # whether the superior has changed is looked at this often
SHARE = 25  # works looked at in one transaction


def handed_in(work: Work, now: datetime) -> None:
    """Ask everybody who is to grade a round; peers are paired here."""
    person = people.find(work.person_id)
    _ask(work, _office(work, person, now), now)
    _pair(work, now)


def _pair(work: Work, now: datetime) -> None:
    """Give a round to peers, and its learner the work of others; write to them all."""
    given = peers.assign(work, now)
    if not given:
        return
    rows = db.session.execute(
        select(Call.work_id, Call.person_id).where(
            Call.work_id.in_(given), Call.role == "peer", Call.called_at == now
        )
    )
    for work_id, person_id in rows:
        _put("waits", work_id, person_id, now)


def _office(work: Work, person: Person, now: datetime) -> list[tuple[str, int]]:
    """Return (role, person) of the instructors and superiors to grade a round."""
    today = now.astimezone(ZoneInfo(units.agency_of(person.unit_id).timezone)).date()
    found: list[tuple[str, int]] = []
    if work.by_instructor:
        live = _live(work.course_id)
        found += [
            ("instructor", one.id)
            for one in graders.instructors_over(person, today, live)
        ]
    above = superiors.of_person(person.id) if work.by_superior else None
    if above is not None:
        found += [
            ("superior", person_id)
            for person_id in superiors.acting(above, today)
            if person_id != person.id
        ]
    return found


def _live(course_id: int):
    release_id = db.session.scalars(
        select(LiveRelease.release_id).where(LiveRelease.course_id == course_id)
    ).one()
    return courses.release(release_id)


def _ask(work: Work, wanted: Iterable[tuple[str, int]], now: datetime) -> None:
    """Add the calls that are new, and write to those people."""
    rows = db.session.execute(
        select(Call.role, Call.person_id).where(Call.work_id == work.id)
    )
    known = {(role, person_id) for role, person_id in rows}
    for role, person_id in wanted:
        if (role, person_id) not in known:
            db.session.add(
                Call(work_id=work.id, role=role, person_id=person_id, called_at=now)
            )
            _put("second" if role == "second" else "waits", work.id, person_id, now)
    db.session.flush()


def came_out(work: Work, outcome: Outcome, now: datetime) -> None:
    """Write to the learner that something came out of a round."""
    which = min(outcome.number, 2)  # the first, or after a second opinion
    _put(f"{outcome.result}{which}", work.id, work.person_id, now)


def mended(work: Work, newer: Review, now: datetime) -> None:
    """Write to the learner that a review they can read was mended."""
    _put(f"mended:{newer.id}", work.id, work.person_id, now)


def appealed(work: Work, now: datetime) -> None:
    """Ask the other instructors over the learner for a second opinion."""
    person = people.find(work.person_id)
    today = now.astimezone(ZoneInfo(units.agency_of(person.unit_id).timezone)).date()
    wanted = [
        ("second", one.id)
        for one in graders.instructors_over(person, today)
        if not graders.has_graded(one.id, work.id)
    ]
    _ask(work, wanted, now)


@every_day
def begin(now: datetime) -> None:
    """Have waiting work looked at share by share: others may write in between."""
    outbox.put(AGAIN, {"after": 0}, f"{now.date().isoformat()}:0", now)


@handles(AGAIN)
def go_on(body: dict, settings: Mapping) -> None:
    """Look at the next share of what waits."""
    now = clock.now()
    last = recall(now, body["after"])
    if last is not None:
        outbox.put(AGAIN, {"after": last}, f"{now.date().isoformat()}:{last}", now)


def recall(now: datetime, after: int = 0) -> int | None:
    """Ask who has become the superior since, and pair peers anew.

    Only of work that has waited for a day and still waits.

    after    id of the round that the last share ended with
    returns  that of this share; None = it was the last one
    """
    wanted = (
        select(Work)
        .where(
            queries.unsettled_condition(),
            Work.submitted_at < now - RECALL,
            Work.id > after,
        )
        .order_by(Work.id)
        .limit(SHARE)
    )
    works = db.session.scalars(wanted).all()
    for work in works:
        _ask(work, _office(work, people.find(work.person_id), now), now)
        _pair(work, now)
    return works[-1].id if len(works) == SHARE else None


def _put(what: str, work_id: int, person_id: int, now: datetime) -> None:
    body = {"what": what, "work": work_id, "person": person_id}
    outbox.put(TOPIC, body, f"{what}:{work_id}:{person_id}", now)


@handles(TOPIC)
def write(body: dict, settings: Mapping) -> None:
    """Put the mail to one person into the outbox; nobody without an address."""
    office = Office(
        settings["SITE_NAME"],
        settings["BASE_URL"].rstrip("/"),
        bool(settings["SMTP_URL"]),
    )
    work = db.session.get(Work, body["work"])
    person = db.session.get(Person, body["person"])
    if work is None or person is None or not person.is_active or person.is_demo:
        return
    waits = body["what"] in ("waits", "second")
    if body["what"] == "waits" and queries.outcomes([work.id]):
        return  # something came out meanwhile
    say = letters.words_for(person.id)
    title = spoken.of_work(work, preferences.of(person.id).language or "id")["title"]
    subject, text = _WORDS[body["what"].partition(":")[0].rstrip("12")]
    page = "/tugas/menilai" if waits else f"/tugas/{work.uid}"
    office.send(
        person.email,
        say(subject),
        say(text).format(name=person.name, task=title, url=f"{office.base_url}{page}"),
        f"{TOPIC}:{body['what']}:{work.uid}:{person.uid}",
        clock.now(),
    )


WAITS = N_("""Halo {name},

pekerjaan peserta untuk tugas “{task}” menunggu penilaian Anda:

{url}
""")
RETURNED = N_("""Halo {name},

pekerjaan Anda untuk tugas “{task}” dikembalikan untuk diperbaiki. Baca catatan penilai,
perbaiki, lalu kumpulkan lagi:

{url}
""")
GRADED = N_("""Halo {name},

pekerjaan Anda untuk tugas “{task}” sudah dinilai. Baca hasil dan catatan penilai:

{url}
""")
MENDED = N_("""Halo {name},

penilai membetulkan penilaiannya atas pekerjaan Anda untuk tugas “{task}”. Baca yang
berlaku sekarang, alasannya, dan penilaian sebelumnya:

{url}
""")
_WORDS = {
    "mended": (N_("penilaian tugas Anda dibetulkan"), MENDED),
    "waits": (N_("tugas menunggu penilaian Anda"), WAITS),
    "second": (N_("peserta meminta penilaian kedua"), WAITS),
    "returned": (N_("tugas Anda dikembalikan untuk diperbaiki"), RETURNED),
    "graded": (N_("tugas Anda sudah dinilai"), GRADED),
}
