"""The way to SIASN: package, papers, answers, and what changes afterwards."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from sqlalchemy import select

from lms.accounts.models import Agency, Person
from lms.audit.models import AuditEntry, DataAccess
from lms.db import db as _db
from lms.jobs.worker import run_once
from lms.records import amendments
from lms.records.siasn_models import SiasnChange, SiasnRecord
from tests.web.hr.test_export import hr_of

PAGE = "/sdm/siasn"
PNS_ID = "A8ACA7397AEB3912E040640A040269BB"


@pytest.fixture
def ready(app, done):
    """Rani's completion has all that SIASN wants: its uid."""
    with app.app_context():
        _db.session.get_one(Person, 4).pns_orang_id = PNS_ID
        _db.session.get_one(Agency, 1).siasn_id = "A5EB03E23B4EF6A0E040640A040252AD"
        _db.session.commit()
    run_once(app)  # makes the certificates' PDFs
    return done["rani"]


def package(client, **query) -> list[dict]:
    answer = client.post(f"{PAGE}/paket", query_string=query)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)["rekaman"]


def give_back(client, *lines: str):
    text = "id_rekaman,rw_kursus_id,pesan\n" + "\n".join(lines) + "\n"
    file = (io.BytesIO(text.encode()), "hasil.csv")
    return client.post(f"{PAGE}/hasil", data={"berkas": file})


def stored(app) -> tuple[str, str, str]:
    with app.app_context():
        row = _db.session.scalars(select(SiasnRecord)).one()
        return row.state, row.rw_kursus_id, row.message


@pytest.mark.parametrize("name", ["rani", "yohanes", "hendra", "made"])
def test_only_hr_may(sign_in, done, name):
    client = sign_in(name)

    assert client.get(PAGE).status_code == 403
    for action in ("paket", "pdf", "buat-pdf", "hasil"):
        assert client.post(f"{PAGE}/{action}").status_code == 403


def test_the_package_field_by_field(app, sign_in, ready):
    answer = sign_in("siti").post(f"{PAGE}/paket")

    told = json.loads(answer.data)
    assert (
        "filename=siasn-kursus_6771_20261122-1400.json"
        in (answer.headers["Content-Disposition"])
    )
    [record] = told.pop("rekaman")
    assert told.pop("paket").startswith("20261122-1400-")
    assert told == {
        "format": "siasn-kursus",
        "versi": 1,
        "dibuat": "2026-11-22T14:00:00+07:00",
        "instansi": {"kodeCepat": "6771", "id": "A5EB03E23B4EF6A0E040640A040252AD"},
        "jumlah": 1,
    }
    paper = record.pop("dokumen")
    assert record == {
        "id_rekaman": ready,
        "nip": "199508252022212902",
        "siap": True,
        "masalah": [],
        "payload": {
            "id": None,
            "pnsOrangId": PNS_ID,
            "instansiId": "A5EB03E23B4EF6A0E040640A040252AD",
            "institusiPenyelenggara": "BKPSDM Kota Palangka Raya",
            "jenisDiklatId": "16",
            "jenisKursus": "",
            "jenisKursusSertipikat": "T",
            "jumlahJam": 4,
            "lokasiId": "",
            "namaKursus": "Layanan Prima di Loket",
            "nomorSertipikat": "00001/layanan-prima/6771/XI/2026",
            "tahunKursus": 2026,
            "tanggalKursus": "22-11-2026",
            "tanggalSelesaiKursus": "22-11-2026",
            "path": [],
        },
    }
    assert paper["id_ref_dokumen"] == "881"
    assert paper["nama_berkas"].endswith(".pdf")
    assert stored(app)[0] == "siap"


def test_what_was_taken_is_logged_and_told_to_the_people(app, sign_in, ready):
    package(sign_in("siti"))

    with app.app_context():
        said = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "siasn.package")
        ).one()
        seen = _db.session.scalars(select(DataAccess)).one()
    assert (said.actor_id, said.facts["rows"], said.facts["ready"]) == (2, 1, 1)
    assert seen.actor_id == 2


