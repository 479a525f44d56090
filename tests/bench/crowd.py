"""A large agency: 60,000 people in 40 offices, their duties and courses finished."""

import random
from datetime import date, datetime, timedelta

from sqlalchemy import insert

from lms.db import db
from lms.kernel import ids
from tests.catalogue import manifest

PEOPLE, OFFICES, DIVISIONS = 60_000, 40, 4
COMPLETIONS, DUTIES = 100_000, 2  # in all; courses that everybody owes
BATCH = 10_000
FIRST = 2_000_000  # ids of people, enrolments, ledger entries, completions
UNIT, JOB, COURSE = 500_000, 500_000, 500_000
AGENCY = 1
KINDS = (
    ("pelaksana", ""), ("pelaksana", ""), ("fungsional", "Ahli Muda"),
    ("fungsional", "Terampil"), ("struktural", "Pengawas"),
)  # fmt: skip
STATUSES = ("PNS", "PNS", "PNS", "PPPK", "CPNS", "NON_ASN")


def add(now: datetime, people: int = PEOPLE, completions: int = COMPLETIONS) -> None:
    """Add them to a database with the cast, in a few seconds; commits.

    Offices stand below unit 1; the same numbers give the same crowd.
    """
    from lms.records import seeds

    dice = random.Random(20261126)
    seeds.load(db.session)
    units = _units()
    jobs, courses = _jobs(), _courses(now)
    placed = [dice.choice(units) for _ in range(people)]
    for start in range(0, people, BATCH):
        numbers = range(start, min(start + BATCH, people))
        _people(numbers, placed, jobs, dice, now)
    _duties(people, courses, now)
    done = [
        (person, courses[turn % len(courses)])
        for turn in range(-(-completions // people))
        for person in range(people)
    ]
    for start in range(0, completions, BATCH):
        numbers = range(start, min(start + BATCH, completions))
        _completions(numbers, done, placed, dice, now)
    _enrolments(people, completions, courses[0], now)
    db.session.commit()


def _units() -> list[int]:
    """Add 40 offices of four divisions; return the divisions."""
    from lms.accounts.models import Unit

    rows = []
    for office in range(OFFICES):
        number = UNIT + office * 10
        rows.append(_unit(number, AGENCY, f"/1/{number}/", "office", office))
        rows += [
            _unit(number + d, number, f"/1/{number}/{number + d}/", "division", d)
            for d in range(1, DIVISIONS + 1)
        ]
    db.session.execute(insert(Unit), rows)
    return [row["id"] for row in rows if row["kind"] == "division"]


def _unit(number: int, parent: int, path: str, kind: str, place: int) -> dict:
    name = "Perangkat Daerah" if kind == "office" else "Bidang"
    return {
        "id": number, "parent_id": parent, "agency_id": AGENCY, "path": path,
        "kind": kind, "name": f"{name} {place:02} Contoh",
        "valid_from": date(2024, 1, 1),
    }  # fmt: skip


def _jobs() -> list[int]:
    from lms.accounts.models import Job

    rows = [
        {"id": JOB + n, "title": f"Jabatan Contoh {n}", "type": kind, "level": level,
         "family": "keuangan-daerah"}
        for n, (kind, level) in enumerate(KINDS * 12)
    ]  # fmt: skip
    db.session.execute(insert(Job), rows)
    return [row["id"] for row in rows]


def _courses(now: datetime) -> list[int]:
    """Add five courses; return their ids, which are those of their releases as well."""
    from lms.catalog.models import Course, LiveRelease, Release

    numbers = [COURSE + n for n in range(5)]
    db.session.execute(insert(Course), [
        {"id": n, "code": f"ramai-{n}", "folder": f"ramai-{n}", "source_sha": "-",
         "created_at": now} for n in numbers
    ])  # fmt: skip
    db.session.execute(insert(Release), [
        {"id": n, "course_id": n, "number": 1, "edition": 1, "sha": "-", "summary": "",
         "title": f"Kursus Ramai {n}", "jp": 6, "published_at": now,
         "manifest": manifest(f"ramai-{n}", f"Kursus Ramai {n}", items=[])}
        for n in numbers
    ])  # fmt: skip
    db.session.execute(
        insert(LiveRelease), [{"course_id": n, "release_id": n} for n in numbers]
    )
    return numbers


def _people(numbers, placed: list[int], jobs: list[int], dice, now: datetime) -> None:
    from lms.accounts.models import Person

    db.session.execute(insert(Person), [
        {"id": FIRST + n, "uid": ids.new_uid(),
         "name": f"Pegawai Ramai {n * 7919 % 99991}",
         "asn_status": dice.choice(STATUSES), "unit_id": placed[n],
         "job_id": dice.choice(jobs), "created_at": now, "updated_at": now}
        for n in numbers
    ])  # fmt: skip
    db.session.commit()


def _duties(people: int, courses: list[int], now: datetime) -> None:
    from lms.assignments.models import Assignment, Duty

    today = now.date()
    for place, course in enumerate(courses[1 : 1 + DUTIES]):  # two thirds, none done
        due = today + timedelta(days=20 * place - 10)
        key = {"course_id": course, "starts_on": date(today.year, 1, 5), "due_on": due}
        assignment = db.session.scalar(
            insert(Assignment).returning(Assignment.id),
            [key | {"uid": ids.new_uid(), "unit_id": AGENCY, "created_at": now}],
        )
        for start in range(0, people, BATCH):
            waves = [(n, n % 4) for n in range(start, min(start + BATCH, people))]
            db.session.execute(insert(Duty), [
                key | {"assignment_id": assignment, "person_id": FIRST + n,
                       "wave": wave + 1, "due_on": due + timedelta(days=7 * wave),
                       "assigned_at": now}
                for n, wave in waves
            ])  # fmt: skip
            db.session.commit()


def _completions(numbers, done, placed: list[int], dice, now: datetime) -> None:
    from lms.records.models import Completion, Enrolment, LedgerEntry

    keys = []
    for n in numbers:
        person, course = done[n]
        keys.append({"id": FIRST + n, "person_id": FIRST + person, "course_id": course,
                     "release_id": course, "edition": 1})  # fmt: skip
    db.session.execute(insert(Enrolment), [k | {"started_at": now} for k in keys])
    db.session.execute(insert(LedgerEntry), [
        {"seq": k["id"], "uid": ids.new_uid(), "kind": "completion",
         "person_id": k["person_id"], "at": now, "body": "{}",
         "prev_hash": f"r{k['id']}", "hash": f"r{k['id']}"} for k in keys
    ])  # fmt: skip
    db.session.execute(insert(Completion), [
        _completion(k, placed[k["person_id"] - FIRST], dice, now) for k in keys
    ])  # fmt: skip
    db.session.commit()


def _completion(key: dict, unit: int, dice, now: datetime) -> dict:
    day = now.date() - timedelta(days=dice.randrange(600))
    return key | {
        "uid": ids.new_uid(), "seq": key["id"], "enrolment_id": key["id"],
        "course_code": f"ramai-{key['course_id']}",
        "course_title": f"Kursus Ramai {key['course_id']}", "agency_id": AGENCY,
        "unit_id": unit, "office_name": "Perangkat Daerah", "unit_name": "Bidang",
        "asn_status": "PNS", "started_on": day, "finished_on": day, "finished_at": now,
        "year": day.year, "jp": dice.choice((2, 6, 8, 20)), "training_form": 16,
    }  # fmt: skip


def _enrolments(people: int, completions: int, course: int, now: datetime) -> None:
    """Let some who have finished nothing take part."""
    from lms.records.models import Enrolment

    first = FIRST + completions
    idle = range(0, people, 9)
    db.session.execute(insert(Enrolment), [
        {"id": first + n, "person_id": FIRST + n, "course_id": course + 4,
         "release_id": course + 4, "edition": 1, "started_at": now} for n in idle
    ])  # fmt: skip
