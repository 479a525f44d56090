"""Hendra grades what no key can score; Rani's attempt is passed or failed only then."""

import re
from datetime import timedelta

from sqlalchemy import func, select

from lms.accounts.models import RoleGrant
from lms.audit.models import DataAccess
from lms.catalog import items
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.kernel import clock
from lms.quiz import (
    graded_answers,
    item_answers,
    queries,
    regrades,
    rescores,
    telling,
)
from lms.quiz.models import AnswerGrade, Attempt, Rescore, SlotScore
from lms.quiz.recounting import Recount
from lms.records.models import Completion
from tests.cast import CAST

from . import kinds, stage
from .graders import LIST, fields, grade, state, teach
from .kinds import send


def test_an_essay_is_graded_by_its_rubric_and_the_course_is_completed(
    app, handed_in, sign_in
):
    rani, attempt = handed_in("jodoh", "cerita")
    hendra = sign_in("hendra")
    listed = hendra.get(LIST).text
    before = state(app, attempt)

    answer = grade(
        hendra, attempt, tingkat_2_masalah="4", komentar_2="Runtut dan jelas."
    )

    assert "Rani Kusumawardhani" in listed
    assert before == (5_000, 1, False, False)
    assert answer.status_code == 303, answer.text
    assert state(app, attempt) == (10_000, 0, True, True)
    with app.app_context():
        given = _db.session.scalars(select(AnswerGrade)).one()
        assert (given.levels, given.by_id) == ({"masalah": 4}, CAST["hendra"].id)
        assert (
            _db.session.scalars(select(Completion)).one().person_id == CAST["rani"].id
        )
        assert _db.session.get(Attempt, attempt).graded_bp == 5_000
    page = rani.get(f"/kuis/percobaan/{attempt}/hasil").text
    assert "Nilai Anda 100" in page
    assert "Runtut dan jelas." in page
    assert "Kejelasan masalah" in page
    assert "Tidak ada yang menunggu" in hendra.get(LIST).text


def test_a_failing_grade_leaves_the_next_attempt_open(app, handed_in, sign_in):
    rani, attempt = handed_in("cerita")
    waits = rani.get(stage.COVER).text

    grade(sign_in("hendra"), attempt, tingkat_1_masalah="1", komentar_1="Kurang rinci.")

    assert "Tunggulah penilaiannya" in waits
    assert state(app, attempt) == (2_500, 0, False, False)
    page = rani.get(f"/kuis/percobaan/{attempt}/hasil").text
    assert "Anda belum lulus pada percobaan ini." in page
    assert "Sisa percobaan: 2 dari 3" in page
    assert "Kurang rinci." in page
    assert "sudah dinilai pengajar" in rani.get("/").text


def test_each_answer_of_an_attempt_may_be_graded_at_its_own_time(
    app, handed_in, sign_in
):
    _rani, attempt = handed_in("cerita", "jodoh", "kisah")
    hendra = sign_in("hendra")

    first = grade(hendra, attempt, tingkat_1_masalah="4")
    halfway = state(app, attempt)
    grade(hendra, attempt, tingkat_3_masalah="4")

    assert first.location.endswith(f"{LIST}/{attempt}")
    assert halfway == (6_666, 1, False, False)
    assert state(app, attempt) == (10_000, 0, True, True)


def test_a_corrected_key_neither_ends_the_waiting_nor_loses_a_grade(
    app, handed_in, sign_in
):
    _rani, attempt = handed_in("cerita", "jodoh", "kisah")
    hendra = sign_in("hendra")
    grade(hendra, attempt, tingkat_1_masalah="1")

    with app.app_context():
        version = _db.session.get(Attempt, attempt).layout[1]["q"]
        body = items.question_versions([version])[version].body
        key = dict(items.keys([version])[version]) | {"pairs": {"1": 1, "2": 1, "3": 2}}
        del key["partial"]
        regrade(version, Recount({version: body}, None))
    between = state(app, attempt)
    grade(hendra, attempt, tingkat_3_masalah="4")

    assert between[1:] == (1, False, False)
    with app.app_context():
        slots = [row.slots for row in _db.session.scalars(
            select(Rescore).order_by(Rescore.number)
        )]  # fmt: skip
    assert slots[-1] == {"0": 2_500, "1": 10_000, "2": 10_000}
    assert state(app, attempt) == (7_500, 0, True, True)


