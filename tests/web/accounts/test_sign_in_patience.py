"""Patience: what guessing passwords costs, and whom it does not cost anything."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.accounts import passwords, sign_ins
from lms.accounts.models import (
    Credential,
    KnownDevice,
    LoginFailure,
)
from lms.db import db as _db
from tests.cast import CAST
from tests.conftest import make_app

WRONG = "bukan kata sandinya"


def fail(sign_in_form, times: int, account="rani@contoh.go.id"):
    return [sign_in_form(account, WRONG) for _ in range(times)]


@pytest.mark.parametrize("account", ["rani@contoh.go.id", "nobody@contoh.go.id"])
def test_after_five_failures_an_account_rests_known_or_not(
    sign_in_form, password, hashed, account
):
    answers = fail(sign_in_form, 7, account)

    assert [a.status_code for a in answers] == [422] * 5 + [429] * 2
    assert answers[5].headers["Retry-After"] == "30"
    assert "Terlalu banyak percobaan" in answers[5].get_data(as_text=True)
    assert len(hashed) == 5


def test_the_right_password_waits_as_well(sign_in_form, password, clock):
    fail(sign_in_form, 5)

    assert sign_in_form("rani@contoh.go.id", password).status_code == 429
    clock.skip(seconds=29)
    assert sign_in_form("rani@contoh.go.id", password).headers["Retry-After"] == "1"
    clock.skip(seconds=1)
    assert sign_in_form("rani@contoh.go.id", password).status_code == 303


def test_the_rest_grows_and_ends(sign_in_form, password, clock):
    fail(sign_in_form, 5)
    waits = []
    for _ in range(7):
        waits.append(int(fail(sign_in_form, 1)[0].headers["Retry-After"]))
        clock.skip(seconds=waits[-1])
        assert fail(sign_in_form, 1)[0].status_code == 422

    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_at_most_ten_guesses_in_five_minutes(sign_in_form, password, hashed, clock):
    for _ in range(300):
        fail(sign_in_form, 1)
        clock.skip(seconds=1)

    assert len(hashed) <= 10


def test_signing_in_forgives(app, sign_in_form, password):
    fail(sign_in_form, 4)
    assert sign_in_form("rani@contoh.go.id", password).status_code == 303

    assert [a.status_code for a in fail(sign_in_form, 4)] == [422] * 4


def test_old_failures_are_forgotten(app, sign_in_form, password, clock):
    fail(sign_in_form, 4)
    clock.skip(hours=25)
    assert [a.status_code for a in fail(sign_in_form, 4)] == [422] * 4

    clock.skip(hours=25)
    with app.app_context():
        sign_ins.forget_old(clock.now())
        assert _db.session.scalars(select(LoginFailure)).all() == []
        _db.session.rollback()


def test_another_account_does_not_rest(sign_in_form, password):
    fail(sign_in_form, 6)

    assert sign_in_form("agus@contoh.go.id", password).status_code == 303


def test_the_owner_gets_in_on_a_browser_they_used_before(app, sign_in_form, password):
    client = app.test_client()
    sign_in_form("rani@contoh.go.id", password, client)
    client.post("/keluar")
    fail(sign_in_form, 6)

    assert sign_in_form("rani@contoh.go.id", password).status_code == 429
    assert sign_in_form("rani@contoh.go.id", password, client).status_code == 303


def test_a_known_browser_is_known_for_its_own_account_only(app, sign_in_form, password):
    client = app.test_client()
    sign_in_form("agus@contoh.go.id", password, client)
    fail(sign_in_form, 6)

    assert sign_in_form("rani@contoh.go.id", password, client).status_code == 429


def test_a_browser_is_remembered_once(app, sign_in_form, password):
    client = app.test_client()
    for _ in range(3):
        sign_in_form("rani@contoh.go.id", password, client)

    with app.app_context():
        assert len(_db.session.scalars(select(KnownDevice)).all()) == 1


def test_no_account_name_is_stored_in_the_clear(app, sign_in_form, password):
    fail(sign_in_form, 1)

    with app.app_context():
        (row,) = _db.session.scalars(select(LoginFailure))
        assert re.fullmatch("[0-9a-f]{64}", row.account_hash)


@pytest.fixture
def strict(tmp_path):
    """An application that counts failures by network address."""
    app = make_app(
        INSTANCE_DIR=str(tmp_path),
        RATELIMIT_ENABLED=True,
        LOGIN_LIMIT="3 per 5 minutes",
    )
    with app.app_context():
        _db.create_all()
        yield_app(app)
    yield app
    from lms.web.limits import limiter

    with app.app_context():
        limiter.enabled = False
        _db.engine.dispose()


def yield_app(app) -> None:
    from lms.kernel import clock
    from tests.cast import add_cast

    add_cast(_db.session, clock.now())
    _db.session.get(Credential, CAST["rani"].id).password_hash = passwords.make(
        "kopi" * 3
    )
    _db.session.commit()


def test_one_password_on_many_accounts_is_stopped_by_address(strict):
    def send(account, secret, address="10.0.0.1"):
        data = {"akun": account, "sandi": secret}
        client = strict.test_client()
        return client.post("/masuk", data=data, environ_base={"REMOTE_ADDR": address})

    for _ in range(5):  # what is right is not counted
        assert send("rani@contoh.go.id", "kopi" * 3).status_code == 303
    tried = [send(f"orang{n}@contoh.go.id", WRONG) for n in range(5)]

    assert [a.status_code for a in tried] == [422] * 3 + [429] * 2
    assert tried[-1].headers["Retry-After"] == "300"
    assert send("rani@contoh.go.id", "kopi" * 3).status_code == 429
    assert send("rani@contoh.go.id", "kopi" * 3, "10.0.0.2").status_code == 303


def test_nobody_at_the_same_address_locks_the_owners_browser_out(strict):
    def send(client, account, secret):
        return client.post("/masuk", data={"akun": account, "sandi": secret})

    own, other = strict.test_client(), strict.test_client()
    send(own, "rani@contoh.go.id", "kopi" * 3)
    own.post("/keluar")
    for n in range(4):
        send(other, f"orang{n}@contoh.go.id", WRONG)

    assert send(other, "rani@contoh.go.id", "kopi" * 3).status_code == 429
    assert send(own, "rani@contoh.go.id", "kopi" * 3).status_code == 303


def test_a_known_browser_has_a_limit_as_well(strict):
    client = strict.test_client()
    data = {"akun": "rani@contoh.go.id", "sandi": "kopi" * 3}
    client.post("/masuk", data=data)
    client.post("/keluar")

    tried = [client.post("/masuk", data={**data, "sandi": WRONG}) for _ in range(4)]

    assert [a.status_code for a in tried] == [422] * 3 + [429]


def test_parallel_guesses_are_all_counted(app, password, clock):
    with app.app_context():
        for _ in range(5):  # reserved, none of them answered yet
            sign_ins.begin("rani@contoh.go.id", "", clock.now())
        _db.session.commit()

        with pytest.raises(sign_ins.SignInPaused):
            sign_ins.begin("rani@contoh.go.id", "", clock.now() + timedelta(seconds=1))
        _db.session.rollback()


def test_many_browsers_guessing_at_once_get_five_guesses(app, password, hashed):
    def guess(_):
        data = {"akun": "rani@contoh.go.id", "sandi": WRONG}
        return app.test_client().post("/masuk", data=data).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(16)))

    assert set(answers) == {422, 429}
    assert answers.count(422) == len(hashed) == 5
