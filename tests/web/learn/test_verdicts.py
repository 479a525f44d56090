"""Does a lesson help: said once or changed, never twice the same."""

import pytest
from sqlalchemy import select

from lms.learn.models import LessonVerdict

from .conftest import COURSE

LESSON = f"{COURSE}/menyapa"


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
    assert "Dibaca penulis kursus, tanpa nama Anda." in page


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
    ("word", "comment"), [("", ""), ("mungkin", ""), ("ya", "a" * 2001)]
)
def test_what_is_no_answer_is_refused(app, db, rani, word, comment):
    assert say(rani, word, comment).status_code == 422
    assert said(app, db) == []


def test_who_takes_no_part_says_nothing(app, db, rani, sign_in):
    assert say(sign_in("agus"), "ya").status_code == 409
    assert said(app, db) == []
