"""What an import would do is named before it is done, and done only as it was named."""

import io

import openpyxl
from sqlalchemy import select

from lms.accounts import import_known, import_runs
from lms.accounts.import_tables import ImportFinding
from lms.accounts.models import Job, Person
from lms.db import db as _db
from tests.cast import CAST
from tests.unit.accounts.odd_files import xlsx
from tests.web.accounts.people_files import BUDI, RANI

from .test_import_page import HEAD, YOHANES, person, run, upload

__all__ = ("upload",)
WRONG = RANI | {"nip": "199508252022132902"}
ROW = [BUDI["nip"], "Budi Santoso", "PNS", "Dinas Kesehatan", "Loket"]


def findings(app) -> list[ImportFinding]:
    with app.app_context():
        return list(
            _db.session.scalars(select(ImportFinding).order_by(ImportFinding.id))
        )


def mend(siti, page, rows, name="perbaikan.xlsx", head=HEAD):
    lines = [head, *([row.get(name, "") for name in head] for row in rows)]
    return siti.post(
        f"{page}/perbaikan", data={"berkas": (io.BytesIO(xlsx(lines)), name)}
    )


def test_new_units_are_named_with_the_path_above_them(upload):
    siti, page, _ = upload(BUDI)

    text = siti.get(page).text

    assert 'data-l="Di bawah">Dinas Kesehatan &gt; Bidang Pelayanan<' in text
    assert "langsung di bawah instansi" in text


def test_new_jobs_are_named_and_those_without_family_point_to_where_it_is_set(upload):
    siti, page, _ = upload(BUDI)

    text = siti.get(page).text

    assert "Arsiparis</th>" in text
    assert "Tanpa rumpun" in text
    assert "/sdm/organisasi/jabatan?tanpa=family" in text


def test_a_new_job_takes_the_family_of_its_title(app, upload):
    siti, page, _ = upload(BUDI | {"jabatan": RANI["jabatan"], "jenjang": "MU"})

    siti.post(f"{page}/terapkan")

    with app.app_context():
        made = _db.session.scalars(select(Job).where(Job.level == "MU")).one()
        assert made.family == "keuangan"


def test_old_and_new_stand_beside_each_other(upload):
    moved = RANI | {"unit_kerja": "", "golongan": "IX", "nip_atasan": ""}
    siti, page, _ = upload(moved)

    text = siti.get(f"{page}/perubahan?jenis=pindah").text

    assert '<dt>Golongan</dt><dd><span class="muted">kosong</span>' in text
    assert "Bidang Pelayanan Perizinan <span" in text
    assert "Yohanes Tambing <span" in text


def test_all_changes_are_there_page_by_page(sign_in, upload):
    many = [
        BUDI
        | {
            "nip": f"19900101201503{1 + n % 2}9{n:02}",
            "email": "",
            "nama": f"Orang {n}",
        }
        for n in range(60)
    ]
    siti, page, _ = upload(*many)

    assert "Lihat semua (60)" in siti.get(page).text
    assert "Orang 59" in siti.get(f"{page}/perubahan?jenis=baru&hal=2").text
    assert sign_in("rani").get(f"{page}/perubahan").status_code == 403


def test_a_finding_is_told_in_the_words_of_the_file(app, upload):
    head = ["NIP Baru", "Nama Lengkap", *HEAD[2:]]
    rows = [["DAFTAR PEGAWAI"], [], head, [WRONG.get(n, "") for n in HEAD]]

    siti, page, _ = upload(data=xlsx(rows))

    (found,) = findings(app)
    assert (found.shown_row, found.letter, found.heading) == (4, "A", "NIP Baru")
    assert (found.person_name, found.sheet_name) == (RANI["nama"], "Pegawai")
    text = siti.get(page).text
    assert "digit 13-14 (13) seharusnya bulan pengangkatan, 01 sampai 12" in text
    assert "pegawai.xlsx, lembar “Pegawai”" in text


