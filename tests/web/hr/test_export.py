"""HR takes riwayat_kursus from the page: own units only, logged, formula-safe."""

import csv
import hashlib
import io
import re
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from lms.accounts.models import Agency, Person, Placement, RoleGrant, Unit
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.hr import cells
from lms.hr.history import COLUMNS
from lms.records import amendments
from tests.web.records import samples

PAGE = "/sdm/ekspor"


def take(client, fmt="csv", **fields):
    return client.post(PAGE, data={"format": fmt} | fields)


def rows(answer, separator=",", encoding="utf-8") -> list[dict]:
    assert answer.status_code == 200, answer.text
    file = io.StringIO(answer.data.decode(encoding), newline="")
    return list(csv.DictReader(file, delimiter=separator))


def test_without_completions_the_page_says_so(sign_in, live):
    page = sign_in("siti").get(PAGE)

    assert page.status_code == 200
    assert "Belum ada yang dapat diekspor" in page.text
    assert '<form method="post" class="stack"' not in page.text


@pytest.mark.parametrize("name", ["rani", "yohanes", "hendra", "made"])
def test_only_hr_may_export(sign_in, done, name):
    client = sign_in(name)

    assert client.get(PAGE).status_code == 403
    assert take(client).status_code == 403


def test_one_row_with_all_columns(app, sign_in, done):
    [row] = rows(take(sign_in("siti")))

    assert tuple(row) == COLUMNS
    code = row.pop("tautan_verifikasi").removeprefix("http://127.0.0.1:8000/cek/")
    assert len(code) == 16
    assert row == {
        "id_rekaman": done["rani"],
        "nip": "199508252022212902",
        "jenis_identitas": "NI_PPPK",
        "nama": "Rani Kusumawardhani",
        "gelar_depan": "",
        "gelar_belakang": "",
        "status_asn": "PPPK",
        "pns_orang_id": "",
        "instansi_kode": "6771",
        "instansi_id": "",
        "perangkat_daerah": "Dinas Penanaman Modal dan PTSP",
        "unit_kerja": "Bidang Pelayanan Perizinan",
        "unor_id": "",
        "jenis_jabatan": "pelaksana",
        "jabatan": "Pengelola Layanan Administrasi Keuangan",
        "jenjang": "",
        "golongan": "",
        "kode_kursus": "layanan-prima",
        "versi_kursus": "1.1",
        "nama_kursus": "Layanan Prima di Loket",
        "jenis_diklat_id": "16",
        "jenis_diklat": "E-Learning",
        "kode_sertipikat": "T",
        "jenis_kursus_id": "",
        "jalur": "nonklasikal",
        "penyelenggara": "BKPSDM Kota Palangka Raya",
        "lokasi": "Daring",
        "tanggal_mulai": "2026-11-22",
        "tanggal_selesai": "2026-11-22",
        "tahun": "2026",
        "jp": "4",
        "nilai_akhir": "73.45",
        "predikat": "Lulus",
        "nomor_sertifikat": "00001/layanan-prima/6771/XI/2026",
        "tanggal_sertifikat": "2026-11-22",
        "penandatangan": "Drs. Lukas Binti",
        "nama_berkas": "",
        "sha256_berkas": "",
        "kompetensi": "PPB",
        "level_target": "2",
        "rumpun": "",
        "sumber": "platform",
        "status_verifikasi": "terverifikasi",
        "status_kirim": "belum",
        "rw_kursus_id": "",
        "pesan_kirim": "",
    }


def test_a_kept_certificate_is_named_with_its_fingerprint(app, sign_in, done):
    rani = sign_in("rani")
    paper = rani.get(f"/sertifikat/{done['rani']}/pdf")

    [row] = rows(take(sign_in("siti")))

    assert row["sha256_berkas"] == hashlib.sha256(paper.data).hexdigest()
    assert row["nama_berkas"].startswith("sertifikat-layanan-prima-")
    assert row["nama_berkas"] in paper.headers["Content-Disposition"]


