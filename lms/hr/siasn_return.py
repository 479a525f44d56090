"""The file that comes back: which record SIASN took, and under which number. Pure.

Columns id_rekaman and rw_kursus_id, perhaps pesan; CSV with "," ";" or tab.
"""

import csv
import re
from dataclasses import dataclass
from io import StringIO

from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import cells

NAMES = {
    "id_rekaman": "uid",
    "rw_kursus_id": "rw_id",
    "rwkursusid": "rw_id",
    "pesan": "message",
    "message": "message",
}
MOST_ROWS = 20_000
LONGEST = 300
RW_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", re.ASCII)
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
    """One line; texts are "" where the cell is empty."""

    number: int
    uid: str
    rw_id: str
    message: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row; 0 = the whole file. Marked with N_."""

    row: int
    message: str


def read(data: bytes) -> tuple[list[Row], list[Fault]]:
    """Read the file; where there is any fault nothing of it is to be used."""
    text = _decoded(data)
    if text is None:
        return [], [Fault(0, N_("Berkas tidak terbaca. Simpan sebagai CSV UTF-8."))]
    lines = text.splitlines()
    head = next((line for line in lines if line.strip()), "")
    separator = max(",;\t", key=head.count)
    try:
        table = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return [], [Fault(0, N_("Berkas tidak terbaca. Simpan sebagai CSV UTF-8."))]
    columns = _columns(table[0] if table else [])
    if not {"uid", "rw_id"} <= set(columns):
        return [], [
            Fault(0, N_("Baris pertama harus memuat id_rekaman dan rw_kursus_id."))
        ]
    rows = [
        _row(number, cells_of, columns)
        for number, cells_of in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in cells_of)
    ]
    if not rows:
        return [], [Fault(0, N_("Berkas tidak memuat rekaman apa pun."))]
    if len(rows) > MOST_ROWS:
        return [], [Fault(0, N_("Berkas memuat lebih dari 20.000 rekaman."))]
    return rows, list(_faults(rows))


def _decoded(data: bytes) -> str | None:
    """Return the text: UTF-8 or UTF-16 with a mark, else Windows-1252; None = none."""
    encodings = ["utf-8-sig", "cp1252"]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    if data[:4] == b"PK\x03\x04" or (b"\0" in data and encodings[0] != "utf-16"):
        return None
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _columns(head: list[str]) -> list[str]:
    return [NAMES.get(cells.plain(cell).strip().casefold(), "") for cell in head]


def _row(number: int, values: list[str], columns: list[str]) -> Row:
    found = dict(zip(columns, (cells.plain(v).strip() for v in values), strict=False))
    return Row(
        number,
        found.get("uid", "").lower(),
        found.get("rw_id", ""),
        clean(found.get("message", "")),
    )


def clean(message: str) -> str:
    """Return a message of SIASN without tokens, on one line, not too long."""
    text = SECRET.sub(HIDDEN, one_line(message))
    return "" if has_hidden(text) else text[:LONGEST]


def _faults(rows: list[Row]):
    uids: set[str] = set()
    numbers: set[str] = set()
    for row in rows:
        if row.uid in uids:
            yield Fault(row.number, N_("id_rekaman ini sudah ada di baris lain."))
        uids.add(row.uid)
        if not row.rw_id and not row.message:
            yield Fault(
                row.number, N_("Isi rw_kursus_id, atau pesan bila SIASN menolak.")
            )
        if row.rw_id and not RW_ID.fullmatch(row.rw_id):
            yield Fault(row.number, N_("rw_kursus_id tidak berbentuk nomor SIASN."))
        if row.rw_id and row.rw_id in numbers:
            yield Fault(row.number, N_("rw_kursus_id ini sudah ada di baris lain."))
        numbers.add(row.rw_id)
