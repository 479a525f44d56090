"""Mails are written in the language of who reads them, not of who causes them."""

import pytest
from sqlalchemy import select

from lms.accounts import corrections, email_changes, links, preferences
from lms.accounts.letters import Office
from lms.accounts.models import Person
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from tests.cast import CAST

OFFICE = Office("Kelas ASN", "http://127.0.0.1:8000", is_open=True)
RANI, SITI = CAST["rani"].id, CAST["siti"].id


@pytest.fixture
def chosen(app, db, clock, request):
    """The language that Rani has chosen; "" = none."""
    with app.app_context():
        if request.param:
            preferences.keep_language(RANI, request.param, clock.now())
        _db.session.commit()
    return request.param


def mails(app) -> list[dict]:
    with app.app_context():
        rows = _db.session.scalars(
            select(OutboxEntry).where(OutboxEntry.topic == "mail")
        )
        return [row.body for row in rows.all()]


def ask_for_link(now):
    links.ask("rani@contoh.go.id", OFFICE.base_url, OFFICE.site, now)


def hand_out_link(now):
    rani = _db.session.get(Person, RANI)
    links.issue(rani, "k" * 32, "0" * 36, OFFICE, by_id=SITI, now=now)


def ask_for_address(now):
    email_changes.ask(RANI, "rani.baru@contoh.go.id", OFFICE, now)


def answer_correction(now):
    wish = corrections.Wish("nama", "Rani Kusuma", "")
    row, _new = corrections.ask(RANI, wish, Office("", "", is_open=False), now)
    corrections.answer(
        row.id,
        "refused",
        "Nama sudah sesuai SK.",
        office=OFFICE,
        actor_id=SITI,
        now=now,
    )


WORDS = {
    ask_for_link: ("tautan kata sandi", "berlaku 30 menit", "password link", "minutes"),
    hand_out_link: ("tautan kata sandi", "pengelola SDM", "password link", "HR office"),
    ask_for_address: ("konfirmasi alamat surel", "Buka tautan", "confirm", "Open this"),
    answer_correction: ("jawaban atas", "sudah dijawab", "answer to", "been answered"),
}


@pytest.mark.parametrize("chosen", ["", "id", "en"], indirect=True)
@pytest.mark.parametrize("act", WORDS)
def test_a_mail_speaks_the_language_of_its_reader(app, chosen, clock, act):
    subject, words, english_subject, english_words = WORDS[act]

    with app.app_context():
        act(clock.now())
        _db.session.commit()

    first = mails(app)[0]
    is_english = chosen == "en"
    assert (english_subject if is_english else subject) in first["subject"]
    assert (english_words if is_english else words) in first["text"]
    assert "{" not in first["text"] + first["subject"]


@pytest.mark.parametrize("chosen", ["en"], indirect=True)
def test_the_language_of_who_causes_it_does_not_matter(app, chosen, clock):
    with app.app_context():
        corrections.ask(
            RANI, corrections.Wish("nama", "Rani K.", ""), OFFICE, clock.now()
        )
        _db.session.commit()

    [to_siti] = mails(app)
    assert "permintaan perbaikan data" in to_siti["subject"]
    assert to_siti["text"].startswith("Ada permintaan perbaikan data pribadi nomor")