def test_after_mending_a_finding_names_the_row_of_the_mended_file(app, upload):
    siti, page, _ = upload(BUDI, YOHANES, WRONG)

    mend(siti, page, [WRONG])

    (found,) = findings(app)
    assert (found.shown_row, found.file_name) == (2, "perbaikan.xlsx")
    book = siti.get(f"{page}/ditolak.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(book.data)).active.values)
    assert rows[1][-2] == "2 (perbaikan.xlsx)"
    mend(siti, page, [RANI], name="lagi.xlsx")
    assert run(app).state == "ready"


def test_a_row_twice_in_two_files_is_told_by_the_file(app, upload):
    siti, page, _ = upload(BUDI, WRONG)

    mend(siti, page, [RANI, BUDI])

    found, _email = findings(app)
    assert (found.shown_row, found.file_name) == (3, "perbaikan.xlsx")
    assert found.facts == {"first": 2}


def test_a_mended_file_without_the_columns_drops_nobody(app, upload):
    siti, page, _ = upload(BUDI, WRONG)

    answer = mend(siti, page, [{"warna": "biru"}], head=["warna", "rasa"])

    assert answer.status_code == 422
    assert "kolom nip, nama" in answer.text
    assert run(app).state == "refused"


def test_a_mended_file_without_rows_drops_nobody(app, upload):
    siti, page, _ = upload(BUDI, WRONG)

    answer = mend(siti, page, [])

    assert answer.status_code == 422
    assert "tidak berisi satu baris pegawai" in answer.text
    assert run(app).state == "refused"


def test_a_missing_column_is_said_and_can_be_chosen_on_the_page(app, upload):
    head = ["Nomor Pokok", "nama", "status_asn", "perangkat_daerah", "unit_kerja"]
    siti, page, _ = upload(data=xlsx([head, ROW]))

    text = siti.get(page).text
    assert "Kolom NIP tidak ditemukan" in text
    assert "A “Nomor Pokok”" in text
    assert 'href="#kolom"' in text
    assert "Perbaiki baris yang ditolak" not in text

    siti.post(f"{page}/kolom", data={"k0": "nip"})
    assert run(app).state == "ready"


def test_who_is_in_a_refused_row_is_not_gone(app, upload):
    upload(BUDI, RANI | {"status_asn": "HONORER"}, YOHANES | {"nip": "1,97711E+17"})

    assert run(app).counts["gone"] == 0


def test_a_file_that_changes_nothing_has_nothing_to_apply(app, upload):
    siti, page, _ = upload(RANI, YOHANES)

    text = siti.get(page).text
    assert "Tidak ada yang perlu diterapkan" in text
    assert "Siap diterapkan" not in text
    assert f"{page}/terapkan" not in text
    assert siti.post(f"{page}/terapkan").status_code == 409
    assert run(app).state == "ready"


def test_where_only_people_are_missing_they_can_still_be_ticked(app, upload):
    siti, page, _ = upload(RANI)
    assert "Nonaktifkan yang dicentang" in siti.get(page).text
    uid = person(app, CAST["yohanes"].nip).uid

    siti.post(f"{page}/terapkan", data={"keluar": [uid]})

    assert run(app).state == "applied"
    assert not person(app, CAST["yohanes"].nip).is_active


def test_a_column_that_means_something_else_by_now_is_looked_at_again(app, upload):
    head = [*HEAD[:8], "Pangkat Lama", *HEAD[9:]]
    rows = [[row.get(name, "") for name in HEAD] for row in (BUDI, RANI)]
    siti, page, _ = upload(data=xlsx([head, *rows]))
    before = run(app).counts
    with app.app_context():
        import_runs.save_columns(1, {"Pangkat Lama": "golongan"})
        _db.session.commit()

    siti.post(f"{page}/terapkan")

    assert run(app).counts == before
    assert person(app, BUDI["nip"]) is None
    assert "arti kolom berubah" in siti.get(page).text
    siti.post(f"{page}/terapkan")
    assert person(app, BUDI["nip"]).rank == "III/c"


def test_a_person_changed_in_between_is_looked_at_again(app, upload):
    siti, page, _ = upload(RANI | {"golongan": "IX"})
    before = run(app).counts
    with app.app_context():
        _db.session.get(Person, CAST["rani"].id).rank = "X"
        _db.session.commit()

    siti.post(f"{page}/terapkan")

    assert run(app).counts == before
    assert person(app, RANI["nip"]).rank == "X"
    assert "hasil pemeriksaan yang baru" in siti.get(page).text


def test_somebody_changed_while_it_is_written_is_seen_as_well(app, upload, monkeypatch):
    siti, page, _ = upload(RANI | {"golongan": "IX"})
    real, asked = import_known.fingerprint, []

    def with_a_neighbour():
        asked.append(1)
        if len(asked) == 1:
            stamp = real()
            return (*stamp[:-1], -1)  # as if somebody had saved right after it
        return real()

    monkeypatch.setattr(import_known, "fingerprint", with_a_neighbour)

    siti.post(f"{page}/terapkan")

    assert run(app).state == "applied"
    assert len(asked) >= 2
    assert person(app, RANI["nip"]).rank == "IX"
