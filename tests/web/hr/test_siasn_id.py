"""The number at SIASN is set on the page of a person, with a reason that they read."""

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.audit.models import AuditEntry
from lms.db import db as _db
from tests.cast import CAST

PAGE = "/sdm/pegawai/00000000-0000-4000-8000-{:012}"
RANI, AGUS, SITI = (PAGE.format(CAST[name].id) for name in ("rani", "agus", "siti"))
NUMBER = "A8ACA7397AEB3912E040640A040269BB"
WHY = "Diambil dari data utama SIASN"
FORM = {"nilai": NUMBER, "alasan": WHY}


def stored(app) -> tuple[str, int]:
    """Return Rani's number, and how often it was changed."""
    with app.app_context():
        acts = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "person.siasn_id_changed")
        ).all()
        return _db.session.get_one(Person, 4).pns_orang_id, len(acts)


def test_it_is_set_once_and_everybody_reads_why(app, db, sign_in):
    siti, rani = sign_in("siti"), sign_in("rani")
    assert "belum diketahui" in siti.get(RANI).text

    answers = [siti.post(f"{RANI}/siasn", data=FORM) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert stored(app) == (NUMBER, 1)
    page = siti.get(RANI).text
    assert f"– menjadi {NUMBER}" in page
    assert WHY in page
    assert NUMBER in siti.get("/sdm/organisasi/riwayat").text
    assert NUMBER in rani.get("/akun/data-diri").text
    assert WHY in rani.get("/data-saya").text


def test_a_wrong_one_is_taken_away(app, db, sign_in):
    siti = sign_in("siti")
    siti.post(f"{RANI}/siasn", data=FORM)

    siti.post(f"{RANI}/siasn", data=FORM | {"nilai": ""})

    assert stored(app) == ("", 2)


@pytest.mark.parametrize(
    "wrong",
    [{"nilai": "199508252022212902"}, {"nilai": "x" * 43}, {"nilai": f"{NUMBER}<"},
     {"alasan": ""}, {"alasan": "NIP 199508252022212902"}],
)  # fmt: skip
def test_a_form_error_changes_nothing(app, db, sign_in, wrong):
    answer = sign_in("siti").post(f"{RANI}/siasn", data=FORM | wrong)

    assert answer.status_code == 422
    assert "Galat: " in answer.text
    assert stored(app) == ("", 0)


def test_nobody_gets_the_number_of_somebody_else(app, db, sign_in):
    with app.app_context():
        _db.session.get_one(Person, 5).pns_orang_id = NUMBER
        _db.session.commit()

    answer = sign_in("siti").post(f"{RANI}/siasn", data=FORM)

    assert answer.status_code == 422
    assert "sudah tercatat pada orang lain" in answer.text
    assert "Agus" not in answer.text
    assert stored(app) == ("", 0)


def test_only_hr_of_the_person_and_nobody_for_themselves(app, db, sign_in):
    siti = sign_in("siti")

    assert siti.post(f"{AGUS}/siasn", data=FORM).status_code == 404
    assert siti.post(f"{SITI}/siasn", data=FORM).status_code == 403
    for name in ("rani", "yohanes", "made"):
        assert sign_in(name).post(f"{RANI}/siasn", data=FORM).status_code == 403
    assert stored(app) == ("", 0)
