"""Numbers drawn for an attempt: shown, graded and told as they were drawn."""

import re

import pytest

from lms.db import db as _db
from lms.quiz import receipts
from lms.quiz.models import Attempt
from tests.publishing import publish_kinds

COURSE, QUIZ = "ragam-soal", "kuis-ragam"
START = f"/kuis/{COURSE}/{QUIZ}/mulai"
NUMBER = 4  # where the question stands


@pytest.fixture
def rani(app, db, sign_in):
    publish_kinds(app)
    client = sign_in("rani")
    client.post(f"/kursus/{COURSE}/ikuti")
    return client


def begin(client) -> str:
    return client.post(START).location.rpartition("/soal/")[0]


def drawn(app, attempt: str) -> str:
    with app.app_context():
        row = _db.session.get(Attempt, int(attempt.rpartition("/")[2]))
        return row.layout[NUMBER - 1]["values"]["n"]


def right(value: str) -> float:
    return float(value.replace(",", ".")) * 25


def test_the_question_shows_the_numbers_of_this_attempt(app, rani):
    attempt = begin(rani)
    value = drawn(app, attempt)

    pages = [rani.get(f"{attempt}/soal/{NUMBER}").text for _ in range(2)]
    rani.set_cookie("bahasa", "en")
    english = rani.get(f"{attempt}/soal/{NUMBER}").text

    for page in pages:
        assert f"tertimbang suatu unit adalah {value}." in page
        assert f"Kalikan {value} dengan 25." in page
    assert f"suatu unit adalah {value.replace(',', '.')}." in english
    for page in (*pages, english):
        assert "<!--" not in page
        assert "n * 25" not in page


def test_other_attempts_get_other_numbers(app, rani):
    values = set()
    for _ in range(3):
        attempt = begin(rani)
        values.add(drawn(app, attempt))
        rani.post(f"{attempt}/kumpulkan")

    assert len(values) > 1


def test_the_answer_is_graded_by_the_numbers_drawn_and_told_with_them(app, rani):
    attempt = begin(rani)
    value = drawn(app, attempt)
    answer = f"{right(value):.2f}".replace(".", ",")

    rani.post(f"{attempt}/soal/{NUMBER}", data={"jawaban": answer, "seq": "1"})
    page = rani.post(f"{attempt}/kumpulkan", follow_redirects=True).text

    assert "Nilai Anda 25" in page
    part = page[page.index('id="soal-4"') :]
    assert f"suatu unit adalah {value}." in part
    assert f"IKM adalah {value} × 25 = " in part
    assert "<!--" not in page


def test_a_wrong_answer_is_told_the_right_interval(app, rani):
    attempt = begin(rani)
    low, high = right(drawn(app, attempt)) - 0.1, right(drawn(app, attempt)) + 0.1

    rani.post(f"{attempt}/soal/{NUMBER}", data={"jawaban": "1", "seq": "1"})
    page = rani.post(f"{attempt}/kumpulkan", follow_redirects=True).text
    rani.set_cookie("bahasa", "en")
    english = rani.get(f"{attempt}/hasil").text

    told = re.search(r"Jawaban yang tepat: ([\d,]+) – ([\d,]+)", page)
    assert [float(end.replace(",", ".")) for end in told.groups()] == [
        pytest.approx(low), pytest.approx(high),
    ]  # fmt: skip
    assert re.search(r"(\d+\.\d+) – (\d+\.\d+)", english)


def test_the_receipt_holds_what_was_asked(app, rani):
    attempt = begin(rani)
    rani.post(f"{attempt}/soal/{NUMBER}", data={"jawaban": "70", "seq": "1"})
    rani.post(f"{attempt}/kumpulkan")
    text = rani.get(f"{attempt}/tanda-terima.txt").text

    with app.app_context():
        row = _db.session.get(Attempt, int(attempt.rpartition("/")[2]))
        same = receipts.of(row, app.config["SECRET_KEY"]).text
        changed = [dict(place) for place in row.layout]
        changed[NUMBER - 1]["values"] = {"n": "9,99"}
        row.layout = changed
        other = receipts.of(row, app.config["SECRET_KEY"]).text
        _db.session.rollback()

    assert text == same != other
