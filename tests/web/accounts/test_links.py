"""One-time links: activation, reset, and the mail that carries one."""

import re

import pytest
from sqlalchemy import select

from lms.accounts import links, people
from lms.accounts.models import Credential, KnownDevice, OneTimeLink, Person
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from tests.cast import CAST

NEW = "empat ekor gajah biru"


@pytest.fixture
def make_link(app, db, clock):
    """make_link("rani", "reset") -> the path of a fresh link."""

    def make(name: str = "rani", purpose: str = "reset") -> str:
        with app.app_context():
            token = links.make(CAST[name].id, purpose, clock.now())
            _db.session.commit()
        return f"/akun/tautan/{token}"

    return make


def send(client, path: str, secret: str = NEW, again: str | None = None):
    data = {"sandi": secret, "ulang": secret if again is None else again}
    return client.post(path, data=data)


@pytest.mark.parametrize("purpose", ["activate", "reset"])
def test_the_holder_chooses_a_password_and_signs_in(
    app, make_link, sign_in_form, purpose
):
    client, path = app.test_client(), make_link(purpose=purpose)
    assert "Rani Kusumawardhani" in client.get(path).get_data(as_text=True)

    answer = send(client, path)

    assert (answer.status_code, answer.location) == (303, "/masuk")
    assert "Kata sandi tersimpan" in client.get("/masuk").get_data(as_text=True)
    assert sign_in_form("rani@contoh.go.id", NEW).status_code == 303


def test_someone_never_activated_becomes_able_to_sign_in(app, make_link, sign_in_form):
    with app.app_context():
        _db.session.delete(_db.session.get(Credential, CAST["rani"].id))
        _db.session.commit()
        rani = people.find(CAST["rani"].id)
        assert links.purpose_for(rani) == "activate"

    send(app.test_client(), make_link(purpose="activate"))

    assert sign_in_form("199508252022212902", NEW).status_code == 303


def test_looking_at_a_link_uses_nothing_up(app, make_link):
    client, path = app.test_client(), make_link()

    assert [client.get(path).status_code for _ in range(3)] == [200] * 3
    assert client.head(path).status_code == 200


def test_a_link_works_once(app, make_link, clock, sign_in_form):
    client, path = app.test_client(), make_link()
    send(client, path)

    assert client.get(path).status_code == 404
    assert send(client, path, "lima ekor gajah biru").status_code == 404
    assert sign_in_form("rani@contoh.go.id", NEW).status_code == 303


def test_the_form_sent_twice_is_sent_once(app, make_link, clock):
    client, path = app.test_client(), make_link()

    answers = [send(client, path) for _ in range(3)]

    assert [a.status_code for a in answers] == [303] * 3
    with app.app_context():
        acts = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "password.set")
        ).all()
        assert len(acts) == 1
    clock.skip(minutes=3)
    assert send(client, path).status_code == 404


@pytest.mark.parametrize(
    ("purpose", "lasts"), [("activate", {"days": 7}), ("reset", {"minutes": 30})]
)
def test_a_link_expires(app, make_link, clock, purpose, lasts):
    client, path = app.test_client(), make_link(purpose=purpose)
    clock.skip(**lasts)
    clock.skip(seconds=-1)
    assert client.get(path).status_code == 200
    clock.skip(seconds=1)

    assert client.get(path).status_code == 404
    assert send(client, path).status_code == 404


@pytest.mark.parametrize(
    "change",
    [lambda p: p[:-1], lambda p: p + "a", lambda p: p.swapcase(), lambda _: "x"],
)
def test_a_link_altered_by_a_sign_is_unknown(app, make_link, change):
    path = make_link()
    token = change(path.rpartition("/")[2])

    answer = app.test_client().get(f"/akun/tautan/{token}")

    assert answer.status_code == 404
    assert "tidak berlaku lagi" in answer.get_data(as_text=True)


def test_only_the_hash_of_a_link_is_stored(app, make_link):
    token = make_link().rpartition("/")[2]

    with app.app_context():
        (row,) = _db.session.scalars(select(OneTimeLink))
        assert token != row.token_hash


def test_the_address_of_a_link_never_leaves_in_a_referer(app, make_link):
    client, path = app.test_client(), make_link()

    for answer in (client.get(path), send(client, path, "x"), client.get(path + "x")):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_new_password_ends_sessions_links_devices_and_rests(
    app, make_link, sign_in, sign_in_form, password
):
    phone, office = sign_in("rani"), app.test_client()
    sign_in_form("rani@contoh.go.id", password, office)
    other_link, path = make_link(), make_link()
    for _ in range(5):
        sign_in_form("rani@contoh.go.id", "salah sama sekali")

    send(app.test_client(), path)

    assert phone.get("/").status_code == 302
    assert office.get("/").status_code == 302
    assert app.test_client().get(other_link).status_code == 404
    with app.app_context():
        assert _db.session.scalars(select(KnownDevice)).all() == []
    assert sign_in_form("rani@contoh.go.id", password).status_code == 422
    assert sign_in_form("rani@contoh.go.id", NEW).status_code == 303


