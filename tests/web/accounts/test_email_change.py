"""Another e-mail address: only after its owner opened the link and said so."""

import re

import pytest
from sqlalchemy import select

from lms.accounts import email_changes as changes
from lms.accounts import links
from lms.accounts.models import EmailChange, Person
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.kernel import clock as _clock
from tests.cast import CAST

from .conftest import PASSWORD

PAGE = "/akun/surel"
NEW = "rani.baru@contoh.go.id"


@pytest.fixture
def mail(app, monkeypatch):
    """Mail is set up; mail() -> {address: text} of what waits to be sent."""
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://surat.contoh.go.id")

    def waiting() -> dict[str, str]:
        with app.app_context():
            rows = _db.session.scalars(select(OutboxEntry).order_by(OutboxEntry.id))
            return {row.body["to"]: row.body["text"] for row in rows}

    return waiting


@pytest.fixture
def ask(sign_in, password):
    """ask(client, email) -> the answer to the form, with the right password."""

    def send(client, email=NEW, secret=password):
        return client.post(PAGE, data={"surel": email, "sandi": secret})

    return send


def link_in(text: str) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/akun/surel/\w+/\S+)", text)[1]


def email_of(app, name="rani") -> str:
    with app.app_context():
        return _db.session.get(Person, CAST[name].id).email


def stored(app) -> list[EmailChange]:
    with app.app_context():
        return list(_db.session.scalars(select(EmailChange).order_by(EmailChange.id)))


def test_the_new_address_holds_after_link_and_button(
    app, sign_in, ask, mail, sign_in_form
):
    rani, stranger = sign_in("rani"), app.test_client()

    answer = ask(rani, " Rani.Baru@Contoh.go.id ")

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert f"Menunggu konfirmasi: {NEW}" in rani.get(PAGE).text
    path = link_in(mail()[NEW])
    page = stranger.get(path)
    assert NEW in page.text
    assert "Rani Kusumawardhani" not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert email_of(app) == "rani@contoh.go.id"

    done = stranger.post(path)

    assert "sudah diganti" in done.text
    assert email_of(app) == NEW
    assert "Menunggu" not in rani.get(PAGE).text
    assert sign_in_form(NEW, PASSWORD).status_code == 303
    assert sign_in_form("rani@contoh.go.id", PASSWORD).status_code == 422


def test_the_old_address_is_told_before_and_after(app, sign_in, ask, mail):
    ask(sign_in("rani"))
    notice = mail()["rani@contoh.go.id"]
    assert NEW not in notice
    assert "batalkan di sini" in notice

    app.test_client().post(link_in(mail()[NEW]))

    assert "sekarang memakai alamat surel lain" in mail()["rani@contoh.go.id"]
    assert NEW not in mail()["rani@contoh.go.id"]


def test_sessions_go_on_and_links_to_the_old_mailbox_are_void(
    app, sign_in, ask, mail, clock
):
    rani = sign_in("rani")
    with app.app_context():
        old = links.make(CAST["rani"].id, "reset", clock.now())
        _db.session.commit()
    ask(rani)

    app.test_client().post(link_in(mail()[NEW]))

    assert rani.get(PAGE).status_code == 200
    assert app.test_client().get(f"/akun/tautan/{old}").status_code == 404
    with app.app_context():
        acts = _db.session.scalars(
            select(AuditEntry.action).where(AuditEntry.action.startswith("email."))
        ).all()
    assert acts == ["email.asked", "email.changed"]


# --- The links


def test_the_button_pressed_twice_changes_once(app, sign_in, ask, mail, clock):
    ask(sign_in("rani"))
    path = link_in(mail()[NEW])

    answers = [app.test_client().post(path).status_code for _ in range(3)]

    assert answers == [200] * 3
    clock.skip(minutes=3)
    assert app.test_client().post(path).status_code == 404
    assert app.test_client().get(path).status_code == 404


def test_a_link_lasts_a_day(app, sign_in, ask, mail, clock):
    ask(sign_in("rani"))
    path = link_in(mail()[NEW])
    clock.skip(hours=24, seconds=-1)
    assert app.test_client().get(path).status_code == 200

    clock.skip(seconds=1)

    assert app.test_client().post(path).status_code == 404
    assert email_of(app) == "rani@contoh.go.id"


