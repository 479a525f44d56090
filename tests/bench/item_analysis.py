"""Figures of a quiz of 20 questions after 10,000 attempts: seconds and memory."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from lms.db import db, reading
from lms.kernel import clock, ids

from .course import write_course
from .exports import _forget_peak, _memory_kb
from .line import line
from .stage import Stage

COURSE, QUIZ = "ukur-soal", "kuis-akhir"
PEOPLE, QUESTIONS, BATCH = 10_000, 20, 1_000
FIRST = 5_000_000  # ids of people and attempts, apart from those of other measures


def measure(stage: Stage) -> Iterator[dict]:
    """Yield the seconds until the page has its figures, and again when remembered."""
    with stage.app.app_context():
        reading.set(False)
        quiz = fill(stage)
        reading.set(True)
        before = _memory_kb("VmRSS")
        _forget_peak()
        first, again = _seconds(quiz), _seconds(quiz)
        reading.set(False)
        _count_again()
        reading.set(True)
        regraded = _seconds(quiz)
        grown = (_memory_kb("VmHWM") - before) / 1000
        reading.set(False)
    yield line("item_analysis_10k_attempts", first, "s", 5)
    yield line("item_analysis_again", again, "s", 0.2)
    yield line("item_analysis_10k_regraded", regraded, "s", 5)
    yield line("item_analysis_memory_growth", grown, "MB", 60)


def _seconds(quiz) -> float:
    from lms.quiz import item_analysis

    began = time.perf_counter()
    measured = item_analysis.measure(quiz)
    questions = item_analysis.questions(quiz, measured)
    seconds = time.perf_counter() - began
    assert measured.people == PEOPLE, measured.people
    assert len(questions) == QUESTIONS
    assert questions[0].now.figures.n == PEOPLE
    db.session.rollback()
    return seconds


def fill(stage: Stage):
    """Publish the quiz and let 10,000 people hand in one attempt each."""
    from lms.catalog import courses, publishing
    from lms.quiz import item_analysis

    write_course(stage.content, COURSE, modules=1, questions=QUESTIONS)
    report = publishing.publish_all(stage.content, clock.now(), only=[COURSE])
    assert report.is_ok, report
    live = courses.live(COURSE)
    quiz = item_analysis.Taught(live, live.item(QUIZ))
    for start in range(FIRST, FIRST + PEOPLE, BATCH):
        _hand_in(quiz, range(start, start + BATCH), clock.now())
    db.session.commit()
    return quiz


def _count_again() -> None:
    """Count every attempt again, as after the key of one question was corrected."""
    from lms.quiz.models import Rescore

    slots = {str(slot): 10_000 * (slot % 2) for slot in range(QUESTIONS)}
    common = {"number": 1, "act": "ukur", "score_bp": 5_000, "slots": slots,
              "rule": "again", "reason": "Kunci keliru", "at": clock.now()}  # fmt: skip
    rows = [{"attempt_id": n, **common} for n in range(FIRST, FIRST + PEOPLE)]
    db.session.execute(insert(Rescore.__table__), rows)
    db.session.commit()


def _hand_in(quiz, numbers: range, now: datetime) -> None:
    from lms.accounts.models import Person
    from lms.catalog import items
    from lms.quiz import binding
    from lms.quiz.models import AnswerSave, Attempt, SlotScore
    from lms.records.models import Enrolment

    version, chance = binding.quiz_of(quiz.live, QUIZ), Random(numbers.start)
    asked = items.question_by_sha(version.course_id, version.body["question_shas"])
    layout = [{"q": q.id, "options": [2, 1, 3], "points": 1} for q in asked.values()]
    attempts: list[dict[str, Any]] = []
    scores: list[dict[str, Any]] = []
    saves: list[dict[str, Any]] = []
    for number in numbers:
        able, at = chance.gauss(0.6, 0.2), now + timedelta(seconds=number - FIRST)
        picked = [2 if chance.random() < able else chance.choice((1, 3)) for _ in asked]
        for slot, answer in enumerate(picked):
            scores.append(
                {"attempt_id": number, "slot": slot, "score_bp": (answer == 2) * 10_000,
                 "question_version_id": layout[slot]["q"]}
            )  # fmt: skip
            common = {"attempt_id": number, "slot": slot, "device": "",
                      "saved_at": at + timedelta(seconds=40 * slot + 40)}  # fmt: skip
            saves += [common | {"seq": 1, "answer": answer}]
            if not slot % 4:  # changed once
                saves += [common | {"seq": 2, "answer": answer}]
        right = picked.count(2) * 10_000 // QUESTIONS
        attempts.append(
            {"id": number, "person_id": number, "enrolment_id": number,
             "course_id": version.course_id, "item_code": QUIZ, "number": 1,
             "item_version_id": version.id, "pass_bp": 7_000, "layout": layout,
             "opened_at": at, "submitted_at": at + timedelta(minutes=15),
             "score_bp": right, "version": 1}
        )  # fmt: skip
    keys = [{"id": n, "person_id": n} for n in numbers]
    enrolled = {"course_id": version.course_id, "release_id": quiz.live.release_id,
                "edition": 1, "started_at": now}  # fmt: skip
    db.session.execute(insert(Person), [_person(n, now) for n in numbers])
    db.session.execute(insert(Enrolment), [key | enrolled for key in keys])
    db.session.execute(insert(Attempt.__table__), attempts)
    db.session.execute(insert(SlotScore), scores)
    db.session.execute(insert(AnswerSave.__table__), saves)


def _person(n: int, now: datetime) -> dict:
    return {"id": n, "uid": ids.new_uid(), "name": f"Peserta Ukur {n}",
            "nip": f"1970010119960{n % 100_000:05}", "asn_status": "PNS", "unit_id": 4,
            "job_id": 1, "created_at": now, "updated_at": now}  # fmt: skip
