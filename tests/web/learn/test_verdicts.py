"""Does a lesson help: said once or changed, never twice the same."""

import pytest
from sqlalchemy import select, update

from lms.catalog.models import Course
from lms.learn.models import LessonChange, LessonVerdict
from tests.cast import CAST

from .conftest import COURSE

LESSON = f"{COURSE}/menyapa"
READERS = "pengajar sdm"


def say(client, word: str, comment: str = "", **more):
    fields = {"membantu": word, "komentar": comment}
    return client.post(f"{LESSON}/penilaian", data=fields, **more)


def said(app, db) -> list[tuple[bool, str]]:
    with app.app_context():
        rows = db.session.scalars(select(LessonVerdict).order_by(LessonVerdict.id))
        return [(row.is_helpful, row.comment) for row in rows]


def test_the_page_asks_and_says_who_reads_it(rani):
    page = rani.get(LESSON).text

    assert "Apakah pelajaran ini membantu?" in page
    assert "Dibaca pengajar kursus dan pengelola SDM, tanpa nama Anda." in page


def test_an_answer_is_kept_and_shown(app, db, rani):
    answer = say(rani, "ya", "Contohnya <b>jelas</b>.")

    assert (answer.status_code, answer.location) == (303, f"{LESSON}#penilaian")
    page = rani.get(LESSON).text
    assert "Jawaban Anda: membantu." in page
    assert "Contohnya &lt;b&gt;jelas" in page
    assert said(app, db) == [(True, "Contohnya <b>jelas</b>.")]


def test_the_same_sent_twice_adds_nothing(app, db, rani):
    say(rani, "ya", "Baik.")
    say(rani, "ya", "Baik.")

    assert said(app, db) == [(True, "Baik.")]


def test_it_can_be_changed_and_the_newest_counts(app, db, rani):
    say(rani, "ya")
    say(rani, "tidak", "Terlalu panjang.")

    assert said(app, db) == [(True, ""), (False, "Terlalu panjang.")]
    assert "Jawaban Anda: tidak membantu." in rani.get(LESSON).text


def test_a_comment_can_be_sent_alone_and_keeps_what_was_said(app, db, rani):
    assert "Kirim komentar" not in rani.get(LESSON).text
    say(rani, "tidak")

    page = rani.get(LESSON).text
    alone = 'name="membantu" value="tidak">Kirim komentar</button>'
    assert alone in page


def test_a_script_gets_the_question_alone(rani):
    answer = say(rani, "ya", headers={"Sec-Fetch-Dest": "empty"})

    assert "Jawaban Anda: membantu." in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("word", "comment"), [("", ""), ("mungkin", ""), ("ya", "a" * 501)]
)
def test_what_is_no_answer_is_refused(app, db, rani, word, comment):
    assert say(rani, word, comment).status_code == 422
    assert said(app, db) == []


def test_hr_may_read_what_was_written_where_the_page_said_so(app, db, rani):
    say(rani, "ya", "Halaman lama.")
    fields = {"membantu": "tidak", "komentar": "Halaman ini.", "pembaca": READERS}
    rani.post(f"{LESSON}/penilaian", data=fields)

    assert f'name="pembaca" value="{READERS}"' in rani.get(LESSON).text
    with app.app_context():
        rows = db.session.scalars(select(LessonVerdict).order_by(LessonVerdict.id))
        assert [row.hr_may_read for row in rows] == [False, True]


def test_a_longer_comment_of_earlier_days_stays_with_another_answer(app, db, rani):
    say(rani, "ya")
    long = "a" * 1_500
    with app.app_context():
        db.session.execute(update(LessonVerdict).values(comment=long))
        db.session.commit()

    assert say(rani, "tidak", long).status_code == 303
    assert say(rani, "tidak", long + "b").status_code == 422
    assert said(app, db)[-1] == (False, long)


def test_what_was_changed_is_told_on_the_page_and_changes_the_kept_one(
    app, db, rani, clock
):
    mark = rani.get(LESSON).headers["ETag"]
    assert "Perubahan dari masukan Anda" not in rani.get(LESSON).text
    with app.app_context():
        course_id = db.session.scalar(
            select(Course.id).where(Course.code == "contoh-singkat")
        )
        for number, sentence in enumerate(("Lama.", "Contoh <b>kedua</b> diganti.")):
            db.session.add(
                LessonChange(
                    uid=f"uji-{number}", course_id=course_id, item_code="menyapa",
                    sentence=sentence, noted_by=CAST["hendra"].id, at=clock.now(),
                )
            )  # fmt: skip
        db.session.commit()

    again = rani.get(LESSON, headers={"If-None-Match": mark})

    assert again.status_code == 200
    assert "Perubahan dari masukan Anda" in again.text
    assert "22 November 2026" in again.text
    assert "Contoh &lt;b&gt;kedua&lt;/b&gt; diganti." in again.text
    assert "Lama." not in again.text
    assert "Perubahan dari" not in rani.get(f"{COURSE}/berkas").text


def test_who_takes_no_part_says_nothing(app, db, rani, sign_in):
    assert say(sign_in("agus"), "ya").status_code == 409
    assert said(app, db) == []