def test_standard_csv_is_rfc_4180(sign_in, done):
    answer = take(sign_in("siti"))

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert (
        "filename=riwayat_kursus_6771_20261122-1400.csv"
        in (answer.headers["Content-Disposition"])
    )
    assert answer.data.startswith(b"id_rekaman,nip,")
    assert answer.data.count(b"\r\n") == 2
    assert answer.data.count(b"\n") == 2
    assert "Content-Length" not in answer.headers  # sent while it is read


def test_csv_for_excel_has_a_mark_semicolons_and_decimal_commas(sign_in, done):
    answer = take(sign_in("siti"), "csv-excel")

    assert answer.data.startswith(b"\xef\xbb\xbfid_rekaman;nip;")
    [row] = rows(answer, ";", "utf-8-sig")
    assert row["nilai_akhir"] == "73,45"
    assert row["tanggal_selesai"] == "2026-11-22"
    assert row["nip"] == "199508252022212902"


def test_xlsx_reads_back_with_text_nips_real_dates_and_numbers(sign_in, done):
    answer = take(sign_in("siti"), "xlsx")

    book = load_workbook(io.BytesIO(answer.data))
    sheet = book["riwayat_kursus"]
    head, row = list(sheet.iter_rows())
    assert tuple(cell.value for cell in head) == COLUMNS
    cell = dict(zip(COLUMNS, row, strict=True))
    assert cell["nip"].value == "199508252022212902"
    assert (cell["nip"].data_type, cell["nip"].number_format) == ("s", "@")
    assert cell["tanggal_selesai"].is_date
    assert cell["tanggal_selesai"].value.date() == date(2026, 11, 22)
    assert cell["jp"].value == 4
    assert cell["nilai_akhir"].value == 73.45
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:AU2"
    said = {row[0].value: row[1].value for row in book["Baca Saya"].iter_rows()}
    assert said["Oleh"] == "Siti Marlina"
    assert said["Dibuat"] == "2026-11-22 14.00 WIB"
    assert said["Jumlah baris"] == "1"
    standard = take(sign_in("siti")).data
    assert said["SHA-256 data (sebagai CSV standar)"] == (
        hashlib.sha256(standard).hexdigest()
    )


def test_every_export_is_logged_with_person_filter_and_rows(app, sign_in, done):
    answer = take(sign_in("siti"), dari="2026-01-01", kursus="layanan-prima", unit="3")

    with app.app_context():
        begun, said = _db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    assert (begun.action, begun.actor_id) == ("export.riwayat_kursus.begun", 2)
    assert (said.action, said.actor_id) == ("export.riwayat_kursus", 2)
    assert begun.object_id == said.object_id
    assert said.facts == {
        "unit": 3,
        "dari": "2026-01-01",
        "sampai": None,
        "kursus": "layanan-prima",
        "format": "csv",
        "rows": 1,
        "sha256": hashlib.sha256(answer.data).hexdigest(),
        "state": "done",
    }


def hr_of(app, clock, unit_id: int, deep: bool = True, person_id: int = 6) -> None:
    with app.app_context():
        _db.session.add(
            RoleGrant(
                person_id=person_id,
                role="hr",
                unit_id=unit_id,
                with_subunits=deep,
                valid_from=date(2024, 1, 1),
                granted_at=clock.now(),
            )
        )
        _db.session.commit()


def test_hr_of_another_agency_sees_nothing_of_it(app, sign_in, done, clock):
    hr_of(app, clock, 5)

    [row] = rows(take(sign_in("hendra")))

    assert row["id_rekaman"] == done["agus"]
    assert row["instansi_kode"] == "5500"
    assert take(sign_in("hendra"), unit="4").status_code == 422


