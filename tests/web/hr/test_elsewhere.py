"""Every route with ids of Palangka Raya, for those who hold nothing there."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from lms.accounts import aliases
from lms.accounts.import_tables import ImportRun
from lms.accounts.models import (
    CorrectionRequest,
    Deputy,
    RoleGrant,
    Unit,
    UnitAlias,
)
from lms.api import tokens
from lms.assignments import assignments
from lms.assignments.rules import Rule, Terms
from lms.db import db as _db
from lms.hr.models import Taking
from lms.kernel import ids
from lms.records.models import Enrolment
from tests.cast import START

RANI = "00000000-0000-4000-8000-000000000004"
TODAY = date(2026, 11, 22)
SHUT = {302, 303, 400, 401, 403, 404, 405, 409, 410, 415, 422}
PEOPLE = ("Rani Kusumawardhani", "199508252022212902")
OWN = ("login_sessions", "audit_log", "sqlite_sequence", "alembic_version")
TEXT = {"alasan": "Surat keputusan nomor 12", "jp": "30", "dasar": "800/1/2026",
        "nama": "Dibajak", "ke": "6", "unit": "6", "pegawai": RANI, "siapa": "late",
        "jawaban": "done", "penjelasan": "Sudah.", "persen": "50"}  # fmt: skip


@pytest.fixture
def there(app, done, sign_in, clock):
    """One of each thing in Palangka Raya: endpoint or blueprint -> its ids."""
    now = clock.now()
    with app.app_context():
        made = assignments.create(
            ids.new_uid(), 1, Rule(1, "/1/"), Terms(TODAY, TODAY + timedelta(days=9)),
            by=None, now=now,
        )  # fmt: skip
        let_off = assignments.exempt(made, 3, "Cuti besar", None, by=None, now=now)
        unit = _db.session.get_one(Unit, 3)
        aliases.add(unit, "Dinas Izin", now=now, by=None)
        deputy = Deputy(superior_id=3, deputy_id=2, valid_from=TODAY, granted_at=now)
        asked = CorrectionRequest(
            person_id=4, field="nama", said="R", wanted="Rani K", created_at=now,
            due_at=now,
        )  # fmt: skip
        over = Deputy(
            superior_id=3, deputy_id=5, valid_from=START,
            valid_to=TODAY - timedelta(days=1), granted_at=now,
        )  # fmt: skip
        _db.session.add_all([deputy, asked, over])
        token, _secret = tokens.make("SIMPEG", ["people:read"], unit, 9, now=now)
        _db.session.commit()
        found = {
            "assignments": {"uid": made.uid, "nomor": let_off.id},
            "completions": {"uid": done["rani"], "nomor": 1},
            "people": {"uid": RANI},
            "person_acts": {"uid": RANI, "butir": "kuis-akhir", "nomor": 3,
                            "enrolment": _db.session.scalar(
                                select(Enrolment.id).where(Enrolment.person_id == 4))},
            "team": {"uid": RANI},
            "organisation": {"unit_id": 3},
            "units": {"unit_id": 3, "alias_id": _db.session.scalar(
                select(UnitAlias.id))},
            "deputies": {"deputy_id": deputy.id},
            "corrections": {"nomor": asked.id},
            "own_data": {"nomor": asked.id, "bidang": "nama"},
            "api_tokens": {"uid": token.uid},
            "admin": {"unit_id": 1, "grant_id": 1},
        }  # fmt: skip
    siti = sign_in("siti")
    head = b"nip,nama,status_asn,perangkat_daerah,unit_kerja\n"
    csv = head + b"199508252022212902,R,PNS,X,\n"
    siti.post(
        "/sdm/pegawai/impor",
        data={"instansi": "1", "berkas": (io.BytesIO(csv), "p.csv")},
        content_type="multipart/form-data",
    )
    siti.post("/sdm/ekspor", data={"format": "csv"}).get_data()
    with app.app_context():
        found["people_import"] = {"uid": _db.session.scalar(select(ImportRun.uid))}
        found["export_files"] = {"uid": _db.session.scalar(select(Taking.uid))}
    return found


def give(app, role: str) -> None:
    with app.app_context():
        _db.session.add(
            RoleGrant(
                person_id=5, role=role, unit_id=5, valid_from=START,
                granted_at=datetime(2024, 1, 1, tzinfo=UTC),
            )
        )  # fmt: skip
        _db.session.commit()


def addresses(app, there, method: str) -> list[tuple[str, str]]:
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            values = there.get(rule.endpoint.partition(".")[0])
            if values is None or method not in rule.methods or not rule.arguments:
                continue
            if not rule.arguments <= set(values):
                continue
            asked = {name: values[name] for name in rule.arguments}
            found.append((rule.endpoint, app.url_for(rule.endpoint, **asked)))
    return found


def dump(app) -> dict[str, list]:
    """Return every row but those of sessions and of the log of acts."""
    with app.app_context():
        return {
            table.name: sorted(map(str, _db.session.execute(table.select()).all()))
            for table in _db.metadata.sorted_tables
            if table.name not in OWN
        }


@pytest.mark.parametrize("role", ["", "hr", "instructor", "admin"])
def test_they_read_nothing_and_change_nothing(app, there, sign_in, role):
    if role:
        give(app, role)
    agus = sign_in("agus")
    agus.get("/")
    before = dump(app)

    wrong = []
    walked = 0
    for method in ("GET", "POST"):
        for endpoint, url in addresses(app, there, method):
            data = TEXT if method == "POST" else None
            answer = agus.open(url, method=method, data=data)
            walked += 1
            said = answer.get_data(as_text=True)
            if endpoint == "own_data.correct":  # of oneself, whoever asks
                continue
            if answer.status_code not in SHUT or any(p in said for p in PEOPLE):
                wrong.append((method, endpoint, answer.status_code))
    after = dump(app)

    assert walked > 60
    assert wrong == []
    assert {n for n in before if before[n] != after[n]} - {"known_devices"} == set()
