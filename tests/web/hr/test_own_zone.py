"""The zone somebody reads times in decides no day: the agency's calendar does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from lms.accounts import preferences
from lms.accounts.models import (
    CorrectionRequest,
    OneTimeLink,
    Person,
    Placement,
    RoleGrant,
)
from lms.accounts.preferences import Wishes
from lms.db import db as _db
from tests.web.records import samples

from .crowd import assign

MADE = "/sdm/pegawai/00000000-0000-4000-8000-000000000001"
RANI = "/sdm/pegawai/00000000-0000-4000-8000-000000000004"
EVE = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)  # 22.30 WIB; in WIT it is 2027
TODAY = date(2026, 12, 31)
WHY = {"alasan": "Surat keputusan nomor 12 tahun 2026"}


@pytest.fixture
def siti(app, live, clock, sign_in):
    """Siti, who reads times in WIT, on the last evening of the year."""
    clock.time = EVE
    with app.app_context():
        preferences.keep(2, Wishes(timezone="Asia/Jayapura"), EVE)
        _db.session.commit()
    return sign_in("siti")


@pytest.mark.parametrize("act", ["/akun/tautan", "/akun/nonaktif", "/akun/aktif"])
def test_an_administrator_of_today_stays_out_of_reach(app, siti, act):
    with app.app_context():
        _db.session.get_one(RoleGrant, 1).valid_to = TODAY
        _db.session.commit()

    answer = siti.post(MADE + act, data=WHY)

    assert answer.status_code == 403
    with app.app_context():
        assert _db.session.scalar(select(OneTimeLink.id)) is None
        assert _db.session.get_one(Person, 1).is_active


def test_what_is_due_today_is_not_late_and_the_year_is_this_one(app, siti, live):
    with app.app_context():
        assign(live, EVE, TODAY, [4])
        samples.finish(3, live, EVE - timedelta(days=9))

    people = siti.get("/sdm/pegawai").text
    page = siti.get(RANI).text

    assert "JP tahun 2026" in people
    assert "1 terlambat" not in people
    assert "terlambat 0 hari" not in page


def test_who_was_due_yesterday_is_one_day_late(app, siti, live):
    with app.app_context():
        assign(live, EVE, TODAY - timedelta(days=1), [4])
        _db.session.commit()

    assert "terlambat 1 hari" in siti.get(RANI).text


def test_who_is_corrected_today_is_so_from_today(app, siti):
    with app.app_context():
        asked = CorrectionRequest(
            person_id=4, field="unit", said="Bidang", wanted="Dinas Penanaman Modal",
            created_at=EVE, due_at=EVE + timedelta(days=3),
        )  # fmt: skip
        _db.session.add(asked)
        _db.session.commit()
        number = asked.id

    siti.post(
        f"/sdm/permintaan/{number}",
        data={"jawaban": "done", "nilai": "3", "penjelasan": "Sudah diperbaiki."},
    )

    with app.app_context():
        newest = _db.session.scalar(
            select(Placement).where(
                Placement.person_id == 4, Placement.valid_to.is_(None)
            )
        )
        assert (newest.unit_id, newest.valid_from) == (3, TODAY)
