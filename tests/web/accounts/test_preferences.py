"""Looks, language and zone: chosen once, kept with the person, on every device."""

import pytest
from sqlalchemy import select

from lms.accounts import preferences, sessions
from lms.accounts.models import Preference
from lms.db import db as _db
from lms.kernel import display
from lms.kernel.display import Display
from tests.cast import CAST
from tests.publishing import publish_samples

PAGE = "/akun/tampilan"
DARK = {
    "tema": "dark",
    "huruf": "130",
    "hemat": "y",
    "bahasa": "id",
    "zona": "Asia/Jayapura",
}


def rows(app) -> list[Preference]:
    with app.app_context():
        return list(_db.session.scalars(select(Preference)))


def looks(client, path: str = "/akun") -> str:
    """Return the opening tag of a page."""
    text = client.get(path).get_data(as_text=True)
    return text[text.index("<html") : text.index(">", text.index("<html"))]


def test_a_choice_holds_on_every_device_at_once(app, sign_in):
    phone, office, agus = sign_in("rani"), sign_in("rani"), sign_in("agus")
    assert 'data-theme="system" data-text="100"' in looks(office)

    answer = phone.post(PAGE, data=DARK)

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert "tersimpan dan berlaku" in phone.get(PAGE).text
    for device in (phone, office, sign_in("rani")):
        assert 'data-theme="dark" data-text="130"' in looks(device)
        assert '<meta name="color-scheme" content="dark">' in device.get("/akun").text
    assert 'data-theme="system" data-text="100"' in looks(agus)
    assert '<meta name="color-scheme" content="light dark">' in agus.get("/akun").text


def test_the_form_shows_what_was_chosen(sign_in):
    rani = sign_in("rani")
    rani.post(PAGE, data=DARK)

    page = rani.get(PAGE).text

    for value in ("dark", "130", "id", "Asia/Jayapura"):
        assert f'value="{value}" checked' in page
    assert page.count(" checked") == 5


def test_the_form_sent_twice_is_stored_once(app, sign_in):
    rani = sign_in("rani")

    assert [rani.post(PAGE, data=DARK).status_code for _ in range(2)] == [303, 303]

    assert [row.theme for row in rows(app)] == ["dark"]


def test_a_row_made_by_another_device_meanwhile_is_met(app, sign_in, clock):
    """Both devices found no row; the second writes over the first one's."""
    with app.app_context():
        wishes = preferences.of(CAST["rani"].id)
        assert wishes == preferences.Wishes()
    rani = sign_in("rani")
    rani.post("/bahasa", data={"bahasa": "en"})
    rani.post(PAGE, data=DARK)

    assert [(row.language, row.theme) for row in rows(app)] == [("id", "dark")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tema", "ungu"),
        ("huruf", "200"),
        ("huruf", "1e2"),
        ("bahasa", "fr"),
        ("zona", "Europe/Paris"),
        ("zona", "../etc/passwd"),
    ],
)
def test_a_value_that_was_not_offered_is_refused_and_the_rest_kept(
    app, sign_in, field, value
):
    answer = sign_in("rani").post(PAGE, data=DARK | {field: value})

    assert answer.status_code == 422
    assert "Pilih salah satu" in answer.text
    assert answer.text.count(" checked") == 4
    assert rows(app) == []


# --- Who is not signed in, and the network


def test_the_sign_in_page_looks_as_its_last_person_wished(app, password, sign_in_form):
    phone = app.test_client()
    sign_in_form("rani@contoh.go.id", password, phone)
    phone.post(PAGE, data=DARK)
    phone.post("/keluar")

    assert 'data-theme="dark" data-text="130"' in looks(phone, "/masuk")
    assert 'data-theme="system" data-text="100"' in looks(app.test_client(), "/masuk")


def test_another_person_on_the_same_phone_gets_their_own_looks(
    app, password, sign_in_form, sign_in
):
    phone = app.test_client()
    sign_in_form("rani@contoh.go.id", password, phone)
    phone.post(PAGE, data=DARK)
    phone.post("/keluar")

    sign_in_form("agus@contoh.go.id", password, phone)

    assert 'data-theme="system" data-text="100"' in looks(phone)
    phone.post("/keluar")
    assert 'data-theme="system" data-text="100"' in looks(phone, "/masuk")


@pytest.mark.parametrize("word", ["", "dark", "dark-999-1", "<b>-100-0", "x" * 4000])
def test_a_cookie_that_says_nothing_known_is_passed_over(app, db, word):
    client = app.test_client()
    client.set_cookie("tampilan", word)

    assert 'data-theme="system" data-text="100"' in looks(client, "/masuk")


def test_every_display_survives_its_cookie():
    for theme in display.THEMES:
        for size in display.TEXT_SIZES:
            for saver in (False, True):
                one = display.of(theme, size, saver)
                assert display.of_word(one.word) == one == Display(theme, size, saver)


