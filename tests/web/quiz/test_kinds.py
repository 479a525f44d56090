"""Rani answers questions of more than one field, with scripts off."""

import json
import re

import pytest

from lms.db import db as _db
from lms.quiz.models import AnswerSave, Attempt

from . import kinds, stage
from .kinds import JSON, RIGHT, send
from .stage import question_url


def choices(page: str) -> list[list[tuple[str, bool, str]]]:
    """The menus of a page: (value, chosen, text) of each."""
    return [
        [
            (value, bool(mark), text)
            for value, mark, text in re.findall(
                r'<option value="(\d*)"( selected)?>([^<]*)</option>', menu
            )
        ]
        for menu in re.findall(r"<select[^>]*>(.*?)</select>", page, re.DOTALL)
    ]


# ---- matching


def test_pairs_are_chosen_in_menus_and_stay_chosen(app, take):
    rani, attempt = take("jodoh")
    fresh = choices(rani.get(question_url(attempt, 1)).text)

    answer = send(app, rani, attempt, 1, {1: 4, 3: 2})

    assert answer.status_code == 303
    assert [menu[0] for menu in fresh] == [("", True, "Pilih pasangannya")] * 3
    assert kinds.saved(app, attempt) == {0: {"1": 4, "3": 2}}
    held = choices(rani.get(question_url(attempt, 1)).text)
    assert [[t for _v, chosen, t in menu if chosen] for menu in held] == [
        ["Kanan 4"], ["Pilih pasangannya"], ["Kanan 2"],
    ]  # fmt: skip


def test_pairs_left_open_are_told_after_the_result(app, take):
    rani, attempt = take("jodoh", explain="always")
    send(app, rani, attempt, 1, {1: 4, 2: 3})

    page = kinds.hand_in(rani, attempt)

    assert "Nilai Anda 33,3" in page
    assert "1 dari 3 pasangan tepat. Nilai soal ini 33,3 dari 100." in page
    for text in ("Jawaban Anda tepat", "Belum tepat", "Belum dijawab", "Kanan 3"):
        assert text in page
    assert page.count("Yang tepat:") == 2


def test_the_places_of_right_sides_do_not_follow_the_file(app, take):
    rani, attempt = take("jodoh", attempts=None)
    orders = set()
    for _ in range(8):
        menus = choices(rani.get(question_url(attempt, 1)).text)
        orders.add(tuple(text for _value, _chosen, text in menus[0]))
        kinds.hand_in(rani, attempt)
        attempt = stage.begin(rani)

    assert len(orders) > 1


# ---- ordering


def buttons(page: str) -> dict[str, str]:
    """What the buttons of the rows send, by their names."""
    found = re.findall(r'name="geser" value="([\d-]*)"[^>]*aria-label="([^"]+)"', page)
    return {name: value for value, name in found}


def rows(page: str) -> list[str]:
    listed = re.search(r'<ol class="order movable".*?</ol>', page, re.DOTALL)[0]
    return re.findall(r"<span>(Langkah \d)</span>", listed)


def test_the_shown_order_is_never_the_right_one_and_no_answer(app, take):
    rani, attempt = take("urutan", attempts=None, shuffle_options=False)
    seen = set()
    for _ in range(30):
        page = rani.get(question_url(attempt, 1)).text
        seen.add(tuple(rows(page)))
        assert 'name="jawaban" value=""' in page
        send_nothing = {"jawaban": "", "seq": "1"}
        rani.post(question_url(attempt, 1), data=send_nothing)
        assert kinds.saved(app, attempt) == {}
        kinds.hand_in(rani, attempt)
        attempt = stage.begin(rani)

    assert tuple(f"Langkah {n}" for n in RIGHT["urutan"]) not in seen
    assert len(seen) > 5


def test_a_row_moves_by_its_button_and_the_page_stays(app, take):
    rani, attempt = take("urutan", "jodoh")
    page = rani.get(question_url(attempt, 1)).text
    before = rows(page)

    moved = buttons(page)[f"Turunkan: {before[0]}"]
    answer = rani.post(
        question_url(attempt, 1), data={"jawaban": "", "geser": moved, "seq": "1"}
    )

    assert answer.location == f"{question_url(attempt, 1)}#jawaban"
    page = rani.get(question_url(attempt, 1)).text
    assert rows(page) == [before[1], before[0], *before[2:]]
    assert "Urutan ini sudah sesuai" not in page
    up = buttons(page)[f"Naikkan: {before[0]}"]
    held = re.search(r'name="jawaban" value="([\d-]+)"', page)[1]
    rani.post(question_url(attempt, 1), data={"jawaban": held, "geser": up, "seq": "2"})
    assert rows(rani.get(question_url(attempt, 1)).text) == before


