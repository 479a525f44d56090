"""Files sent while they are read: logged when whole, and when they break off."""

import json

import pytest
from sqlalchemy import select

from lms.audit.models import AuditEntry, DataAccess
from lms.db import db as _db
from lms.hr import delimited
from lms.hr.models import Taking
from tests.web.records import samples

PAGE = "/sdm/ekspor"


@pytest.fixture
def many(app, live, clock, monkeypatch):
    """Three people of Siti's agency have finished; a piece holds one row."""
    monkeypatch.setattr(delimited, "CHUNK", 1)
    monkeypatch.setattr("lms.hr.objects.CHUNK", 1)
    with app.app_context():
        for person in (2, 3, 4):
            samples.finish(person, live, clock.now())


def state(app) -> tuple[str, int]:
    with app.app_context():
        return tuple(_db.session.execute(select(Taking.state, Taking.rows)).one())


def test_begun_is_noted_before_the_first_byte_leaves(app, sign_in, many):
    answer = sign_in("siti").post(PAGE, data={"format": "csv"}, buffered=False)

    assert state(app) == ("running", 0)
    answer.close()


@pytest.mark.parametrize("fmt", ["csv", "csv-excel", "json", "ndjson"])
def test_the_last_piece_leaves_only_when_the_export_is_logged(app, sign_in, many, fmt):
    answer = sign_in("siti").post(PAGE, data={"format": fmt}, buffered=False)
    pieces = answer.iter_encoded()
    seen = b""
    for piece in pieces:
        if state(app)[0] == "done":
            break
        seen += piece

    assert list(pieces) == []
    assert piece
    assert state(app) == ("done", 3)
    with app.app_context():
        said = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "export.riwayat_kursus")
        ).one()
    assert said.facts["rows"] == 3


def test_a_receiver_who_goes_away_is_logged_with_the_rows_that_left(app, sign_in, many):
    answer = sign_in("siti").post(PAGE, data={"format": "csv"}, buffered=False)
    pieces = answer.iter_encoded()
    next(pieces)
    answer.close()

    name, rows = state(app)
    assert name == "broken"
    assert 0 < rows < 3
    with app.app_context():
        seen = _db.session.scalars(select(DataAccess)).one()
        told = _db.session.scalars(select(AuditEntry.facts)).all()[-1]
    assert seen.kind == "exported"
    assert (told["state"], told["rows"]) == ("broken", rows)


def test_what_broke_off_is_not_the_last_taking(app, sign_in, many):
    siti = sign_in("siti")
    siti.post(PAGE, data={"format": "csv"}, buffered=False).close()

    answer = siti.post(PAGE, data={"format": "ndjson", "sejak_terakhir": "y"})

    assert len(answer.text.splitlines()) == 3
    assert "Unduhan berhenti sebelum selesai" in siti.get(PAGE).text


def test_a_manifest_lies_beside_the_file(app, sign_in, many):
    import hashlib

    siti = sign_in("siti")
    data = siti.post(PAGE, data={"format": "json", "dari": "2026-01-01"}).data
    with app.app_context():
        uid = _db.session.scalars(select(Taking.uid)).one()

    answer = siti.get(f"{PAGE}/{uid}/manifest")

    told = json.loads(answer.data)
    assert told["sha256"] == told["sha256_data"] == hashlib.sha256(data).hexdigest()
    assert (told["jenis"], told["bentuk"], told["baris"]) == (
        "riwayat_kursus",
        "json",
        3,
    )
    assert told["saringan"]["dari"] == "2026-01-01"
    assert told["oleh"] == 2
    assert len(told["kolom"]) == 47
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "198604182010012903" not in answer.text


def test_another_persons_taking_is_not_there(app, sign_in, many, clock):
    from tests.web.hr.test_export import hr_of

    sign_in("siti").post(PAGE, data={"format": "csv"})
    hr_of(app, clock, 1)
    with app.app_context():
        uid = _db.session.scalars(select(Taking.uid)).one()
    hendra = sign_in("hendra")

    assert hendra.get(f"{PAGE}/{uid}/manifest").status_code == 404
    assert hendra.get(f"{PAGE}/{uid}/berkas").status_code == 404
    assert hendra.post(f"{PAGE}/{uid}/ulang").status_code == 404
    assert sign_in("siti").get(f"{PAGE}/{uid}/berkas").status_code == 404


def test_the_same_can_be_taken_again_from_the_same_point(app, sign_in, many, clock):
    siti = sign_in("siti")
    siti.post(PAGE, data={"format": "csv"})
    clock.skip(minutes=10)
    with app.app_context():
        uid = _db.session.scalars(select(Taking.uid)).one()

    answer = siti.post(f"{PAGE}/{uid}/ulang")

    assert answer.status_code == 200
    assert answer.data.count(b"\r\n") == 4
