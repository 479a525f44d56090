"""The file that comes back from SIASN is read whole, or not at all."""

import pytest

from lms.hr import siasn_return
from lms.hr.siasn_return import Row

UID = "0c7e8f0e-3d0f-4a44-9f5a-6a2d1c1f7f10"
OTHER = "1c7e8f0e-3d0f-4a44-9f5a-6a2d1c1f7f10"


@pytest.mark.parametrize(
    "data",
    [
        f"id_rekaman,rw_kursus_id\r\n{UID},RW-1\r\n".encode(),
        f"\ufeffid_rekaman;rw_kursus_id;pesan\n{UID};RW-1;\n".encode(),
        f"id_rekaman\trwKursusId\n{UID.upper()}\tRW-1\n".encode("utf-16"),
        f"pesan,RW_KURSUS_ID,id_rekaman,lain\n,RW-1,{UID},x\n\n".encode("cp1252"),
    ],
)
def test_files_as_offices_save_them(data):
    rows, faults = siasn_return.read(data)

    assert (rows, faults) == ([Row(2, UID, "RW-1", "")], [])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "Baris pertama harus memuat"),
        (b"id_rekaman,nip\n", "Baris pertama harus memuat"),
        (b"id_rekaman,rw_kursus_id\n", "tidak memuat rekaman"),
        (b"PK\x03\x04zip", "Simpan sebagai CSV"),
        (b"a\0b", "Simpan sebagai CSV"),
        (b"id_rekaman,rw_kursus_id\n" + b'"' + b"x" * 200_000, "Simpan sebagai CSV"),
    ],
)
def test_files_that_cannot_be_read(data, text):
    rows, [fault] = siasn_return.read(data)

    assert rows == []
    assert fault.row == 0
    assert text in fault.message


def test_mistakes_are_told_by_row():
    head = "id_rekaman,rw_kursus_id,pesan\n"
    lines = [f"{UID},RW-1,", f"{UID},RW-2,", f"{OTHER},,", "x,RW 3,", "y,RW-1,"]
    _rows, faults = siasn_return.read((head + "\n".join(lines)).encode())

    assert [(f.row, f.message.split(",")[0][:24]) for f in faults] == [
        (3, "id_rekaman ini sudah ada"),
        (4, "Isi rw_kursus_id"),
        (5, "rw_kursus_id tidak berbe"),
        (6, "rw_kursus_id ini sudah a"),
    ]


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
