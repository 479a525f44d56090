"""Before something delicate the password is asked again, once in 15 minutes."""

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


def take(client):
    return client.post(EXPORT, data={"format": "csv"})


def test_shortly_after_signing_in_nothing_is_asked(siti, sign_in):
    assert take(sign_in("siti")).status_code == 200


def test_later_the_password_is_asked_first(siti):
    answer = take(siti)

    assert answer.status_code == 303
    assert answer.location.startswith(PAGE)
    assert siti.get(answer.location).status_code == 200


def test_the_right_password_leads_back_and_lasts_15_minutes(siti, clock):
    way = take(siti).location

    answer = siti.post(way, data={"sandi": PASSWORD})

    assert answer.status_code == 303
    assert answer.location == f"{EXPORT}?jenis=riwayat_kursus"
    clock.skip(minutes=14, seconds=59)
    assert take(siti).status_code == 200
    clock.skip(seconds=1)
    assert take(siti).status_code == 303


def test_a_wrong_password_opens_nothing(siti):
    answer = siti.post(PAGE, data={"sandi": "bukan yang ini"})

    assert answer.status_code == 422
    assert "Kata sandi tidak cocok." in answer.text
    assert take(siti).status_code == 303


def test_guessing_is_slowed_down(siti):
    answers = [siti.post(PAGE, data={"sandi": f"tebak {n}"}) for n in range(7)]

    assert answers[-1].status_code == 429


def test_another_session_is_not_proved_with_it(siti, sign_in, clock):
    other = sign_in("siti")
    clock.skip(minutes=15)
    siti.post(PAGE, data={"sandi": PASSWORD})

    assert take(siti).status_code == 200
    assert take(other).status_code == 303


@pytest.mark.parametrize("path", ["paket", "pdf"])
def test_packages_for_siasn_want_it_as_well(siti, path):
    answer = siti.post(f"/sdm/siasn/{path}")

    assert answer.status_code == 303
    assert answer.location.startswith(PAGE)


@pytest.mark.parametrize("way", ["//jahat.example", "https://jahat.example", "", "\\x"])
def test_it_leads_nowhere_else(siti, way):
    answer = siti.post(PAGE, query_string={"lanjut": way}, data={"sandi": PASSWORD})

    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.parametrize("password", ["", "x" * 5000, "\ud7ff" * 300])
def test_bad_input_is_pointed_out(siti, password):
    assert siti.post(PAGE, data={"sandi": password}).status_code == 422
