"""A small course with surveys, made without rendering, and ways to fill them in."""

import re

from sqlalchemy import select

from lms.catalog import courses, releases
from lms.courseware.bundle import Bundle, BundleItem, BundleQuestion
from lms.db import db
from lms.kernel import clock
from lms.records import completions, enrolments, facts
from lms.records.models import Completion, Enrolment
from tests.cast import CAST
from tests.web.quiz.stage import sha

COURSE = "layanan"
SCALE = ["Tidak setuju", "Kurang setuju", "Setuju", "Sangat setuju"]


def question(code: str, kind: str, required: bool = True, **said) -> BundleQuestion:
    """A question of a survey: there is no key to it."""
    body = {
        "kind": kind,
        "title": f"JUDUL {code}",
        "stem_html": f"<p>Tanya {code}?</p>",
        "options": [],
        "unit": "",
        "required": required,
        "hints_html": [],
        "points": 1,
        "shuffle_options": False,
        "competencies": [],
    } | said
    return BundleQuestion(code, kind, sha(body), body, {"kind": kind})


def scale(code: str, *statements: str, levels: list[str] = SCALE, **said):
    rows = [{"code": one, "html": f"Pernyataan {one}"} for one in statements]
    return question(code, "likert", scale=levels, statements=rows, **said)


def options(*texts: str) -> list[dict]:
    return [{"number": n, "html": text} for n, text in enumerate(texts, 1)]


QUESTIONS = [
    scale("materi", "sesuai-tugas", "yakin"),
    question("metode", "multiple", options=options("Simulasi", "Proyek", "Webinar")),
    question("lama", "single", False, options=options("Terlalu singkat", "Pas")),
    question("jam", "numeric", False, unit="jam"),
    question("saran", "essay", False, min_words=None, max_words=50),
]
# What a browser sends for QUESTIONS.
GOOD = {"j0-0": "3", "j0-1": "2", "j1": ["0", "2"], "j2": "1", "j3": "1,5",
        "j4": "Tambah latihan."}  # fmt: skip


def survey(code: str = "reaksi", questions=None, **said) -> tuple[dict, list]:
    """A survey as it is published, and its questions."""
    questions = QUESTIONS if questions is None else questions
    body = {
        "title": f"Survei {code}",
        "intro_html": "<p>Tolong isi.</p>",
        "respondents": ["learner"],
        "when": "anytime",
        "after_days": 0,
        "anonymous": False,
        "minutes": 2,
        "questions": [q.code for q in questions],
        "question_shas": {q.code: q.sha for q in questions},
        "code": code,
    } | said
    return body, questions


LATER = {"when": "after", "after_days": 90}
# What a superior is asked after 90 days.
ON_THE_JOB = [scale("perilaku", "jelaskan", "catat")]
ABOUT_RANI = {"respondents": ["superior"], **LATER}


def publish(*surveys: tuple[dict, list], passing=(), required=(), **said):
    """Publish the course with a lesson and these surveys; return what is live.

    required  codes of surveys without which the course is not finished
    """
    module = {
        "title": "Menyapa warga", "minutes": 10, "objectives": [],
        "completion": "read", "segments": [{"html": "<p>Sapa.</p>"}], "headings": [],
        "words": 1, "competencies": [], "picture_bytes": {},
    }  # fmt: skip
    things = [BundleItem("menyapa", "module", sha(module), module)]
    entries = [
        _entry("menyapa", "module", "Menyapa warga", minutes=10, completion="read")
    ]
    questions = {}
    for body, asked in surveys:
        code = body["code"]
        things.append(BundleItem(code, "survey", sha(body), body))
        shown = ("respondents", "when", "after_days", "anonymous", "minutes")
        entries.append(
            _entry(code, "survey", body["title"], required=code in required,
                   questions=len(asked), **{key: body[key] for key in shown})
        )  # fmt: skip
        questions |= {q.code: q for q in asked}
    manifest = {
        "code": COURSE, "title": "Layanan", "summary": "Ringkas", "language": "id",
        "edition": 1, "jp": 2, "status": "live", "owner": "",
        "authors": ["Hendra Saputra"], "organiser": "", "objectives": [], "tags": [],
        "for_jobs": [], "prerequisites": [], "promises": [], "training_form": 16,
        "yearly": False, "validity_months": None, "action_plan": "none",
        "sources": [], "chapters": [{"title": "Satu", "items": entries}],
        "passing": [["menyapa", "finished"], *map(list, passing)],
        "item_shas": {thing.code: thing.sha for thing in things},
        "total_minutes": 12,
    } | said  # fmt: skip
    bundle = Bundle(COURSE, "Layanan", "Ringkas", manifest["edition"], 2, "", manifest,
                    things, list(questions.values()), [])  # fmt: skip
    source = releases.Source(COURSE, sha(manifest), True)
    releases.store(bundle, source, clock.now(), None)
    db.session.commit()
    return courses.live(COURSE)