def test_the_old_mailbox_can_cancel_and_nothing_else(app, sign_in, ask, mail):
    ask(sign_in("rani"))
    confirm, cancel = link_in(mail()[NEW]), link_in(mail()["rani@contoh.go.id"])
    secret = cancel.rsplit("/", 1)[1]
    stranger = app.test_client()
    assert stranger.post(f"/akun/surel/konfirmasi/{secret}").status_code == 404
    assert "Batalkan penggantian" in stranger.get(cancel).text
    assert stored(app)[0].cancelled_at is None  # looking cancels nothing

    answers = [stranger.post(cancel).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert stranger.post(confirm).status_code == 404
    assert email_of(app) == "rani@contoh.go.id"


def test_one_cancels_it_oneself(app, sign_in, ask, mail):
    rani = sign_in("rani")
    ask(rani)

    answers = [rani.post("/akun/surel/batal").status_code for _ in range(2)]

    assert answers == [303, 303]
    assert "Menunggu" not in rani.get(PAGE).text
    assert app.test_client().post(link_in(mail()[NEW])).status_code == 404


def test_another_wish_voids_the_one_before(app, sign_in, ask, mail):
    rani = sign_in("rani")
    ask(rani)
    ask(rani, "lain@contoh.go.id")

    assert app.test_client().post(link_in(mail()[NEW])).status_code == 404
    app.test_client().post(link_in(mail()["lain@contoh.go.id"]))
    assert email_of(app) == "lain@contoh.go.id"


def test_the_form_sent_twice_is_one_wish(app, sign_in, ask, mail):
    rani = sign_in("rani")

    for _ in range(3):
        assert ask(rani).status_code == 303

    assert len(stored(app)) == 1
    assert app.test_client().get(link_in(mail()[NEW])).status_code == 200


def test_a_suspended_persons_link_is_void(app, sign_in, ask, mail):
    ask(sign_in("rani"))
    with app.app_context():
        _db.session.get(Person, CAST["rani"].id).is_active = False
        _db.session.commit()

    assert app.test_client().post(link_in(mail()[NEW])).status_code == 404


@pytest.mark.parametrize("word", ["salah", "x" * 43, "%00", "batal", "\u202e"])
@pytest.mark.parametrize("what", ["konfirmasi", "batal"])
def test_a_made_up_link_does_nothing(app, db, what, word):
    for method in ("get", "post"):
        answer = getattr(app.test_client(), method)(f"/akun/surel/{what}/{word}")
        assert answer.status_code in (400, 404)


# --- Who has an account is not told


def test_a_taken_address_gets_the_same_answer_and_no_link(app, sign_in, ask, mail):
    rani, hendra = sign_in("rani"), sign_in("hendra")
    free = ask(rani)
    taken = ask(hendra, "agus@contoh.go.id")

    assert (taken.status_code, taken.location) == (free.status_code, free.location)
    pages = [
        client.get(PAGE).text.replace(address, "")
        for client, address in ((rani, NEW), (hendra, "agus@contoh.go.id"))
    ]
    shown = [
        re.sub(
            r"<header.*?</header>|<nav.*?</nav>|\w+@contoh\.go\.id", "", p, flags=re.S
        )
        for p in pages
    ]
    shown = [re.sub(r'value="[^"]*"|content="[^"]*"', "", p) for p in shown]
    assert shown[0] == shown[1]
    assert set(mail()) == {NEW, "rani@contoh.go.id", "hendra@contoh.go.id"}


def test_an_address_taken_meanwhile_is_refused_at_the_end(app, sign_in, ask, mail):
    ask(sign_in("rani"))
    with app.app_context():
        _db.session.get(Person, CAST["agus"].id).email = NEW
        _db.session.commit()

    answer = app.test_client().post(link_in(mail()[NEW]))

    assert answer.status_code == 409
    assert "tidak dapat dipakai" in answer.text
    assert email_of(app) == "rani@contoh.go.id"


# --- Who may ask


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"surel": ""}, "Isi alamat surel"),
        ({"surel": "rani"}, "Tulis alamat utuh"),
        ({"surel": "a@b"}, "Tulis alamat utuh"),
        ({"surel": "a b@contoh.go.id"}, "Tulis alamat utuh"),
        ({"surel": "a@contoh.go.id\nBcc: x@y.id"}, "Tulis alamat utuh"),
        ({"surel": "a@" + "b" * 250 + ".id"}, "terlalu panjang"),
        ({"surel": "rani@contoh.go.id"}, "sudah alamat surel Anda"),
        ({"sandi": ""}, "Isi kata sandi"),
        ({"sandi": "salah sama sekali"}, "tidak cocok"),
        ({"sandi": "x" * 1025}, "1.024"),
    ],
)
@pytest.mark.usefixtures("password")
def test_a_wrong_form_changes_nothing_and_keeps_the_address(
    app, sign_in, mail, form, words
):
    data = {"surel": NEW, "sandi": PASSWORD} | form

    answer = sign_in("rani").post(PAGE, data=data)

    assert answer.status_code == 422
    assert words in answer.text
    assert ("sandi" in form) is (f'value="{NEW}"' in answer.text)
    assert PASSWORD not in answer.text
    assert (stored(app), mail()) == ([], {})


def test_a_stolen_session_guesses_slowly(sign_in, ask, clock):
    thief = sign_in("rani")

    answers = [ask(thief, secret="salah sama sekali").status_code for _ in range(6)]

    assert answers == [422] * 5 + [429]
    clock.skip(seconds=30)
    assert ask(thief).status_code == 303


def test_nobody_sends_mails_to_half_the_world(sign_in, ask, clock):
    rani = sign_in("rani")
    for number in range(changes.A_DAY):
        assert ask(rani, f"orang{number}@contoh.go.id").status_code == 303

    assert ask(rani).status_code == 429
    clock.skip(hours=24)
    assert ask(sign_in("rani")).status_code == 303


def test_without_mail_the_page_says_whom_to_ask(app, sign_in, ask):
    rani = sign_in("rani")
    ask(rani)

    assert "Mintalah administrator" in rani.get(PAGE).text
    with app.app_context():
        assert _db.session.scalars(select(OutboxEntry)).all() == []


def test_only_hashes_of_secrets_are_stored(app, sign_in, ask, mail):
    ask(sign_in("rani"))

    (row,) = stored(app)
    for text in mail().values():
        assert row.token_hash not in text
    assert re.fullmatch("[0-9a-f]{64}", row.token_hash)
    assert row.expires_at > _clock.now()


def test_old_wishes_are_swept_away(app, sign_in, ask, clock):
    ask(sign_in("rani"))
    clock.skip(days=31)
    ask(sign_in("agus"))

    with app.app_context():
        changes.forget_old(clock.now())
        (left,) = _db.session.scalars(select(EmailChange))
        assert left.person_id == CAST["agus"].id
        _db.session.rollback()
