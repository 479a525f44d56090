"""Pages of learning, grading and writing with facts behind them: addresses that open.

Rani is in the middle of everything, Made and Siti have handed work in, Yohanes is asked
about Rani by letter, Hendra teaches them all. Agus takes no part.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lms.db import db, reading
from lms.kernel import clock
from tests.browser import (
    journey,
    visited_feedback,
    visited_grading,
    visited_tasks,
    visited_teaching,
)
from tests.cast import CAST, START
from tests.publishing import SAMPLES, publish_samples
from tests.web.author import stage as writing
from tests.web.author.taking import take

COURSE, TASK, RUN = journey.COURSE, visited_tasks.TASK, journey.SIMULATION
CHANGED = "Contoh kedua diganti dengan kasus di loket."
PLAN = {"apa": "Menulis tanggal.", "sampai": "2027-01-31", "dukungan": "Pak Yohanes"}
LESSON, SURVEY = "mengapa-loket", visited_feedback.REACTION


@dataclass(frozen=True)
class Place:
    """An address that answers its people.

    page      where its form stands; "" = it is opened, not sent to
    said      what is written in the form, by field
    who       whose it is; "" = whoever has the link
    others    who may open it as well
    is_open   whoever is signed in has such a page of their own
    is_taken  whoever takes part in the course has such a page of their own
    """

    endpoint: str
    url: str
    who: str
    page: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    is_open: bool = False
    is_taken: bool = False

    @property
    def method(self) -> str:
        return "POST" if self.page else "GET"


def fill(app, root: Path) -> list[Place]:
    """Make the facts; return a place for each route, real ids in its address."""
    from tests.web.test_course_in_english import built

    reading.set(False)
    publish_samples(app)
    with app.app_context():
        _publish(built())
        _roles()
    _write(app, root)
    journey.finished_course(app, "rani")
    return [
        *_simulations(app),
        *_tasks(app),
        *_surveys(app),
        *_grading(app),
        *_quiz(app),
        *_lessons(app),
        *_writing(app),
        *_teaching(app),
    ]


def _publish(bundle) -> None:
    from lms.catalog import courses, releases
    from lms.records import seeds

    seeds.load(db.session)
    manifest = dict(bundle.manifest) | {"action_plan": "optional"}
    bundle = replace(bundle, manifest=manifest)
    source = releases.Source(COURSE, bundle.fingerprint, True)
    releases.store(bundle, source, clock.now(), None)
    db.session.commit()
    courses.forget()


def _roles() -> None:
    from lms.accounts.models import RoleGrant

    db.session.add(
        RoleGrant(
            person_id=CAST["hendra"].id, role="instructor", unit_id=1,
            valid_from=START, granted_at=clock.now(),
        )
    )  # fmt: skip
    db.session.commit()


def _write(app, root: Path) -> None:
    """Let a folder say another key than what is live, by which Siti was scored."""
    shutil.copytree(SAMPLES, root, dirs_exist_ok=True)
    writing.edit(root, *writing.KEY)
    app.config["CONTENT_DIR"] = str(root)
    take(app, "siti")


def _simulations(app) -> list[Place]:
    ended = journey.played(app, "rani", well=False)
    running = journey.played(app, "rani", ends=False)
    taught = "/tulis/simulasi"
    more = f"{taught}/kesempatan/{journey.used_up_run(app, 'yohanes')}"
    return [
        Place("simulations.start", f"/simulasi/{COURSE}/{RUN}/mulai", "rani",
              f"/kursus/{COURSE}/{RUN}", is_taken=True),
        Place("simulations.scene", running, "rani"),
        Place("simulations.step", f"{running}/langkah/2", "rani", running,
              {"pilihan": "0"}),
        Place("simulations.result", ended, "rani"),
        Place("simulations_teaching.index", taught, "hendra"),
        Place("simulations_teaching.choices", f"{taught}/{COURSE}/{RUN}", "hendra"),
        Place("simulations_teaching.grant", more, "hendra"),
        Place("simulations_teaching.grant", more, "hendra", more,
              {"alasan": "Sambungan terputus."}),
    ]  # fmt: skip


def _tasks(app) -> list[Place]:
    from lms.tasks import queries, reviews

    for name in ("rani", "made", "siti", "yohanes"):
        journey.enrol(app, name)
    now, hendra = clock.now(), CAST["hendra"].id
    levels = {f"tingkat-{c}": str(n) for c, n in visited_tasks.LEVELS.items()}
    with app.app_context():
        draft = visited_tasks.handed_in("rani", COURSE, is_draft=True)
        [file] = queries.files_of(draft.id)
        waits = visited_tasks.handed_in("made", COURSE)
        passed = visited_tasks.handed_in("siti", COURSE)
        reviews.publish(passed, "instructor", hendra, visited_tasks.opinion(), now)
        reviews.waive(passed, "superior", hendra, "Belum mempunyai atasan", now)
        db.session.commit()
        own, done = f"/tugas/{draft.uid}", f"/tugas/{passed.uid}"
        list_, graded = "/tugas/menilai", f"/tugas/menilai/{waits.uid}"
        over = f"/tugas/menilai/{passed.uid}"
    return [
        Place("tasks.start", f"/tugas/{COURSE}/{TASK}/mulai", "yohanes",
              f"/kursus/{COURSE}/{TASK}", is_taken=True),
        Place("tasks.show", own, "rani"),
        Place("tasks.save", own, "rani", own),
        Place("tasks.take_off", f"{own}/berkas/{file.number}/hapus", "rani", own),
        Place("tasks.submit", f"{own}/kumpulkan", "rani"),
        Place("tasks.submit", f"{own}/kumpulkan", "rani", f"{own}/kumpulkan"),
        Place("tasks.appeal", f"{done}/penilaian-kedua", "siti", done,
              {"alasan": "Ukurannya ada di lampiran"}),
        Place("grading.index", list_, "hendra", is_open=True),
        Place("grading.show", graded, "hendra"),
        Place("grading.grade", graded, "hendra", graded, levels | {"aksi": "terbit"}),
        Place("grading.waive", f"{graded}/tanpa/superior", "hendra", graded,
              {"alasan": "Belum mempunyai atasan"}),
        Place("grading.mend", f"{over}/betulkan", "hendra", over,
              levels | {"komentar": "Rencana yang rapi.", "alasan": "Salah ketik."}),
        Place("uploads.show", f"/berkas/{file.uid}", "rani"),
    ]  # fmt: skip


def _surveys(app) -> list[Place]:
    found = visited_feedback.places(app, COURSE)
    by_letter, by_name = found[None][0], found["yohanes"][1]
    own = f"/survei/{COURSE}/{SURVEY}"
    results = f"/survei/hasil/{COURSE}"
    named = f"{results}/{visited_feedback.FOLLOW_UP}"
    return [
        Place("feedback.index", "/survei", "rani", is_open=True),
        Place("feedback.fill", own, "rani", is_taken=True),
        Place("feedback.fill", own, "rani", own, {"j3": "Tambah latihan."},
              is_taken=True),
        Place("feedback.fill_called", by_name, "yohanes"),
        Place("feedback.fill_called", by_name, "yohanes", by_name),
        Place("feedback.decline_called", by_name.replace("/isi", "/tolak"), "yohanes",
              by_name),
        Place("feedback.fill_invited", by_letter, "", is_open=True),
        Place("feedback.fill_invited", by_letter, "", by_letter, is_open=True),
        Place("feedback.decline_invited", by_letter.replace("/isi", "/tolak"), "",
              by_letter, is_open=True),
        Place("survey_results.index", "/survei/hasil", "hendra", others=("siti",)),
        Place("survey_results.show", f"{results}/{SURVEY}", "hendra", others=("siti",)),
        Place("survey_results.show", named, "siti", others=("hendra",)),
        Place("survey_results.tell", f"{results}/{SURVEY}/perubahan", "hendra",
              f"{results}/{SURVEY}", {"teks": CHANGED}),
        Place("survey_results.download", f"{results}/{SURVEY}/berkas", "hendra",
              f"{results}/{SURVEY}", others=("siti",)),
    ]  # fmt: skip


def _grading(app) -> list[Place]:
    """Return the pages of answers that a person grades, and of a file as an answer."""
    found = visited_grading.places(app)
    list_, waits, _done = found["hendra"]
    put, essay = found["siti"]
    return [
        Place("quiz_grading.index", list_, "hendra"),
        Place("quiz_grading.show", waits, "hendra"),
        Place(
            "quiz_grading.grade",
            waits,
            "hendra",
            waits,
            {"nilai-1": "82,5", "tingkat-2-masalah": "4"},
        ),
        Place("quiz.question", put, "siti"),
        Place("answer_file.take", f"{put}/berkas", "siti", put),
        Place("quiz.answer", essay, "siti", essay),
    ]


def _quiz(app) -> list[Place]:
    """Return the pages of an attempt at the pre-test: each kind of question once."""
    from lms.catalog import items
    from lms.quiz import attempts

    with app.app_context():
        attempt = attempts.start(CAST["rani"].id, COURSE, "kuis-awal", clock.now())
        db.session.commit()
        base = f"/kuis/percobaan/{attempt.id}"
        asked = items.question_versions([place["q"] for place in attempt.layout])
        kinds = [asked[place["q"]].kind for place in attempt.layout]
    pages = {kind: f"{base}/soal/{n}" for n, kind in enumerate(kinds, 1)}
    return [
        *(Place("quiz.answer", url, "rani", url) for url in pages.values()),
        Place("quiz.review", f"{base}/tinjau", "rani"),
        Place("quiz.submit", f"{base}/kumpulkan", "rani", f"{base}/tinjau"),
    ]


def _lessons(app) -> list[Place]:
    """Return what is new about lessons: another language, a plan, what one thinks."""
    course = f"/kursus/{COURSE}"
    lesson = f"{course}/{LESSON}"
    voices = f"/survei/pelajaran/{COURSE}/{LESSON}"
    visited_teaching.fill(app, LESSON, people=12)
    return [
        Place("learn.read_in", f"{course}/bahasa", "rani", lesson, is_open=True),
        Place("learn.plan", f"{course}/rencana", "rani", course, PLAN, is_taken=True),
        Place("notes.verdict", f"{lesson}/penilaian", "rani", lesson, is_taken=True),
        Place("lesson_feedback.index", "/survei/pelajaran", "hendra", others=("siti",)),
        Place("lesson_feedback.lesson", voices, "hendra", others=("siti",)),
        Place(
            "lesson_feedback.change",
            f"{voices}/tindak-lanjut",
            "hendra",
            voices,
            {"kalimat": CHANGED},
        ),
    ]


def _writing(app) -> list[Place]:
    from lms.catalog.models import QuestionVersion

    question, people = f"{writing.PAGE}/soal/sapaan", f"/tulis/{COURSE}/peserta"
    with app.app_context():
        asked = db.session.query(QuestionVersion.id).filter_by(code="sapaan")
        counted = f"{question}?aturan=benar&versi={asked.scalar()}"
    return [
        Place("author.index", "/tulis", "hendra"),
        Place("author.review", writing.REVIEW, "hendra"),
        Place(
            "author.publish",
            writing.REVIEW,
            "hendra",
            writing.REVIEW,
            {"catatan": writing.WHY, "kode": writing.COURSE, "soal-sapaan": "ulang"},
        ),
        Place("author.running", f"{writing.PAGE}/peserta", "hendra"),
        Place("author.running_file", f"{people}/berkas", "hendra", people),
        Place("author_questions.show", question, "hendra"),
        Place(
            "author_questions.regrade",
            question,
            "hendra",
            counted,
            {"catatan": writing.WHY},
        ),
        Place("manual.index", "/tulis/panduan", "hendra"),
        Place("manual.chapter", "/tulis/panduan/soal", "hendra"),
    ]


def _teaching(app) -> list[Place]:
    list_, quiz, question, *_more = visited_teaching.analysis(app)
    return [
        Place("item_analysis.index", list_, "hendra"),
        Place("item_analysis.quiz", quiz, "hendra"),
        Place("item_analysis.question", question, "hendra"),
        Place("item_analysis.table", f"{quiz}.csv", "hendra"),
    ]
