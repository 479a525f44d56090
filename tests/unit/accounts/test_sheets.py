"""Whatever file is handed over: its rows, or what it is instead."""

from datetime import date
from pathlib import Path

import pytest

from lms.accounts import import_file, sheets
from tests.web.accounts import messy

from . import odd_files as odd

ROWS = [["nip", "nama"], ["199508252022212902", "Rani"]]


@pytest.mark.parametrize(
    "data",
    [
        odd.xlsx(ROWS),
        odd.ods(ROWS),
        b"nip,nama\n199508252022212902,Rani\n",
        b"\xef\xbb\xbfnip;nama\r\n199508252022212902;Rani\r\n",
        "nip\tnama\n199508252022212902\tRani".encode("utf-16"),
    ],
)
def test_every_usual_kind_of_file_gives_the_same_rows(data):
    (sheet,) = sheets.read(data)

    assert sheet.rows == ROWS


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", sheets.Empty),
        (b" \r\n\r\n", sheets.Empty),
        (b"%PDF-1.7 ...", sheets.IsPdf),
        (odd.archive({"word/document.xml": "<x/>"}), sheets.IsDocument),
        (odd.ole("WordDocument"), sheets.IsDocument),
        (b"{\\rtf1 ...", sheets.IsDocument),
        (b"\x89PNG\r\n\x1a\n", sheets.IsPicture),
        (b"\xff\xd8\xff\xe0 JFIF", sheets.IsPicture),
        (b"RIFF\0\0\0\0WEBPVP8 ", sheets.IsPicture),
        (b"<html><table><tr><td>NIP</td></tr></table>", sheets.IsPage),
        (odd.archive({"pegawai.xlsx": b"PK"}), sheets.IsArchive),
        (odd.ole("EncryptionInfo", "EncryptedPackage"), sheets.Locked),
        (odd.ods(ROWS, encrypted=True), sheets.Locked),
        (odd.ole("Workbook"), sheets.Broken),
        (b"PK\x03\x04 cut off", sheets.Broken),
        (odd.archive({"xl/workbook.xml": "<x/>"}), sheets.Broken),
        (odd.xlsx([["k"] * 300]), sheets.TooManyColumns),
        (("k," * 300).encode(), sheets.TooManyColumns),
        ("nip,nama\n1,Jos\x81".encode("latin-1"), sheets.BadLetters),
        (b"nip,nama\n1,a\0b", sheets.NotText),
        (b'nip,nama\n"1,2', sheets.BadQuotes),
    ],
)
def test_each_wrong_file_is_told_what_it_is(data, refusal):
    with pytest.raises(sheets.Unreadable) as refused:
        sheets.read(data)

    assert type(refused.value) is refusal


def test_no_two_refusals_say_the_same():
    kinds = sheets.Unreadable.__subclasses__()

    assert len({kind.message for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("admits", [True, False])
def test_a_bomb_is_not_unpacked(admits, monkeypatch):
    monkeypatch.setattr(sheets, "UNPACKED", 30_000_000)
    data = odd.bomb(megabytes=40, admits=admits)

    assert len(data) < 100_000
    with pytest.raises(sheets.Bomb):
        sheets.read(data)


def test_a_sheet_as_wide_as_the_world_ends_only_its_reader():
    rows = [["nip"]] + [[]] * 199_999 + [[""] * 16_000 + ["z"]]

    with pytest.raises(sheets.TooHeavy):
        sheets.read(odd.xlsx(rows))


def test_numbers_dates_and_merged_cells_are_marked():
    rows = [["nip", "lahir"], [199508252022212902, date(1995, 8, 25)], [5, True], ["x"]]

    (sheet,) = sheets.read(odd.xlsx(rows, merged=["A4:B4"]))

    assert sheet.rows[1][1:] == ["1995-08-25"]
    assert sheet.rows[2] == ["5", "ya"]
    assert sheet.marks == {
        (2, 0): "number", (2, 1): "date",
        (4, 0): "merged", (4, 1): "merged",
    }  # fmt: skip


def test_a_separator_is_told_by_the_rows_not_by_titles_and_names():
    text = "Daftar, per November, 2026\nnip;nama\n1;Dr. Rani, M.Si.\n2;Budi, S.E."

    (sheet,) = sheets.read(text.encode())

    assert sheet.rows[2] == ["1", "Dr. Rani, M.Si."]


def test_letters_of_old_windows_are_read():
    (sheet,) = sheets.read("nip;nama\n1;Renée’s".encode("cp1252"))

    assert sheet.rows[1][1] == "Renée’s"


# Made once by LibreOffice 7.4 from invented people: messy.build(24, 1), and a sheet of
# four rows whose third has two cells merged.
FILES = Path(__file__).with_name("files")


def test_a_workbook_of_old_office_gives_the_rows_it_was_made_from():
    (sheet,) = sheets.read((FILES / "pegawai.xls").read_bytes())
    (same,) = sheets.read(messy.build(24, 1).workbook())

    assert sheet.rows == same.rows
    assert sheet.marks == same.marks


def test_the_same_is_wrong_in_a_workbook_of_old_office():
    old = (FILES / "pegawai.xls").read_bytes()
    new = messy.build(24, 1).workbook()

    tables = [import_file.read(data, date(2026, 11, 22)) for data in (old, new)]

    assert tables[0].findings == tables[1].findings
    assert len({f.row for f in tables[0].findings if f.is_error}) >= 20


def test_merged_cells_of_an_open_document_are_marked():
    (sheet,) = sheets.read((FILES / "gabung.ods").read_bytes())

    assert sheet.rows[0] == ["NIP", "Nama", "Jabatan"]
    assert {at for at, kind in sheet.marks.items() if kind == "merged"} == {
        (3, 0), (3, 1),
    }  # fmt: skip
