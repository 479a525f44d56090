"""The file that comes back: which record SIASN took, and under which number.

Columns id_rekaman and rw_kursus_id, perhaps pesan and id_paket; XLSX, XLS, ODS or text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lms.accounts import sheets
from lms.accounts.sheets import Sheet
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import cells

# Headings without case, spaces and signs -> what they hold.
NAMES = {
    "idrekaman": "uid",
    "rwkursusid": "rw_id",
    "pesan": "message",
    "message": "message",
    "idpaket": "package",
    "paket": "package",
}
MOST_ROWS = 20_000
LONGEST = 300
HEADING_WITHIN = 20  # rows; above it a title may stand
EXACT = 15  # digits that a number in a workbook keeps
RW_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", re.ASCII)
PACKAGE = re.compile(r"[A-Za-z0-9-]{0,24}", re.ASCII)
# Bearer tokens, JSON web tokens, long runs of signs: never stored.
SECRET = re.compile(
    r"(?i:token|password|sandi|auth\w*)\s*[:=]\s*(?:(?i:bearer|basic)\s+)?\S+"
    r"|(?i:bearer|basic)\s+\S+"
    r"|eyJ[\w-]+(?:\.[\w-]*)*|[A-Za-z0-9+/_=-]{40,}",
    re.ASCII,
)
HIDDEN = "[disembunyikan]"


@dataclass(frozen=True, slots=True)
class Row:
    """One line; texts are "" where the cell is empty.

    number   of the row as the office's program shows it
    package  which package was answered; "" = the last one
    """

    number: int
    uid: str
    rw_id: str
    message: str
    package: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, and how to mend it; row 0 = the whole file.

    message  marked with N_, with %(places)s filled from `facts`
    uid      of the record, as the file has it; "" = not about one
    column   the heading as it stands in the file; "" = not about one
    """

    row: int
    message: str
    uid: str = ""
    column: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """The file as read; where there is any fault nothing of it is to be used.

    headings  what a column holds -> its heading as it stands in the file
    """

    rows: list[Row]
    faults: list[Fault]
    headings: dict[str, str] = field(default_factory=dict)


def read(data: bytes) -> Answers:
    """Read the file. Workbooks are opened in a process of their own."""
    try:
        every = sheets.read(data)
    except sheets.Unreadable as why:
        return Answers([], [Fault(0, why.message, facts=dict(why.facts))])
    found = next(filter(None, map(_heading, every)), None)
    if found is None:
        return _whole(
            N_(
                "Tidak ada baris judul yang memuat id_rekaman dan rw_kursus_id. Tulis"
                " kedua judul itu di atas kolomnya."
            )
        )
    sheet, at, places = found
    headings = {name: sheet.rows[at][place].strip() for name, place in places.items()}
    rows = [
        _row(number, values, places)
        for number, values in enumerate(sheet.rows[at + 1 :], start=at + 2)
        if any(cell.strip() for cell in values)
    ]
    if not rows:
        return _whole(N_("Berkas tidak memuat rekaman apa pun."))
    if len(rows) > MOST_ROWS:
        return _whole(N_("Berkas memuat lebih dari 20.000 rekaman."))
    return Answers(rows, list(_faults(rows, headings, sheet, places)), headings)


def _whole(message: str) -> Answers:
    return Answers([], [Fault(0, message)])


def _heading(sheet: Sheet) -> tuple[Sheet, int, dict[str, int]] | None:
    """Return the row of headings and what stands where; the first of two counts."""
    for at, values in enumerate(sheet.rows[:HEADING_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(values):
            known = NAMES.get(re.sub(r"[\W_]+", "", cells.plain(cell).casefold()))
            if known:
                places.setdefault(known, place)
        if {"uid", "rw_id"} <= set(places):
            return sheet, at, places
    return None


def _row(number: int, values: list[str], places: dict[str, int]) -> Row:
    found = {
        name: cells.plain(values[place]).strip() if place < len(values) else ""
        for name, place in places.items()
    }
    return Row(
        number,
        found["uid"].lower(),
        found["rw_id"],
        clean(found.get("message", "")),
        found.get("package", ""),
    )


def clean(message: str) -> str:
    """Return a message of SIASN without tokens, on one line, not too long."""
    text = SECRET.sub(HIDDEN, one_line(message))
    return "" if has_hidden(text) else text[:LONGEST]


def _faults(
    rows: list[Row], headings: dict[str, str], sheet: Sheet, places: dict[str, int]
) -> Iterator[Fault]:
    uids: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        for column, message, facts in _wrong(row, uids, numbers):
            yield Fault(row.number, message, row.uid, headings.get(column, ""), facts)
        mark = sheet.marks.get((row.number, places["rw_id"]))
        if mark == "date" or (mark == "number" and len(row.rw_id) > EXACT):
            yield Fault(
                row.number,
                N_(
                    "Nomor ini tersimpan sebagai angka atau tanggal, jadi tidak utuh."
                    " Ubah kolomnya menjadi teks, lalu salin lagi nomornya dari SIASN."
                ),
                row.uid,
                headings["rw_id"],
            )
        uids.setdefault(row.uid, row.number)
        if row.rw_id:
            numbers.setdefault(row.rw_id, row.number)


def _wrong(row: Row, uids: dict[str, int], numbers: dict[str, int]):
    """Yield what is wrong with a row by itself and beside those above it."""
    if row.uid in uids:
        yield (
            "uid",
            N_("Rekaman ini sudah ada di baris %(other)s. Hapus salah satunya."),
            {"other": uids[row.uid]},
        )
    if not row.rw_id and not row.message:
        text = N_(
            "Isi nomornya bila SIASN menerima, atau isi kolom pesan bila menolak."
        )
        yield "rw_id", text, {}
    if row.rw_id and not RW_ID.fullmatch(row.rw_id):
        text = N_(
            "Ini tidak berbentuk nomor SIASN. Salin lagi rwKursusId dari jawaban SIASN."
        )
        yield "rw_id", text, {}
    if row.rw_id in numbers:
        yield (
            "rw_id",
            N_(
                "Nomor ini sudah ada di baris %(other)s. Satu nomor milik satu rekaman."
            ),
            {"other": numbers[row.rw_id]},
        )
    if not PACKAGE.fullmatch(row.package):
        text = N_("Ini bukan nomor paket. Salin dari “paket” di berkas JSON.")
        yield "package", text, {}
