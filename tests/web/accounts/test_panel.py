"""Signing in without leaving the page: /masuk for scripts."""

import pytest

from lms.accounts import sign_ins
from lms.accounts.models import Person
from lms.db import db as _db
from tests.cast import CAST

JSON = {"Accept": "application/json"}


@pytest.fixture
def uid(app, db):
    """The internal name of Rani."""
    with app.app_context():
        return _db.session.get(Person, CAST["rani"].id).uid


def test_who_is_there_and_a_token(sign_in, uid):
    stranger, rani = sign_in(None), sign_in("rani")

    nobody = stranger.get("/masuk", headers=JSON).json
    her = rani.get("/masuk", headers=JSON).json

    assert nobody["person"] is None
    assert her["person"] == uid
    assert nobody["csrf_token"]
    assert her["csrf_token"]


def test_a_right_password_opens_a_session_with_a_fresh_token(
    app, sign_in_form, password, uid, monkeypatch
):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    client = app.test_client()
    before = client.get("/masuk", headers=JSON).json["csrf_token"]
    headers = JSON | {"X-CSRFToken": before}

    answer = sign_in_form("rani@contoh.go.id", password, client, headers=headers)
    token = answer.json["csrf_token"]

    assert answer.status_code == 200
    assert answer.json["person"] == uid
    assert answer.headers["Cache-Control"] == "no-store"
    stale = client.post("/bahasa", headers={"X-CSRFToken": before})
    fresh = client.post("/bahasa", headers={"X-CSRFToken": token})
    assert (stale.status_code, fresh.status_code) == (400, 303)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("account", ["rani@contoh.go.id", "siapa@contoh.go.id", ""])
def test_a_refusal_tells_no_more_than_the_page_does(sign_in_form, password, account):
    answer = sign_in_form(account, "salah", headers=JSON)

    assert answer.status_code == 422
    assert answer.json["error"] == ("wrong" if account else "form")
    assert "person" not in answer.json
    assert (
        "Set-Cookie" not in answer.headers or "sid" not in answer.headers["Set-Cookie"]
    )
    assert answer.json["message"].endswith(".")


def test_the_same_pauses_as_on_the_page(sign_in_form, password):
    for _ in range(sign_ins.FREE):
        sign_in_form("rani@contoh.go.id", "salah", headers=JSON)

    answer = sign_in_form("rani@contoh.go.id", password, headers=JSON)
    page = sign_in_form("rani@contoh.go.id", password)

    assert answer.status_code == page.status_code == 429
    assert answer.headers["Retry-After"] == page.headers["Retry-After"]
    assert f"{answer.headers['Retry-After']} detik" in answer.json["message"]


def test_a_script_without_a_session_is_told_so_and_not_led_away(sign_in):
    stranger = sign_in(None)

    for headers in (JSON, {"Sec-Fetch-Mode": "cors"}):
        answer = stranger.post("/kuis/percobaan/1/soal/1", headers=headers)
        assert answer.status_code == 401


def test_a_form_sent_in_vain_leads_back_to_its_page_and_says_so(
    sign_in, sign_in_form, password
):
    stranger = sign_in(None)
    page = "/kuis/percobaan/1/soal/1"

    sent = stranger.post(page, headers={"Referer": f"http://localhost{page}"})
    shown = stranger.get(sent.location).text

    assert sent.location == f"/masuk?lanjut={page}"
    assert "belum tersimpan" in shown
    back = sign_in_form("rani@contoh.go.id", password, stranger, path=sent.location)
    assert back.location == page


@pytest.mark.parametrize(
    "referer",
    ["", "https://jahat.example/kuis", "x", "http://localhost//jahat.example"],
)
def test_nobody_is_led_to_another_site(sign_in, referer):
    answer = sign_in(None).post("/keluar", headers={"Referer": referer})

    assert answer.location in ("/masuk", "http://localhost/masuk")