def regrade(version: int, recount: Recount) -> None:
    now = clock.now()
    done = regrades.order(
        stage.course_id(), "jodoh", recount, target_id=None, takes_passes=False,
        reason="Kuncinya keliru.", by_id=None, now=now,
    )  # fmt: skip
    while regrades.do_piece(done.id, now):
        pass
    _db.session.commit()


def test_grading_does_not_undo_a_corrected_key(app, handed_in, sign_in):
    _rani, attempt = handed_in("jodoh", "cerita")
    with app.app_context():
        row = _db.session.get(Attempt, attempt)
        rescores.add(row, {0: 3_000}, act="uji", rule="again", reason="Kunci baru",
                     by_id=None, now=clock.now())  # fmt: skip
        _db.session.commit()

    grade(sign_in("hendra"), attempt, tingkat_2_masalah="4")

    assert state(app, attempt)[:2] == (6_500, 0)


def test_a_second_grade_is_added_with_its_reason_and_counts(app, handed_in, sign_in):
    rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")
    grade(hendra, attempt, tingkat_1_masalah="1")

    bare = grade(hendra, attempt, tingkat_1_masalah="4")
    answer = grade(hendra, attempt, tingkat_1_masalah="4", alasan_1="Salah membaca.")

    assert bare.status_code == 422
    assert "Tulis alasan menilainya lagi" in bare.text
    assert re.search(r'value="4" checked', bare.text)
    assert answer.status_code == 303
    assert state(app, attempt) == (10_000, 0, True, True)
    with app.app_context():
        rows = _db.session.scalars(select(AnswerGrade).order_by(AnswerGrade.number))
        assert [(r.score_bp, r.reason) for r in rows] == [
            (2_500, ""), (10_000, "Salah membaca."),
        ]  # fmt: skip
    assert "Salah membaca." in rani.get(f"/kuis/percobaan/{attempt}/hasil").text


