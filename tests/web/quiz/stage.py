"""A small course with one quiz, made without rendering, and ways to take it."""

import re
from types import SimpleNamespace

from lms.catalog import courses, items, releases
from lms.catalog.models import Course
from lms.courseware.bundle import Bundle, BundleItem, BundleQuestion
from lms.db import db
from lms.kernel import clock
from lms.quiz.models import Attempt
from lms.records import enrolments, facts
from tests.cast import CAST

COURSE, QUIZ = "layanan", "kuis-akhir"
START = f"/kuis/{COURSE}/{QUIZ}/mulai"
COVER = f"/kursus/{COURSE}/{QUIZ}"

# Words of the key side; none of them may reach a page before the result.
SECRETS = ("UMPAN", "BAHAS", "KELIRU", "JUDUL", "credit", "accepted", "truth", "low")

RIGHT = {
    "sapaan": 1,
    "unsur": [1, 2],
    "laci": False,
    "pengawas": "Ombudsman",
    "lama": "12",
    "bank-1": 2,
    "bank-2": 2,
    "bank-3": 2,
}
WRONG = {
    "sapaan": 2,
    "unsur": [3],
    "laci": True,
    "pengawas": "Polisi",
    "lama": "99",
    "bank-1": 1,
    "bank-2": 1,
    "bank-3": 1,
}
KEYS = {
    "sapaan": {"kind": "single", "credit": {"1": 100, "2": 0, "3": 50}},
    "unsur": {"kind": "multiple", "right": [1, 2], "count": 3, "partial": True},
    "laci": {"kind": "true_false", "truth": False},
    "pengawas": {
        "kind": "short_text",
        "accepted": ["Ombudsman", "Ombudsman RI"],
        "exact_case": False,
    },
    "lama": {"kind": "numeric", "low": "11", "high": "13"},
    **{
        f"bank-{n}": {"kind": "single", "credit": {"1": 0, "2": 100, "3": 0}}
        for n in (1, 2, 3)
    },
}
SLOTS = [
    *({"question": code} for code in ("sapaan", "unsur", "laci", "pengawas", "lama")),
    {"pool": ["bank-1", "bank-2", "bank-3"], "count": 2},
]


def question(code: str, key: dict | None = None, stem: str = "") -> BundleQuestion:
    """A question whose texts name it; its key's texts are SECRETS."""
    key = key or KEYS[code]
    count = {"single": 3, "multiple": 3}.get(key["kind"], 0)
    body = {
        "kind": key["kind"],
        "title": f"JUDUL {code}",
        "stem_html": stem or f"<p>Cerita {code}.</p>\n<p>Tanya {code}?</p>",
        "options": [
            {"number": n, "html": f"Pilihan {n} dari {code}"}
            for n in range(1, count + 1)
        ],
        "unit": "orang" if key["kind"] == "numeric" else "",
        "hints_html": [],
        "points": 2 if code == "sapaan" else 1,
        "shuffle_options": True,
        "competencies": [["PPB", 2]] if code.startswith("bank") else [],
    }
    told = {
        "feedback": {str(n): f"UMPAN {n} {code}" for n in range(1, count + 1)},
        "explanation_html": f"<p>BAHAS {code}</p>",
        "if_right_html": "",
        "if_wrong_html": f"<p>KELIRU {code}</p>",
    }
    return BundleQuestion(code, key["kind"], sha(body, key), body, key | told)


def sha(*values) -> str:
    from lms.courseware.bundle import canonical

    return f"{abs(hash(canonical(values))):064x}"[:64]


def publish(questions: list[BundleQuestion] | None = None, **rules):
    """Publish the course; `rules` change the quiz body. Returns what is live."""
    questions = questions or [question(code) for code in KEYS]
    quiz = {
        "title": "Kuis akhir",
        "intro_html": "<p>Bacalah setiap soal.</p>",
        "pass_percent": 70,
        "attempts": 3,
        "pause_minutes": 0,
        "limit_minutes": None,
        "shuffle_questions": True,
        "shuffle_options": True,
        "explain": "finished",
        "pair": "",
        "slots": SLOTS,
        "competencies": [["SKM", 1]],
    } | rules
    quiz["question_shas"] = {q.code: q.sha for q in questions}
    module = {
        "title": "Menyapa warga",
        "minutes": 10,
        "objectives": [],
        "completion": "read",
        "segments": [{"html": "<p>Sapa.</p>"}],
        "headings": [],
        "words": 1,
        "competencies": [["PPB", 2]],
    }
    things = [
        BundleItem("menyapa", "module", sha(module), module),
        BundleItem(QUIZ, "quiz", sha(quiz), quiz),
    ]
    bundle = Bundle(
        COURSE, "Layanan", "Ringkas", 1, 2, "", _manifest(quiz, things), things,
        questions, [],
    )  # fmt: skip
    now = clock.now()
    source = releases.Source(COURSE, sha(quiz, [q.sha for q in questions]), True)
    releases.store(bundle, source, now, None)
    db.session.commit()
    return courses.live(COURSE)


