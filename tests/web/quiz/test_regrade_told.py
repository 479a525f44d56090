"""What learners read after a regrade: what counts now, since when and why."""

from lms.db import db as _db
from lms.kernel import clock
from lms.quiz import regrade_rounds, rescores
from lms.quiz.models import Attempt

from . import kinds, stage
from .regrading import KEEPS, WHY, facts_of, mend, order
from .stage import RIGHT


def test_the_learner_reads_when_and_why(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id, before = stage.take(app, rani, KEEPS)
    receipt = rani.get(f"/kuis/percobaan/{attempt_id}/tanda-terima.txt").data
    with app.app_context():
        order(mend())
        regrade_rounds.go_on(_db.session.commit, 60)

    page = rani.get(f"/kuis/percobaan/{attempt_id}/hasil").text
    proof = rani.get(f"/kuis/percobaan/{attempt_id}/tanda-terima").text

    assert "dihitung ulang" not in before
    assert "Nilai Anda 75" in page
    assert "Nilai ini dihitung ulang 22 November 2026" in page
    assert "Nilai semula 100." in page
    assert f"Alasan: {WHY}" in page
    assert "Kemudian dihitung ulang menjadi 75" in proof
    assert rani.get(f"/kuis/percobaan/{attempt_id}/tanda-terima.txt").data == receipt
    assert "Nilai 75" in rani.get(stage.COVER).text
    assert "dihitung ulang" in rani.get("/data-saya").text


def test_what_is_explained_is_what_counts(app, quiz, sign_in):
    quiz(explain="always")
    rani = sign_in("rani")
    attempt_id, _page = stage.take(app, rani, RIGHT | {"sapaan": 2})
    with app.app_context():
        order(mend())
        regrade_rounds.go_on(_db.session.commit, 60)

    page = rani.get(f"/kuis/percobaan/{attempt_id}/hasil").text

    assert "Nilai Anda 100" in page
    assert "Belum tepat" not in page
    assert page.count("Jawaban Anda tepat") == 6


def test_what_is_right_for_everybody_says_so(app, quiz, sign_in):
    quiz(explain="always")
    rani = sign_in("rani")
    attempt_id, _page = stage.take(app, rani, RIGHT | {"sapaan": 2})
    with app.app_context():
        order(None)
        regrade_rounds.go_on(_db.session.commit, 60)

    page = rani.get(f"/kuis/percobaan/{attempt_id}/hasil").text

    assert "Soal ini dianggap benar bagi semua peserta" in page


def test_a_grade_by_a_person_ends_the_waiting(app, db, sign_in):
    with app.app_context():
        kinds.publish("jodoh", "cerita", pass_percent=90)
        stage.enrol("rani")
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    for number, code in enumerate(("jodoh", "cerita"), 1):
        kinds.send(app, rani, attempt_id, number, kinds.RIGHT[code])
    before = kinds.hand_in(rani, attempt_id)

    with app.app_context():
        attempt = _db.session.get(Attempt, attempt_id)
        was = (attempt.is_waiting, attempt.passed, attempt.score_bp)
        rescores.grade_by_person(
            attempt, {1: 10_000}, act="nilai cerita", reason="Ceritanya lengkap",
            by_id=6, now=clock.now(),
        )  # fmt: skip
        _db.session.commit()
        is_now = (attempt.is_waiting, attempt.passed, attempt.score_bp)
        known = facts_of(attempt.enrolment_id)
    after = rani.get(f"/kuis/percobaan/{attempt_id}/hasil").text

    assert was == (True, False, 5_000)
    assert is_now == (False, True, 10_000)
    assert "passed" in known
    assert "Dinilai oleh pengajar" not in before
    assert "Dinilai oleh pengajar" in after
    assert "Nilai Anda 100" in after
