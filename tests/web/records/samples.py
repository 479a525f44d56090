"""A small course to complete, written straight into the tables."""

from datetime import datetime

from lms.accounts.models import Person
from lms.catalog import courses
from lms.catalog.courses import Live
from lms.catalog.models import Course, ItemVersion, LiveRelease, Release
from lms.db import db
from lms.records import completions, enrolments, facts
from lms.records.models import Completion, Enrolment

PASSING = [["antrean", "finished"], ["kuis-akhir", "passed"]]


def manifest(**changes) -> dict:
    """Return the manifest of a course with one module and one quiz."""
    return {
        "code": "layanan-prima",
        "title": "Layanan Prima di Loket",
        "summary": "Melayani dengan janji yang jelas.",
        "edition": 1,
        "jp": 4,
        "organiser": "",
        "authors": [],
        "objectives": [],
        "language": "id",
        "promises": [{"code": "PPB", "level": 3, "proof": ["kuis-akhir"]}],
        "training_form": 16,
        "yearly": False,
        "chapters": [
            {
                "title": "Bab 1",
                "items": [
                    item("antrean", "module", "Antrean yang adil", 20),
                    item("kuis-akhir", "quiz", "Kuis akhir", 15),
                    item("bacaan", "module", "Bacaan tambahan", 5, required=False),
                ],
            }
        ],
        "passing": PASSING,
        "item_shas": {},
        "total_minutes": 40,
    } | changes


def item(code: str, kind: str, title: str, minutes: int, required: bool = True) -> dict:
    return {
        "code": code,
        "kind": kind,
        "title": title,
        "minutes": minutes,
        "required": required,
        "completion": "read" if kind == "module" else None,
        "checks": [],
        "questions": None,
        "pass_percent": None,
        "attempts": None,
    }


def publish(now: datetime, number: int = 1, **changes) -> Live:
    """Publish the course (again) and commit."""
    said = manifest(**changes)
    course = db.session.query(Course).filter_by(code=said["code"]).one_or_none()
    if course is None:
        course = Course(
            code=said["code"], folder=said["code"], source_sha="-", created_at=now
        )
        db.session.add(course)
        db.session.flush()
    _add_items(course.id, said)
    release = Release(
        course_id=course.id,
        number=number,
        edition=said["edition"],
        sha="-",
        title=said["title"],
        summary=said["summary"],
        jp=said["jp"],
        manifest=said,
        published_at=now,
    )
    db.session.add(release)
    db.session.flush()
    db.session.merge(LiveRelease(course_id=course.id, release_id=release.id))
    db.session.commit()
    return courses.live(said["code"])


BLANK = {
    "minutes": 20,
    "objectives": [],
    "completion": "read",
    "segments": [{"html": "<p>Isi.</p>"}],
    "picture_bytes": {},
    "headings": [],
    "words": 1,
    "competencies": [],
}


def _add_items(course_id: int, said: dict) -> None:
    """Add the one version of each lesson, so that pages can show it."""
    lessons = [
        item
        for chapter in said["chapters"]
        for item in chapter["items"]
        if item["kind"] == "module"
    ]
    said["item_shas"] = {item["code"]: "-" for item in lessons}
    known = db.session.query(ItemVersion.code).filter_by(course_id=course_id)
    stored = {row.code for row in known}
    for lesson in lessons:
        if lesson["code"] not in stored:
            version = {"code": lesson["code"], "kind": "module", "sha": "-"}
            body = BLANK | {"title": lesson["title"]}
            db.session.add(ItemVersion(course_id=course_id, body=body, **version))


def start(person_id: int, live: Live, now: datetime) -> Enrolment:
    """Enrol somebody of the cast; the caller commits."""
    return enrolments.enrol(db.session.get_one(Person, person_id), live, now)


def do_all(enrolment: Enrolment, now: datetime, score_bp: int = 8_600) -> None:
    """Note all facts the course wants, without settling."""
    facts.add(enrolment, "antrean", "read", now)
    facts.add(enrolment, "kuis-akhir", "passed", now, score_bp=score_bp, proof_id=77)


def finish(person_id: int, live: Live, now: datetime, score_bp=8_600) -> Completion:
    """Take and finish the course, and commit."""
    enrolment = start(person_id, live, now)
    do_all(enrolment, now, score_bp)
    completion = completions.settle(enrolment, now)
    assert completion is not None
    db.session.commit()
    return completion