def _manifest(quiz: dict, things: list[BundleItem]) -> dict:
    common = {
        "required": True, "completion": None, "checks": [], "questions": None,
        "pass_percent": None, "attempts": None, "pause_minutes": None,
        "limit_minutes": None, "explain": None, "pair": None,
    }  # fmt: skip
    return {
        "code": COURSE,
        "title": "Layanan",
        "summary": "Ringkas",
        "language": "id",
        "edition": 1,
        "jp": 2,
        "status": "live",
        "owner": "",
        "authors": ["Hendra Saputra"],
        "organiser": "",
        "objectives": [],
        "tags": [],
        "for_jobs": [],
        "prerequisites": [],
        "promises": [{"code": "PPB", "level": 2, "proof": [QUIZ]}],
        "training_form": 16,
        "yearly": False,
        "validity_months": None,
        "action_plan": "none",
        "sources": [],
        "chapters": [
            {
                "title": "Satu",
                "items": [
                    common
                    | {
                        "code": "menyapa",
                        "kind": "module",
                        "title": "Menyapa warga",
                        "minutes": 10,
                        "completion": "read",
                    },
                    common
                    | {
                        "code": QUIZ,
                        "kind": "quiz",
                        "title": "Kuis akhir",
                        "minutes": quiz["limit_minutes"] or 7,
                        "questions": 7,
                        **{k: quiz[k] for k in ("pass_percent", "attempts")},
                    },
                ],
            }
        ],
        "passing": [["menyapa", "finished"], [QUIZ, "passed"]],
        "item_shas": {thing.code: thing.sha for thing in things},
        "total_minutes": 17,
        "rules": sha(quiz),
    }


def enrol(name: str = "rani", *, has_read: bool = True):
    """Let one of the cast take part; by default the module is read already."""
    part = CAST[name]
    person = SimpleNamespace(id=part.id, unit_id=part.unit_id)
    enrolment = enrolments.enrol(person, courses.live(COURSE), clock.now())
    if has_read:
        facts.add(enrolment, "menyapa", "read", clock.now())
    db.session.commit()
    return enrolment.id


def begin(client) -> int:
    """Start an attempt over HTTP; return its id."""
    answer = client.post(START)
    assert answer.status_code == 303, answer.text
    return int(re.search(r"/percobaan/(\d+)/", answer.location)[1])


def field_of(app, attempt_id: int, number: int, given: dict) -> list[str]:
    """What a browser sends for question `number`, from answers by question code."""
    with app.app_context():
        place = db.session.get(Attempt, attempt_id).layout[number - 1]
        version = items.question_versions([place["q"]])[place["q"]]
    answer = given[version.code]
    if version.kind == "true_false":
        return ["0" if answer else "1"]
    if isinstance(answer, str):
        return [answer]
    numbers = answer if isinstance(answer, list) else [answer]
    return [str(place["options"].index(n)) for n in numbers]


def count(app, attempt_id: int) -> int:
    with app.app_context():
        return len(db.session.get(Attempt, attempt_id).layout)


def question_url(attempt_id: int, number: int) -> str:
    return f"/kuis/percobaan/{attempt_id}/soal/{number}"


def answer_all(app, client, attempt_id: int, given: dict) -> None:
    """Answer every question as a browser without scripts does."""
    for number in range(1, count(app, attempt_id) + 1):
        page = client.post(
            question_url(attempt_id, number),
            data={
                "jawaban": field_of(app, attempt_id, number, given),
                "seq": "1",
                "ke": "berikut",
            },
        )
        assert page.status_code == 303, page.text


def take(app, client, given: dict) -> tuple[int, str]:
    """Start, answer everything, hand in; return the attempt's id and result page."""
    attempt_id = begin(client)
    answer_all(app, client, attempt_id, given)
    page = client.post(f"/kuis/percobaan/{attempt_id}/kumpulkan", follow_redirects=True)
    assert page.status_code == 200, page.text
    return attempt_id, page.text


def course_id() -> int:
    return db.session.query(Course.id).filter_by(code=COURSE).scalar()
