"""Rani takes a quiz over HTTP, with scripts off."""

import re

import pytest

from lms.db import db as _db
from lms.quiz import attempts
from lms.quiz.models import AnswerSave
from lms.records import enrolments
from lms.records.models import Completion
from tests.cast import CAST

from . import stage
from .stage import COVER, RIGHT, START, WRONG, question_url


def completions(app):
    with app.app_context():
        return _db.session.query(Completion).all()


def test_right_answers_pass_and_complete_the_course(app, quiz, sign_in):
    quiz()

    attempt_id, page = stage.take(app, sign_in("rani"), RIGHT)

    assert "Nilai Anda 100" in page
    assert "Nilai lulus 70." in page
    assert "Anda lulus kuis ini." in page
    (done,) = completions(app)
    assert (done.person_id, done.score_bp) == (CAST["rani"].id, 10_000)
    assert attempt_id > 0
    link = r'href="(/sertifikat/[^"]+)">Lihat sertifikat'
    assert sign_in("rani").get(re.search(link, page)[1]).status_code == 200


def test_half_right_is_rounded_down_and_fails(app, quiz, sign_in):
    quiz(pass_percent=63)
    answers = RIGHT | {"laci": True, "pengawas": "?", "lama": "1"}

    _, page = stage.take(app, sign_in("rani"), answers)

    assert "Nilai Anda 62,5" in page  # 5 of 8 points
    assert "Anda belum lulus pada percobaan ini." in page
    assert completions(app) == []


def test_a_failed_attempt_shows_what_to_learn_again(app, quiz, sign_in):
    quiz()

    _, page = stage.take(app, sign_in("rani"), WRONG)

    assert "Pelajari lagi" in page
    assert 'href="/kursus/layanan/menyapa"' in page
    assert "Sisa percobaan: 2 dari 3" in page
    assert "PPB" in page


def test_failing_then_passing_the_best_attempt_counts(app, quiz, sign_in):
    enrolment = quiz()
    rani = sign_in("rani")
    stage.take(app, rani, WRONG)
    stage.take(app, rani, RIGHT)

    _, page = stage.take(app, rani, WRONG)

    assert "Nilai terbaik Anda 100." in page
    assert len(completions(app)) == 1
    with app.app_context():
        assert attempts.best(enrolment) == {stage.QUIZ: 10_000}


def test_the_quiz_alone_does_not_complete_a_course(app, db, sign_in):
    with app.app_context():
        stage.publish()
        stage.enrol("rani", has_read=False)

    _, page = stage.take(app, sign_in("rani"), RIGHT)

    assert "Anda lulus" in page
    assert completions(app) == []


