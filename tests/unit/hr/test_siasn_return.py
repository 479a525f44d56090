"""The file that comes back from SIASN is read whole, or not at all."""

import pytest

from lms.hr import siasn_return
from lms.hr.siasn_return import Row
from tests.unit.accounts import odd_files as odd

UID = "0c7e8f0e-3d0f-4a44-9f5a-6a2d1c1f7f10"
OTHER = "1c7e8f0e-3d0f-4a44-9f5a-6a2d1c1f7f10"


@pytest.mark.parametrize(
    "data",
    [
        f"id_rekaman,rw_kursus_id\r\n{UID},RW-1\r\n".encode(),
        f"\ufeffid_rekaman;rw_kursus_id;pesan\n{UID};RW-1;\n".encode(),
        f"id_rekaman\trwKursusId\n{UID.upper()}\tRW-1\n".encode("utf-16"),
        f"pesan,RW_KURSUS_ID,id_rekaman,lain\n,RW-1,{UID},x\n\n".encode("cp1252"),
        odd.xlsx([["ID Rekaman", "rw kursus id"], [UID, "RW-1"]]),
        odd.ods([["id_rekaman", "rw_kursus_id"], [UID, "RW-1"]]),
    ],
)
def test_files_as_offices_save_them(data):
    answers = siasn_return.read(data)

    assert (answers.rows, answers.faults) == ([Row(2, UID, "RW-1", "")], [])


def test_a_title_above_the_headings_and_a_package():
    table = [["Hasil kiriman"], [], ["ID Paket", "id_rekaman", "rwKursusId", "Pesan"]]

    answers = siasn_return.read(odd.xlsx([*table, ["P-1", UID, "", "Ditolak"]]))

    assert answers.rows == [Row(4, UID, "", "Ditolak", "P-1")]
    assert answers.headings["rw_id"] == "rwKursusId"


def test_a_long_number_that_a_workbook_rounded_is_told():
    table = [["id_rekaman", "Nomor"], [UID, 1]]
    table[0][1] = "RW Kursus ID"
    table[1][1] = 1234567890123456789

    [fault] = siasn_return.read(odd.xlsx(table)).faults

    assert (fault.row, fault.uid, fault.column) == (2, UID, "RW Kursus ID")
    assert "Ubah kolomnya menjadi teks" in fault.message


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "Berkas ini kosong"),
        (b"id_rekaman,nip\n", "Tidak ada baris judul"),
        (b"id_rekaman,rw_kursus_id\n", "tidak memuat rekaman"),
        (b"PK\x03\x04zip", "rusak"),
        (b"a\0b", "NUL"),
        (b"id_rekaman,rw_kursus_id\n" + b'"' + b"x" * 200_000, "Tanda kutip"),
    ],
)
def test_files_that_cannot_be_read(data, text):
    answers = siasn_return.read(data)

    [fault] = answers.faults
    assert answers.rows == []
    assert fault.row == 0
    assert text in fault.message


def test_mistakes_are_told_by_row():
    head = "id_rekaman,rw_kursus_id,pesan\n"
    lines = [f"{UID},RW-1,", f"{UID},RW-2,", f"{OTHER},,", "x,RW 3,", "y,RW-1,"]

    faults = siasn_return.read((head + "\n".join(lines)).encode()).faults

    assert [(f.row, f.uid, f.column, f.message[:24]) for f in faults] == [
        (3, UID, "id_rekaman", "Rekaman ini sudah ada di"),
        (4, OTHER, "rw_kursus_id", "Isi nomornya bila SIASN "),
        (5, "x", "rw_kursus_id", "Ini tidak berbentuk nomo"),
        (6, "y", "rw_kursus_id", "Nomor ini sudah ada di b"),
    ]
    assert faults[3].facts == {"other": 2}


@pytest.mark.parametrize(
    "secret",
    [
        "invalid token: Bearer abc.def-ghi",
        "jwt eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
        "kunci 0123456789abcdef0123456789abcdef0123456789",
    ],
)
def test_tokens_are_not_kept(secret):
    text = siasn_return.clean(secret)

    assert siasn_return.HIDDEN in text
    for part in ("abc.def", "eyJ", "0123456789abcdef"):
        assert part not in text


def test_messages_are_cut_to_what_the_table_holds():
    assert len(siasn_return.clean("gagal " * 200)) == 300
