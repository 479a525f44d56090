"""Before something delicate the password is asked again, once in 15 minutes."""

import re

import pytest

from lms.records import seeds
from tests.web.accounts.conftest import PASSWORD
from tests.web.records import samples

PAGE = "/akun/konfirmasi"
EXPORT = "/sdm/ekspor"


@pytest.fixture
def siti(app, db, sign_in, password, clock):
    """Siti, with something to export, 15 minutes after she signed in."""
    from lms.db import db as _db

    with app.app_context():
        seeds.load(_db.session)
        _db.session.commit()
        samples.finish(4, samples.publish(clock.now()), clock.now())
    client = sign_in("siti")
    clock.skip(minutes=15)
    return client


FORM = {"format": "csv", "unit": "3", "dari": "2026-11-01", "kursus": ""}


def take(client, **more):
    return client.post(EXPORT, data=FORM | more)


def kept(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def test_shortly_after_signing_in_nothing_is_asked(siti, sign_in):
    assert take(sign_in("siti")).status_code == 200


def test_later_the_password_is_asked_first_and_the_form_is_kept(siti):
    answer = take(siti)

    assert answer.status_code == 403
    assert "Isian Anda tadi tersimpan di halaman ini" in answer.text
    assert {name: kept(answer.text)[name] for name in FORM} == FORM
    assert f'action="{EXPORT}"' in answer.text
    assert "Siti" not in answer.request.url


def test_with_the_right_password_the_form_goes_on_by_itself(siti, clock):
    asked = kept(take(siti).text)

    answer = siti.post(EXPORT, data=asked | {"sandi": PASSWORD})

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"Rani Kusumawardhani" in answer.data
    clock.skip(minutes=14, seconds=59)
    assert take(siti).status_code == 200
    clock.skip(seconds=1)
    assert take(siti).status_code == 403


def test_a_wrong_password_keeps_the_form_and_opens_nothing(siti):
    answer = take(siti, sandi="bukan yang ini")

    assert answer.status_code == 422
    assert "Kata sandi tidak cocok." in answer.text
    assert "bukan yang ini" not in answer.text
    assert kept(answer.text)["dari"] == "2026-11-01"
    assert take(siti).status_code == 403


def test_a_form_that_is_wrong_is_mended_before_the_password_is_asked(siti):
    answer = take(siti, dari="kemarin", sandi=PASSWORD)

    assert answer.status_code == 422
    assert "Tulis tanggal sebagai" in answer.text
    assert take(siti).status_code == 403


def test_values_that_look_like_markup_stay_values(siti):
    answer = siti.post("/sdm/siasn/paket", data={"unit": '"><script>x</script>'})

    assert answer.status_code == 403
    assert "<script>x" not in answer.text


def test_a_list_of_values_is_kept_whole(app, sign_in, db, password, clock):
    made = sign_in("made")
    clock.skip(minutes=15)
    form = {"nama": "SIMPEG", "cakupan": ["people:read", "completions:read"],
            "unit": "1", "hari": "90"}  # fmt: skip

    page = made.post("/kelola/api", data=form).text

    assert page.count('name="cakupan"') == 2
    assert "lms_" not in page
    done = made.post("/kelola/api", data=form | {"sandi": PASSWORD})
    assert done.status_code == 303
    assert "SIMPEG" in made.get("/kelola/api").text


def test_a_webhook_wants_it_as_well(sign_in, db, password, clock):
    made = sign_in("made")
    clock.skip(minutes=15)
    form = {"alamat": "https://simpeg.contoh.go.id/x", "unit": "1",
            "peristiwa": "completion.created"}  # fmt: skip

    assert made.post("/kelola/webhook", data=form).status_code == 403
    done = made.post("/kelola/webhook", data=form | {"sandi": PASSWORD})
    assert done.status_code == 303
    assert "simpeg.contoh.go.id" in made.get("/kelola/webhook").text


def test_a_file_to_fetch_leads_to_itself(siti):
    way = siti.get("/sdm/ekspor/0b1c/berkas")

    assert way.status_code == 303
    answer = siti.post(way.location, data={"sandi": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/sdm/ekspor/0b1c/berkas")


def test_guessing_is_slowed_down(siti):
    answers = [siti.post(PAGE, data={"sandi": f"tebak {n}"}) for n in range(7)]

    assert answers[-1].status_code == 429


def test_another_session_is_not_proved_with_it(siti, sign_in, clock):
    other = sign_in("siti")
    clock.skip(minutes=15)
    siti.post(PAGE, data={"sandi": PASSWORD})

    assert take(siti).status_code == 200
    assert take(other).status_code == 403


@pytest.mark.parametrize("path", ["paket", "pdf"])
def test_packages_for_siasn_want_it_as_well(siti, path):
    answer = siti.post(f"/sdm/siasn/{path}")

    assert answer.status_code == 403
    assert f'action="/sdm/siasn/{path}"' in answer.text


@pytest.mark.parametrize("way", ["//jahat.example", "https://jahat.example", "", "\\x"])
def test_it_leads_nowhere_else(siti, way):
    answer = siti.post(PAGE, query_string={"lanjut": way}, data={"sandi": PASSWORD})

    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.parametrize("password", ["", "x" * 5000, "\ud7ff" * 300])
def test_bad_input_is_pointed_out(siti, password):
    assert siti.post(PAGE, data={"sandi": password}).status_code == 422
