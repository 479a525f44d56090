"""The rows that were refused: out as a file to mend, and back among the others."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

from . import import_columns, import_file, import_places, sheets
from .import_columns import ORIGIN, WRONG
from .import_origins import File, Origins
from .import_rows import Finding, Table

# No text of ours is a formula, a link or a number, whatever it looks like.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(table: Table, findings: Iterable[Finding]) -> bytes:
    """Return an XLSX with the columns of the file, the row of each, and what is wrong.

    The last two columns are for whoever mends it: they are ignored when it comes back.
    """
    said: dict[int, list[str]] = defaultdict(list)
    for f in findings:
        if f.is_error:
            place = import_places.of(table, f)
            text = f.message % import_places.words(table, f) if f.facts else f.message
            column = place.heading or f.column
            said[f.row].append(f"{column}: {text}" if column else text)
    places = _places(table)
    heading = [table.heading.texts[place] for place in places]
    rows = (
        [*(_cell(table, number, place) for place in places),
         _origin(table, number), " ".join(said[number])]
        for number in sorted(said)
        if number > table.heading.number
    )  # fmt: skip
    return workbook([*heading, ORIGIN, WRONG], rows)


def _places(table: Table) -> list[int]:
    texts = table.heading.texts
    ours = {import_columns.key(name) for name in (ORIGIN, WRONG)}
    return [n for n, text in enumerate(texts) if import_columns.key(text) not in ours]


def _cell(table: Table, number: int, place: int) -> str:
    cells = table.sheet.rows[number - 1]
    return cells[place] if place < len(cells) else ""


def _origin(table: Table, number: int) -> str:
    """Return the row as its reader's program counts; of a mended file its name too."""
    if not table.origins:
        return str(number)
    file, row = table.origins.of(number)
    return f"{row} ({file.name})" if file.name else str(row)


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


class NotMended(Invalid):
    message = N_(
        "Berkas perbaikan ini tidak dapat dipakai: kolom %(columns)s tidak ada di"
        " dalamnya. Kirim berkas baris yang ditolak, yang Anda unduh dari halaman ini"
        " lalu perbaiki; jangan hapus atau ubah judul kolomnya."
    )


class NobodyMended(Invalid):
    message = N_(
        "Berkas perbaikan ini tidak berisi satu baris pegawai pun. Kirim berkas baris"
        " yang ditolak yang sudah Anda perbaiki."
    )


def merge(
    source: bytes,
    mended: bytes,
    wrong: Iterable[int],
    today: date,
    own: dict[str, str],
    *,
    name: str = "",
    before: Origins | None = None,
) -> tuple[bytes, Origins]:
    """Return the file with its refused rows exchanged for the mended ones, as CSV.

    wrong   numbers of the rows that were refused
    name    of the mended file; before: where the rows of `source` came from
    raises  Unreadable, NotMended, NobodyMended  of the mended file
    """
    whole = import_file.read(source, today, own)
    again = _mended(mended, own)
    places = _places(whole)
    texts = [whole.heading.texts[place] for place in places]
    where = {import_columns.key(t): n for n, t in enumerate(again.heading.texts)}
    _check_columns(whole, where)
    origins = Origins(_files(whole, before), [(0, whole.heading.number)])
    origins.files.append(File(name, again.sheet.name, list(where)))
    left_out = set(wrong)
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(texts)
    for number in range(whole.heading.number + 1, len(whole.sheet.rows) + 1):
        if number not in left_out:
            lines.writerow([_cell(whole, number, place) for place in places])
            origins.rows.append(before.rows[number - 1] if before else (0, number))
    count = len(origins.rows)
    for number in range(again.heading.number + 1, len(again.sheet.rows) + 1):
        cells = again.sheet.rows[number - 1]
        if any(cell.strip() for cell in cells):
            found = [where.get(import_columns.key(text), len(cells)) for text in texts]
            lines.writerow([cells[n] if n < len(cells) else "" for n in found])
            origins.rows.append((len(origins.files) - 1, number))
    if len(origins.rows) == count:
        raise NobodyMended
    return out.getvalue().encode(), origins


def _mended(data: bytes, own: dict[str, str]) -> Table:
    """Find the sheet and heading of a mended file; its rows are checked with the rest.

    raises  Unreadable
    """
    table = Table()
    import_file.choose(sheets.read(data), own, table)
    return table


def _check_columns(whole: Table, where: dict[str, int]) -> None:
    """Raises NotMended where a column is missing that is read in the whole."""
    wanted = [
        text.strip()
        for text, name in zip(whole.heading.texts, whole.heading.names, strict=True)
        if name and import_columns.key(text) not in where
    ]
    if wanted:
        raise NotMended(columns=", ".join(wanted[:5]))


def _files(whole: Table, before: Origins | None) -> list[File]:
    if before:
        return list(before.files)
    keys = [import_columns.key(text) for text in whole.heading.texts]
    return [File("", whole.sheet.name, keys)]
