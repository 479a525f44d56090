"""A clock that is set back an hour, or jumps ahead a day, harms no attempt."""

from lms.db import db as _db
from lms.jobs import worker
from lms.quiz.models import AnswerSave, Attempt
from lms.records.models import Completion, ItemFact

from . import stage
from .stage import RIGHT, START, WRONG


def the_attempt(app, number: int) -> Attempt:
    with app.app_context():
        return _db.session.get_one(Attempt, number)


def test_a_clock_set_back_closes_nothing_and_every_answer_counts(
    app, quiz, sign_in, clock
):
    quiz(limit_minutes=30)
    rani = sign_in("rani")
    number = stage.begin(rani)
    clock.skip(minutes=10)

    clock.skip(hours=-1)
    worker.run_once(app)
    stage.answer_all(app, rani, number, RIGHT)
    clock.skip(minutes=75)  # 25 minutes after the beginning, by a right clock
    page = rani.post(f"/kuis/percobaan/{number}/kumpulkan", follow_redirects=True)

    assert page.status_code == 200
    attempt = the_attempt(app, number)
    assert attempt.score_bp == 10_000
    with app.app_context():
        assert _db.session.query(AnswerSave).count() == 7
        assert _db.session.query(Completion).count() == 1


def test_handed_in_before_it_was_begun_it_counts_and_dates_nothing_back(
    app, quiz, sign_in, clock
):
    quiz(limit_minutes=30)
    clock.skip(hours=10, minutes=1)  # a minute past midnight
    rani = sign_in("rani")
    number = stage.begin(rani)
    stage.answer_all(app, rani, number, RIGHT)

    clock.skip(hours=-1)
    page = rani.post(f"/kuis/percobaan/{number}/kumpulkan", follow_redirects=True)
    receipt = rani.get(f"/kuis/percobaan/{number}/tanda-terima")

    assert (page.status_code, receipt.status_code) == (200, 200)
    assert "Nilai Anda 100" in page.text
    with app.app_context():
        done = _db.session.query(Completion).one()
        assert all(done.finished_at >= fact.at for fact in _db.session.query(ItemFact))


def test_a_clock_a_day_ahead_closes_at_the_deadline_with_what_was_answered(
    app, quiz, sign_in, clock
):
    quiz(limit_minutes=30)
    rani = sign_in("rani")
    number = stage.begin(rani)
    stage.answer_all(app, rani, number, RIGHT)
    deadline = the_attempt(app, number).closes_at

    clock.skip(days=1)
    worker.run_once(app)
    clock.skip(days=-1)
    worker.run_once(app)

    attempt = the_attempt(app, number)
    assert (attempt.submitted_at, attempt.score_bp) == (deadline, 10_000)


def test_nobody_waits_a_day_because_the_clock_was_a_day_ahead(
    app, quiz, sign_in, clock
):
    quiz(pause_minutes=60)
    clock.skip(days=1)
    rani = sign_in("rani")
    stage.take(app, rani, WRONG)
    assert rani.post(START).status_code == 409, "the pause runs"

    clock.skip(days=-1)

    assert "dapat dimulai" not in rani.get(stage.COVER).text
    assert rani.post(START).status_code == 303


def test_a_pause_is_over_at_most_an_hour_later(app, quiz, sign_in, clock):
    quiz(pause_minutes=60)
    rani = sign_in("rani")
    stage.take(app, rani, WRONG)
    clock.skip(minutes=59)

    clock.skip(hours=-1)
    clock.skip(minutes=62)

    assert rani.post(START).status_code == 303
