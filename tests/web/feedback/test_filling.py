"""Learners fill in surveys of their course: once, whole, and nothing is lost."""

import json

from lms.db import db as session
from lms.feedback.models import SurveyAnswer, SurveyBallot, SurveyFilling

from . import stage
from .stage import COURSE, GOOD

PAGE = f"/survei/{COURSE}/reaksi"
COVER = f"/kursus/{COURSE}/reaksi"


def answers(app) -> list:
    with app.app_context():
        rows = session.session.query(SurveyAnswer).order_by(SurveyAnswer.place)
        return [json.loads(row.answer) for row in rows]


def test_a_learner_fills_in_a_survey_and_sees_that_it_has_arrived(app, course, sign_in):
    course(stage.survey())
    rani = sign_in("rani")

    page = rani.post(PAGE, data=GOOD, follow_redirects=True)

    assert "Terima kasih. Jawaban Anda sudah terkirim." in page.text
    assert "Sudah Anda isi." in page.text
    assert answers(app) == [
        {"sesuai-tugas": 4, "yakin": 3}, [1, 3], 2, "1,5", "Tambah latihan.",
    ]  # fmt: skip


def test_the_page_tells_in_plain_words_what_is_stored(course, sign_in):
    course(stage.survey(), stage.survey("rahasia", anonymous=True))
    rani = sign_in("rani")

    by_name, nameless = rani.get(PAGE).text, rani.get(f"/survei/{COURSE}/rahasia").text

    assert "Bersama nama Anda." in by_name
    assert "Tanpa nama." in nameless
    assert "hanya tercatat bahwa Anda sudah mengisi" in nameless


def test_what_is_missing_is_said_and_nothing_that_was_typed_is_lost(
    app, course, sign_in
):
    course(stage.survey())
    rani = sign_in("rani")
    sent = GOOD | {"j3": "kira-kira dua", "j4": "Baris satu.\r\nBaris dua."}
    del sent["j0-1"]

    page = rani.post(PAGE, data=sent)

    assert page.status_code == 422
    assert "Belum dapat dikirim. Perbaiki 2 isian." in page.text
    assert "Ada pernyataan yang belum dinilai." in page.text
    assert "Tulis angka saja, misalnya 78,5." in page.text
    assert 'name="j0-0" value="3" checked' in page.text
    assert 'name="j1" value="2" checked' in page.text
    assert "Baris satu.\nBaris dua." in page.text
    assert 'value="kira-kira dua"' in page.text
    assert answers(app) == []


def test_only_the_optional_questions_may_be_left_open(app, course, sign_in):
    course(stage.survey())
    rani = sign_in("rani")

    nothing = rani.post(PAGE, data={})
    least = rani.post(PAGE, data={"j0-0": "0", "j0-1": "0", "j1": "1"})

    assert nothing.text.count("Pertanyaan ini wajib dijawab.") == 4  # twice each
    assert least.status_code == 303
    assert answers(app) == [{"sesuai-tugas": 1, "yakin": 1}, [2], None, None, None]


def test_sent_twice_counts_once_and_the_first_time_stands(app, course, sign_in):
    course(stage.survey())
    rani = sign_in("rani")
    rani.post(PAGE, data=GOOD)

    again = rani.post(PAGE, data=GOOD | {"j4": "Lain."}, follow_redirects=True)

    assert "Yang pertama yang dihitung" in again.text
    assert answers(app)[-1] == "Tambah latihan."
    with app.app_context():
        assert session.session.query(SurveyFilling).count() == 1


def test_two_tabs_at_once_are_one_filling(app, course, db):
    from werkzeug.datastructures import MultiDict

    from lms.accounts.models import Person
    from lms.feedback import fillings, own, sheet
    from lms.kernel import clock

    course(stage.survey(anonymous=True))
    with app.app_context():
        rani = session.session.get_one(Person, 4)
        rani.timezone = "Asia/Jakarta"
        mine = own.find(rani, COURSE, "reaksi", clock.now())
        filled = sheet.read(mine.survey.questions, dict(MultiDict(GOOD).lists()))

        first = fillings.fill(mine.seat, filled, mine.today, clock.now())
        second = fillings.fill(mine.seat, filled, mine.today, clock.now())
        session.session.commit()

        assert (first.is_new, second.is_new) == (True, False)
        assert session.session.query(SurveyBallot).count() == len(stage.QUESTIONS)


def test_a_filled_in_page_leads_to_its_cover(course, sign_in):
    course(stage.survey())
    rani = sign_in("rani")
    rani.post(PAGE, data=GOOD)

    assert rani.get(PAGE).location == COVER


def test_who_takes_no_part_is_led_to_the_course(course, sign_in):
    course(stage.survey())
    agus = sign_in("agus")

    assert agus.get(PAGE).status_code == 409
    assert agus.post(PAGE, data=GOOD).status_code == 409
    assert agus.get(COVER).location == f"/kursus/{COURSE}"