@pytest.mark.parametrize(
    ("chosen", "header", "saves"),
    [(False, "", False), (False, "on", True), (True, "", True), (False, "?0", False)],
)
def test_the_browser_may_ask_to_save_data_as_well(app, sign_in, chosen, header, saves):
    client = sign_in("rani")
    client.post(PAGE, data=DARK if chosen else DARK | {"hemat": ""})
    seen = []
    show = app.jinja_env.globals["display"]
    app.jinja_env.globals["display"] = lambda: seen.append(show()) or show()
    try:
        client.get("/akun", headers={"Save-Data": header} if header else {})
    finally:
        app.jinja_env.globals["display"] = show

    assert {one.data_saver for one in seen} == {saves}


def test_a_page_that_says_that_something_broke_asks_no_database(
    app, sign_in, monkeypatch
):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    rani = sign_in("rani")

    def gone(*_args):
        raise RuntimeError("gone")

    monkeypatch.setattr(sessions, "load", gone)

    answer = rani.get("/katalog")

    assert answer.status_code == 500
    assert 'data-theme="system"' in answer.text


# --- Language


def test_the_language_is_kept_with_the_person(app, password, sign_in, sign_in_form):
    phone = sign_in("rani")
    phone.post("/bahasa", data={"bahasa": "en"})

    assert [row.language for row in rows(app)] == ["en"]
    new = app.test_client()
    assert '<html lang="id"' in new.get("/masuk").text
    sign_in_form("rani@contoh.go.id", password, new)
    assert '<html lang="en"' in new.get("/akun").text
    new.post("/keluar")
    assert '<html lang="en"' in new.get("/masuk").text


def test_a_language_chosen_on_one_device_is_spoken_on_the_other(sign_in):
    phone, office = sign_in("rani"), sign_in("rani")
    office.set_cookie("bahasa", "id")

    phone.post(PAGE, data=DARK | {"bahasa": "en"})

    assert '<html lang="en"' in office.get("/akun").text
    assert "Beranda" not in office.get("/akun").text


def test_who_chose_nothing_reads_what_the_browser_says(app, sign_in):
    rani = sign_in("rani")
    rani.set_cookie("bahasa", "en")

    assert '<html lang="en"' in rani.get("/akun").text
    assert 'value="en" checked' in rani.get(PAGE).text
    assert rows(app) == []


def test_a_stranger_choosing_a_language_stores_nothing(app, db):
    stranger = app.test_client()

    stranger.post("/bahasa", data={"bahasa": "en"})

    assert '<html lang="en"' in stranger.get("/masuk").text
    assert rows(app) == []


def test_choosing_a_language_changes_nothing_else(app, sign_in):
    rani = sign_in("rani")
    rani.post(PAGE, data=DARK)

    rani.post("/bahasa", data={"bahasa": "en", "kembali": "/akun"})

    (row,) = rows(app)
    assert (row.language, row.theme, row.timezone) == ("en", "dark", "Asia/Jayapura")


# --- Zone


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("", "14.00 WIB"),
        ("Asia/Makassar", "15.00 WITA"),
        ("Asia/Jayapura", "16.00 WIT"),
    ],
)
def test_times_are_told_in_the_persons_own_zone(sign_in, zone, written):
    rani = sign_in("rani")
    rani.post(PAGE, data=DARK | {"zona": zone})

    assert f"Masuk 22 November 2026, {written}" in rani.get("/akun/perangkat").text


def test_the_days_of_roles_stay_those_of_the_agency(app, sign_in, clock):
    with app.app_context():
        siti = CAST["siti"].id
        wishes = preferences.Wishes(timezone="Asia/Jayapura")
        preferences.keep(siti, wishes, clock.now())
        token = sessions.open_for(siti, clock.now())
        who = sessions.load(token, clock.now())
        _db.session.rollback()

    assert (who.timezone, who.shown_zone) == ("Asia/Jakarta", "Asia/Jayapura")
    assert who.roles == {"hr"}


# --- Pages that browsers keep


def test_a_kept_lesson_is_drawn_anew_after_another_choice(app, sign_in):
    publish_samples(app)
    rani = sign_in("rani")
    rani.post("/kursus/contoh-mini/ikuti")
    rani.get("/kursus/contoh-mini")  # shows the notice of the enrolment
    lesson = "/kursus/contoh-mini/surat"

    def again(tag: str) -> int:
        return rani.get(lesson, headers={"If-None-Match": tag}).status_code

    tag = rani.get(lesson).headers["ETag"]
    assert again(tag) == 304
    for change in (
        {"tema": "light"},
        {"huruf": "115"},
        {"hemat": ""},
        {"bahasa": "en"},
    ):
        rani.post(PAGE, data=DARK | change)
        rani.get(PAGE)  # shows the notice
        fresh = rani.get(lesson)
        assert (fresh.status_code, again(fresh.headers["ETag"])) == (200, 304)
        assert fresh.headers["ETag"] != tag
        assert again(tag) == 200
        tag = fresh.headers["ETag"]
    assert rani.get(
        lesson, headers={"If-None-Match": tag, "Save-Data": "on"}
    ).status_code in (200, 304)