def _entry(code: str, kind: str, title: str, **said) -> dict:
    common = {
        "required": True, "completion": None, "checks": [], "questions": None,
        "pass_percent": None, "attempts": None, "pause_minutes": None,
        "limit_minutes": None, "explain": None, "pair": None,
    }  # fmt: skip
    return common | {"code": code, "kind": kind, "title": title} | said


def enrol(name: str = "rani", *, has_read: bool = False) -> int:
    """Let one of the cast take part; return the enrolment."""
    return enrol_person(CAST[name].id, has_read=has_read)


def enrol_person(person_id: int, *, has_read: bool = False) -> int:
    from lms.accounts.models import Person

    person = db.session.get_one(Person, person_id)
    enrolment = enrolments.enrol(person, courses.live(COURSE), clock.now())
    db.session.flush()
    if has_read:
        read(enrolment.id)
    db.session.commit()
    return enrolment.id


def read(enrolment_id: int) -> None:
    """Let somebody read the lesson, which may finish the course."""
    enrolment = db.session.get_one(Enrolment, enrolment_id)
    facts.add(enrolment, "menyapa", "read", clock.now())
    completions.settle(enrolment, clock.now())
    db.session.commit()


def colleagues(count: int, supervisor_id: int = 3, first: int = 0) -> list[int]:
    """Add people to Rani's unit, with her superior; return their ids."""
    from lms.accounts.models import Person

    now = clock.now()
    made = [
        Person(name=f"Rekan {n}", uid=f"00000000-0000-4000-8000-{5000 + n:012}",
               asn_status="PNS", unit_id=4, supervisor_id=supervisor_id,
               created_at=now, updated_at=now, email=f"rekan{n}@contoh.go.id")
        for n in range(first, first + count)
    ]  # fmt: skip
    db.session.add_all(made)
    db.session.commit()
    return [person.id for person in made]


def colleagues_of(superior_id: int, count: int) -> list[int]:
    """Add people whose superior is one of the cast; return their ids."""
    return colleagues(count, superior_id, first=100)


def finished(enrolment_id: int) -> bool:
    return bool(
        db.session.scalar(
            select(Completion.id).where(Completion.enrolment_id == enrolment_id)
        )
    )


def person_of(enrolment_id: int) -> int:
    return db.session.get_one(Enrolment, enrolment_id).person_id


def links(app) -> list[str]:
    """Return the paths of the links in the mails that wait, in their order."""
    from lms.jobs.models import OutboxEntry

    with app.app_context():
        bodies = db.session.scalars(
            select(OutboxEntry.body)
            .where(OutboxEntry.topic == "mail")
            .order_by(OutboxEntry.id)
        ).all()
    texts = [body.get("text", "") for body in bodies]
    return [
        m[1] for text in texts if (m := re.search(r"https?://[^/]+(/survei/\S+)", text))
    ]
