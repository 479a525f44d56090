"""Checks inside lessons: an answer brings its own feedback and nothing more."""

import pytest
from sqlalchemy import func, select

from lms.learn.models import CheckAnswer
from lms.records.models import ItemFact

from .conftest import COURSE

LESSON = f"{COURSE}/berkas"
ONE = f"{LESSON}/cek/cek-kurang"
MANY = f"{LESSON}/cek/cek-catatan"
FEEDBACK = {
    1: "Jangka waktu janji berjalan",
    2: "cukup kembali satu kali saja",
    3: "datang dua kali untuk satu urusan",
}
EXPLANATION = "Standar pelayanan meminta petugas"


def count(app, db, model) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def facts(app, db) -> set[tuple[str, str]]:
    with app.app_context():
        return {tuple(r) for r in db.session.execute(
            select(ItemFact.fact, ItemFact.subject))}  # fmt: skip


def test_before_an_answer_the_page_tells_nothing_of_the_key(rani):
    pages = [rani.get(path).text for path in (LESSON, f"{LESSON}?bahas=cek-kurang")]

    for page in pages:
        for secret in (
            *FEEDBACK.values(),
            EXPLANATION,
            "Pangkat petugas tidak",
            "Pikirkan apa",
            "Catatan memuat",
            'class="opt right"',
        ):
            assert secret not in page


def test_a_wrong_answer_tells_only_about_itself(rani):
    answer = rani.post(ONE, data={"jawaban": "1"})

    assert (answer.status_code, answer.location) == (303, f"{LESSON}#cek-cek-kurang")
    page = rani.get(LESSON).text
    assert "Belum tepat" in page
    assert FEEDBACK[1] in page
    assert "Baca lagi bagian “Memeriksa sekali”" in page
    for secret in (FEEDBACK[2], FEEDBACK[3], EXPLANATION, 'class="opt right"'):
        assert secret not in page


def test_a_right_answer_tells_the_explanation(rani):
    rani.post(ONE, data={"jawaban": "2"})

    page = rani.get(LESSON).text

    assert "Jawaban Anda tepat." in page
    assert FEEDBACK[2] in page
    assert EXPLANATION in page


def test_the_explanation_is_told_when_asked_for_after_an_answer(rani):
    rani.post(ONE, data={"jawaban": "1"})

    answer = rani.post(f"{ONE}/pembahasan", follow_redirects=True)

    assert EXPLANATION in answer.text
    assert "Jawaban yang tepat" in answer.text
    assert EXPLANATION not in rani.get(LESSON).text


def test_the_explanation_is_not_told_before_an_answer(rani):
    page = rani.post(f"{ONE}/pembahasan", follow_redirects=True)

    assert EXPLANATION not in page.text


def test_part_of_several_right_answers_is_partly_right(rani):
    rani.post(MANY, data={"jawaban": ["1"]})

    page = rani.get(LESSON).text

    assert "Sebagian sudah tepat." in page
    assert "Pikirkan apa yang dibutuhkan" in page
    assert "Catatan memuat nama" not in page


def test_all_of_several_right_answers_is_right(app, db, rani):
    rani.post(MANY, data={"jawaban": ["1", "2"]})

    assert ("check_right", "cek-catatan") in facts(app, db)


def test_a_script_gets_the_check_alone(rani):
    answer = rani.post(ONE, data={"jawaban": "1"}, headers={"X-Fragment": "1"})

    assert answer.status_code == 200
    assert answer.text.strip().startswith('<section class="check" id="cek-cek-kurang"')
    assert "<html" not in answer.text
    assert FEEDBACK[1] in answer.text


def test_no_answer_is_asked_for_beside_the_check(rani):
    page = rani.post(ONE, data={})

    assert page.status_code == 422
    assert "Pilih atau tulis jawaban Anda dahulu" in page.text


@pytest.mark.parametrize(
    "sent", ["0", "4", "-1", "99999999999999999999", "satu", "1.0", "²", "1' OR 1=1"]
)
@pytest.mark.parametrize("address", [ONE, MANY])
def test_answers_no_page_sends_are_refused(app, db, rani, address, sent):
    assert rani.post(address, data={"jawaban": sent}).status_code == 422
    assert count(app, db, CheckAnswer) == 0


def test_two_answers_to_one_choice_are_refused(rani):
    assert rani.post(ONE, data={"jawaban": ["1", "2"]}).status_code == 422


@pytest.mark.parametrize("code", ["tidak-ada", "cek-", "sapaan", "x" * 200])
def test_an_unknown_check_is_not_found(rani, code):
    assert rani.post(f"{LESSON}/cek/{code}", data={"jawaban": "1"}).status_code == 404
    assert rani.post(f"{LESSON}/cek/{code}/pembahasan").status_code == 404


def test_a_check_of_another_lesson_is_not_found(rani):
    answer = rani.post(f"{COURSE}/menyapa/cek/cek-kurang", data={"jawaban": "1"})

    assert answer.status_code == 404


def test_the_same_answer_sent_twice_is_one(app, db, rani):
    rani.post(ONE, data={"jawaban": "1"})
    rani.post(ONE, data={"jawaban": "1"})

    assert count(app, db, CheckAnswer) == 1


def test_another_answer_is_added_and_the_newest_is_shown(app, db, rani):
    rani.post(ONE, data={"jawaban": "1"})
    rani.post(ONE, data={"jawaban": "3"})

    page = rani.get(LESSON).text
    assert FEEDBACK[3] in page
    assert FEEDBACK[1] not in page
    assert count(app, db, CheckAnswer) == 2


def test_answering_all_checks_finishes_the_lesson(rani):
    rani.post(ONE, data={"jawaban": "1"})
    rani.post(MANY, data={"jawaban": "3"})

    assert "1 dari 3 butir selesai" in rani.get(COURSE).text
    assert rani.post(f"{LESSON}/selesai").location == f"{COURSE}/kuis-akhir"


def test_nobody_else_sees_the_answer(rani, sign_in):
    rani.post(ONE, data={"jawaban": "1"})
    agus = sign_in("agus")
    agus.post(f"{COURSE}/ikuti")

    assert FEEDBACK[1] not in agus.get(LESSON).text


def test_who_does_not_take_part_cannot_answer(app, db, sign_in, courses):
    answer = sign_in("agus").post(ONE, data={"jawaban": "2"})

    assert (answer.status_code, answer.location) == (303, COURSE)
    assert count(app, db, CheckAnswer) == 0


def test_without_a_script_a_verdict_can_be_asked_for_again(rani):
    rani.post(ONE, data={"jawaban": "1"})

    page = rani.get(LESSON).text

    assert ">Periksa lagi</button>" in page
    assert 'data-again="Coba lagi" data-blank="Periksa jawaban"' in page