@pytest.mark.parametrize(
    ("secret", "again", "words"),
    [
        ("", "", "Isi kata sandi baru"),
        ("pendek", "pendek", "paling sedikit 12"),
        ("password1234", "password1234", "terlalu mudah ditebak"),
        ("19950825 20222 1", "19950825 20222 1", "Jangan memakai NIP"),
        ("Kusumawardhani 7 kopi", "Kusumawardhani 7 kopi", "Jangan memakai NIP"),
        (NEW, NEW + "x", "tidak sama"),
        (NEW, "", "sekali lagi"),
        ("x" * 1025, "x" * 1025, "1.024"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason(
    app, make_link, hashed, *, secret, again, words
):
    client, path = app.test_client(), make_link()

    answer = send(client, path, secret, again)

    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert hashed == []
    assert client.get(path).status_code == 200


def test_a_suspended_person_cannot_come_back_by_a_link(app, make_link, clock):
    path = make_link()
    with app.app_context():
        rani = people.find(CAST["rani"].id)
        people.deactivate(rani, today=clock.now().date(), now=clock.now())
        _db.session.commit()

    assert app.test_client().get(path).status_code == 404
    assert send(app.test_client(), path).status_code == 404


def test_two_links_used_at_once_set_one_password(app, make_link, clock):
    paths = make_link(), make_link()
    with app.app_context():
        first, second = (links.find(p.rpartition("/")[2], clock.now()) for p in paths)
        links.use(first, "satu", clock.now())

        with pytest.raises(links.LinkGone):
            links.use(second, "dua", clock.now())
        _db.session.rollback()


# --- Forgotten


@pytest.fixture
def with_mail(app, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://surel.contoh.go.id")
    monkeypatch.setitem(app.config, "BASE_URL", "https://kelas.contoh.go.id/")


def ask(app, account: str, **more):
    return app.test_client().post("/lupa-sandi", data={"akun": account}, **more)


def mails(app) -> list[dict]:
    with app.app_context():
        return [row.body for row in _db.session.scalars(select(OutboxEntry))]


@pytest.mark.parametrize("account", ["rani@contoh.go.id", "199508252022212902"])
def test_a_mail_with_a_working_link_goes_out(app, db, with_mail, sign_in_form, account):
    answer = ask(app, account, headers={"Host": "localhost"})

    assert answer.status_code == 200
    (mail,) = mails(app)
    assert mail["to"] == "rani@contoh.go.id"
    path = re.search(r"https://kelas\.contoh\.go\.id(/akun/tautan/\S+)", mail["text"])
    assert "30 menit" in mail["text"]
    assert send(app.test_client(), path[1]).status_code == 303
    assert sign_in_form("rani@contoh.go.id", NEW).status_code == 303


def test_the_answer_never_tells_who_has_an_account(app, db, with_mail):
    with app.app_context():
        people.find(CAST["agus"].id).is_active = False
        people.find(CAST["hendra"].id).email = None
        _db.session.commit()

    pages = {
        re.sub(r'(content|value)="[^"]*"', "", ask(app, account).get_data(as_text=True))
        for account in (
            "rani@contoh.go.id",
            "nobody@contoh.go.id",
            "agus@contoh.go.id",
            CAST["hendra"].nip,
            "%",
        )
    }

    assert len(pages) == 1
    assert [m["to"] for m in mails(app)] == ["rani@contoh.go.id"]


def test_five_mails_a_day_are_enough(app, db, with_mail, clock):
    pages = [ask(app, "rani@contoh.go.id").status_code for _ in range(8)]

    assert pages == [200] * 8
    assert len(mails(app)) == 5
    clock.skip(hours=25)
    ask(app, "rani@contoh.go.id")
    assert len(mails(app)) == 6


def test_asking_for_mails_does_not_make_the_account_rest(
    app, with_mail, sign_in_form, password
):
    for _ in range(8):
        ask(app, "rani@contoh.go.id")

    assert sign_in_form("rani@contoh.go.id", password).status_code == 303


def test_without_mail_the_page_says_whom_to_ask(app, db):
    for answer in (app.test_client().get("/lupa-sandi"), ask(app, "rani@contoh.go.id")):
        assert answer.status_code == 200
        assert "pengelola SDM" in answer.get_data(as_text=True)
    assert mails(app) == []


@pytest.mark.parametrize("account", ["", "a" * 255])
def test_an_account_name_that_cannot_be_is_refused(app, db, with_mail, account):
    assert ask(app, account).status_code == 422


def test_a_link_asked_by_somebody_else_leaves_the_account_alone(
    app, with_mail, sign_in, sign_in_form, password
):
    rani = sign_in("rani")

    ask(app, "rani@contoh.go.id")

    assert rani.get("/").status_code == 200
    assert sign_in_form("rani@contoh.go.id", password).status_code == 303
    with app.app_context():
        assert _db.session.get(Person, CAST["rani"].id).is_active