def test_problems_are_listed_with_how_to_mend_them(app, sign_in, done):
    siti = sign_in("siti")

    page, preview = siti.get(PAGE).text, siti.get(f"{PAGE}/paket").text
    answer = siti.post(f"{PAGE}/paket")

    assert answer.status_code == 409
    assert "Belum ada rekaman yang siap" in answer.text
    for text in (page, preview):
        assert "pnsOrangId belum diketahui." in text
        assert "PDF sertifikat belum dibuat." in text
        assert "Ambil dari SIASN" in text
        assert "/sdm/pegawai/00000000-0000-4000-8000-000000000004#siasn" in text
        assert f"{PAGE}#buat-pdf" in text
    assert "1 rekaman belum siap" in preview
    with app.app_context():
        assert _db.session.scalars(select(SiasnRecord)).all() == []
    assert "pnsOrangId" in siti.get(f"{PAGE}?keadaan=masalah").text
    assert "Tidak ada rekaman" in siti.get(f"{PAGE}?keadaan=terkirim").text


def test_missing_papers_are_made_on_demand(app, sign_in, done):
    siti = sign_in("siti")

    answer = siti.post(f"{PAGE}/buat-pdf")
    run_once(app)

    assert answer.status_code == 303
    assert "PDF sertifikat belum dibuat" not in siti.get(PAGE).text


def test_the_papers_come_as_a_zip_named_as_in_the_package(sign_in, ready):
    siti = sign_in("siti")
    [record] = package(siti)

    answer = siti.post(f"{PAGE}/pdf")

    assert answer.mimetype == "application/zip"
    assert "Content-Length" not in answer.headers
    book = zipfile.ZipFile(io.BytesIO(answer.data))
    assert book.testzip() is None
    paper = record["dokumen"]
    assert book.namelist() == ["daftar.csv", paper["nama_berkas"]]
    data = book.read(paper["nama_berkas"])
    assert hashlib.sha256(data).hexdigest() == paper["sha256"]
    assert len(data) == paper["byte"]
    assert book.getinfo(paper["nama_berkas"]).compress_type == zipfile.ZIP_STORED
    [line] = csv.DictReader(io.StringIO(book.read("daftar.csv").decode()))
    assert line["id_rekaman"] == ready


def test_a_paper_that_was_tampered_with_is_not_ready(app, sign_in, ready):
    from lms.records.models import CertificateFile

    with app.app_context():
        for file in _db.session.scalars(select(CertificateFile)):
            file.data = file.data + b"x"
        _db.session.commit()
    siti = sign_in("siti")

    answer = siti.post(f"{PAGE}/paket")

    assert answer.status_code == 409
    assert siti.post(f"{PAGE}/pdf").status_code == 409


def test_the_answer_closes_the_loop(app, sign_in, ready):
    siti = sign_in("siti")
    package(siti)

    answer = give_back(siti, f"{ready},RW-0001,")

    assert answer.status_code == 303
    assert stored(app) == ("terkirim", "RW-0001", "")
    assert siti.post(f"{PAGE}/paket").status_code == 409  # nothing left to send
    export = siti.post("/sdm/ekspor", data={"format": "ndjson"})
    row = json.loads(export.text)
    assert (row["status_kirim"], row["rw_kursus_id"]) == ("terkirim", "RW-0001")
    assert "Terkirim ke SIASN" in sign_in("rani").get("/jp/2026/asal").text


def test_the_same_answer_twice_changes_nothing(app, sign_in, ready):
    siti = sign_in("siti")
    package(siti)
    for _ in range(2):
        assert give_back(siti, f"{ready},RW-0001,").status_code == 303

    with app.app_context():
        states = _db.session.scalars(
            select(SiasnChange.state).order_by(SiasnChange.id)
        ).all()
    assert states == ["siap", "terkirim"]


def test_a_refusal_is_kept_without_its_token_and_sent_again(app, sign_in, ready):
    siti = sign_in("siti")
    package(siti)
    give_back(siti, f"{ready},,invalid or expired jwt Bearer abcdef123")

    state, _, message = stored(app)
    assert state == "gagal"
    assert "invalid or expired jwt" in message
    assert "abcdef123" not in message
    assert message.split(" [")[0] in siti.get(f"{PAGE}?keadaan=gagal").text
    assert [r["siap"] for r in package(siti)] == [True]
    assert stored(app)[0] == "siap"


