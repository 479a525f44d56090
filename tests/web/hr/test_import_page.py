"""HR brings people in on a page: looked at first, then all or nothing."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from lms.accounts import import_columns, moves, roles
from lms.accounts.import_tables import ImportFile, ImportFinding, ImportRun
from lms.accounts.models import Person, RoleGrant, Unit
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.jobs import worker
from tests.cast import CAST
from tests.unit.accounts.odd_files import xlsx
from tests.web.accounts.people_files import BUDI, RANI

HEAD = list(import_columns.COLUMNS)
PAGE = "/sdm/pegawai/impor"
YOHANES = {
    "nip": CAST["yohanes"].nip,
    "nama": "Yohanes Tambing",
    "status_asn": "PNS",
    "perangkat_daerah": RANI["perangkat_daerah"],
    "jabatan": RANI["jabatan"],
    "jenis_jabatan": "pelaksana",
    "instansi_kode": "6771",
}


def people_file(*rows: dict) -> bytes:
    return xlsx([HEAD, *([row.get(name, "") for name in HEAD] for row in rows)])


@pytest.fixture
def upload(sign_in):
    """upload(*rows) -> (Siti's client, address of the run's page)."""

    def send(*rows, data=b"", who="siti", agency=1, name="pegawai.xlsx"):
        client = sign_in(who)
        body = io.BytesIO(data or people_file(*rows))
        form = {"instansi": str(agency), "berkas": (body, name)}
        answer = client.post(PAGE, data=form)
        return client, answer.location, answer

    return send


def run(app) -> ImportRun:
    with app.app_context():
        return _db.session.scalars(select(ImportRun)).one()


def person(app, nip: str) -> Person | None:
    with app.app_context():
        return _db.session.scalar(select(Person).where(Person.nip == nip))


def count(app, model) -> int:
    with app.app_context():
        return _db.session.scalar(select(func.count()).select_from(model))


def test_a_file_is_shown_before_anything_happens(app, upload):
    siti, page, answer = upload(RANI, BUDI, YOHANES)

    text = siti.get(page).text
    assert answer.status_code == 303
    assert "Siap diterapkan" in text
    assert "Budi Santoso" in text
    assert run(app).counts == {"new": 1, "changed": 0, "moved": 0, "deactivated": 0,
                               "same": 2, "gone": 0, "units": 3, "jobs": 1}  # fmt: skip
    assert person(app, BUDI["nip"]) is None


def test_it_is_applied_once_however_often_it_is_sent(app, upload, monkeypatch):
    told = []
    monkeypatch.setattr(moves, "_listeners", [lambda ids, _now: told.append(len(ids))])
    siti, page, _ = upload(RANI, BUDI)

    answers = [siti.post(f"{page}/terapkan").status_code for _twice in range(2)]

    assert answers == [303, 303]
    assert person(app, BUDI["nip"]).name == "Budi Santoso"
    assert run(app).state == "applied"
    assert told == [1]
    assert count(app, ImportFile) == 0
    assert "sudah diterapkan" in siti.get(page).text


def test_who_is_gone_stays_unless_ticked(app, upload):
    siti, page, _ = upload(RANI)
    assert "Yohanes Tambing" in siti.get(page).text
    siti.post(f"{page}/terapkan")
    assert person(app, CAST["yohanes"].nip).is_active


def test_who_is_ticked_is_deactivated_and_nobody_else(app, upload):
    uid = person(app, CAST["yohanes"].nip).uid
    agus = person(app, CAST["agus"].nip).uid
    siti, page, _ = upload(RANI | {"nip_atasan": ""})

    siti.post(f"{page}/terapkan", data={"keluar": [uid, agus, "tidak-ada"]})

    assert not person(app, CAST["yohanes"].nip).is_active
    assert person(app, CAST["agus"].nip).is_active
    assert person(app, CAST["made"].nip).is_active


def test_an_administrator_cannot_be_ticked_away(app, upload):
    uid = person(app, CAST["made"].nip).uid
    siti, page, _ = upload(RANI, BUDI)

    siti.post(f"{page}/terapkan", data={"keluar": [uid]})

    assert run(app).state == "applied"
    assert person(app, CAST["made"].nip).is_active


def test_errors_keep_everything_out_and_are_named(app, upload):
    siti, page, _ = upload(BUDI, RANI | {"nip": "1.99508E+17"})

    text = siti.get(page).text
    assert "rusak oleh lembar kerja" in text
    assert "<b>A</b> nip" in text
    assert "<b>Rani Kusumawardhani</b>" in text
    assert siti.post(f"{page}/terapkan").status_code == 409
    assert person(app, BUDI["nip"]) is None


def test_refused_rows_go_out_are_mended_and_come_in_again(app, upload):
    siti, page, _ = upload(BUDI, RANI | {"nip": "1.99508E+17", "golongan": "IX"})

    book = siti.get(f"{page}/ditolak.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(book.data)).active.values)
    assert rows[0][-2:] == ("baris_asal", "kesalahan")
    assert rows[1][-2] == "3"
    assert len(rows) == 2
    assert "rusak" in rows[1][-1]
    mended = [["" if cell is None else cell for cell in row] for row in rows]
    mended[1][0] = RANI["nip"]
    body = io.BytesIO(xlsx(mended))
    siti.post(f"{page}/perbaikan", data={"berkas": (body, "baik.xlsx")})

    assert run(app).counts["new"] == 1
    assert run(app).counts["changed"] == 1
    siti.post(f"{page}/terapkan")
    assert person(app, RANI["nip"]).rank == "IX"
    assert person(app, BUDI["nip"]).rank == "III/c"


def test_columns_can_be_named_and_the_office_is_remembered(app, upload):
    head = ["Nomor Pokok", "Siapa", "Golongan ASN", "Dinas", "Bagian"]
    row = [BUDI["nip"], "Budi Santoso", "PNS", "Dinas Kesehatan", "Loket"]
    siti, page, _ = upload(data=xlsx([head, row]))
    assert "Baris judul kolom tidak ditemukan" in siti.get(page).text

    names = ["nip", "nama", "status_asn", "perangkat_daerah", "unit_kerja"]
    form = {f"k{n}": name for n, name in enumerate(names)}
    siti.post(f"{page}/kolom", data=form)

    assert run(app).state == "ready"
    _siti, second, _ = upload(data=xlsx([head, row]))
    assert "Siap diterapkan" in siti.get(second).text


def test_a_long_file_is_left_to_the_worker(app, upload, monkeypatch):
    from lms.accounts import import_runs

    monkeypatch.setattr(import_runs, "AT_ONCE_ROWS", 1)
    siti, page, _ = upload(RANI, BUDI)
    assert "akan segera diperiksa" in siti.get(page).text
    assert 'http-equiv="refresh"' in siti.get(page).text

    worker.run_once(app, with_daily=False)
    assert "Siap diterapkan" in siti.get(page).text
    siti.post(f"{page}/terapkan")
    assert "Sedang diterapkan" in siti.get(page).text
    worker.run_once(app, with_daily=False)

    assert person(app, BUDI["nip"]).name == "Budi Santoso"
    assert run(app).state == "applied"


def test_what_was_checked_at_once_is_not_checked_again(app, upload):
    siti, page, _ = upload(BUDI)
    siti.post(f"{page}/terapkan")

    worker.run_once(app, with_daily=False)

    assert run(app).state == "applied"


def test_people_who_changed_meanwhile_are_looked_at_again(app, upload):
    siti, page, _ = upload(RANI, BUDI)
    with app.app_context():
        _db.session.get(Person, CAST["rani"].id).name = "Rani K."
        _db.session.commit()

    siti.post(f"{page}/terapkan")

    assert person(app, BUDI["nip"]) is None
    assert run(app).counts["changed"] == 1
    assert "berubah sejak uji coba" in siti.get(page).text


def test_rows_of_other_agencies_are_errors(upload):
    agus = RANI | {"nip": CAST["agus"].nip, "status_asn": "PNS", "email": ""}
    siti, page, _ = upload(RANI | {"instansi_kode": "5500"}, agus, YOHANES)

    text = siti.get(page).text
    assert "milik instansi lain" in text
    assert "bukan wewenang Anda. Mintalah" in text


def test_hr_of_a_part_brings_in_only_that_part(app, upload):
    with app.app_context():
        grant = _db.session.scalars(
            select(RoleGrant).where(RoleGrant.person_id == CAST["siti"].id)
        ).one()
        grant.unit_id = 3
        _db.session.commit()

    siti, page, _ = upload(RANI, BUDI)

    assert "Unit kerja ini bukan wewenang Anda" in siti.get(page).text
    with app.app_context():
        rows = _db.session.scalars(select(ImportFinding.row_number)).all()
        assert rows == [3]
    assert run(app).counts["gone"] == 1  # Yohanes; Made and Siti are elsewhere


def test_the_address_of_an_administrator_is_no_business_of_hr(app, upload):
    made = {"nip": CAST["made"].nip, "nama": "Made Wirawan", "status_asn": "PNS",
            "perangkat_daerah": "Badan Kepegawaian dan Pengembangan SDM",
            "email": "siti.juga@contoh.go.id", "instansi_kode": "6771"}  # fmt: skip

    siti, page, _ = upload(made, RANI)

    assert "peran yang tidak Anda pegang" in siti.get(page).text


def test_an_alias_of_a_unit_finds_it_whatever_its_case_and_spaces(app, upload):
    from lms.accounts.models import UnitAlias

    with app.app_context():
        _db.session.add(UnitAlias(agency_id=1, name="dpmptsp", unit_id=3))
        _db.session.commit()

    row = RANI | {"perangkat_daerah": "D P M P T S P", "unit_kerja": "bidang  PELAYANAN"
                  " perizinan"}  # fmt: skip
    upload(row)

    assert run(app).counts["same"] == 1


def test_a_run_of_somebody_else_is_missing(app, upload, sign_in, clock):
    with app.app_context():
        agus = _db.session.get(Person, CAST["agus"].id)
        roles.grant(agus, "hr", _db.session.get(Unit, 5), today=clock.now().date(),
                    now=clock.now())  # fmt: skip
        _db.session.commit()
    _siti, page, _ = upload(RANI)

    agus = sign_in("agus")
    assert agus.get(page).status_code == 404
    assert agus.post(f"{page}/terapkan").status_code == 404
    assert "pegawai.xlsx" not in agus.get(PAGE).text
    assert sign_in("rani").get(page).status_code == 403


def test_a_file_for_an_agency_not_held_is_refused(app, upload):
    _siti, _page, answer = upload(RANI, agency=5)

    assert answer.status_code == 422
    assert count(app, ImportRun) == 0


def test_no_file_is_a_form_error(sign_in):
    answer = sign_in("siti").post(PAGE, data={"instansi": "1"})

    assert answer.status_code == 422
    assert "Pilih berkasnya" in answer.text


def multipart(data: bytes) -> dict:
    """Write the body of the form by hand: the client would leave a file open."""
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    body = part % (b"instansi", b"", b"1")
    body += part % (b"berkas", b'; filename="pegawai.csv"', data) + b"--x--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=x"}


def test_a_file_of_more_than_a_megabyte_comes_through(app, sign_in):
    rows = b"nip,nama\n" + b"1,xxxxxxxxxxxxxxxxxxx\n" * 100_000

    answer = sign_in("siti").post(PAGE, **multipart(rows))

    assert answer.status_code == 303
    assert run(app).size_bytes == len(rows)


def test_a_file_of_two_hundred_megabytes_is_refused(sign_in):
    answer = sign_in("siti").post(
        PAGE,
        data=b"--x",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "200000000"},
    )

    assert answer.status_code == 413
    assert "30 MB" in answer.text


def test_others_may_not_send_large_files_here(sign_in):
    for who in (None, "rani"):
        answer = sign_in(who).post(PAGE, **multipart(b"x" * 2_000_000))

        assert answer.status_code == 413


def test_files_are_deleted_when_discarded_and_after_seven_days(app, upload, clock):
    siti, page, _ = upload(BUDI, RANI | {"nip": "x"})
    siti.post(f"{page}/hapus")
    assert (count(app, ImportFile), run(app).state) == (0, "expired")
    assert count(app, ImportFinding) == 0

    upload(BUDI)
    clock.skip(days=8)
    worker.run_once(app)

    assert count(app, ImportFile) == 0


def test_what_happened_is_written_down_without_names(app, upload):
    siti, page, _ = upload(RANI, BUDI)
    siti.post(f"{page}/terapkan")

    with app.app_context():
        acts = {act.action: act for act in _db.session.scalars(select(AuditEntry))}
    assert {"people.import_uploaded", "people.imported"} <= set(acts)
    assert acts["people.imported"].actor_id == CAST["siti"].id


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "kosong"),
        (b"%PDF-1.4", "berkas PDF"),
        (b"\x89PNG....", "Ini gambar"),
        (b"<html><table>", "halaman web"),
    ],
)
def test_a_file_of_another_kind_is_told_so_on_the_page(upload, data, words):
    siti, page, _ = upload(data=data or b" ", name="pegawai.xlsx")

    assert words in siti.get(page).text
    assert siti.post(f"{page}/terapkan").status_code == 409


def test_an_example_to_fill_in_has_all_columns(sign_in):
    answer = sign_in("siti").get(f"{PAGE}/contoh.xlsx")

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert rows == [tuple(HEAD)]
