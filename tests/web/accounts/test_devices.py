"""Devices: where one is signed in, sending them out, browsers that are known."""

import pytest
from sqlalchemy import select

from lms.accounts import devices
from lms.accounts.models import KnownDevice, LoginSession
from lms.db import db as _db
from tests.cast import CAST

PHONE = (
    "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Mobile Safari/537.36"
)
PAGE = "/akun/perangkat"


def page(client) -> str:
    return client.get(PAGE).get_data(as_text=True)


def sessions_of(app, name: str) -> list[LoginSession]:
    with app.app_context():
        wanted = LoginSession.person_id == CAST[name].id
        return list(_db.session.scalars(select(LoginSession).where(wanted)))


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome, Android"),
        (
            PHONE.replace("Chrome/", "SamsungBrowser/24.0 Chrome/"),
            "Samsung Internet, Android",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Firefox, Linux",
        ),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_words(agent, words):
    assert devices.words(agent) == words


def test_the_page_lists_where_one_is_signed_in(app, password, sign_in_form, sign_in):
    phone, other = app.test_client(), sign_in("agus")
    agent = {"User-Agent": PHONE}
    sign_in_form("rani@contoh.go.id", password, phone, headers=agent)

    shown = page(phone)

    assert shown.count("Chrome di Android") == 1
    assert shown.count("perangkat ini") == 1
    assert "Keluarkan semua" not in shown
    assert "Masuk 22 November 2026, 14.00 WIB" in shown
    assert "1 perangkat sedang masuk" in phone.get("/akun").text
    assert "Chrome di Android" not in page(other)
    phone.post("/bahasa", data={"bahasa": "en"})
    assert "Chrome di Android" not in page(phone) or "Chrome on" not in page(phone)


def test_other_devices_are_sent_out_and_others_people_stay(sign_in):
    here, there, agus = sign_in("rani"), sign_in("rani"), sign_in("agus")
    assert "Keluarkan semua" in page(here)

    for _ in range(2):
        assert here.post("/akun/sesi").status_code == 303

    assert [c.get(PAGE).status_code for c in (here, there, agus)] == [200, 302, 200]


def test_one_device_is_sent_out_alone(app, sign_in):
    here, there, third = sign_in("rani"), sign_in("rani"), sign_in("rani")
    second = sessions_of(app, "rani")[1].id

    for _ in range(2):
        answer = here.post(f"{PAGE}/{second}/keluarkan")
        assert (answer.status_code, answer.location) == (303, PAGE)

    assert "Perangkat itu sudah dikeluarkan" in page(here)
    assert [c.get(PAGE).status_code for c in (here, there, third)] == [200, 302, 200]


def test_nobody_sends_out_somebody_else(app, sign_in):
    rani, agus = sign_in("rani"), sign_in("agus")
    (of_agus,) = sessions_of(app, "agus")

    for number in (of_agus.id, 999_999):
        assert rani.post(f"{PAGE}/{number}/keluarkan").status_code == 303

    assert agus.get(PAGE).status_code == 200


def test_this_device_is_not_sent_out_from_here(app, sign_in):
    rani = sign_in("rani")
    (own,) = sessions_of(app, "rani")

    rani.post(f"{PAGE}/{own.id}/keluarkan")

    assert rani.get(PAGE).status_code == 200
    assert f"{PAGE}/{own.id}/" not in page(rani)


def test_a_session_of_staff_that_has_run_out_is_not_listed(sign_in, clock):
    sign_in("siti")
    clock.skip(minutes=61)
    here = sign_in("siti")

    assert "Keluarkan semua" not in page(here)


def test_known_browsers_are_forgotten_but_for_this_one(
    app, password, sign_in_form, sign_in
):
    here, agus = app.test_client(), app.test_client()
    sign_in_form("rani@contoh.go.id", password, here)
    sign_in_form("rani@contoh.go.id", password)
    sign_in_form("agus@contoh.go.id", password, agus)
    assert "2 peramban dikenal" in page(here)

    for _ in range(2):
        assert here.post(f"{PAGE}/lupakan").status_code == 303

    assert "1 peramban dikenal" in page(here)
    with app.app_context():
        left = _db.session.scalars(select(KnownDevice.person_id)).all()
        assert sorted(left) == [CAST["rani"].id, CAST["agus"].id]


def test_whoever_never_signed_in_by_form_knows_no_browser(sign_in):
    assert "Lupakan peramban lain" not in page(sign_in("hendra"))


def test_signing_out_empties_the_browsers_cache_and_nothing_unsent(sign_in):
    answer = sign_in("rani").post("/keluar")

    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "sid=;" in answer.headers.getlist("Set-Cookie")[0]


def test_old_sessions_are_swept_away(app, sign_in, clock):
    from lms.accounts import sessions

    sign_in("rani")
    clock.skip(days=31)
    sign_in("agus")

    with app.app_context():
        sessions.forget_old(clock.now())
        (left,) = _db.session.scalars(select(LoginSession))
        assert left.person_id == CAST["agus"].id
        _db.session.rollback()
