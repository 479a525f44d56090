"""Where one was reading: told by a script, won by the newest, shown to go on from."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.learn import progress
from lms.learn.models import ReadingPlace
from tests.cast import CAST

from .conftest import COURSE

LESSON, CHECKED = f"{COURSE}/menyapa", f"{COURSE}/berkas"


@pytest.fixture
def kept(app, db):
    """kept("menyapa") -> (anchor, instant) that the database holds, or None."""

    def find(item_code: str):
        with app.app_context():
            row = db.session.scalar(
                select(ReadingPlace).where(ReadingPlace.item_code == item_code)
            )
            return row and (row.anchor, row.at)

    return find


@pytest.fixture
def anchor(rani):
    """A heading of the lesson about files."""
    return rani.get(CHECKED).text.split('<h2 id="')[1].split('"')[0]


def send(client, anchor: str, path: str = CHECKED, ago: str = "0") -> int:
    fields = {"letak": anchor, "lalu": ago}
    return client.post(f"{path}/letak", data=fields).status_code


def test_a_place_is_kept_with_the_servers_time(rani, kept, clock):
    assert send(rani, "isi-sapaan", LESSON) == 204

    assert kept("menyapa") == ("isi-sapaan", clock.now())


def test_a_place_told_late_is_as_old_as_it_was(rani, kept, clock):
    send(rani, "isi-sapaan", LESSON, ago="90")

    assert kept("menyapa") == ("isi-sapaan", clock.now() - timedelta(seconds=90))


def test_the_newest_place_wins_in_whatever_order_they_come(rani, sign_in, kept, clock):
    send(rani, "a-lama", LESSON, ago="600")
    send(rani, "b-baru", LESSON, ago="30")
    send(sign_in("rani"), "c-tertahan", LESSON, ago="300")  # another device, late

    assert kept("menyapa") == ("b-baru", clock.now() - timedelta(seconds=30))


def test_the_same_place_sent_twice_is_one(rani, kept, clock):
    send(rani, "isi-sapaan", LESSON)
    first = kept("menyapa")
    send(rani, "isi-sapaan", LESSON)

    assert kept("menyapa") == first


@pytest.mark.parametrize(
    ("ago", "days"),
    [("-5", 0), ("NaN", 0), ("", 0), ("1e9", 0), ("٣", 0),
     ("99999999999999999999", 30), ("2592001", 30)],
)  # fmt: skip
def test_a_devices_clock_may_say_anything(rani, kept, clock, ago, days):
    assert send(rani, "isi-sapaan", LESSON, ago=ago) == 204

    assert kept("menyapa") == ("isi-sapaan", clock.now() - timedelta(days=days))


def test_a_server_clock_that_ran_ahead_does_not_hold_the_place(rani, kept, clock):
    clock.skip(days=3)
    send(rani, "jauh-di-depan", LESSON)
    clock.skip(days=-3)

    send(rani, "sekarang", LESSON)

    assert kept("menyapa") == ("sekarang", clock.now())


@pytest.mark.parametrize("anchor", ["a b", "<script>", "a" * 121, "#a", "a\r\nb"])
def test_what_is_no_place_is_refused(rani, kept, anchor):
    assert send(rani, anchor, LESSON) == 422
    assert kept("menyapa") is None


def test_a_place_wants_an_item_and_an_enrolment(rani, sign_in, kept):
    assert send(rani, "", f"{COURSE}/tidak-ada") == 404
    assert send(sign_in("agus"), "", LESSON) == 409
    assert kept("menyapa") is None


def test_a_page_left_open_by_another_person_tells_nothing(rani, kept):
    fields = {"letak": "isi-sapaan", "lalu": "0", "pembaca": "orang-lain"}

    assert rani.post(f"{LESSON}/letak", data=fields).status_code == 409
    assert kept("menyapa") is None


def test_a_place_that_nobody_else_sees(rani, sign_in, courses):
    send(rani, "isi-sapaan", LESSON)
    agus = sign_in("agus")
    agus.post(f"{COURSE}/ikuti")

    assert 'data-known=""' in agus.get(LESSON).text


def test_the_lesson_offers_to_go_on(rani, anchor):
    assert "data-go-on hidden" in rani.get(CHECKED).text
    send(rani, anchor)

    page = rani.get(CHECKED).text

    assert f'data-known="{anchor}"' in page
    assert f'data-go-on><a class="btn" href="#{anchor}"' in page


def test_a_place_that_the_text_has_no_more_offers_nothing(rani):
    send(rani, "bagian-yang-dihapus")

    assert "data-go-on hidden" in rani.get(CHECKED).text


def test_a_done_lesson_does_not_ask_to_go_on(rani):
    send(rani, "cek-kurang", LESSON)
    rani.post(f"{LESSON}/selesai")

    assert "data-go-on" not in rani.get(LESSON).text


def test_the_course_page_leads_to_the_place(rani, anchor, clock):
    send(rani, anchor)

    page = rani.get(COURSE).text

    assert f'href="{CHECKED}#{anchor}"' in page
    assert "Terakhir di bagian" in page


def test_home_knows_the_place_in_words(app, rani, anchor, clock):
    send(rani, anchor)

    with app.app_context():
        at = progress.running(CAST["rani"].id)[0].at

    assert (at.item_code, at.anchor, at.at) == ("berkas", anchor, clock.now())
    assert at.title
    assert at.heading


def test_a_check_is_a_place_of_its_section(app, rani):
    rani.post(f"{CHECKED}/cek/cek-kurang", data={"jawaban": "1"})

    with app.app_context():
        at = progress.running(CAST["rani"].id)[0].at

    assert at.anchor == "cek-cek-kurang"
    assert at.heading


def test_without_scripts_finishing_a_lesson_moves_on_to_the_next(app, rani):
    rani.post(f"{LESSON}/selesai")

    with app.app_context():
        at = progress.running(CAST["rani"].id)[0].at
    assert (at.item_code, at.anchor, at.heading) == ("berkas", "", "")


def test_finishing_a_lesson_keeps_the_place_known_in_the_next(rani, kept, anchor):
    send(rani, anchor, ago="60")

    rani.post(f"{LESSON}/selesai")

    assert kept("berkas")[0] == anchor


def test_the_course_learned_in_last_comes_first(app, rani, clock):
    rani.post("/kursus/contoh-mini/ikuti")
    clock.skip(minutes=5)
    send(rani, "", LESSON)

    with app.app_context():
        first = progress.running(CAST["rani"].id)[0]
    assert first.live.code == "contoh-singkat"
