"""What HR has merged stays merged, however old the file that comes in next."""

import io

import pytest
from sqlalchemy import select

from lms.accounts.import_tables import ImportRun
from lms.accounts.models import Job, Person
from lms.db import db as _db

HEAD = "nip,nama,status_asn,perangkat_daerah,unit_kerja,jabatan,jenis_jabatan,email\n"
NIP = "199001012015031905"
ROOT = "/sdm/organisasi"


@pytest.fixture
def bring_in(app, sign_in):
    """bring_in(office, unit, job) -> counts of the dry run; then it is applied."""
    siti = sign_in("siti")

    def bring(office: str, unit: str, job: str) -> dict[str, int]:
        row = f"{NIP},Budi Santoso,PNS,{office},{unit},{job},pelaksana,\n"
        file = (io.BytesIO((HEAD + row).encode()), "pegawai.csv")
        siti.post(
            "/sdm/pegawai/impor",
            data={"instansi": "1", "berkas": file},
            content_type="multipart/form-data",
        )
        with app.app_context():
            newest = select(ImportRun).order_by(ImportRun.id.desc()).limit(1)
            run = _db.session.scalars(newest).one()
            siti.post(f"/sdm/pegawai/impor/{run.uid}/terapkan")
            return run.counts

    return bring


def budi(app) -> Person:
    with app.app_context():
        return _db.session.scalars(select(Person).where(Person.nip == NIP)).one()


def test_a_merged_unit_is_meant_by_its_old_place(app, sign_in, bring_in):
    bring_in("Dinas Lama", "Bidang Lama", "Arsiparis")
    siti, old = sign_in("siti"), budi(app).unit_id

    merged = siti.post(f"{ROOT}/{old}/gabung", data={"ke": "4"})
    counts = bring_in("Dinas Lama", "Bidang Lama", "Arsiparis")

    assert merged.status_code == 303
    assert budi(app).unit_id == 4
    assert counts["same"] == 1
    assert counts["units"] == 0


def test_a_merged_job_is_meant_by_its_old_title(app, sign_in, bring_in):
    bring_in("Dinas Lama", "Bidang Lama", "Penata Arsip")
    with app.app_context():
        old = _db.session.scalars(select(Job).where(Job.title == "Penata Arsip")).one()
        number = old.id
    sign_in("siti").post(f"{ROOT}/jabatan/{number}/gabung", data={"ke": "1"})
    assert budi(app).job_id == 1

    counts = bring_in("Dinas Lama", "Bidang Lama", "Penata Arsip")

    assert counts["same"] == 1
    assert budi(app).job_id == 1


def test_two_units_side_by_side_never_bear_one_name(sign_in, bring_in, app):
    bring_in("Dinas Lama", "", "Arsiparis")
    number = budi(app).unit_id
    form = {
        "nama": "badan kepegawaian  dan Pengembangan SDM",
        "semula": "Dinas Lama",
        "jenis": "office",
    }

    answer = sign_in("siti").post(f"{ROOT}/{number}/ubah", data=form)

    assert answer.status_code in (409, 422)
    assert "gabungkan; bila bukan" in answer.text
