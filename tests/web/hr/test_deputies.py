"""Somebody acts for a superior for a time."""

import pytest
from sqlalchemy import select

from lms.accounts import people
from lms.accounts.models import Deputy, Unit, UnitHead
from lms.audit.models import AuditEntry
from lms.db import db as _db
from tests.cast import START

ROOT = "/sdm/organisasi/pelaksana-harian"
FORM = {
    "atasan": "Yohanes",
    "orang": "rani@contoh.go.id",
    "mulai": "2026-11-23",
    "sampai": "2026-12-04",
}


@pytest.fixture
def siti(sign_in):
    return sign_in("siti")


def stored(app) -> list[Deputy]:
    with app.app_context():
        return list(_db.session.scalars(select(Deputy).order_by(Deputy.id)))


def appoint(client, **fields):
    return client.post(f"{ROOT}/tunjuk", data=FORM | fields)


def test_a_deputy_is_appointed_once_and_ended_once(app, siti):
    for _ in range(2):
        assert appoint(siti).status_code == 303

    [made] = stored(app)
    assert (made.superior_id, made.deputy_id, made.granted_by) == (3, 4, 2)
    assert "Akan datang" in siti.get(ROOT).text
    for _ in range(2):
        assert siti.post(f"{ROOT}/{made.id}/akhiri").status_code == 303
    [made] = stored(app)
    assert made.revoked_at
    assert "Berakhir" in siti.get(ROOT).text
    with app.app_context():
        told = select(AuditEntry.action).where(AuditEntry.action.like("deputy.%"))
        actions = list(_db.session.scalars(told.order_by(AuditEntry.id)))
    assert actions == ["deputy.appointed", "deputy.ended"]


def test_who_is_typed_over_a_filled_in_name_is_meant(app, siti):
    yohanes = "00000000-0000-4000-8000-000000000003"
    filled = {"atasan-id": yohanes, "atasan-dari": "Yohanes Tambing"}

    assert appoint(siti, **filled, atasan="Made Wirawan").status_code == 303

    assert [made.superior_id for made in stored(app)] == [1]


def test_the_page_says_what_a_deputy_may_do_and_until_when(siti, sign_in, clock):
    appoint(siti)
    clock.skip(days=2)

    text = sign_in("siti").get(ROOT).text

    assert "Yang boleh dilakukan pelaksana harian" in text
    assert "23 Nov 2026 sampai 4 Des 2026" in text
    assert "11 hari lagi, termasuk hari ini" in text
    assert "Riwayat</h2>" not in text


def test_one_that_is_ended_early_is_history(app, siti, clock):
    appoint(siti)
    [made] = stored(app)

    siti.post(f"{ROOT}/{made.id}/akhiri")

    running, _found, past = siti.get(ROOT).text.partition('id="riwayat"')
    assert "Akhiri sekarang" not in running
    assert "Rani" in past
    assert "diakhiri 22 Nov 2026" in past


def test_one_more_may_overlap_but_not_a_third_and_not_the_same(app, siti, clock):
    appoint(siti)
    with app.app_context():
        unit, now = _db.session.get_one(Unit, 3), clock.now()
        people.add(unit, "Bagas Wicaksono", today=now.date(), now=now)
        _db.session.commit()

    assert appoint(siti, sampai="2026-12-10").status_code == 409  # Rani again
    assert appoint(siti, orang="Bagas", mulai="2026-12-04").status_code == 303
    third = appoint(siti, orang="Made", mulai="2026-12-01", sampai="")
    assert third.status_code == 409
    assert "dua pelaksana harian" in third.text
    later = {"mulai": "2026-12-05", "sampai": ""}
    assert appoint(siti, orang="Made", **later).status_code == 303
    assert len(stored(app)) == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"orang": "Yohanes"},  # themselves
        {"orang": "Agus"},  # of another agency
        {"atasan": "Hendra"},
        {"atasan": ""},
        {"mulai": ""},
        {"mulai": "besok"},
        {"sampai": "2026-11-01"},
        {"mulai": "2026-11-01", "sampai": "2026-11-10"},  # over already
    ],
)
def test_an_appointment_that_cannot_be_is_refused(app, siti, fields):
    answer = appoint(siti, **fields)

    assert answer.status_code == 422
    assert stored(app) == []


def test_the_form_begins_with_the_head_of_the_unit(app, siti):
    with app.app_context():
        _db.session.add(UnitHead(unit_id=3, person_id=3, valid_from=START))
        _db.session.commit()

    page = siti.get(f"{ROOT}/tunjuk?unit=3")

    assert 'value="Yohanes Tambing"' in page.text
    assert siti.get(f"{ROOT}/tunjuk?unit=6").status_code == 404


@pytest.mark.parametrize("name", ["rani", "yohanes", "hendra", "made"])
def test_only_hr_appoints(sign_in, db, name):
    client = sign_in(name)

    assert appoint(client).status_code == 403
    assert client.get(ROOT).status_code == 403


def test_appointments_of_another_agency_are_neither_seen_nor_ended(app, siti, clock):
    with app.app_context():
        _db.session.add(
            Deputy(superior_id=6, deputy_id=5, valid_from=START, granted_at=clock.now())
        )
        _db.session.commit()
        number = _db.session.scalar(select(Deputy.id))

    assert "Agus" not in siti.get(ROOT).text
    assert siti.post(f"{ROOT}/{number}/akhiri").status_code == 404
    assert siti.post(f"{ROOT}/999/akhiri").status_code == 404