def test_the_same_form_sent_twice_counts_once(app, handed_in, sign_in):
    _rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")
    page = hendra.get(f"{LIST}/{attempt}").text
    data = fields(page, tingkat_1_masalah="4")

    answers = [hendra.post(f"{LIST}/{attempt}", data=data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    with app.app_context():
        assert _db.session.scalar(select(func.count()).select_from(AnswerGrade)) == 1
        told = select(func.count()).where(
            OutboxEntry.topic == "quiz.tell", OutboxEntry.dedup_key.like("graded:%")
        )
        assert _db.session.scalar(told) == 1


def test_of_two_instructors_the_second_sees_what_the_first_gave(
    app, handed_in, sign_in
):
    _rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")
    early = hendra.get(f"{LIST}/{attempt}").text
    grade(hendra, attempt, tingkat_1_masalah="1", komentar_1="Terlalu umum.")

    late = hendra.post(
        f"{LIST}/{attempt}",
        data=fields(early, tingkat_1_masalah="4", komentar_1="Bagus sekali.")
        | {"isian": "lain"},
    )

    assert late.status_code == 409
    for text in ("sudah dinilai orang lain", "Terlalu umum.", "Bagus sekali."):
        assert text in late.text
    assert state(app, attempt)[0] == 2_500


def test_without_a_rubric_points_are_given(app, handed_in, sign_in, monkeypatch):
    monkeypatch.setitem(
        kinds.ASKED, "cerita",
        ("essay", {"min_words": None, "max_words": None, "rubric": []}, {}),
    )  # fmt: skip
    _rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")

    wrong = [
        grade(hendra, attempt, nilai_1=points, komentar_1="Cukup.")
        for points in ("", "101", "-1", "banyak", "1e2")
    ]
    answer = grade(hendra, attempt, nilai_1="82,5")

    assert [page.status_code for page in wrong] == [422] * 5
    assert "tulis nilai 0 sampai 100" in wrong[1].text
    assert 'value="101"' in wrong[1].text
    assert answer.status_code == 303
    assert state(app, attempt) == (8_250, 0, True, True)


def test_what_is_wrong_with_a_form_is_said_and_nothing_is_saved(
    app, handed_in, sign_in
):
    _rani, attempt = handed_in("cerita", "jodoh", "kisah")
    hendra = sign_in("hendra")

    none = grade(hendra, attempt)
    half = grade(hendra, attempt, tingkat_1_masalah="4", komentar_3="Tanpa tingkat.")
    strange = grade(hendra, attempt, tingkat_1_masalah="3")
    long = grade(hendra, attempt, tingkat_1_masalah="4", komentar_1="x" * 4_001)
    broken = [
        hendra.post(f"{LIST}/{attempt}", data=data)
        for data in ({}, {"isian": "a b"}, {"isian": "a", "dilihat-1": "x"},
                     {"isian": "a", "tingkat-1-masalah": "x"})
    ]  # fmt: skip

    assert [p.status_code for p in (none, half, strange, long, *broken)] == [422] * 8
    assert "Nilai paling sedikit satu jawaban" in none.text
    assert "Soal 3: pilih satu tingkat" in half.text
    assert "Tanpa tingkat." in half.text
    assert state(app, attempt)[1] == 2


def test_only_those_who_teach_course_and_unit_may_grade(app, handed_in, sign_in):
    _rani, attempt = handed_in("cerita")
    with app.app_context():
        teach("yohanes")  # over her unit, but no author of the course
        _db.session.query(RoleGrant).filter_by(
            person_id=CAST["hendra"].id, unit_id=1
        ).delete()
        _db.session.commit()

    for name, status in (
        ("hendra", 404),
        ("yohanes", 404),
        ("rani", 403),
        ("siti", 403),
    ):
        client = sign_in(name)
        assert client.get(f"{LIST}/{attempt}").status_code == status, name
        assert client.post(f"{LIST}/{attempt}").status_code == status, name
    assert "Rani" not in sign_in("hendra").get(LIST).text
    assert sign_in("hendra").get(f"{LIST}/999").status_code == 404


def test_the_list_goes_on_page_by_page(app, handed_in, sign_in, monkeypatch):
    _rani, first = handed_in("cerita")
    monkeypatch.setattr(graded_answers, "PAGE", 2)
    with app.app_context():
        table = Attempt.__table__
        row = _db.session.execute(select(table)).mappings().one()
        for number in range(2, 6):
            at = row["submitted_at"] + timedelta(minutes=number // 2)
            new = {"id": first + number, "number": number, "submitted_at": at}
            _db.session.execute(table.insert().values(dict(row) | new))
        _db.session.commit()
    hendra, pages, url = sign_in("hendra"), [], LIST

    while url:
        page = hendra.get(url).text
        pages.append(re.findall(rf'href="{LIST}/([0-9]+)"', page))
        onward = re.search(r'href="([^"]+)" rel="next"', page)
        url = onward and onward[1]

    listed = [[int(number) for number in page] for page in pages]
    assert listed == [[first, first + 2], [first + 3, first + 4], [first + 5]]
    for after in ("x", "-1", "0", "9" * 30):
        assert f"{LIST}/{first}" in hendra.get(f"{LIST}?sesudah={after}").text


def test_a_running_attempt_is_nobodys_to_grade(app, db, sign_in):
    with app.app_context():
        kinds.publish("cerita")
        stage.enrol("rani")
        teach()
    rani = sign_in("rani")
    attempt = stage.begin(rani)
    send(app, rani, attempt, 1, kinds.RIGHT["cerita"])

    answer = sign_in("hendra").get(f"{LIST}/{attempt}")

    assert answer.status_code == 404


def test_rani_can_read_who_looked_and_what_was_said(app, handed_in, sign_in):
    rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")
    grade(hendra, attempt, tingkat_1_masalah="4", komentar_1="Runtut.")
    hendra.get(f"{LIST}/{attempt}")

    page = rani.get("/data-saya").text

    assert "Jawaban kuis yang dinilai pengajar" in page
    with app.app_context():
        looks = _db.session.scalars(
            select(DataAccess.what).where(DataAccess.actor_id == CAST["hendra"].id)
        ).all()
    assert looks == ["Jawaban kuis yang dinilai pengajar: teks, berkas, dan nama"]


def test_hendra_finds_what_waits_among_his_duties_and_rani_does_not(
    app, handed_in, sign_in
):
    rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")

    waits = hendra.get("/").text
    grade(hendra, attempt, tingkat_1_masalah="4")

    assert "1 menunggu penilaian Anda" in waits
    assert "menunggu penilaian Anda" not in hendra.get("/").text
    assert "menunggu penilaian Anda" not in rani.get("/").text


def test_an_english_reader_reads_the_result_in_english(handed_in, sign_in):
    rani, attempt = handed_in("cerita")
    grade(sign_in("hendra"), attempt, tingkat_1_masalah="4", komentar_1="Runtut.")
    rani.set_cookie("bahasa", "en")

    page = rani.get(f"/kuis/percobaan/{attempt}/hasil").text

    assert "Graded by an instructor" in page
    assert "Runtut." in page


def test_what_waits_has_no_score_of_its_own_anywhere(app, handed_in):
    _rani, attempt = handed_in("jodoh", "cerita")

    with app.app_context():
        rows = _db.session.scalars(
            select(SlotScore.slot).where(SlotScore.attempt_id == attempt)
        ).all()

    assert rows == [0]


def test_mails_ask_for_a_grade_and_tell_that_it_came(app, handed_in, sign_in):
    app.config["SMTP_URL"] = "smtp://surat.contoh.go.id"
    try:
        _rani, attempt = handed_in("cerita", "jodoh", "kisah")
        asked = written(app)
        hendra = sign_in("hendra")
        grade(hendra, attempt, tingkat_1_masalah="4")
        halfway = written(app)
        grade(hendra, attempt, tingkat_3_masalah="4", komentar_3="Rahasia.")
        told = written(app)
    finally:
        app.config["SMTP_URL"] = ""

    assert [mail["to"] for mail in asked] == ["hendra@contoh.go.id"]
    assert asked[0]["text"].rstrip().endswith("/tulis/penilaian")
    assert halfway == asked
    assert [mail["to"] for mail in told[1:]] == ["rani@contoh.go.id"]
    assert told[1]["text"].rstrip().endswith(f"/kuis/percobaan/{attempt}/hasil")
    assert "Rahasia" not in told[1]["text"]
    assert "100" not in told[1]["text"]


def written(app) -> list[dict]:
    """Do what waits in the outbox; return all mails."""
    with app.app_context():
        waiting = _db.session.scalars(
            select(OutboxEntry.body)
            .where(OutboxEntry.topic == telling.TOPIC)
            .order_by(OutboxEntry.id)
        ).all()
        for body in waiting:
            telling.write(body, app.config)
        _db.session.commit()
        mails = select(OutboxEntry.body).where(OutboxEntry.topic == "mail")
        return list(_db.session.scalars(mails.order_by(OutboxEntry.id)))


def test_the_figures_of_a_quiz_leave_out_what_is_not_graded(app, handed_in, sign_in):
    _rani, attempt = handed_in("jodoh", "cerita")
    with app.app_context():
        place = (stage.course_id(), stage.QUIZ)
        waits, before = item_answers.of(*place).results, item_answers.stamp(*place)

    grade(sign_in("hendra"), attempt, tingkat_2_masalah="1")

    with app.app_context():
        assert waits == [(None, False)]
        assert item_answers.of(*place).results == [(6_250, False)]
        assert item_answers.stamp(*place) != before
        assert queries.best(enrolment_of(attempt)) == {stage.QUIZ: 6_250}


def enrolment_of(attempt: int) -> int:
    return _db.session.get(Attempt, attempt).enrolment_id


def test_a_receipt_stays_as_it_was_signed(app, handed_in, sign_in):
    rani, attempt = handed_in("cerita")
    address = f"/kuis/percobaan/{attempt}/tanda-terima"
    before = rani.get(f"{address}.txt").data

    grade(sign_in("hendra"), attempt, tingkat_1_masalah="4")

    assert rani.get(f"{address}.txt").data == before
    page = rani.get(address).text
    assert "Kemudian dihitung ulang menjadi 100." in page
    assert "Lulus" in page
