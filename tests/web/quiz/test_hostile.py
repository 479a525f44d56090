"""Whoever sends what no page of ours sends: refused, and nothing changes."""

import pytest

from lms.db import db as _db
from lms.quiz.models import AnswerSave, Attempt

from . import stage
from .stage import RIGHT, WRONG, question_url

JSON = {"Accept": "application/json"}


@pytest.fixture
def running(app, quiz, sign_in):
    quiz()
    return stage.begin(sign_in("rani"))


def saves(app) -> int:
    with app.app_context():
        return _db.session.query(AnswerSave).count()


def kind_at(app, attempt_id: int, number: int) -> str:
    from lms.catalog import items

    with app.app_context():
        place = _db.session.get(Attempt, attempt_id).layout[number - 1]
        return items.question_versions([place["q"]])[place["q"]].kind


def number_of_kind(app, attempt_id: int, kind: str) -> int:
    return next(n for n in range(1, 8) if kind_at(app, attempt_id, n) == kind)


BAD_ANSWERS = (
    ("single", ["3"]),
    ("single", ["0", "1"]),
    ("single", ["-1"]),
    ("single", ["1e3"]),
    ("single", ["9" * 400]),
    ("single", ["' OR 1=1 --"]),
    ("multiple", ["0", "3"]),
    ("multiple", ["0"] * 900),
    ("true_false", ["2"]),
    ("true_false", ["true"]),
    ("short_text", ["a" * 501]),
    ("short_text", ["a", "b"]),
    ("numeric", ["NaN"]),
    ("numeric", ["1e309"]),
    ("numeric", ["9" * 400]),
    ("numeric", ["\u202e12"]),
)
BAD_FIELDS = (
    {"seq": ""},
    {"seq": "-1"},
    {"seq": "0"},
    {"seq": "1e3"},
    {"seq": "١"},
    {"seq": "1002"},
    {"seq": "9223372036854775808"},
    {},
    {"seq": "1", "ke": "99"},
    {"seq": "1", "ke": "0"},
    {"seq": "1", "ke": "https://evil"},
    {"seq": "1", "tandai": "mungkin"},
)


@pytest.mark.parametrize("headers", [{}, JSON])
def test_answers_no_page_of_ours_sends(app, running, sign_in, headers):
    rani = sign_in("rani")
    for kind, values in BAD_ANSWERS:
        number = number_of_kind(app, running, kind)

        answer = rani.post(
            question_url(running, number),
            data={"jawaban": values, "seq": "1"},
            headers=headers,
        )

        assert answer.status_code == 422, (kind, values[:2])
    assert saves(app) == 0


def test_other_fields_are_checked_as_well(app, running, sign_in):
    rani = sign_in("rani")
    values = stage.field_of(app, running, 1, RIGHT)
    for fields in BAD_FIELDS:
        answer = rani.post(question_url(running, 1), data={"jawaban": values} | fields)

        assert answer.status_code == 422, fields
    assert saves(app) == 0


def test_a_text_no_database_stores(app, running, sign_in):
    number = number_of_kind(app, running, "short_text")

    answer = sign_in("rani").post(
        question_url(running, number), data={"jawaban": "a\0b", "seq": "1"}
    )

    assert answer.status_code == 400
    assert saves(app) == 0


BAD_NUMBERS = (
    "-1", "0", "99", "1e3", "0x1", "9223372036854775807", "9223372036854775808",
    "9" * 60, "\u0661\u0662", "null", "1 ",
)  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_question_numbers_that_are_not_there(running, sign_in, method):
    rani = sign_in("rani")
    for number in BAD_NUMBERS:
        address = f"/kuis/percobaan/{running}/soal/{number}"

        answer = rani.open(address, method=method, data={"seq": "1"})

        assert answer.status_code == 404, number


@pytest.mark.parametrize("page", ["soal/1", "tinjau", "hasil", "kumpulkan"])
def test_attempts_that_are_not_there(running, sign_in, page):
    rani = sign_in("rani")
    method = "POST" if page == "kumpulkan" else "GET"
    for number in BAD_NUMBERS:
        answer = rani.open(f"/kuis/percobaan/{number}/{page}", method=method)

        assert answer.status_code == 404, number


def test_nobody_else_sees_or_touches_the_attempt(app, running, sign_in):
    for name in ("agus", "hendra", "yohanes", "siti", "made"):
        other = sign_in(name)
        for page in ("soal/1", "soal/99", "tinjau", "hasil"):
            seen = other.get(f"/kuis/percobaan/{running}/{page}")
            assert seen.status_code == 404, (name, page)
        for page in ("soal/1", "kumpulkan"):
            sent = other.post(
                f"/kuis/percobaan/{running}/{page}", data={"seq": "1", "jawaban": "0"}
            )
            assert sent.status_code == 404, (name, page)
    assert saves(app) == 0


