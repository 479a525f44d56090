"""The rows that were refused: out as a file to mend, and back among the others."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from . import import_columns, import_file
from .import_columns import WRONG
from .import_rows import Finding, Table

# No text of ours is a formula, a link or a number, whatever it looks like.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(table: Table, findings: Iterable[Finding]) -> bytes:
    """Return an XLSX with the columns of the file and one that says what is wrong."""
    said: dict[int, list[str]] = defaultdict(list)
    for f in findings:
        if f.is_error:
            said[f.row].append(f"{f.column}: {f.text}" if f.column else f.text)
    places = _places(table)
    heading = [table.heading.texts[place] for place in places]
    rows = (
        [*(_cell(table, number, place) for place in places), " ".join(said[number])]
        for number in sorted(said)
        if number > table.heading.number
    )
    return workbook([*heading, WRONG], rows)


def _places(table: Table) -> list[int]:
    texts = table.heading.texts
    return [n for n, text in enumerate(texts) if import_columns.key(text) != WRONG]


def _cell(table: Table, number: int, place: int) -> str:
    cells = table.sheet.rows[number - 1]
    return cells[place] if place < len(cells) else ""


def workbook(heading: list[str], rows: Iterable[list[str]]) -> bytes:
    """Write one sheet of texts: a NIP stays what it is."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet("pegawai")
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        sheet.set_column(0, max(len(heading) - 1, 0), 22, text)
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate([heading, *rows]):
            for place, value in enumerate(cells):
                if value:
                    sheet.write_string(number, place, value, text if number else head)
    return out.getvalue()


def merge(
    source: bytes, mended: bytes, wrong: Iterable[int], today: date, own: dict[str, str]
) -> bytes:
    """Return the file with its refused rows exchanged for the mended ones, as CSV.

    wrong   numbers of the rows that were refused
    raises  Unreadable  of the mended file
    """
    whole = import_file.read(source, today, own)
    again = import_file.read(mended, today, own)
    places = _places(whole)
    texts = [whole.heading.texts[place] for place in places]
    where = {import_columns.key(t): n for n, t in enumerate(again.heading.texts)}
    left_out = set(wrong)
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(texts)
    for number in range(whole.heading.number + 1, len(whole.sheet.rows) + 1):
        if number not in left_out:
            lines.writerow([_cell(whole, number, place) for place in places])
    for number in range(again.heading.number + 1, len(again.sheet.rows) + 1):
        cells = again.sheet.rows[number - 1]
        found = [where.get(import_columns.key(text), len(cells)) for text in texts]
        lines.writerow([cells[n] if n < len(cells) else "" for n in found])
    return out.getvalue().encode()
