"""Write rows as XLSX: text stays text, days are days, a sheet says what it is."""

import hashlib
from collections.abc import Iterable
from typing import Any, BinaryIO

from . import delimited
from .delimited import Written
from .history import COLUMNS, DATES, NUMBERS, SCORE

WIDTHS = {"id_rekaman": 38, "nip": 21, "nama": 28, "nama_kursus": 40,
          "perangkat_daerah": 36, "unit_kerja": 36, "jabatan": 34, "penyelenggara": 36,
          "nomor_sertifikat": 36, "tautan_verifikasi": 46}  # fmt: skip
# No text of ours is a formula, a link or a number, whatever it looks like.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(
    rows: Iterable[tuple[Any, ...]], about: list[tuple[str, str]], file: BinaryIO
) -> Written:
    """Write the sheets "riwayat_kursus" and "Baca Saya".

    about    lines (label, text) of "Baca Saya"; rows and fingerprint are added
    returns  the SHA-256 of the same rows as standard CSV: an XLSX never repeats
             its bytes
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(file, OPTIONS)
    written = _data(book, rows)
    _about(book, [
        *about,
        ("Jumlah baris", str(written.count)),
        ("SHA-256 data (sebagai CSV standar)", written.sha),
    ])  # fmt: skip
    book.close()
    return written


def _data(book, rows: Iterable[tuple[Any, ...]]) -> Written:
    sheet = book.add_worksheet("riwayat_kursus")
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDTHS.get(name, max(12, len(name) + 3)))
        sheet.write_string(0, column, name, head)
    sheet.freeze_panes(1, 2)

    sha, count = hashlib.sha256(), 0
    rows = _seen(rows, sheet, text, day)
    for chunk, size in delimited.encoded(rows, delimited.STANDARD):
        sha.update(chunk)
        count += size
    sheet.autofilter(0, 0, count, len(COLUMNS) - 1)
    return Written(count, sha.hexdigest())


def _seen(rows, sheet, text, day):
    """Write each row to the sheet on its way."""
    for number, row in enumerate(rows, start=1):
        _row(sheet, number, row, text, day)
        yield row


def _row(sheet, number: int, row: tuple[Any, ...], text, day) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if column in _DATES:
            sheet.write_datetime(number, column, value, day)
        elif column == SCORE:
            sheet.write_number(number, column, value / 100)
        elif column in _NUMBERS:
            sheet.write_number(number, column, value)
        else:
            sheet.write_string(number, column, value, text)


_DATES, _NUMBERS = frozenset(DATES), frozenset(NUMBERS)


def _about(book, lines: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("Baca Saya")
    bold = book.add_format({"bold": True})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 80)
    for number, (label, value) in enumerate(lines):
        sheet.write_string(number, 0, label, bold)
        sheet.write_string(number, 1, value, text)