@pytest.mark.parametrize(
    ("grant", "found"),
    [((1, True), 1), ((3, True), 1), ((4, True), 1), ((4, False), 1),
     ((1, False), 0), ((3, False), 0), ((2, True), 0)],
)  # fmt: skip
def test_the_grant_decides_how_deep_hr_sees(app, sign_in, done, clock, *, grant, found):
    hr_of(app, clock, *grant)

    answer = take(sign_in("hendra"))

    if found:
        assert [r["id_rekaman"] for r in rows(answer)] == [done["rani"]]
    else:
        assert answer.mimetype == "text/html"
        assert done["rani"] not in answer.text


def test_a_unit_whose_path_begins_alike_is_another_unit(app, sign_in, done, clock):
    with app.app_context():
        _db.session.add(
            Unit(id=33, parent_id=1, agency_id=1, path="/1/33/", kind="office",
                 name="Dinas Lain", valid_from=date(2024, 1, 1))
        )  # fmt: skip
        _db.session.commit()
    hr_of(app, clock, 33)

    assert done["rani"] not in take(sign_in("hendra")).text


def test_the_unit_of_the_day_of_completion_decides(app, sign_in, done, clock):
    with app.app_context():
        _db.session.get_one(Person, 4).unit_id = 6
        _db.session.commit()
    hr_of(app, clock, 5)

    assert [r["id_rekaman"] for r in rows(take(sign_in("siti")))] == [done["rani"]]
    assert [r["id_rekaman"] for r in rows(take(sign_in("hendra")))] == [done["agus"]]


def test_a_grant_that_has_ended_opens_nothing(app, sign_in, done, clock):
    with app.app_context():
        grant = _db.session.scalars(
            select(RoleGrant).where(RoleGrant.role == "hr")
        ).one()
        grant.valid_to = date(2026, 11, 21)
        _db.session.commit()

    assert take(sign_in("siti")).status_code == 403


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"dari": "2026-11-22", "sampai": "2026-11-22"}, 1),
        ({"dari": "2026-11-23"}, 0),
        ({"sampai": "2026-11-21"}, 0),
        ({"unit": "4"}, 1),
        ({"unit": "3"}, 1),
        ({"unit": "2"}, 0),
        ({"kursus": "layanan-prima"}, 1),
    ],
)
def test_filters(sign_in, done, fields, found):
    answer = take(sign_in("siti"), **fields)

    if found:
        assert len(rows(answer)) == 1
    else:
        assert answer.status_code == 200
        assert "Tidak ada penyelesaian untuk saringan ini" in answer.text


def test_a_filter_that_finds_nothing_is_not_an_export(app, sign_in, done):
    take(sign_in("siti"), dari="2026-11-23")

    with app.app_context():
        assert _db.session.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"format": "pdf"},
        {"format": ""},
        {"unit": "6"},
        {"unit": "999999999999999999999"},
        {"unit": "x"},
        {"kursus": "' OR 1=1"},
        {"dari": "kemarin"},
        {"dari": "2026-13-40"},
        {"dari": "2026-11-22", "sampai": "2026-11-21"},
        {"dari": "9" * 500},
    ],
)
def test_wrong_fields_are_pointed_out(sign_in, done, fields):
    answer = sign_in("siti").post(PAGE, data={"format": "csv"} | fields)

    assert answer.status_code == 422
    assert "Belum dapat dikirim" in answer.text


