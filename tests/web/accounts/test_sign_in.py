"""Signing in: the right people, the same answer to all others, and patience."""

import re

import argon2
import pytest
from sqlalchemy import select

from lms.accounts import sign_ins
from lms.accounts.models import (
    Credential,
    LoginSession,
    Person,
)
from lms.db import db as _db
from tests.cast import CAST

WRONG = "bukan kata sandinya"


def cookies(answer) -> dict[str, str]:
    lines = answer.headers.getlist("Set-Cookie")
    return {line.partition("=")[0]: line for line in lines}


def is_in(client) -> bool:
    return client.get("/").status_code == 200


@pytest.mark.parametrize(
    "account",
    [
        "199508252022212902",
        "19950825 202221 2 902",
        " 19950825.202221.2.902 ",
        "rani@contoh.go.id",
        "  Rani@Contoh.GO.ID ",
    ],
)
def test_rani_signs_in_with_nip_or_email(sign_in_form, password, app, account):
    client = app.test_client()

    answer = sign_in_form(account, password, client)

    assert (answer.status_code, answer.location) == (303, "/")
    assert is_in(client)


@pytest.mark.parametrize(
    "account",
    [
        "rani@contoh.go.id",  # known, wrong password
        "tidak.ada@contoh.go.id",
        "199508252022212903",
        "19950825202221290",
        "1995082520222129022",
        "１９９５０８２５２０２２２１２９０２",
        "١٩٩٥٠٨٢٥٢٠٢٢٢١٢٩٠٢",
        "' OR 1=1 --",
        "%",
        "a",
        "4",
        "<script>",
    ],
)
def test_any_other_sign_in_gets_the_same_answer(
    sign_in_form, password, hashed, account
):
    wanted = sign_in_form("nobody@contoh.go.id", WRONG)
    first = len(hashed)

    answer = sign_in_form(account, WRONG)

    assert answer.status_code == wanted.status_code == 422
    assert plain(answer) == plain(wanted)
    assert dict(answer.headers).keys() == dict(wanted.headers).keys()
    assert len(hashed) == 2 * first == 2  # one hash each: the same time


def plain(answer) -> str:
    """The page without its token and without what was typed."""
    return re.sub(r'(content|value)="[^"]*"', "", answer.get_data(as_text=True))


@pytest.mark.parametrize("state", ["suspended", "not activated", "demo", "broken hash"])
def test_an_account_that_may_not_enter_is_like_none(
    app, sign_in_form, password, hashed, state
):
    with app.app_context():
        rani = _db.session.get(Person, CAST["rani"].id)
        stored = _db.session.get(Credential, rani.id)
        if state == "suspended":
            rani.is_active = False
        elif state == "demo":
            rani.is_demo = True
        elif state == "broken hash":
            stored.password_hash = "-"
        else:
            _db.session.delete(stored)
        _db.session.commit()
    wanted = sign_in_form("nobody@contoh.go.id", password)
    hashed.clear()

    answer = sign_in_form("rani@contoh.go.id", password)

    assert answer.status_code == 422
    assert plain(answer) == plain(wanted)
    assert "verify" in hashed


@pytest.mark.parametrize(
    ("form", "count"),
    [
        ({}, 2),
        ({"akun": "rani@contoh.go.id"}, 1),
        ({"sandi": "x"}, 1),
        ({"akun": "", "sandi": ""}, 2),
        ({"akun": "a" * 255, "sandi": "x"}, 1),
        ({"akun": "rani@contoh.go.id", "sandi": "x" * 1025}, 1),
        ({"akun": "rani@contoh.go.id", "sandi": "x" * 100_000}, 1),
        ({"akun": "rani@contoh.go.id", "sandi": "é" * 513}, 1),
    ],
)
def test_a_form_that_cannot_be_right_costs_no_hash(app, db, hashed, form, count):
    answer = app.test_client().post("/masuk", data=form)

    assert answer.status_code == 422
    assert answer.get_data(as_text=True).count('class="errmsg"') == count
    assert hashed == []


def test_a_nul_byte_is_refused_before_anything_else(app, db, hashed):
    answer = app.test_client().post("/masuk", data={"akun": "rani", "sandi": "a\0b"})

    assert (answer.status_code, hashed) == (400, [])


@pytest.mark.parametrize(
    "secret", ["x" * 1024, "kuda 🐴 " * 20, " dengan spasi di ujung "]
)
def test_a_password_counts_exactly_as_typed(app, sign_in_form, password, secret):
    with app.app_context():
        stored = _db.session.get(Credential, CAST["rani"].id)
        stored.password_hash = sign_ins_hash(secret)
        _db.session.commit()

    assert sign_in_form("rani@contoh.go.id", secret).status_code == 303
    assert sign_in_form("rani@contoh.go.id", secret + " ").status_code == 422


