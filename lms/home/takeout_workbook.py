"""Write a copy of a person's data as XLSX: a sheet per section, text stays text."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from lms.audit.own_data import Section
from lms.kernel.i18n import N_

SHEET_NAME = 31  # letters an XLSX allows
LONGEST = 32_767  # letters a cell holds
WIDTH = 22
# No text of ours is a formula, a link or a number, whatever it looks like.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
CUT = N_("… (dipotong; lengkapnya di berkas JSON)")


@dataclass(frozen=True, slots=True)
class About:
    """When and for which clock the file is made, and how our texts are translated."""

    now: datetime
    zone: str
    translate: Callable[[str], str]


def write(
    connection: Connection,
    sections: Iterable[Section],
    person_id: int,
    about: About,
    file: BinaryIO,
) -> None:
    """Write every section as a sheet, and a first sheet that lists them."""
    import xlsxwriter

    book = xlsxwriter.Workbook(file, OPTIONS)
    formats = _Formats(book)
    first = book.add_worksheet(about.translate(N_("Baca Saya"))[:SHEET_NAME])
    counts = []
    for section in sections:
        sheet = book.add_worksheet(section.key[:SHEET_NAME])
        rows = section.read(connection, person_id)
        counts.append((section, _fill(sheet, section, rows, formats, about)))
    _contents(first, counts, formats, about)
    book.close()


class _Formats:
    """The few ways a cell looks."""

    def __init__(self, book) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})


def _fill(sheet, section: Section, rows, formats: _Formats, about: About) -> int:
    sheet.set_column(0, len(section.columns) - 1, WIDTH)
    for column, heading in enumerate(section.columns):
        sheet.write_string(0, column, about.translate(heading), formats.head)
    sheet.freeze_panes(1, 0)
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            is_said = isinstance(value, (str, bool, list, dict))
            said = words(value, section, about.translate) if is_said else value
            _cell(sheet, (count, column), said, formats, about)
    return count


def _cell(sheet, place, value: Any, formats: _Formats, about: About) -> None:
    if isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(about.zone)).replace(tzinfo=None)
        sheet.write_datetime(*place, local.replace(microsecond=0), formats.instant)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, formats.day)
    elif isinstance(value, str) and value:
        if len(value) > LONGEST:
            cut = about.translate(CUT)
            value = value[: LONGEST - len(cut)] + cut
        sheet.write_string(*place, value, formats.text)
    elif value is not None and value != "":
        sheet.write_number(*place, value)


def words(value: Any, section: Section, translate: Callable[[str], str]) -> str:
    """Write a stored value as people read it; documents as JSON."""
    if isinstance(value, (str, bool)) and value in section.words:
        return translate(section.words[value])
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _contents(sheet, counts, formats: _Formats, about: About) -> None:
    translate = about.translate
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 2, 40)
    local = about.now.astimezone(ZoneInfo(about.zone))
    lines: list[tuple[Any, ...]] = [
        (translate(N_("Salinan Data saya")), f"{local:%Y-%m-%d %H:%M} {about.zone}"),
        (translate(N_("Waktu ditulis menurut")), about.zone),
        (),
    ]
    lines += [
        (translate(section.title), section.key, count, translate(section.remark or ""))
        for section, count in counts
    ]
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, int):
                sheet.write_number(number, column, value)
            elif value:
                sheet.write_string(number, column, value, formats.text)
