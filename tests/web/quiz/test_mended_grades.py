"""A grade given by mistake is mended: with a reason, told, and no pass lost unsaid."""

from sqlalchemy import select

from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.quiz import telling
from lms.quiz.models import AnswerGrade, Attempt
from lms.records.models import Completion

from . import kinds, stage
from .graders import LIST, fields, grade, state

SLIP = "Salah pilih tingkat waktu itu"


def mend(client, attempt: int, level: str = "1", **more: str):
    return grade(client, attempt, tingkat_1_masalah=level, alasan_1=SLIP, **more)


def given(app) -> list[tuple[int, int, str]]:
    with app.app_context():
        rows = _db.session.scalars(select(AnswerGrade).order_by(AnswerGrade.number))
        return [(row.number, row.score_bp, row.reason) for row in rows]


def mails(app) -> list[str]:
    with app.app_context():
        rows = select(OutboxEntry.body).where(OutboxEntry.topic == telling.TOPIC)
        bodies = _db.session.scalars(rows.order_by(OutboxEntry.id)).all()
        return [body["what"] for body in bodies]


def test_a_better_grade_counts_at_once_and_the_old_one_stays_readable(
    app, handed_in, sign_in
):
    rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")
    grade(hendra, attempt, tingkat_1_masalah="1", komentar_1="Kurang rinci.")

    answer = mend(hendra, attempt, "4")

    assert answer.status_code == 303
    assert state(app, attempt) == (10_000, 0, True, True)
    assert given(app) == [(1, 2_500, ""), (2, 10_000, SLIP)]
    page = rani.get(f"/kuis/percobaan/{attempt}/hasil").text
    assert SLIP in page
    assert "Kurang rinci." in page
    assert mails(app) == ["waits", "graded", "corrected"]


def test_a_pass_is_lost_only_when_it_is_ticked_and_the_completion_stays(
    app, handed_in, sign_in
):
    _rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")
    grade(hendra, attempt, tingkat_1_masalah="4")

    refused = mend(hendra, attempt)
    kept = state(app, attempt), given(app)
    told = fields(refused.text, tingkat_1_masalah="1", alasan_1=SLIP)
    ticked = hendra.post(f"{LIST}/{attempt}", data=told | {"kelulusan-hilang": "ya"})

    assert refused.status_code == 409
    assert "Belum ada yang disimpan" in refused.text
    assert 'value="1" checked' in refused.text
    assert SLIP in refused.text
    assert kept == ((10_000, 0, True, True), [(1, 10_000, "")])
    assert ticked.status_code == 303
    assert state(app, attempt) == (2_500, 0, False, False)
    with app.app_context():
        assert _db.session.scalars(select(Completion)).one().state == "valid"


def test_no_tick_is_asked_for_on_the_first_page(app, handed_in, sign_in):
    _rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")
    grade(hendra, attempt, tingkat_1_masalah="4")

    assert "kelulusan-hilang" not in hendra.get(f"{LIST}/{attempt}").text


def test_a_worse_grade_needs_no_tick_where_another_attempt_passes(
    app, handed_in, sign_in
):
    rani, attempt = handed_in("cerita")
    second = stage.begin(rani)
    kinds.send(app, rani, second, 1, kinds.RIGHT["cerita"])
    kinds.hand_in(rani, second)
    hendra = sign_in("hendra")
    for one in (attempt, second):
        grade(hendra, one, tingkat_1_masalah="4")

    answer = mend(hendra, attempt)

    assert answer.status_code == 303
    assert state(app, attempt) == (2_500, 0, False, True)
    with app.app_context():
        assert _db.session.get(Attempt, second).passed


def test_the_same_form_sent_twice_mends_and_tells_once(app, handed_in, sign_in):
    _rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")
    grade(hendra, attempt, tingkat_1_masalah="1")
    page = hendra.get(f"{LIST}/{attempt}").text
    form = fields(page, tingkat_1_masalah="4", alasan_1=SLIP)

    answers = [hendra.post(f"{LIST}/{attempt}", data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(given(app)) == 2
    assert mails(app).count("corrected") == 1