def test_what_is_no_survey_has_no_page_here(course, sign_in):
    course(stage.survey())
    rani = sign_in("rani")

    assert rani.get(f"/survei/{COURSE}/menyapa").status_code == 404
    assert rani.get(f"/survei/{COURSE}/tidak-ada").status_code == 404
    assert rani.get("/survei/tidak-ada/reaksi").status_code == 404


def test_answers_that_no_page_sends_are_refused(app, course, sign_in):
    course(stage.survey())
    rani = sign_in("rani")
    odd = [
        {"j0-0": "9"}, {"j0-0": ["1", "2"]}, {"j0-0": "x"}, {"j0-0": "²"},
        {"j1": "3"}, {"j1": "-1"}, {"j2": ["0", "1"]}, {"j3": "1e9"},
        {"j4": "kata " * 51}, {"j4": "x" * 20_001}, {"j4": "a\x07b"},
    ]  # fmt: skip

    answered = [rani.post(PAGE, data=GOOD | fields).status_code for fields in odd]

    assert answered == [422] * len(odd)
    assert answers(app) == []


def test_a_required_survey_is_the_last_step_to_the_certificate(app, course, sign_in):
    number = course(
        stage.survey(when="after"), passing=[("reaksi", "filled")], has_read=True
    )
    rani = sign_in("rani")
    with app.app_context():
        assert not stage.finished(number)

    page = rani.post(PAGE, data=GOOD, follow_redirects=True)

    assert "Kursus selesai. Anda mendapat 2 JP." in page.text
    with app.app_context():
        assert stage.finished(number)


def test_a_survey_after_the_course_waits_for_its_end(course, sign_in):
    course(stage.survey(when="after"))
    rani = sign_in("rani")

    page = rani.post(PAGE, data=GOOD)

    assert page.status_code == 409
    assert "Dapat Anda isi sesudah semua butir lain selesai." in rani.get(COVER).text


def test_a_survey_before_the_course_is_over_when_the_course_is(course, sign_in):
    course(stage.survey(when="before"), has_read=True)
    rani = sign_in("rani")

    assert rani.get(PAGE).status_code == 409
    assert "Waktu mengisinya sudah lewat." in rani.get(COVER).text


def test_a_survey_of_superiors_says_so_to_the_learner(course, sign_in):
    course(stage.survey(respondents=["superior"], **stage.LATER))
    rani = sign_in("rani")

    assert rani.get(PAGE).status_code == 404
    cover = rani.get(COVER).text
    assert "diisi oleh atasan langsung, 90 hari sesudah Anda selesai" in cover
    assert "Isi survei" not in cover


def test_anonymous_answers_lead_back_to_nobody(app, course, sign_in):
    course(stage.survey(anonymous=True))
    rani = sign_in("rani")

    rani.post(PAGE, data=GOOD)

    assert answers(app) == []
    with app.app_context():
        ballots = session.session.query(SurveyBallot).all()
        columns = set(SurveyBallot.__table__.columns.keys())
    assert len(ballots) == len(stage.QUESTIONS)
    assert len({ballot.key for ballot in ballots}) == len(ballots)
    assert columns == {
        "key", "course_id", "item_code", "role", "release_id", "office_id",
        "question_version_id", "place", "answer", "is_open",
    }  # fmt: skip


def test_the_table_of_ballots_has_no_hidden_order(app, db):
    with app.app_context():
        if session.engine.dialect.name != "sqlite":
            return
        made = session.session.execute(
            session.text("SELECT sql FROM sqlite_master WHERE name = 'survey_ballots'")
        ).scalar()
    assert made.rstrip().endswith("WITHOUT ROWID")


def test_the_list_of_surveys_says_what_waits_and_what_is_done(course, sign_in):
    course(stage.survey(), stage.survey("nanti", when="after"))
    rani = sign_in("rani")

    before = rani.get("/survei").text
    rani.post(PAGE, data=GOOD)
    after = rani.get("/survei").text

    assert f'href="{PAGE}"' in before
    assert "Survei nanti" not in before
    assert "Tidak ada survei yang menunggu" in after
    assert "Sudah Anda isi" in after


def test_a_survey_after_the_course_is_a_duty_once_it_is_finished(course, sign_in):
    course(stage.survey(when="after"), has_read=True)

    home = sign_in("rani").get("/").text

    assert f'href="{PAGE}"' in home
    assert "Survei reaksi: Layanan" in home


def test_a_required_survey_is_named_among_the_conditions(course, sign_in):
    course(stage.survey(), required=["reaksi"], has_read=True)

    page = sign_in("rani").get(f"/kursus/{COURSE}").text

    assert "Isi “Survei reaksi”" in page
