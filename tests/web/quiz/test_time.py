"""Time limits. The server's clock decides; late answers have 30 seconds of grace."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.db import db as _db
from lms.jobs import worker
from lms.quiz import attempts
from lms.quiz.models import AnswerSave, Attempt
from lms.records.models import Completion

from . import stage
from .stage import RIGHT, START, WRONG, question_url

JSON = {"Accept": "application/json"}


@pytest.fixture
def running(app, quiz, sign_in):
    """An attempt of 20 minutes that Rani has answered rightly, not handed in."""
    quiz(limit_minutes=20)
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    stage.answer_all(app, rani, attempt_id, RIGHT)
    return attempt_id


def stored(app, attempt_id):
    with app.app_context():
        attempt = _db.session.get(Attempt, attempt_id)
        return attempt.submitted_at, attempt.score_bp


def save_wrong(app, client, attempt_id, headers=None):
    values = stage.field_of(app, attempt_id, 1, WRONG)
    data = {"jawaban": values, "seq": "5"}
    return client.post(question_url(attempt_id, 1), data=data, headers=headers)


def test_the_page_counts_down_by_the_servers_times(running, sign_in, clock):
    clock.skip(minutes=7, seconds=30)

    page = sign_in("rani").get(question_url(running, 1)).text

    now = int(clock.now().timestamp() * 1000)
    assert f'data-now="{now}"' in page
    assert f'data-closes="{now + 750_000}"' in page
    assert "12.30" in page


@pytest.mark.parametrize("late_case", [(29, True), (30, True), (31, False)])
def test_an_answer_may_be_thirty_seconds_late(app, running, sign_in, clock, late_case):
    late, is_taken = late_case
    clock.skip(minutes=20, seconds=late)
    rani = sign_in("rani")

    answer = save_wrong(app, rani, running, JSON)
    page = rani.post(f"/kuis/percobaan/{running}/kumpulkan", follow_redirects=True)

    assert answer.status_code == (200 if is_taken else 409)
    assert page.status_code == 200
    handed_in, score_bp = stored(app, running)
    assert (score_bp < 10_000) is is_taken
    assert handed_in == clock.now() - timedelta(seconds=late)  # the deadline


def test_a_late_answer_closes_the_attempt_and_says_so(app, running, sign_in, clock):
    clock.skip(minutes=21)
    rani = sign_in("rani")

    page = save_wrong(app, rani, running)

    assert page.status_code == 409
    assert "Waktu kuis sudah habis" in page.text
    assert f'href="/kuis/percobaan/{running}/hasil"' in page.text
    assert stored(app, running)[1] == 10_000


def test_a_late_answer_is_refused_in_json_as_well(app, running, sign_in, clock):
    clock.skip(minutes=21)

    answer = save_wrong(app, sign_in("rani"), running, JSON)

    assert (answer.status_code, answer.json["error"]) == (409, "AttemptOver")
    assert stored(app, running)[1] == 10_000


@pytest.mark.parametrize(
    "page", ["/kuis/percobaan/{}/soal/1", "/kuis/percobaan/{}/tinjau",
             "/kuis/percobaan/{}/hasil", "/kursus/layanan/kuis-akhir"]
)  # fmt: skip
def test_the_next_read_closes_what_ran_out(app, running, sign_in, clock, page):
    clock.skip(days=2)

    shown = sign_in("rani").get(page.format(running), follow_redirects=True)

    assert shown.status_code == 200
    assert "Lulus" in shown.text
    deadline = datetime(2026, 11, 22, 7, 20, tzinfo=UTC)
    assert stored(app, running) == (deadline, 10_000)


def test_the_worker_closes_what_nobody_reads(app, running, clock):
    with app.app_context():
        clock.skip(minutes=20, seconds=30)
        early = attempts.close_expired(clock.now())
        clock.skip(seconds=1)
        late = attempts.close_expired(clock.now())
        _db.session.commit()
        again = attempts.close_expired(clock.now())
        _db.session.rollback()

    assert (early, late, again) == (0, 1, 0)
    assert stored(app, running)[1] == 10_000


def test_each_round_of_the_worker_does_so(app, running, clock):
    clock.skip(days=1)

    worker.run_once(app)

    assert stored(app, running)[1] == 10_000


def test_a_completion_closed_late_counts_from_the_deadline(app, running, clock):
    with app.app_context():
        clock.skip(days=60)  # in the next year
        attempts.close_expired(clock.now())
        _db.session.commit()

        done = _db.session.query(Completion).one()

    assert done.year == 2026
    assert done.finished_on.isoformat() == "2026-11-22"


def test_open_without_a_limit_never_ends_by_itself(app, quiz, sign_in, clock):
    quiz()
    attempt_id = stage.begin(sign_in("rani"))
    clock.skip(days=400)

    with app.app_context():
        assert attempts.close_expired(clock.now()) == 0
        _db.session.rollback()
    assert sign_in("rani").get(question_url(attempt_id, 1)).status_code == 200


def test_when_time_is_up_the_page_offers_the_result(app, running, sign_in, clock):
    clock.skip(minutes=20, seconds=5)
    rani = sign_in("rani")

    page = rani.get(question_url(running, 1)).text

    assert "Waktu habis" in page
    assert f'action="/kuis/percobaan/{running}/kumpulkan"' in page
    assert "quiz-timer" not in page  # or the page would reload itself for ever
    assert stored(app, running)[0] is None


def test_starting_after_time_ran_out_closes_and_opens_the_next(
    app, running, sign_in, clock
):
    clock.skip(days=1)

    following = stage.begin(sign_in("rani"))

    assert following != running
    assert stored(app, running)[1] == 10_000


@pytest.mark.parametrize(
    "forged",
    [
        {"elapsed": "0", "started_at": "2030-01-01", "closes_at": "2030-01-01"},
        {"seed": "1", "attempt_id": "999", "quiz_version": "1"},
        {"score": "100", "is_correct": "1", "weight": "-5", "answers[0][score]": "1"},
    ],
)
def test_what_the_browser_says_about_time_or_score_is_ignored(
    app, running, sign_in, clock, forged
):
    clock.skip(minutes=1)
    rani = sign_in("rani")
    values = stage.field_of(app, running, 1, RIGHT)

    answer = rani.post(
        question_url(running, 1), data={"jawaban": values, "seq": "2"} | forged
    )
    clock.skip(days=1)
    late = save_wrong(app, sign_in("rani"), running)

    assert answer.status_code == 303
    assert late.status_code == 409
    assert stored(app, running)[1] == 10_000
    with app.app_context():
        kept = _db.session.query(AnswerSave).filter_by(attempt_id=running)
        assert kept.filter(AnswerSave.seq >= 1).count() == 7
        assert kept.filter(AnswerSave.seq < 1).count() == 1  # the late one


def test_a_running_attempt_is_the_same_after_signing_in_again(running, sign_in):
    answer = sign_in("rani").post(START)

    assert f"/percobaan/{running}/" in answer.location