def test_someone_elses_attempt_looks_like_one_that_does_not_exist(running, sign_in):
    agus = sign_in("agus")

    theirs = agus.get(f"/kuis/percobaan/{running}/tinjau", headers=JSON).json
    none = agus.get("/kuis/percobaan/424242/tinjau", headers=JSON).json

    theirs.pop("request_id"), none.pop("request_id")
    assert theirs == none


def test_an_older_answer_arriving_last_never_wins(app, running, sign_in):
    rani = sign_in("rani")
    right = stage.field_of(app, running, 1, RIGHT)
    wrong = stage.field_of(app, running, 1, WRONG)

    def save(values, seq):
        return rani.post(
            question_url(running, 1),
            data={"jawaban": values, "seq": str(seq)},
            headers=JSON,
        )

    newer, older, same = save(right, 3), save(wrong, 2), save(wrong, 3)

    assert newer.json["seq"] == older.json["seq"] == same.json["seq"] == 3
    assert [a.json["is_older"] for a in (newer, older, same)] == [False, True, True]
    page = rani.get(question_url(running, 1)).text
    assert (f'value="{right[0]}" checked' in page) or (f'value="{right[0]}"' in page)
    assert 'name="seq" value="4"' in page
    with app.app_context():
        kept = _db.session.query(AnswerSave).order_by(AnswerSave.seq).all()
        assert [row.seq for row in kept] == [-1, 3]  # the older one is history
        assert kept[1].answer != kept[0].answer


def test_a_second_tab_is_shown_what_the_first_one_saved(app, running, sign_in):
    rani = sign_in("rani")
    right = stage.field_of(app, running, 1, RIGHT)
    wrong = stage.field_of(app, running, 1, WRONG)
    rani.post(question_url(running, 1), data={"jawaban": right, "seq": "1"})

    page = rani.post(question_url(running, 1), data={"jawaban": wrong, "seq": "1"})

    assert page.status_code == 409
    assert "sudah diubah di halaman atau perangkat lain pukul 14.00" in page.text
    again = rani.post(question_url(running, 1), data={"jawaban": wrong, "seq": "2"})
    assert again.status_code == 303


def test_a_save_after_handing_in_is_refused(app, running, sign_in):
    rani = sign_in("rani")
    stage.answer_all(app, rani, running, RIGHT)
    rani.post(f"/kuis/percobaan/{running}/kumpulkan")
    before = saves(app)
    data = {"jawaban": stage.field_of(app, running, 1, WRONG), "seq": "9"}

    page = rani.post(question_url(running, 1), data=data)
    answer = rani.post(question_url(running, 1), data=data, headers=JSON)

    assert page.status_code == 409
    assert "sudah dikumpulkan" in page.text
    assert answer.status_code == 409
    assert answer.json["error"] == "AttemptSubmitted"
    assert saves(app) == before + 1  # as evidence, once; it counts for nothing
    with app.app_context():
        late = _db.session.query(AnswerSave).order_by(AnswerSave.id.desc()).first()
        assert late.seq == -1


def test_a_second_hand_in_shows_the_same_result(app, running, sign_in, clock):
    rani = sign_in("rani")
    stage.answer_all(app, rani, running, RIGHT)
    address = f"/kuis/percobaan/{running}/kumpulkan"
    first = rani.post(address, follow_redirects=True).text
    clock.skip(minutes=3)

    second = rani.post(address, follow_redirects=True).text

    assert "dikumpulkan 22 November 2026, 14.00 WIB" in first
    assert "dikumpulkan 22 November 2026, 14.00 WIB" in second


def test_the_result_before_handing_in_is_the_review(running, sign_in):
    answer = sign_in("rani").get(f"/kuis/percobaan/{running}/hasil")

    assert answer.status_code == 303
    assert answer.location == f"/kuis/percobaan/{running}/tinjau"


def test_a_question_after_handing_in_is_the_result(running, sign_in):
    rani = sign_in("rani")
    rani.post(f"/kuis/percobaan/{running}/kumpulkan")

    for page in ("soal/1", "tinjau"):
        answer = rani.get(f"/kuis/percobaan/{running}/{page}")
        assert answer.location == f"/kuis/percobaan/{running}/hasil"


def test_reloading_or_coming_back_draws_nothing_anew(app, running, sign_in):
    rani = sign_in("rani")
    pages = [rani.get(question_url(running, n)).text for n in range(1, 8)]

    stage.begin(sign_in("rani"))

    def text_of(page):  # without the tokens around it
        return page.split('<div class="bd stack">')[1]

    again = [sign_in("rani").get(question_url(running, n)).text for n in range(1, 8)]
    assert [text_of(p) for p in pages] == [text_of(p) for p in again]


@pytest.mark.parametrize("page", ["soal/1", "kumpulkan"])
def test_every_post_wants_a_csrf_token(app, running, sign_in, monkeypatch, page):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    answer = sign_in("rani").post(f"/kuis/percobaan/{running}/{page}")

    assert answer.status_code == 400
