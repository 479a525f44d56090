"""A question counts as right for everybody, also where a person was to grade it."""

from sqlalchemy import select

from lms.catalog import items
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.kernel import clock
from lms.quiz import recounting, regrade_rounds, regrades, telling
from lms.quiz.models import Attempt, Regrade, Rescore
from lms.quiz.recounting import Recount
from lms.records.models import Completion

from . import graders, kinds, stage
from .graders import LIST, grade, state

WHY = "Pertanyaannya dapat dibaca dua cara"


def version_of(attempt: int, slot: int) -> int:
    return _db.session.get(Attempt, attempt).layout[slot]["q"]


def right_for_all(attempt: int, slot: int = 0) -> regrades.Trial:
    """Count the question as right; return what the trial before had said."""
    version = version_of(attempt, slot)
    recount = Recount({version: items.question_versions([version])[version].body})
    tried = regrades.trial(recount)
    regrades.order(
        stage.course_id(), "cerita", recount, target_id=None, takes_passes=False,
        reason=WHY, by_id=None, now=clock.now(),
    )  # fmt: skip
    assert regrade_rounds.go_on(_db.session.commit, 60)
    return tried


def test_an_essay_that_waits_waits_no_more_and_passes(app, handed_in, sign_in):
    rani, attempt = handed_in("cerita", "jodoh")
    hendra = sign_in("hendra")

    with app.app_context():
        tried = right_for_all(attempt)

    assert tried.counts["gained"] == 1
    assert [(one.waits, one.left) for one in tried.lines] == [(1, 0)]
    assert tried.settled == 1
    assert state(app, attempt) == (10_000, 0, True, True)
    assert "Tidak ada yang menunggu" in hendra.get(LIST).text
    assert WHY in rani.get(f"/kuis/percobaan/{attempt}/hasil").text
    with app.app_context():
        assert _db.session.scalars(select(Completion)).one()
        told = select(OutboxEntry.body).where(OutboxEntry.topic == telling.TOPIC)
        assert {body["what"] for body in _db.session.scalars(told)} == {
            "waits", "graded",
        }  # fmt: skip


def test_what_waits_for_another_answer_goes_on_waiting(app, handed_in, sign_in):
    _rani, attempt = handed_in("cerita", "kisah")

    with app.app_context():
        tried = right_for_all(attempt)

    assert (tried.counts["changed"], tried.settled) == (1, 1)
    assert state(app, attempt) == (5_000, 1, False, False)
    grade(sign_in("hendra"), attempt, tingkat_2_masalah="1")
    assert state(app, attempt)[:2] == (6_250, 0)


def test_an_upload_that_was_graded_badly_counts_in_full(
    app, handed_in, sign_in, monkeypatch
):
    monkeypatch.setitem(kinds.RIGHT, "berkas", "")
    asked = ("essay", {"min_words": 0, "max_words": None, "rubric": []}, {})
    monkeypatch.setitem(kinds.ASKED, "cerita", asked)
    _rani, attempt = handed_in("cerita")
    grade(sign_in("hendra"), attempt, nilai_1="20")
    before = state(app, attempt)

    with app.app_context():
        right_for_all(attempt)
        rules = _db.session.scalars(select(Rescore.rule).order_by(Rescore.number)).all()

    assert before == (2_000, 0, False, False)
    assert state(app, attempt) == (10_000, 0, True, True)
    assert rules == ["person", "right"]


def test_one_left_open_is_counted_once_with_those_answered(app, handed_in):
    _rani, attempt = handed_in("cerita", "jodoh", text="")

    with app.app_context():
        version = version_of(attempt, 0)
        assert recounting.finished([version]) == {version: 1}
        right_for_all(attempt)

    assert state(app, attempt)[:2] == (10_000, 0)


def test_nobody_grades_what_counts_as_right_for_all(app, handed_in, sign_in):
    _rani, attempt = handed_in("cerita", "kisah")
    hendra = sign_in("hendra")
    page = hendra.get(f"{LIST}/{attempt}").text
    with app.app_context():
        right_for_all(attempt)

    late = hendra.post(
        f"{LIST}/{attempt}", data=graders.fields(page, tingkat_1_masalah="1")
    )

    assert late.status_code == 409
    assert "tidak sedang menunggu penilaian" in late.text
    assert "Soal ini dihitung benar bagi semua" in late.text
    assert state(app, attempt)[0] == 5_000


def test_a_full_grade_stays_full_though_nothing_had_to_be_counted(
    app, handed_in, sign_in
):
    _rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")
    grade(hendra, attempt, tingkat_1_masalah="4")
    page = hendra.get(f"{LIST}/{attempt}").text
    with app.app_context():
        right_for_all(attempt)

    late = hendra.post(
        f"{LIST}/{attempt}",
        data=graders.fields(page, tingkat_1_masalah="1", alasan_1="Salah pilih tadi"),
    )

    assert late.status_code == 409
    assert state(app, attempt) == (10_000, 0, True, True)


def test_an_attempt_handed_in_afterwards_does_not_wait_either(app, handed_in, sign_in):
    rani, attempt = handed_in("cerita")
    grade(sign_in("hendra"), attempt, tingkat_1_masalah="1")
    second = stage.begin(rani)
    kinds.send(app, rani, second, 1, kinds.RIGHT["cerita"])
    with app.app_context():
        right_for_all(attempt)

    kinds.hand_in(rani, second)

    assert state(app, second) == (10_000, 0, True, True)


def test_by_another_key_no_grade_of_a_person_is_replaced(app, handed_in, sign_in):
    _rani, attempt = handed_in("cerita")
    grade(sign_in("hendra"), attempt, tingkat_1_masalah="4")

    with app.app_context():
        version = version_of(attempt, 0)
        body = items.question_versions([version])[version].body
        tried = regrades.trial(Recount({version: body}, (body, {"kind": "essay"})))

    assert tried.counts == {"undecided": 1}


def test_many_are_done_in_pieces_each_once(app, handed_in, monkeypatch):
    monkeypatch.setattr(recounting, "SHARE", 1)
    monkeypatch.setattr(regrades, "PIECE", 1)
    rani, attempt = handed_in("cerita", text="", attempts=None)
    others = [stage.begin(rani) for _ in range(1)]
    for other in others:
        kinds.send(app, rani, other, 1, kinds.RIGHT["cerita"])
        kinds.hand_in(rani, other)

    with app.app_context():
        tried = right_for_all(attempt)
        again = _db.session.scalars(select(Rescore.attempt_id)).all()
        done = _db.session.scalars(select(Regrade)).one()

    assert tried.attempts == 2
    assert sorted(again) == [attempt, *others]
    assert done.finished_at is not None
