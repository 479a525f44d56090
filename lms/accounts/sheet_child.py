"""A process of its own that opens a workbook: stdin -> one JSON document on stdout.

Strangers' files are opened where a bad one can only end this process. It imports
nothing of ours, so that it begins at once.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO

MEMORY = 1_500_000_000  # bytes of address space
SECONDS = 60  # of processor
MOST_SHEETS = 8
LONGEST = 2_000  # letters of a cell: longer ones are refused later, whatever they say
MOST_LETTERS = 60_000_000  # of all cells: one text may be meant by a million of them
PRECISE = 10**15  # a spreadsheet keeps 15 digits of a number


def limit() -> None:
    """Bound memory and time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def text_of(value) -> tuple[str, str]:
    """Return a cell as text, and "" or what it was: number, date."""
    if isinstance(value, str):
        return value[:LONGEST], ""
    if isinstance(value, bool):
        return ("ya" if value else "tidak"), ""
    if isinstance(value, (int, float)):
        if value == int(value):
            return str(int(value)), "number" if abs(value) >= PRECISE else ""
        return str(value), ""
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return (value.date() if is_day else value).isoformat(), "date"
    if isinstance(value, date):
        return value.isoformat(), "date"
    if isinstance(value, (time, timedelta)):
        return str(value), "date"
    return "", ""


class TooMuch(Exception):
    """The cells hold more letters than any list of people."""


def read_sheet(sheet, most_rows: int, most_columns: int) -> dict:
    """Return name, rows of texts, and marks: [row, column, kind] of odd cells."""
    rows, marks, width, letters = [], [], 0, 0
    for row in sheet.to_python(skip_empty_area=False, nrows=most_rows + 1):
        texts = []
        for place, value in enumerate(row[: most_columns + 1]):
            text, kind = text_of(value)
            if kind:
                marks.append((len(rows), place, kind))
            texts.append(text)
            letters += len(text)
        if letters > MOST_LETTERS:
            raise TooMuch
        while texts and not texts[-1]:
            texts.pop()
        width = max(width, len(texts))
        if len(texts) > most_columns:
            width = sum(1 for value in row if value != "")
        rows.append(texts)
    merged = [list(map(list, both)) for both in sheet.merged_cell_ranges or ()]
    return {
        "name": sheet.name,
        "rows": rows,
        "marks": marks,
        "width": width,
        "merged": merged,
    }


def merged_of_ods(content, most_rows: int) -> dict[str, list]:
    """Return name of a sheet -> merged areas: of ODS the library does not know them.

    content  the file content.xml
    """
    from defusedxml.ElementTree import iterparse

    found: dict[str, list] = {}
    areas, row, place = [], 0, 0
    for event, element in iterparse(content, ("start", "end")):
        space, _, name = element.tag.rpartition("}")
        if not space.endswith(":table:1.0"):
            continue
        if event == "start":
            if name == "table":
                areas, row = found.setdefault(element.get(f"{space}}}name"), []), 0
            elif name == "table-row":
                place = 0
            continue
        if name in ("table-cell", "covered-table-cell"):
            across = int(element.get(f"{space}}}number-columns-spanned", 1))
            down = int(element.get(f"{space}}}number-rows-spanned", 1))
            if across * down > 1 and row < most_rows:
                areas.append([[row, place], [row + down - 1, place + across - 1]])
            place += int(element.get(f"{space}}}number-columns-repeated", 1))
        elif name == "table-row":
            row += int(element.get(f"{space}}}number-rows-repeated", 1))
            element.clear()
    return found


def add_merged(data: BytesIO, sheets: list[dict], most_rows: int) -> None:
    """Note the merged areas of an ODS file with its sheets."""
    import zipfile

    data.seek(0)
    if data.read(2) != b"PK":
        return
    with zipfile.ZipFile(data) as packed:
        if "content.xml" in packed.namelist():
            with packed.open("content.xml") as content:
                areas = merged_of_ods(content, most_rows)
            for sheet in sheets:
                sheet["merged"] = areas.get(sheet["name"], [])


def main(most_rows: int, most_columns: int) -> None:
    """Read the visible sheets; say {"refused": kind} when it cannot be opened."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    data = BytesIO(sys.stdin.buffer.read())
    limit()
    try:
        book = CalamineWorkbook.from_filelike(data)
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
            and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        sheets = [
            read_sheet(book.get_sheet_by_name(name), most_rows, most_columns)
            for name in names[:MOST_SHEETS]
        ]
        add_merged(data, sheets, most_rows)
    except PasswordError:
        answer = {"refused": "password"}
    except CalamineError as error:
        is_locked = "password" in str(error).lower()
        answer = {"refused": "password" if is_locked else "broken"}
    except (MemoryError, TooMuch):
        answer = {"refused": "large"}
    else:
        answer = {"sheets": sheets}
    json.dump(answer, sys.stdout, separators=(",", ":"), ensure_ascii=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
