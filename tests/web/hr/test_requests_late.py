"""The law's clock: what is not answered in time is seen, first and by more people."""

from datetime import timedelta

import pytest

from lms.accounts import corrections
from lms.accounts.letters import Office
from lms.accounts.models import CorrectionRequest, RoleGrant
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.jobs.worker import run_once
from tests.cast import CAST

LIST = "/sdm/permintaan"
OWN = "/akun/data-diri"


@pytest.fixture
def asked(app, db, clock, monkeypatch):
    """Rani asked for a correction: its number. Mails stay in the outbox."""
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")
    with app.app_context():
        wish = corrections.Wish("golongan", "III/b", "Menurut SK terakhir")
        office = Office("Kelas ASN", "http://127.0.0.1:8000", is_open=True)
        row, _ = corrections.ask(CAST["rani"].id, wish, office, clock.now())
        _db.session.commit()
        return row.id


def mails(app, about: str) -> list[str]:
    """Return whom mails about something go to."""
    with app.app_context():
        rows = _db.session.query(OutboxEntry).filter_by(topic="mail")
        found = [row.body for row in rows if row.dedup_key.startswith(about)]
        return sorted(body["to"] for body in found if body)


def test_the_mail_names_the_hour_of_the_agency(app, asked):
    with app.app_context():
        mail = _db.session.query(OutboxEntry).filter_by(topic="mail").one().body

    assert "25-11-2026 14.00 WIB" in mail["text"]
    assert mail["to"] == "siti@contoh.go.id"


def test_when_the_time_is_over_hr_and_administrators_are_told_once(
    app, sign_in, asked, clock
):
    clock.skip(hours=71, minutes=59)
    run_once(app)
    assert mails(app, "correction overdue") == []

    clock.skip(minutes=2)
    for _ in range(2):
        run_once(app)

    assert mails(app, "correction overdue") == [
        "made@contoh.go.id",
        "siti@contoh.go.id",
    ]
    assert "Terlambat 1 menit" in sign_in("siti").get(LIST).text
    own = sign_in("rani").get(OWN).text
    assert "Lewat batas" in own
    assert "pengelola SDM dan administrator diingatkan" in own


def test_what_was_answered_in_time_disturbs_nobody(app, asked, clock):
    with app.app_context():
        office = Office("Kelas ASN", "", is_open=False)
        corrections.answer(
            asked, "refused", "Sudah benar.", actor_id=2, office=office, now=clock.now()
        )
        _db.session.commit()
    clock.skip(hours=73)

    run_once(app)

    assert mails(app, "correction overdue") == []


def test_at_the_very_instant_it_is_not_late_yet(app, sign_in, asked, clock):
    with app.app_context():
        due = _db.session.get(CorrectionRequest, asked).due_at
    clock.skip(seconds=int((due - clock.now()).total_seconds()))

    assert "Sisa 0 menit" in sign_in("siti").get(LIST).text
    assert "Lewat batas" not in sign_in("rani").get(OWN).text


def test_a_role_begins_with_the_day_of_the_agency(app, db, clock):
    # 18.30 at Greenwich is half past one of the next day in Palangka Raya.
    clock.skip(hours=11, minutes=30)
    with app.app_context():
        tomorrow = clock.now().date() + timedelta(days=1)
        grant = _db.session.query(RoleGrant).filter_by(role="hr").one()
        grant.valid_from = tomorrow
        _db.session.commit()
        rani = corrections.people.find(CAST["rani"].id)

        found = corrections.answerers(rani, clock.now())

        assert [person.name for person in found] == ["Siti Marlina"]