def test_a_correction_is_sent_again_under_siasns_own_number(app, sign_in, ready, clock):
    siti = sign_in("siti")
    package(siti)
    give_back(siti, f"{ready},RW-0001,")
    with app.app_context():
        amendments.correct_jp(ready, 3, "Salah hitung menit", 2, clock.now())
        _db.session.commit()

    assert "Berubah, kirim ulang" in siti.get(PAGE).text
    assert "jumlahJam: 4 menjadi 3" in siti.get(f"{PAGE}/paket").text
    [record] = package(siti)

    assert record["id_rekaman"] == ready
    assert (record["payload"]["id"], record["payload"]["jumlahJam"]) == ("RW-0001", 3)
    assert give_back(siti, f"{ready},RW-0001,").status_code == 303
    assert siti.post(f"{PAGE}/paket").status_code == 409


def test_what_is_revoked_is_cancelled_and_to_be_taken_back(app, sign_in, ready, clock):
    siti = sign_in("siti")
    package(siti)
    give_back(siti, f"{ready},RW-0001,")
    with app.app_context():
        amendments.revoke(ready, "Diikuti oleh orang lain", 2, clock.now())
        _db.session.commit()

    assert stored(app) == ("batal", "RW-0001", "")
    page = siti.get(f"{PAGE}?keadaan=batal").text
    assert "Hapus rekaman itu di SIASN" in page
    assert siti.post(f"{PAGE}/paket").status_code == 409


def test_revoked_on_its_way_keeps_the_number_that_comes_back(
    app, sign_in, ready, clock
):
    siti = sign_in("siti")
    package(siti)
    with app.app_context():
        amendments.revoke(ready, "Diikuti oleh orang lain", 2, clock.now())
        _db.session.commit()

    give_back(siti, f"{ready},RW-0001,")

    assert stored(app)[:2] == ("batal", "RW-0001")


def test_one_wrong_row_and_nothing_is_stored(app, sign_in, ready, done):
    siti = sign_in("siti")
    package(siti)

    answer = give_back(siti, f"{ready},RW-0001,", f"{done['agus']},RW-0002,", "x,RW-3,")

    assert answer.status_code == 422
    assert "2 baris belum benar" in answer.text
    assert "Baris 3, kolom “id_rekaman”:" in answer.text
    assert f"Rekaman {done['agus']}" in answer.text
    assert "bukan wewenang Anda" in answer.text
    assert stored(app)[0] == "siap"


def test_a_record_that_was_in_no_package_is_refused(sign_in, ready):
    answer = give_back(sign_in("siti"), f"{ready},RW-0001,")

    assert answer.status_code == 422
    assert "belum pernah masuk paket" in answer.text


def test_another_number_than_the_known_one_is_refused(app, sign_in, ready):
    siti = sign_in("siti")
    package(siti)
    give_back(siti, f"{ready},RW-0001,")

    answer = give_back(siti, f"{ready},RW-0002,")

    assert answer.status_code == 422
    assert stored(app)[1] == "RW-0001"


@pytest.mark.parametrize("data", [{}, {"berkas": ""}])
def test_without_a_file_it_says_so(sign_in, ready, data):
    answer = sign_in("siti").post(f"{PAGE}/hasil", data=data)

    assert answer.status_code == 422
    assert "Pilih berkasnya dahulu" in answer.text


def test_hr_elsewhere_sees_and_takes_nothing_of_it(app, sign_in, ready, clock):
    hr_of(app, clock, 5)
    hendra = sign_in("hendra")

    assert "Rani" not in hendra.get(PAGE).text
    assert "Rani" not in hendra.get(f"{PAGE}/paket").text
    assert hendra.get(f"{PAGE}/{ready}").status_code == 404
    assert hendra.post(f"{PAGE}/paket").status_code == 409  # Agus has no pnsOrangId
    assert give_back(hendra, f"{ready},RW-1,").status_code == 422


@pytest.mark.parametrize(
    "query",
    ["dari=kemarin", "unit=6", "unit=x", "keadaan=apa", "hal=-3", "hal=x",
     "hal=99999999999999999999"],
)  # fmt: skip
def test_wrong_filters_are_answered_calmly(sign_in, ready, query):
    siti = sign_in("siti")

    assert siti.get(f"{PAGE}?{query}").status_code == 200
    # Whose records leave is never guessed.
    status = 422 if query.startswith("unit") else 200
    assert siti.get(f"{PAGE}/paket?{query}").status_code == status
    assert siti.post(f"{PAGE}/paket?{query}").status_code in (status, 409)
