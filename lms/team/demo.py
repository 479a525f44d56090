"""What the invented people have learned and owe, so that no page of a superior or of
HR is empty. Made with the verbs that real learning uses; nobody one signs in as has
learned anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from lms.accounts.demo_people import EXTRAS
from lms.accounts.models import Deputy, Person, Unit
from lms.assignments.models import Assignment, Duty
from lms.catalog import courses
from lms.catalog.courses import Live
from lms.courseware.completion import CHECK_FACTS
from lms.db import db
from lms.kernel import ids
from lms.records import completions, enrolments, facts
from lms.records.models import Enrolment

from . import encouragements, sentences
from .encouragements import About

LOKET, PRIVACY, MONEY = (
    "layanan-prima-di-loket",
    "data-pribadi-di-meja-kerja",
    "bukti-belanja-yang-rapi",
)
# Days ago on which each course was finished; a minus: begun then, not finished.
LEARNED: dict[str, dict[str, int]] = {
    "dian": {LOKET: 41, PRIVACY: 12, MONEY: 402},
    "bayu": {PRIVACY: 388, LOKET: -9},
    "lestari": {LOKET: 5, MONEY: 251},
    "hendrik": {LOKET: -30},
    "nurul": {PRIVACY: 33},
    "maria": {LOKET: 74, PRIVACY: -3},
    "suparman": {MONEY: 19, PRIVACY: 467},
    "wahyuni": {MONEY: 160, LOKET: 8, PRIVACY: 26},
    "rudi": {PRIVACY: -14},
    "agustina": {PRIVACY: 95},
    "murniati": {PRIVACY: 310},
    "fransiskus": {LOKET: 205, PRIVACY: 47},
    "rina": {PRIVACY: 22, LOKET: 430},
    "slamet": {PRIVACY: -20},
    "novita": {LOKET: 60, PRIVACY: 3},
    "anton": {LOKET: 352},
    "kartini": {PRIVACY: 140},
    "teguh": {PRIVACY: 188, MONEY: 411, LOKET: 118},
    "ratna": {PRIVACY: 275, LOKET: 132},
    "gunawan": {PRIVACY: 66},
    "dewi": {LOKET: 290},
    "yanti": {LOKET: 101, PRIVACY: 15},
    "samuel": {LOKET: -45},
    "hotman": {MONEY: 230},
    "indah": {MONEY: 83, PRIVACY: 10},
    "petrus": {LOKET: 175},
    "aisyah": {MONEY: 29},
    "sabirin": {LOKET: 336},
    "kristina": {LOKET: 52, PRIVACY: -6},
    "ilham": {PRIVACY: 240},
    "putri": {PRIVACY: 37, MONEY: 380},
}
LASTS = 4  # days from beginning to finishing


@dataclass(frozen=True, slots=True)
class Event:
    """A course somebody learned; `is_finished` at that time, else only begun."""

    at: datetime
    key: str
    course: str
    is_finished: bool


@dataclass(frozen=True, slots=True)
class Order:
    """An assignment; people of each unit by turns in the waves.

    starts, due  days from today of the first wave
    """

    course: str
    unit: str
    reason: str
    starts: int
    due: int
    waves: int
    wave_days: int


ORDERS = (
    Order(
        LOKET, "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        "Standar layanan loket yang baru berlaku untuk semua petugas.",
        starts=-28, due=-6, waves=2, wave_days=10,
    ),
    Order(
        PRIVACY, "Pemerintah Kota Palangka Raya",
        "Setiap pegawai mengolah data pribadi warga.",
        starts=-14, due=14, waves=3, wave_days=14,
    ),
)  # fmt: skip


def add(now: datetime) -> int:
    """Add what is missing; return how many courses were begun. The caller commits.

    Only courses of this installation count: it may have others.
    """
    today = now.astimezone(ZoneInfo("Asia/Jakarta")).date()
    people = {
        person.email.partition("@")[0]: person
        for person in db.session.scalars(select(Person).where(Person.is_demo))
    }
    begun = _learn(people, now)
    for order in ORDERS:
        _assign(order, people, today, now)
    if {"yohanes", "suparman", "rani", "siti"} <= people.keys():
        _stand_in(people, today, now)
        _encourage(people, today, now)
    return begun


def _learn(people: dict[str, Person], now: datetime) -> int:
    known = {live.code: live for live in courses.listed()}
    mine = [people[key].id for key in LEARNED if key in people]
    touched = set(
        db.session.scalars(
            select(Enrolment.person_id).where(Enrolment.person_id.in_(mine)).distinct()
        )
    )
    count = 0
    for event in _events(now):
        person, live = people.get(event.key), known.get(event.course)
        if person is None or live is None or person.id in touched:
            continue
        first = event.at - timedelta(days=LASTS if event.is_finished else 0)
        enrolment = enrolments.enrol(person, live, first)
        _do_items(enrolment, live, event)
        if event.is_finished:
            completions.settle(enrolment, event.at)
        count += 1
    return count


def _events(now: datetime) -> Iterator[Event]:
    """Yield what was learned in the order of time, as the ledger wants it."""
    found = []
    for number, extra in enumerate(EXTRAS):
        for course, days in LEARNED.get(extra.key, {}).items():
            at = now - timedelta(days=abs(days), minutes=37 * number % 240)
            found.append(Event(at, extra.key, course, days > 0))
    yield from sorted(found, key=lambda event: (event.at, event.key))


def _do_items(enrolment: Enrolment, live: Live, event: Event) -> None:
    """Note the facts of all items, or of the first ones of a course only begun."""
    items = [item for item in live.items if item["kind"] != "survey"]
    if not event.is_finished:
        items = items[: len(event.key) % 2 + 1]
    for place, item in enumerate(items):
        if item["kind"] == "simulation":
            continue  # it has facts only where it was played
        if item["kind"] == "quiz":
            score = 7_000 + (len(event.key) * 700 + place * 500) % 3_001
            facts.add(enrolment, item["code"], "passed", event.at, score_bp=score)
        if item["kind"] != "module":
            continue  # what people grade, nobody of the demo has done
        facts.add(enrolment, item["code"], "read", event.at)
        fact = CHECK_FACTS.get(item["completion"])
        for code in item["checks"] if fact else ():
            facts.add(enrolment, item["code"], fact, event.at, code)


def _assign(order: Order, people: dict[str, Person], today: date, now) -> None:
    unit = db.session.scalar(
        select(Unit)
        .where(Unit.name == order.unit, Unit.path.startswith(_agency_path(people)))
        .limit(1)
    )
    live = next((c for c in courses.listed() if c.code == order.course), None)
    if unit is None or live is None or _is_assigned(unit, live):
        return
    starts = today + timedelta(days=order.starts)
    due = today + timedelta(days=order.due)
    row = Assignment(
        uid=ids.new_uid(),
        course_id=live.course_id,
        unit_id=unit.id,
        reason=order.reason,
        starts_on=starts,
        due_on=due,
        waves=order.waves,
        wave_days=order.wave_days,
        created_by=people["siti"].id,
        created_at=now - timedelta(days=-order.starts),
    )
    db.session.add(row)
    db.session.flush()
    owing = select(Person.id, Person.unit_id).join(Unit, Unit.id == Person.unit_id)
    rows = db.session.execute(
        owing.where(Unit.path.startswith(unit.path), Person.is_active).order_by(
            Person.id
        )
    )
    turn: dict[int, int] = {}
    for person_id, unit_id in rows:
        wave = turn[unit_id] = turn.get(unit_id, -1) + 1
        later = timedelta(days=wave % order.waves * order.wave_days)
        db.session.add(
            Duty(
                assignment_id=row.id,
                person_id=person_id,
                course_id=live.course_id,
                wave=wave % order.waves + 1,
                starts_on=starts + later,
                due_on=due + later,
                assigned_at=row.created_at,
            )
        )


def _agency_path(people: dict[str, Person]) -> str:
    siti = people.get("siti")
    if siti is None:
        return "-"  # no path begins so
    path = db.session.scalar(select(Unit.path).where(Unit.id == siti.unit_id))
    return f"/{path.split('/')[1]}/"


def _is_assigned(unit: Unit, live: Live) -> bool:
    same = exists().where(
        Assignment.unit_id == unit.id, Assignment.course_id == live.course_id
    )
    return bool(db.session.scalar(select(same)))


def _stand_in(people: dict[str, Person], today: date, now: datetime) -> None:
    """Let Yohanes act for the secretary of his office for two weeks."""
    mandate = {
        "superior_id": people["suparman"].id,
        "deputy_id": people["yohanes"].id,
    }
    known = select(Deputy.id).filter_by(**mandate).limit(1)
    if db.session.scalar(known) is None:
        db.session.add(
            Deputy(
                **mandate,
                valid_from=today,
                valid_to=today + timedelta(days=14),
                granted_by=people["siti"].id,
                granted_at=now,
            )
        )


def _encourage(people: dict[str, Person], today: date, now: datetime) -> None:
    """Let Rani find a message of her superior's on her first page."""
    duty = db.session.scalar(
        select(Duty).where(Duty.person_id == people["rani"].id).order_by(Duty.due_on)
        .limit(1)
    )  # fmt: skip
    if duty is not None:
        encouragements.send(
            people["yohanes"].id,
            people["rani"].id,
            "contoh",
            sentences.written("waktu", ""),
            About(duty.course_id, duty.id),
            today=today,
            now=now,
        )
