"""Rani writes essays, which wait for a person; a file may be left out."""

import pytest

from lms.db import db as _db
from lms.quiz.models import Attempt, SlotScore

from . import kinds, stage
from .kinds import JSON, RIGHT, send
from .stage import question_url


def test_an_essay_is_asked_for_with_its_words_and_its_rubric(app, take):
    rani, attempt = take("cerita")

    page = rani.get(question_url(attempt, 1)).text

    assert "Tulis 3 sampai 9 kata. Jawaban ini dinilai oleh pengajar." in page
    assert "Kejelasan masalah" in page
    assert "0 kata, belum cukup" in page


def test_the_words_of_an_essay_are_counted_and_none_is_lost(app, take):
    rani, attempt = take("cerita")
    long = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh"

    answer = send(app, rani, attempt, 1, f"{long}\r\n\r\nsebelas\r\n")

    assert answer.status_code == 303
    assert kinds.saved(app, attempt) == {0: f"{long}\n\nsebelas"}
    page = rani.get(question_url(attempt, 1)).text
    assert "11 kata, terlalu panjang" in page
    assert f"{long}\n\nsebelas</textarea>" in page


def test_the_review_names_an_essay_of_the_wrong_length(app, take):
    rani, attempt = take("jodoh", "cerita")
    review = f"/kuis/percobaan/{attempt}/tinjau"
    send(app, rani, attempt, 2, "satu dua")
    short = rani.get(review).text
    send(app, rani, attempt, 2, RIGHT["cerita"], seq=2)

    fits = rani.get(review).text

    assert "Panjang jawaban belum sesuai" in short
    assert "2 kata, belum cukup. Tulis 3 sampai 9 kata." in short
    assert "Panjang jawaban belum sesuai" not in fits


@pytest.mark.parametrize("headers", [{}, JSON])
def test_an_essay_too_long_to_keep_is_refused_with_a_sentence(app, take, headers):
    rani, attempt = take("cerita")

    answer = send(app, rani, attempt, 1, "a " * 10_001, headers=headers)

    assert answer.status_code == 422
    assert "Tulis paling banyak 20000 karakter." in answer.text
    assert kinds.saved(app, attempt) == {}


def test_an_essay_waits_and_nothing_is_passed_or_failed(app, take):
    rani, attempt = take("jodoh", "cerita", attempts=1, explain="finished")
    send(app, rani, attempt, 1, RIGHT["jodoh"])
    send(app, rani, attempt, 2, RIGHT["cerita"])

    page = kinds.hand_in(rani, attempt)

    assert "1 soal dinilai oleh pengajar; hasilnya tampil di sini." in page
    assert "1 soal lain sudah dinilai, nilainya 100 dari 100." in page
    assert page.count("Menunggu penilaian") >= 2
    for claim in ("Anda lulus", "Anda belum lulus", "Belum lulus", "hubungi pengelola"):
        assert claim not in page
    with app.app_context():
        row = _db.session.get(Attempt, attempt)
        assert (row.waiting, row.score_bp, row.passed) == (1, 5_000, False)
        scores = _db.session.query(SlotScore.slot).filter_by(attempt_id=attempt).all()
        assert scores == [(0,)]
    cover = rani.get(stage.COVER).text
    assert "Menunggu penilaian" in cover
    assert "hubungi pengelola" not in cover


def test_enough_points_without_the_essay_are_no_pass_yet(app, take):
    from lms.records.models import Completion

    rani, attempt = take("jodoh", "urutan", "rumpang", "cerita", pass_percent=70)
    for number, code in enumerate(("jodoh", "urutan", "rumpang", "cerita"), 1):
        send(app, rani, attempt, number, RIGHT[code])

    page = kinds.hand_in(rani, attempt)

    assert "Anda lulus kuis ini" not in page
    with app.app_context():
        assert _db.session.get(Attempt, attempt).score_bp == 7_500
        assert _db.session.query(Completion).count() == 0


def test_an_essay_left_open_needs_nobody(app, take):
    rani, attempt = take("jodoh", "cerita")
    send(app, rani, attempt, 1, RIGHT["jodoh"])

    page = kinds.hand_in(rani, attempt)

    assert "Nilai Anda 50" in page
    assert "Anda belum lulus pada percobaan ini." in page


def test_the_receipt_of_what_waits_says_so_and_stays_the_same(app, take):
    rani, attempt = take("cerita")
    send(app, rani, attempt, 1, RIGHT["cerita"])
    kinds.hand_in(rani, attempt)
    address = f"/kuis/percobaan/{attempt}/tanda-terima"

    page, text = rani.get(address).text, rani.get(f"{address}.txt").text

    assert "menunggu penilaian, nilai lulus 70" in page
    assert "Belum lulus" not in page
    assert "Nilai: menunggu penilaian\n" in text
    assert text == rani.get(f"{address}.txt").text


def test_who_waits_is_on_no_list_of_used_up_attempts(app, take, sign_in):
    from lms.accounts.models import RoleGrant
    from lms.kernel import clock
    from tests.cast import CAST, START

    rani, attempt = take("cerita", attempts=1)
    send(app, rani, attempt, 1, RIGHT["cerita"])
    kinds.hand_in(rani, attempt)
    with app.app_context():
        _db.session.add(
            RoleGrant(
                person_id=CAST["hendra"].id, role="instructor", unit_id=1,
                valid_from=START, granted_at=clock.now(),
            )
        )  # fmt: skip
        _db.session.commit()

    page = sign_in("hendra").get("/tulis/percobaan").text

    assert "Tidak ada yang menunggu" in page
    assert (
        "Menunggu penilaian"
        in sign_in("siti")
        .get(f"/sdm/pegawai/00000000-0000-4000-8000-{CAST['rani'].id:012}")
        .text
    )


def test_a_question_that_wants_a_file_may_be_left_open(app, take):
    rani, attempt = take("berkas", "jodoh")
    address = question_url(attempt, 1)

    page = rani.get(address).text
    onward = rani.post(f"{address}/berkas", data={"seq": "1", "ke": "berikut"})
    named = rani.post(address, data={"jawaban": "berkas", "seq": "1"}, headers=JSON)

    assert 'type="file"' in page
    assert onward.location == question_url(attempt, 2)
    assert named.json["seq"] == 0
    assert "Nilai Anda 0" in kinds.hand_in(rani, attempt)
