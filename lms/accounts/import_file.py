"""The people file of an HR office: bytes -> checked rows and findings. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date

from lms.kernel.i18n import N_

from . import import_columns, sheets
from .import_columns import COLUMNS, REQUIRED
from .import_rows import Finding, Row, Table, bare, take
from .sheets import MOST_ROWS, Sheet

__all__ = ("COLUMNS", "MOST_ROWS", "REQUIRED", "Finding", "Row", "Table", "read")

Watch = Callable[[int, int], None]  # (rows checked, rows in all)
STEP = 500  # rows between two calls of a watch


def read(
    data: bytes,
    today: date,
    own: Mapping[str, str] | None = None,
    watch: Watch = lambda _done, _all: None,
) -> Table:
    """Read a file of people in any of the usual shapes.

    own    headings of this office (as import_columns.key makes them) -> our columns
    """
    table = Table()
    try:
        found = sheets.read(data)
    except sheets.Unreadable as bad:
        table.add(int(str(bad.facts.get("row", 1))), "", bad.message, **bad.facts)
        return table
    choose(found, dict(own or {}), table)
    for row, column, message, facts, is_error in table.heading.problems:
        table.add(row, column, message, is_error, **facts)
    if table.has_errors:
        return table
    table.columns = frozenset(table.heading.names) & frozenset(COLUMNS)
    _read_lines(table, today, watch)
    if not table.lines:
        table.add(
            table.heading.number,
            "",
            N_(
                "Berkas tidak berisi satu baris orang pun. Isi pegawai di bawah baris"
                " judul, satu orang satu baris."
            ),
        )
    return table


def choose(found: list[Sheet], own: dict[str, str], table: Table) -> None:
    """Take the first sheet with a heading, or the first at all."""
    for sheet in found:
        heading = import_columns.find(sheet.rows, sheet.marks, own)
        if heading.names or not table.heading.texts:
            table.sheet, table.heading = sheet, heading
        if heading.names:
            break
    if len(found) > 1 and table.heading.names:
        message = N_("Hanya lembar “%(name)s” yang dibaca; lembar lain diabaikan.")
        table.add(table.heading.number, "", message, False, name=table.sheet.name)


def _read_lines(table: Table, today: date, watch: Watch) -> None:
    rows, names = table.sheet.rows, table.heading.names
    marks: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, place), kind in table.sheet.marks.items():
        marks[row][place] = kind
    none: dict[int, str] = {}
    heading = [text.strip() for text in table.heading.texts]
    for number in range(table.heading.number + 1, len(rows) + 1):
        if number % STEP == 0:
            watch(number, len(rows))
        cells = rows[number - 1]
        if not any(cell.strip() for cell in cells):
            continue
        if number == table.heading.number + 1 and import_columns.is_numbering(cells):
            continue
        if [cell.strip() for cell in cells] == heading:
            table.add(number, "", N_("Baris judul berulang; dilewati."), False)
            continue
        table.lines += 1
        if not _has_width(cells, number, len(names), table):
            table.refused.append(bare(cells, names))
        else:
            take(cells, number, table, marks.get(number, none), today)
    watch(len(rows), len(rows))


def _has_width(cells: list[str], number: int, wanted: int, table: Table) -> bool:
    count = len(cells)
    surplus = any(cell.strip() for cell in cells[wanted:])
    if surplus or (table.sheet.is_text and count < wanted):
        table.add(
            number,
            "",
            N_(
                "Baris ini berisi %(count)s kolom, seharusnya %(wanted)s. Periksa tanda"
                " pemisah kolom dan tanda kutip di baris ini."
            ),
            count=count,
            wanted=wanted,
        )
        return False
    return True
