"""Write rows as XLSX: text stays text, days are days, a sheet says what it is."""

import hashlib
from collections.abc import Iterable
from typing import Any, BinaryIO

from . import delimited
from .delimited import Written
from .tables import Shape

# No text of ours is a formula, a link or a number, whatever it looks like.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(
    rows: Iterable[tuple[Any, ...]],
    shape: Shape,
    about: list[tuple[str, str]],
    file: BinaryIO,
) -> Written:
    """Write a sheet of the rows, and "Baca Saya".

    about    lines (label, text) of "Baca Saya"; rows and fingerprint are added
    returns  the SHA-256 of the same rows as standard CSV: an XLSX never repeats
             its bytes
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(file, OPTIONS)
    written = _data(book, rows, shape)
    _about(book, [
        *about,
        ("Jumlah baris", str(written.count)),
        ("SHA-256 data (sebagai CSV standar)", written.sha),
    ])  # fmt: skip
    book.close()
    return written


def _data(book, rows: Iterable[tuple[Any, ...]], shape: Shape) -> Written:
    sheet = book.add_worksheet(shape.name)
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    for place, column in enumerate(shape.columns):
        name = column.name
        sheet.set_column(place, place, column.width or max(12, len(name) + 3))
        sheet.write_string(0, place, name, head)
    sheet.freeze_panes(1, 2)

    sha, count = hashlib.sha256(), 0
    seen = _seen(rows, sheet, [column.kind for column in shape.columns], formats)
    for chunk, size in delimited.encoded(seen, shape, delimited.STANDARD):
        sha.update(chunk)
        count += size
    sheet.autofilter(0, 0, count, len(shape.columns) - 1)
    return Written(count, sha.hexdigest())


def _seen(rows, sheet, kinds: list[str], formats):
    """Write each row to the sheet on its way."""
    text, day = formats["text"], formats["date"]
    string, number, date = sheet.write_string, sheet.write_number, sheet.write_datetime
    for at, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            kind = kinds[place]
            if kind == "text":
                string(at, place, value, text)
            elif kind == "number":
                number(at, place, value)
            elif kind == "date":
                date(at, place, value, day)
            else:
                number(at, place, value / 100)
        yield row


def _about(book, lines: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("Baca Saya")
    bold = book.add_format({"bold": True})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 80)
    for number, (label, value) in enumerate(lines):
        sheet.write_string(number, 0, label, bold)
        sheet.write_string(number, 1, value, text)
