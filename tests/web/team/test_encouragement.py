"""A superior encourages; the learner reads it on the first page."""

import pytest

from lms.db import db as _db
from lms.team.models import Encouragement

from .conftest import uid_of

SEND = f"/tim/{uid_of('rani')}/semangat"
WORDS = {"tentang": "umum", "kalimat": "sendiri", "teks": "Ayo, Rani.", "formulir": "a"}


def rows(app) -> list[Encouragement]:
    with app.app_context():
        return _db.session.query(Encouragement).order_by(Encouragement.id).all()


def test_own_words_reach_the_learner(stage, sign_in):
    answer = sign_in("yohanes").post(SEND, data=WORDS)

    assert answer.status_code == 303
    page = sign_in("rani").get("/").text
    assert "Pesan dari atasan" in page
    assert "Ayo, Rani." in page
    assert "Yohanes Tambing" in page
    assert "Ayo, Rani." not in sign_in("agus").get("/").text


def test_a_sentence_of_ours_is_read_in_ones_own_language(stage, sign_in):
    sign_in("yohanes").post(SEND, data=WORDS | {"kalimat": "bantuan"})

    rani = sign_in("rani")

    assert "Kita cari jalan keluarnya bersama." in rani.get("/").text
    rani.post("/bahasa", data={"bahasa": "en"})
    assert "Kita cari" not in rani.get("/").text


def test_a_message_may_be_about_a_duty(app, stage, sign_in):
    duty = stage.duty(uid_of("rani"), due_in=2)

    sign_in("yohanes").post(SEND, data=WORDS | {"tentang": f"tugas-{duty}"})

    assert rows(app)[0].duty_id == duty
    assert 'href="/kursus/contoh-singkat"' in sign_in("rani").get("/").text


def test_or_about_a_course_that_is_running(app, stage, sign_in):
    sign_in("rani").post("/kursus/contoh-mini/ikuti")

    sign_in("yohanes").post(SEND, data=WORDS | {"tentang": "kursus-contoh-mini"})

    assert rows(app)[0].course_id
    assert rows(app)[0].duty_id is None


def test_the_same_form_twice_is_one_message(app, stage, sign_in):
    yohanes = sign_in("yohanes")
    for _time in range(2):
        assert yohanes.post(SEND, data=WORDS).status_code == 303

    assert len(rows(app)) == 1


def test_three_a_day_are_enough(app, stage, sign_in, clock):
    yohanes = sign_in("yohanes")
    for word in "abc":
        yohanes.post(SEND, data=WORDS | {"formulir": word})

    answer = yohanes.post(SEND, data=WORDS | {"formulir": "d"})

    assert answer.status_code == 429
    assert "Paling banyak 3 pesan sehari" in answer.text
    assert len(rows(app)) == 3
    clock.skip(hours=11)  # the next day at the agency
    assert yohanes.post(SEND, data=WORDS | {"formulir": "d"}).status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"teks": ""},
        {"teks": "a" * 281},
        {"teks": "mundur\u202e"},
        {"kalimat": "lain"},
        {"tentang": "tugas-1"},
        {"tentang": "kursus-tidak-ada"},
    ],
)
def test_what_cannot_be_sent_is_said(app, stage, sign_in, wrong):
    answer = sign_in("yohanes").post(SEND, data=WORDS | wrong)

    assert answer.status_code == 422
    assert rows(app) == []


@pytest.mark.parametrize("who", ["rani", "agus", "siti", "made"])
def test_nobody_but_the_superior_sends(app, stage, sign_in, who):
    assert sign_in(who).post(SEND, data=WORDS).status_code == 404
    assert rows(app) == []


def test_a_message_marked_as_read_leaves_the_first_page_and_stays_in_own_data(
    app, stage, sign_in
):
    sign_in("yohanes").post(SEND, data=WORDS)
    rani, uid = sign_in("rani"), rows(app)[0].uid

    for _time in range(2):
        assert rani.post(f"/tim/pesan/{uid}/dibaca").status_code == 303

    assert "Ayo, Rani." not in rani.get("/").text
    assert "Ayo, Rani." in rani.get("/data-saya").text
    assert "sudah dibaca" in sign_in("yohanes").get(f"/tim/{uid_of('rani')}").text


def test_nobody_else_marks_it(app, stage, sign_in):
    sign_in("yohanes").post(SEND, data=WORDS)
    uid = rows(app)[0].uid

    for name in ("agus", "yohanes"):
        assert sign_in(name).post(f"/tim/pesan/{uid}/dibaca").status_code == 404
    assert rows(app)[0].read_at is None


def test_the_team_page_says_who_was_written_to_today(stage, sign_in):
    yohanes = sign_in("yohanes")
    yohanes.post(SEND, data=WORDS)

    assert "Sudah Anda kirimi pesan hari ini" in yohanes.get("/tim").text


def test_the_address_chooses_what_the_form_begins_with(stage, sign_in):
    duty = stage.duty(uid_of("rani"), due_in=2)

    page = sign_in("yohanes").get(
        f"/tim/{uid_of('rani')}?tentang=tugas-{duty}&kalimat=tenggat"
    )

    assert f'value="tugas-{duty}" checked' in page.text
    assert 'value="tenggat" checked' in page.text


@pytest.mark.parametrize(
    ("due_in", "sentence"), [(-3, "bantuan"), (2, "tenggat"), (40, "waktu")]
)
def test_without_a_wish_the_form_begins_with_what_suits_them(
    stage, sign_in, due_in, sentence
):
    stage.duty(uid_of("rani"), due_in=due_in)

    page = sign_in("yohanes").get(f"/tim/{uid_of('rani')}")

    assert f'value="{sentence}" checked' in page.text
    assert 'value="lanjutkan" checked' not in page.text


def test_nobody_is_told_to_go_on_who_has_not_begun(stage, sign_in):
    stage.duty(uid_of("rani"), due_in=40)

    assert "kalimat=waktu" in sign_in("yohanes").get("/tim").text