def test_the_first_order_can_be_kept_by_saying_so(app, take):
    rani, attempt = take("urutan")
    page = rani.get(question_url(attempt, 1)).text
    keep = re.search(r'name="geser" value="([\d-]+)" data-move="0"', page)[1]

    rani.post(question_url(attempt, 1), data={"geser": keep, "seq": "1"})

    numbers = [int(text[-1]) for text in rows(page)]
    assert kinds.saved(app, attempt) == {0: numbers}


def test_one_step_misplaced_keeps_most_of_the_points(app, take):
    rani, attempt = take("urutan", explain="always")
    send(app, rani, attempt, 1, [1, 4, 2, 3])

    page = kinds.hand_in(rani, attempt)

    assert "Nilai Anda 66,6" in page
    assert "Sebagian langkah sudah berurutan." in page
    assert page.count("Letaknya belum tepat") == 1
    assert page.index("Urutan Anda") < page.index("Urutan yang tepat")


# ---- cloze


def test_gaps_are_labelled_and_kept(app, take):
    rani, attempt = take("rumpang")
    address = question_url(attempt, 1)

    send(app, rani, attempt, 1, ["maklumat", "14", "Ombudsman"])

    page = rani.get(address).text
    for number in (1, 2, 3):
        assert f'aria-label="Rumpang {number}"' in page
    assert 'value="maklumat"' in page
    assert [t for _v, chosen, t in choices(page)[0] if chosen] == ["Ombudsman"]
    assert kinds.saved(app, attempt) == {0: {"1": "maklumat", "2": "14", "3": 3}}


def test_a_word_where_a_number_belongs_is_asked_again_beside_its_gap(app, take):
    rani, attempt = take("rumpang")

    page = send(app, rani, attempt, 1, ["maklumat", "empat belas", "BPK"])

    assert page.status_code == 422
    assert "Rumpang 2: tulis angka saja, misalnya 78,5." in page.text
    field = re.search(r'<input[^>]*id="rumpang-2"[^>]*>', page.text)[0]
    assert 'value="empat belas"' in field
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="ketik-e"' in field
    assert 'value="maklumat"' in page.text
    assert kinds.saved(app, attempt) == {}


def test_english_readers_fill_gaps_with_english_numbers(app, take):
    rani, attempt = take("rumpang", explain="always")
    rani.set_cookie("bahasa", "en")

    send(app, rani, attempt, 1, ["", "14.25", ""])

    assert kinds.saved(app, attempt) == {0: {"2": "14,25"}}
    assert 'value="14.25"' in rani.get(question_url(attempt, 1)).text
    page = kinds.hand_in(rani, attempt)
    assert "1 of 3 gaps are right." in page


def test_each_gap_is_told_after_the_result(app, take):
    rani, attempt = take("rumpang", explain="always")
    send(app, rani, attempt, 1, ["Maklumat.", "20", ""])

    page = kinds.hand_in(rani, attempt)

    assert "1 dari 3 rumpang tepat." in page
    assert "Rumpang 2: Anda menulis “20”, yang tepat “13,5 – 14,5”." in page
    assert "Rumpang 3 belum dijawab; yang tepat “Ombudsman”." in page


# ---- all of them


CODES = ("jodoh", "urutan", "rumpang", "cerita")


def test_all_of_it_right_is_all_points(app, take):
    rani, attempt = take(*CODES[:3])
    for number, code in enumerate(CODES[:3], 1):
        send(app, rani, attempt, number, RIGHT[code])

    assert "Nilai Anda 100" in kinds.hand_in(rani, attempt)


