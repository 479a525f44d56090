"""Where the heading is and what its names mean; cells that a spreadsheet damaged."""

from datetime import date

import pytest

from lms.accounts import import_columns, import_file, import_values

from . import odd_files as odd

TODAY = date(2026, 11, 22)
HEAD = ["NIP", "Nama", "Status ASN", "Perangkat Daerah", "Unit Kerja", "Tanggal Lahir"]
GOOD = ["199508252022212902", "Rani", "PPPK", "DPMPTSP", "Bidang A", "25/08/1995"]


def read(rows, own=None, **more) -> import_file.Table:
    return import_file.read(odd.xlsx(rows, **more), TODAY, own)


def errors(table) -> list[tuple[int, str, str]]:
    return [(f.row, f.column, f.text) for f in table.findings if f.is_error]


def said(*rows, **more) -> list[str]:
    return [text for _row, _column, text in errors(read(rows, **more))]


def test_the_heading_is_found_under_titles_and_above_numbers():
    titles = [["DAFTAR PEGAWAI"], [], ["per November 2026"]]
    numbers = [f"({n})" for n in range(1, 7)]

    table = read([*titles, HEAD, numbers, GOOD])

    assert errors(table) == []
    assert [(row.number, row.name) for row in table.rows] == [(6, "Rani")]
    assert table.heading.letter("unit_kerja") == "E"


def test_what_siasn_calls_its_columns_is_understood():
    head = ["id", "nipBaru", "nama", "gelarDepan", "statusPegawai", "unorIndukNama",
            "unorNama", "unorId", "jabatanNama", "jenisJabatanId", "golRuangAkhir",
            "email", "emailGov", "instansiKerjaKodeCepat"]  # fmt: skip
    row = ["A5EB", GOOD[0], "Rani", "Dr.", "PPPK", "DPMPTSP", "Bidang A", "U1",
           "Arsiparis", "2", "IX", "rani@contoh.go.id",
           "r@contoh.go.id", 6771]  # fmt: skip

    table = read([head, row])

    assert errors(table) == []
    (found,) = table.rows
    assert (found.siasn_id, found.unor_id, found.agency_code) == ("A5EB", "U1", "6771")
    assert found.job == ("Arsiparis", "fungsional", "")
    assert found.email == "rani@contoh.go.id"
    assert [f.column for f in table.findings] == ["emailGov"]


def test_an_office_names_its_columns_its_own_way():
    head = ["Nomor", "Nama Lengkap & Gelar", "Jenis", "Dinas", "Bidang/Seksi", "NIP"]
    own = {"nomor": "nip", "namalengkapgelar": "nama", "jenis": "status_asn",
           "dinas": "perangkat_daerah", "bidangseksi": "unit_kerja",
           "nip": ""}  # fmt: skip

    assert errors(read([head, [*GOOD[:5], "x"]], own)) == []
    assert errors(read([head, GOOD])) != []


def test_two_headings_are_refused_by_their_rows():
    under = ["nip", "nama", "status_asn", "perangkat_daerah", "unit_kerja", ""]

    (text,) = said(["x"], HEAD, under, GOOD)

    assert text == "Ada dua baris judul (baris 2 dan 3). Sisakan satu baris judul."


def test_a_merged_heading_is_refused():
    (text,) = said(HEAD, GOOD, merged=["A1:B1"])

    assert "baris 1 digabung" in text


def test_no_heading_at_all_is_said_and_the_fullest_row_offered():
    table = read([["satu"], ["a", "b", "c"], ["d", "e", "f"]])

    assert [text for *_, text in errors(table)] == [import_columns.NOT_FOUND]
    assert table.heading.texts == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("place", "value", "column", "words"),
    [
        (0, "1.99008E+17", "nip", "rusak oleh lembar kerja"),
        (0, 199508252022212902, "nip", "disimpan sebagai angka"),
        (0, "1995082520222129", "nip", "16 digit: ini NIK"),
        (0, "199508252022212000", "nip", "tidak boleh 000"),
        (0, "199508252022200000", "nip", "berakhir dengan 5 angka nol"),
        (1, date(2026, 3, 2), "nama", "berubah menjadi tanggal"),
        (5, "11/22/2026", "tanggal_lahir", "bulan dahulu"),
        (5, "kemarin", "tanggal_lahir", "Ini bukan tanggal"),
    ],
)
def test_each_damage_has_its_own_sentence(place, value, column, words):
    row = [*GOOD[:place], value, *GOOD[place + 1 :]]

    ((number, where, text),) = errors(read([HEAD, row]))

    assert (number, where) == (2, column)
    assert words in text


def test_a_merged_cell_among_the_data_is_named():
    other = ["199508252022212903", *GOOD[1:]]

    found = errors(read([HEAD, GOOD, other], merged=["A2:A3"]))

    assert {(row, column) for row, column, _ in found} == {(2, "nip"), (3, "nip")}
    assert all("digabung" in text for *_, text in found)


@pytest.mark.parametrize(
    "text", ["25/08/1995", "25-8-1995", "25.08.1995", "1995-08-25", "25 Agustus 1995",
             "25 agt 1995", "34936", "1995-08-25T00:00:00"]
)  # fmt: skip
def test_days_are_read_as_people_write_them(text):
    assert import_values.day(text) == date(1995, 8, 25)


def test_a_day_of_birth_that_differs_from_the_number_is_a_doubt():
    table = read([HEAD, [*GOOD[:5], "26/08/1995"]])

    assert [f.is_error for f in table.findings] == [False]
    assert len(table.rows) == 1


@pytest.mark.parametrize(
    "text", ["'199508252022212902", '="199508252022212902"', "19950825 202221 2 902"]
)
def test_ways_to_keep_a_number_whole_are_taken_off(text):
    table = read([HEAD, [text, *GOOD[1:]]])

    assert [row.nip for row in table.rows] == [GOOD[0]]


@pytest.mark.parametrize(
    ("kind", "number", "email", "column"),
    [
        ("NRP", "87010234", "", None),
        ("NRP", "87-1", "", "nip"),
        ("NIK", "", "a@contoh.go.id", "jenis_identitas"),
        ("LAIN", "", "a@contoh.go.id", None),
        ("LAIN", "", "", "email"),
        ("KTP", "199508252022212902", "", "jenis_identitas"),
    ],
)
def test_other_numbers_than_a_nip_have_their_own_rules(kind, number, email, column):
    head, row = [*HEAD[:5], "jenis_identitas", "email"], [number, *GOOD[1:5]]

    found = errors(read([head, [*row, kind, email]]))

    assert column in [c for _r, c, _t in found] if column else found == []
