"""Reading a people file: what is taken, and what is said about the rest."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.accounts import import_file

TODAY = date(2026, 11, 22)
HEADING = "nip,nama,status_asn,perangkat_daerah,unit_kerja,jabatan,jenis_jabatan,email"
GOOD = (
    "199508252022212902,Rani Kusumawardhani,PPPK,DPMPTSP,Bidang Perizinan,"
    "Pengolah Data,pelaksana,rani@contoh.go.id"
)


def read(*lines: str, heading: str = HEADING) -> import_file.Table:
    return import_file.read("\n".join((heading, *lines)).encode(), TODAY)


def errors(table: import_file.Table) -> list[tuple[int, str]]:
    return [(f.row, f.column) for f in table.findings if f.is_error]


def test_a_clean_row_is_read():
    table = read(GOOD)

    assert table.findings == []
    (row,) = table.rows
    assert (row.number, row.nip, row.status) == (2, "199508252022212902", "PPPK")
    assert row.unit == ("DPMPTSP", "Bidang Perizinan")
    assert row.job == ("Pengolah Data", "pelaksana", "")
    assert row.is_active


@pytest.mark.parametrize(
    "data",
    [
        f"{HEADING}\n{GOOD}\n".encode(),
        f"{HEADING}\r\n{GOOD}\r\n".encode(),
        f"{HEADING}\n{GOOD}".encode("utf-8-sig"),
        f"{HEADING}\n{GOOD}".encode("utf-16"),
        f"{HEADING}\n{GOOD}".encode("utf-16-le"),
        f"{HEADING}\n{GOOD}".encode("utf-16-be"),
        f"{HEADING}\n{GOOD}".replace(",", "\t").encode(),
        f"sep=,\n{HEADING}\n{GOOD}".encode(),
        f"Daftar pegawai\n\nper 1 November 2026\n{HEADING}\n{GOOD}".encode(),
        f"{HEADING}\n{GOOD}".replace(",", ";").encode(),
        f"{HEADING}\n\n,,,,,,,\n{GOOD}\n\n".encode(),
        f"{HEADING.upper()}\n{GOOD}\n".encode(),
        f"{HEADING.replace('_', ' ')}\n{GOOD}\n".encode(),
        f'{HEADING}\n"{GOOD.replace(",", chr(34) + "," + chr(34))}"\n'.encode(),
        f"nipBaru,nama,status_asn,perangkat_daerah,unorNama,jabatanNama,jenisJabatanId,"
        f"email\n{GOOD.replace('pelaksana', '4')}\n".encode(),
    ],
)
def test_the_usual_shapes_of_a_csv_are_understood(data):
    table = import_file.read(data, TODAY)

    assert table.findings == []
    assert [row.job[1] for row in table.rows] == ["pelaksana"]


@pytest.mark.parametrize(
    ("data", "row"),
    [
        (b"PK\x03\x04 an xlsx file", 1),
        (f"{HEADING}\nJos\xe9".encode("latin-1"), 2),
        (f"{HEADING}\na\0b".encode(), 2),
        (b"", 1),
        (HEADING.encode(), 1),
        (f'{HEADING}\n"never closed'.encode(), 2),
        (f'{HEADING}\n"a"b,c'.encode(), 2),
        (f"{HEADING}\n{'x' * 200_000}".encode(), 2),
    ],
)
def test_what_is_no_clean_csv_is_refused_as_a_whole(data, row):
    table = import_file.read(data, TODAY)

    assert table.rows == []
    assert row in {number for number, _ in errors(table)}


@pytest.mark.parametrize("name", import_file.REQUIRED)
def test_a_missing_column_is_named(name):
    table = read(GOOD, heading=HEADING.replace(name, "lain"))

    assert (1, name) in errors(table)
    assert table.rows == []


def test_a_column_twice_is_refused():
    assert (1, "nama") in errors(read(heading=HEADING + ",nama"))


def test_an_unknown_column_is_ignored_and_said_so():
    table = read(GOOD + ",admin", heading=HEADING + ",peran")

    assert errors(table) == []
    assert [(f.row, f.column) for f in table.findings] == [(1, "peran")]
    assert len(table.rows) == 1


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("199508252022212902", "", "nip"),
        ("199508252022212902", "1.99508E+17", "nip"),
        ("199508252022212902", "199508252022212000", "nip"),
        ("199508252022212902", "1995082520222129", "nip"),
        ("Rani Kusumawardhani", "", "nama"),
        ("Rani Kusumawardhani", "-", "nama"),
        ("Rani Kusumawardhani", "=HYPERLINK(1)", "nama"),
        ("Rani Kusumawardhani", "@SUM(1)", "nama"),
        ("Rani Kusumawardhani", "Ra\u202eni", "nama"),
        ("Rani Kusumawardhani", "Ra\u200bni", "nama"),
        ("Rani Kusumawardhani", '"Ra\nni"', "nama"),
        ("Rani Kusumawardhani", "R" * 161, "nama"),
        ("PPPK", "HONORER", "status_asn"),
        ("PPPK", "", "status_asn"),
        ("DPMPTSP", "", "perangkat_daerah"),
        ("DPMPTSP", "D" * 256, "perangkat_daerah"),
        ("Bidang Perizinan", " > ".join("abcdefghi"), "unit_kerja"),
        ("pelaksana", "", "jenis_jabatan"),
        ("pelaksana", "9", "jenis_jabatan"),
        ("rani@contoh.go.id", "rani", "email"),
        ("rani@contoh.go.id", "rani@contoh", "email"),
        ("rani@contoh.go.id", "a@b.id x@y.id", "email"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(old, new, column):
    other = GOOD.replace("902,", "903,").replace("rani@", "lain@")

    table = read(other, GOOD.replace(old, new))

    assert errors(table) == [(3, column)]
    assert [row.number for row in table.rows] == [2]


def test_every_wrong_cell_of_a_row_is_named_at_once():
    table = read("x,,y,,,z,,w")

    assert {column for _, column in errors(table)} == {
        "nip",
        "nama",
        "status_asn",
        "perangkat_daerah",
        "jenis_jabatan",
        "email",
    }


@pytest.mark.parametrize("line", [GOOD + ",more", GOOD.rpartition(",")[0], "a"])
def test_a_row_of_another_width_is_refused(line):
    assert errors(read(line)) == [(2, "")]


def test_the_second_row_with_the_same_nip_or_email_is_refused():
    table = read(GOOD, GOOD.replace("rani@", "lain@"), GOOD.replace("902,", "903,"))

    assert errors(table) == [(3, "nip"), (4, "email")]
    assert "baris 2" in table.findings[0].text


def test_a_doubtful_nip_warns_and_is_taken():
    table = read(GOOD.replace("PPPK", "PNS"))

    assert errors(table) == []
    assert [f.column for f in table.findings] == ["nip"]
    assert len(table.rows) == 1


def test_someone_without_nip_is_known_by_email():
    line = ",Budi Hartanto,NON_ASN,DPMPTSP,,,,{}"

    assert errors(read(line.format("budi@contoh.go.id"))) == []
    assert errors(read(line.format(""))) == [(2, "email")]


def test_the_office_named_again_as_unit_is_the_office():
    table = read(GOOD.replace("Bidang Perizinan", "dpmptsp"))

    assert table.rows[0].unit == ("DPMPTSP",)


def test_units_below_each_other_are_a_path():
    table = read(GOOD.replace("Bidang Perizinan", "Bidang Perizinan > Seksi Loket"))

    assert table.rows[0].unit == ("DPMPTSP", "Bidang Perizinan", "Seksi Loket")


@pytest.mark.parametrize(
    ("word", "is_active"),
    [("ya", True), ("", True), ("1", True), ("Tidak", False), ("0", False)],
)
def test_active_is_said_in_words_or_numbers(word, is_active):
    table = read(f"{GOOD},{word}", heading=HEADING + ",aktif")

    assert [row.is_active for row in table.rows] == [is_active]


def test_neither_yes_nor_no_is_refused():
    assert errors(read(f"{GOOD},mungkin", heading=HEADING + ",aktif")) == [(2, "aktif")]


def test_nobody_is_their_own_superior():
    table = read(f"{GOOD},19950825 202221 2 902", heading=HEADING + ",nip_atasan")

    assert errors(table) == [(2, "nip_atasan")]


@settings(deadline=None)  # what looks like a workbook is opened by another process
@given(st.binary(max_size=300))
def test_whatever_the_bytes_something_is_said(data):
    table = import_file.read(data, TODAY)

    assert table.has_errors


@given(st.lists(st.text(max_size=30), min_size=8, max_size=8))
def test_whatever_the_cells_they_are_taken_or_named(cells):
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)

    table = import_file.read(f"{HEADING}\n{quoted}".encode("utf-8", "replace"), TODAY)

    assert table.rows or table.findings
    assert all(f.text for f in table.findings)