def test_with_full_marks_nothing_is_left_to_try(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")

    _, page = stage.take(app, rani, RIGHT)
    cover = rani.get("/kursus/layanan/kuis-akhir").text

    assert "Nilai Anda 100" in page
    for text in (page, cover):
        assert "Coba lagi" not in text
        assert "Sisa percobaan" not in text
    assert "Nilai terbaik Anda sudah penuh" in cover


def test_attempts_run_out_and_the_page_says_whom_to_ask(app, quiz, sign_in):
    quiz(attempts=2)
    rani = sign_in("rani")
    stage.take(app, rani, WRONG)
    _, page = stage.take(app, rani, WRONG)

    refused = rani.post(START)

    assert "hubungi pengelola SDM di BKPSDM Kota Palangka Raya" in page
    assert "Coba lagi" not in page
    assert refused.status_code == 409
    assert "Batas 2 kali percobaan sudah tercapai." in refused.text
    assert "hubungi pengelola SDM" in rani.get(COVER).text


def test_the_pause_between_attempts_is_kept(app, quiz, sign_in, clock):
    quiz(pause_minutes=24 * 60)
    rani = sign_in("rani")
    _, page = stage.take(app, rani, WRONG)
    assert "dapat dimulai 23 November 2026, 14.00 WIB" in page
    clock.skip(hours=11, minutes=59, seconds=30)

    early = rani.post(START)
    clock.skip(hours=12, seconds=30)
    late = sign_in("rani").post(START)

    assert early.status_code == 409
    assert "721 menit lagi" in early.text
    assert late.status_code == 303


def test_starting_again_returns_to_the_running_attempt(quiz, sign_in):
    quiz()
    rani = sign_in("rani")

    assert stage.begin(rani) == stage.begin(rani) == stage.begin(sign_in("rani"))


def test_an_answer_is_there_when_one_comes_back(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    stage.answer_all(app, rani, attempt_id, RIGHT)

    for number in range(1, 8):
        page = sign_in("rani").get(question_url(attempt_id, number)).text
        for value in stage.field_of(app, attempt_id, number, RIGHT):
            assert re.search(
                rf'name="jawaban" value="{value}"( checked|[^>]*maxlength)', page
            )
        assert "Tersimpan 14.00 WIB" in page
    assert "7 dari 7 soal sudah dijawab" in rani.get(review_url(attempt_id)).text


def review_url(attempt_id: int) -> str:
    return f"/kuis/percobaan/{attempt_id}/tinjau"


@pytest.mark.parametrize(
    ("number", "go", "to"),
    [
        (1, "berikut", "soal/2"),
        (2, "sebelum", "soal/1"),
        (1, "sebelum", "soal/1"),
        (3, "tetap", "soal/3"),
        (2, "6", "soal/6"),
        (2, "tinjau", "tinjau"),
        (7, "berikut", "tinjau"),
    ],
)
def test_buttons_save_and_lead_on(quiz, sign_in, number, go, to):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)

    answer = rani.post(question_url(attempt_id, number), data={"seq": "1", "ke": go})

    assert answer.status_code == 303
    assert answer.location == f"/kuis/percobaan/{attempt_id}/{to}"


def test_a_flag_is_kept_and_taken_off(quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    address = question_url(attempt_id, 2)

    def press(value):
        data = {"seq": "1", "tandai": value}
        return rani.post(address, data=data, follow_redirects=True).text

    assert "Soal 2, sedang dibuka, belum dijawab, ditandai" in press("ya")
    assert "Anda tandai" in rani.get(review_url(attempt_id)).text
    assert "Soal 2, sedang dibuka, belum dijawab, ditandai" in press("ya")
    assert "Soal 2, sedang dibuka, belum dijawab" in press("tidak")
    assert "Anda tandai" not in rani.get(review_url(attempt_id)).text


def test_the_review_names_what_is_open(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    values = stage.field_of(app, attempt_id, 1, RIGHT)
    rani.post(question_url(attempt_id, 1), data={"jawaban": values, "seq": "1"})

    page = rani.get(review_url(attempt_id)).text

    assert "1 dari 7 soal sudah dijawab" in page
    warned = re.search(r"Belum dijawab</b>.*?</div>", page, re.DOTALL)[0]
    assert re.findall(r"Soal (\d)", warned) == list("234567")


def number_of(app, attempt_id: int, code: str) -> int:
    """Where a question stands in the shuffled attempt."""
    from lms.catalog import items
    from lms.quiz.models import Attempt

    with app.app_context():
        layout = _db.session.get(Attempt, attempt_id).layout
        versions = items.question_versions(p["q"] for p in layout)
        return [versions[p["q"]].code for p in layout].index(code) + 1


def test_a_word_for_a_number_is_asked_again_and_kept_on_the_page(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    address = question_url(attempt_id, number_of(app, attempt_id, "lama"))

    page = rani.post(address, data={"jawaban": "dua belas", "seq": "1"})

    assert page.status_code == 422
    assert "Tulis angka saja, misalnya 78,5." in page.text
    assert 'value="dua belas"' in page.text
    assert 'aria-invalid="true"' in page.text


def test_a_typed_answer_can_be_taken_back(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    address = question_url(attempt_id, number_of(app, attempt_id, "pengawas"))
    rani.post(address, data={"jawaban": "Ombudsman", "seq": "1"})

    rani.post(address, data={"jawaban": "", "seq": "2"})

    assert "0 dari 7 soal sudah dijawab" in rani.get(review_url(attempt_id)).text


def test_going_on_without_a_change_writes_nothing(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    values = stage.field_of(app, attempt_id, 1, RIGHT)
    for seq in (1, 2, 2):
        rani.post(
            question_url(attempt_id, 1), data={"jawaban": values, "seq": str(seq)}
        )

    with app.app_context():
        assert _db.session.query(AnswerSave).count() == 1


def test_who_does_not_take_part_cannot_start(app, quiz, sign_in):
    quiz()

    page = sign_in("agus").post(START)

    assert page.status_code == 409
    assert "Ikuti kursus ini dahulu" in page.text


@pytest.mark.parametrize("item", ["tidak-ada", "menyapa"])
def test_only_quizzes_can_be_started(quiz, sign_in, item):
    quiz()

    assert sign_in("rani").post(f"/kuis/layanan/{item}/mulai").status_code == 404
    assert sign_in("rani").post(f"/kuis/lain/{item}/mulai").status_code == 404


def test_who_left_the_course_answers_no_more(app, quiz, sign_in, clock):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    with app.app_context():
        from types import SimpleNamespace

        person = SimpleNamespace(id=CAST["rani"].id)
        enrolments.withdraw(person, stage.course_id(), clock.now())
        _db.session.commit()

    for answer in (
        rani.get(question_url(attempt_id, 1)),
        rani.post(question_url(attempt_id, 1), data={"seq": "1"}),
        rani.post(f"/kuis/percobaan/{attempt_id}/kumpulkan"),
        rani.post(START),
    ):
        assert answer.status_code == 409


def test_the_cover_lists_terms_and_attempts(app, quiz, sign_in):
    quiz(limit_minutes=20)
    rani = sign_in("rani")
    fresh = rani.get(COVER).text
    stage.take(app, rani, WRONG)
    stage.begin(rani)

    page = rani.get(COVER).text

    assert "Mulai kuis" in fresh
    assert "Anda punya 3 percobaan" in fresh
    assert "7 soal" in page
    assert "Waktu 20 menit" in page
    assert "Percobaan 1" in page
    assert "Nilai 0" in page
    assert "Lanjutkan percobaan" in page


def test_quiz_pages_are_never_kept_by_browsers(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id, _ = stage.take(app, rani, WRONG)
    running = stage.begin(rani)

    for address in (
        question_url(running, 1),
        review_url(running),
        f"/kuis/percobaan/{attempt_id}/hasil",
        COVER,
    ):
        assert rani.get(address).headers["Cache-Control"] == "no-store", address


def test_english_readers_type_english_numbers(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    rani.set_cookie("bahasa", "en")
    address = question_url(attempt_id, number_of(app, attempt_id, "lama"))

    rani.post(address, data={"jawaban": "1,234.5", "seq": "1"})

    assert 'value="1234.5"' in rani.get(address).text
    rani.set_cookie("bahasa", "id")
    assert 'value="1234,5"' in rani.get(address).text