def sign_ins_hash(secret: str) -> str:
    from lms.accounts import passwords

    return passwords.make(secret)


def test_no_transaction_is_open_while_a_password_is_hashed(
    app, sign_in_form, password, monkeypatch
):
    open_then = []
    real = argon2.PasswordHasher.verify

    def look(self, *args):
        open_then.append(_db.session().in_transaction())
        return real(self, *args)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", look)

    sign_in_form("rani@contoh.go.id", password)
    sign_in_form("rani@contoh.go.id", WRONG)

    assert open_then == [False, False]


def test_an_old_hash_is_renewed_when_it_fits(app, sign_in_form, password):
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    with app.app_context():
        stored = _db.session.get(Credential, CAST["rani"].id)
        stored.password_hash = weak.hash(password)
        _db.session.commit()

    assert sign_in_form("rani@contoh.go.id", password).status_code == 303

    with app.app_context():
        stored = _db.session.get(Credential, CAST["rani"].id)
        assert "m=19456,t=2,p=1" in stored.password_hash
    assert sign_in_form("rani@contoh.go.id", password).status_code == 303


# --- Cookies and where to go next


def test_the_cookies_are_closed_to_scripts_and_other_sites(sign_in_form, password):
    found = cookies(sign_in_form("rani@contoh.go.id", password))

    assert found.keys() >= {"sid", "perangkat"}
    for line in found.values():
        assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(line.split("; "))
        assert "Domain" not in line


def test_on_tls_the_cookies_carry_the_host_prefix(
    app, sign_in_form, password, monkeypatch
):
    monkeypatch.setitem(app.config, "TLS", True)

    found = cookies(sign_in_form("rani@contoh.go.id", password))

    for name in ("__Host-sid", "__Host-perangkat"):
        assert "Secure" in found[name].split("; ")


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("/katalog", "/katalog"),
        ("/kursus/a/b?x=1", "/kursus/a/b?x=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https:evil.example", "/"),
        ("///evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\tb", "/"),
        ("/a\nb", "/"),
        ("", "/"),
        ("/" + "a" * 600, "/"),
    ],
)
def test_one_goes_on_to_a_page_of_this_site_only(
    app, sign_in_form, password, target, place
):
    with app.test_request_context():
        path = app.url_for("accounts.sign_in", lanjut=target)

    assert sign_in_form("rani@contoh.go.id", password, path=path).location == place


def test_whoever_is_in_is_sent_on(sign_in):
    answer = sign_in("rani").get("/masuk?lanjut=/katalog")

    assert (answer.status_code, answer.location) == (303, "/katalog")


def test_nothing_planted_before_signing_in_survives_it(app, sign_in_form, password):
    client = app.test_client()
    client.set_cookie("sid", "ditanam-" * 5)
    with client.session_transaction() as session:
        session["_user_id"] = str(CAST["made"].id)
        session["ditanam"] = "ya"

    sign_in_form("rani@contoh.go.id", password, client)

    assert client.get_cookie("sid").value != "ditanam-" * 5
    with client.session_transaction() as session:
        assert "ditanam" not in session


def test_the_session_before_is_dead_after_signing_in_anew(app, sign_in_form, password):
    client, copy = app.test_client(), app.test_client()
    sign_in_form("agus@contoh.go.id", password, client)
    copy.set_cookie("sid", client.get_cookie("sid").value)

    sign_in_form("rani@contoh.go.id", password, client)

    assert is_in(client)
    assert not is_in(copy)


def test_the_form_sent_twice_signs_in_twice_harmlessly(app, sign_in_form, password):
    client = app.test_client()

    answers = [sign_in_form("rani@contoh.go.id", password, client) for _ in range(2)]

    assert [a.status_code for a in answers] == [303, 303]
    with app.app_context():
        rows = _db.session.scalars(select(LoginSession)).all()
        assert [row.ended_at is None for row in rows] == [False, True]


def test_a_password_changed_meanwhile_opens_nothing(app, password, clock):
    with app.app_context():
        tried = sign_ins.begin("rani@contoh.go.id", "", clock.now())
        _db.session.get(Credential, CAST["rani"].id).password_hash = "lain"
        _db.session.flush()

        assert sign_ins.finish(tried, "", clock.now()) is None
        _db.session.rollback()