def test_a_name_that_looks_like_a_formula_stays_a_text(app, sign_in, done):
    evil = '=HYPERLINK("http://jahat.example","klik")'
    with app.app_context():
        person = _db.session.get_one(Person, 4)
        person.name, person.title_front, person.title_back = evil, "＝1+1", "+62"
        _db.session.commit()

    [row] = rows(take(sign_in("siti")))
    assert row["nama"] == "'" + evil
    assert (row["gelar_depan"], row["gelar_belakang"]) == ("'＝1+1", "'+62")
    assert cells.plain(row["nama"]) == evil
    sheet = load_workbook(io.BytesIO(take(sign_in("siti"), "xlsx").data)).worksheets[0]
    cell = sheet.cell(2, COLUMNS.index("nama") + 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (evil, "s", None)


@pytest.mark.parametrize(
    "name",
    ['Sri, "Ayu"', "I Gede; Made", "D’Angelo Ñandú 中", "baris\nbaru", "'Aisyah"],
)
def test_csv_round_trip(app, sign_in, done, name):
    with app.app_context():
        _db.session.get_one(Person, 4).name = name
        _db.session.commit()

    for fmt, separator, encoding in (
        ("csv", ",", "utf-8"), ("csv-excel", ";", "utf-8-sig")
    ):  # fmt: skip
        [row] = rows(take(sign_in("siti"), fmt), separator, encoding)
        assert cells.plain(row["nama"]) == name


def test_a_revoked_completion_is_not_to_be_sent(app, sign_in, done, clock):
    with app.app_context():
        amendments.revoke(done["rani"], "Diikuti oleh orang lain", None, clock.now())
        _db.session.commit()

    [row] = rows(take(sign_in("siti")))
    assert (row["status_kirim"], row["jp"]) == ("batal", "4")


def test_a_corrected_jp_is_exported(app, sign_in, done, clock):
    with app.app_context():
        amendments.correct_jp(done["rani"], 3, "Salah hitung menit", 2, clock.now())
        _db.session.commit()

    assert rows(take(sign_in("siti")))[0]["jp"] == "3"


def test_days_are_those_of_the_agency(app, sign_in, live, clock):
    with app.app_context():
        _db.session.get_one(Agency, 1).timezone = "Asia/Jayapura"
        clock.skip(days=39, hours=9, minutes=30)  # 31 December, 16.30 UTC
        samples.finish(4, live, clock.now())

    answer = take(sign_in("siti"))

    assert "20270101-0130" in answer.headers["Content-Disposition"]
    [row] = rows(answer)
    assert (row["tanggal_selesai"], row["tahun"]) == ("2027-01-01", "2027")


def test_rows_come_by_day_of_completion(app, sign_in, live, clock):
    with app.app_context():
        for person, days in ((4, 3), (3, 1), (2, 2)):
            samples.finish(person, live, clock.now() + timedelta(days=days))

    found = rows(take(sign_in("siti")))

    days = [r["tanggal_selesai"] for r in found]
    assert days == ["2026-11-23", "2026-11-24", "2026-11-25"]


def test_the_file_is_made_without_the_write_lock(app, sign_in, done, monkeypatch):
    """Others go on writing while a long export is read."""
    from lms.hr import exports

    real = exports.encoded

    def encoded(*args, **kwargs):
        with app.app_context(), _db.engine.connect() as other:
            other.execute(text("UPDATE people SET rank = 'IX' WHERE id = 4"))
            other.commit()
        return real(*args, **kwargs)

    monkeypatch.setattr(exports, "encoded", encoded)

    assert len(rows(take(sign_in("siti")))) == 1


def test_a_sheet_that_would_be_too_long_is_refused(sign_in, done, monkeypatch):
    monkeypatch.setattr("lms.hr.exports.XLSX_ROWS", 0)

    answer = take(sign_in("siti"), "xlsx", unit="3", dari="2026-11-01")

    assert answer.status_code == 422
    assert "terlalu banyak untuk XLSX" in answer.text
    assert 'value="csv" checked' in answer.text  # what would do is chosen
    assert 'value="2026-11-01"' in answer.text
    assert re.search(r'<option value="3" selected>|value="3" checked', answer.text)
    assert len(rows(take(sign_in("siti")))) == 1


def test_a_stranger_is_sent_to_sign_in(sign_in, done):
    assert take(sign_in(None)).status_code == 302


def test_placements_do_not_double_rows(app, sign_in, done):
    with app.app_context():
        _db.session.add(
            Placement(person_id=4, unit_id=2, asn_status="PPPK",
                      valid_from=date(2025, 1, 1))
        )  # fmt: skip
        _db.session.commit()

    assert len(rows(take(sign_in("siti")))) == 1