def test_nothing_of_a_key_is_on_a_page_before_the_result(app, take):
    rani, attempt = take(*CODES, explain="passed")
    texts = []
    for number, code in enumerate(CODES, 1):
        texts.append(rani.get(question_url(attempt, number)).text)
        texts.append(send(app, rani, attempt, number, RIGHT[code], headers=JSON).text)
        texts.append(rani.get(question_url(attempt, number)).text)
    texts.append(rani.get(f"/kuis/percobaan/{attempt}/tinjau").text)
    texts.append(kinds.hand_in(rani, attempt))

    for word in (*stage.SECRETS, "pairs", "13.5", "13,5", "Yang tepat"):
        assert [word for text in texts if word in text] == [], word


@pytest.mark.parametrize("code", CODES)
def test_a_second_tab_is_told_and_shown_what_the_first_saved(app, take, code):
    rani, attempt = take(code)
    other = {
        "jodoh": {1: 1},
        "urutan": [1, 2, 3, 4],
        "rumpang": ["lain", "", ""],
        "cerita": "Lain sekali.",
    }[code]
    send(app, rani, attempt, 1, RIGHT[code])

    page = send(app, rani, attempt, 1, other)
    answer = send(app, rani, attempt, 1, other, headers=JSON)

    assert page.status_code == 409
    assert "sudah diubah di halaman atau perangkat lain" in page.text
    assert answer.json["is_older"] is True
    with app.app_context():
        stored = _db.session.query(AnswerSave).order_by(AnswerSave.seq).all()
        assert [row.seq for row in stored] == [-1, 1]


@pytest.mark.parametrize("code", CODES)
def test_an_answer_that_comes_with_the_hand_in_counts(app, take, code):
    from urllib.parse import urlencode

    rani, attempt = take(code)
    sent = kinds.fields(app, attempt, 1, RIGHT[code])
    copy = urlencode([("soal", 1), ("seq", 1), ("dasar", 0),
                      *(("jawaban", value) for value in sent)])  # fmt: skip

    data = {"salinan": copy, "jumlah": "1"}
    rani.post(f"/kuis/percobaan/{attempt}/kumpulkan", data=data)

    assert list(kinds.saved(app, attempt)) == [0]
    with app.app_context():
        row = _db.session.get(Attempt, attempt)
        assert row.waiting == (code == "cerita") or row.score_bp == 10_000


BAD = [
    ("jodoh", ["9", "", ""]), ("jodoh", ["0"]), ("jodoh", ["0"] * 200),
    ("jodoh", ["1e3", "", ""]), ("urutan", ["0-1-2"]), ("urutan", ["0-0-1-2"]),
    ("urutan", ["0-1-2-3", "3-2-1-0"]), ("urutan", ["x"]), ("rumpang", ["a"]),
    ("rumpang", ["a" * 501, "", ""]), ("rumpang", ["", "NaN", ""]),
    ("rumpang", ["", "", "7"]), ("cerita", ["a", "b"]), ("cerita", ["a\x07"]),
]  # fmt: skip


@pytest.mark.parametrize("headers", [{}, JSON])
def test_answers_no_page_of_ours_sends_are_refused(app, take, headers):
    rani, attempt = take(*CODES)
    for code, values in BAD:
        answer = rani.post(
            question_url(attempt, CODES.index(code) + 1),
            data={"jawaban": values, "seq": "1"},
            headers=headers,
        )
        assert answer.status_code == 422, (code, values[:2])
    assert kinds.saved(app, attempt) == {}


@pytest.mark.parametrize("headers", [{}, JSON])
@pytest.mark.parametrize("moved", ["x", "0-1", "0-1-2-2", "", "9-8-7-6"])
def test_a_move_no_button_of_ours_makes_changes_nothing(app, take, moved, headers):
    rani, attempt = take("urutan", "jodoh")
    for number in (1, 2):
        data = {"geser": moved, "seq": "1"}
        answer = rani.post(question_url(attempt, number), data=data, headers=headers)

        assert answer.status_code in (200, 303, 422)
    assert kinds.saved(app, attempt) == {}


def test_what_was_answered_is_in_my_data(app, take):
    rani, attempt = take(*CODES)
    for number, code in enumerate(CODES, 1):
        send(app, rani, attempt, number, RIGHT[code])
    kinds.hand_in(rani, attempt)

    page = rani.get("/data-saya").text
    stored = rani.post("/data-saya/unduh", data={"bentuk": "json"}).text

    assert "Menunggu penilaian (soal)" in page
    for answer in kinds.saved(app, attempt).values():
        assert json.dumps(answer, ensure_ascii=False) in stored
