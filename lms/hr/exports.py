"""Make an export: at once into a file, or piece by piece while the database is read."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.accounts import units
from lms.accounts.models import Agency
from lms.db import db
from lms.db.snapshots import snapshot
from lms.kernel.errors import Invalid, TooMany
from lms.kernel.i18n import N_
from lms.web.formats import number_id

from . import changes, delimited, objects, workbook
from .delimited import Pieces, Written
from .kinds import KINDS
from .wanted import Wanted

# format -> file ending
FORMATS = {"csv": "csv", "csv-excel": "csv", "xlsx": "xlsx", "json": "json",
           "ndjson": "ndjson"}  # fmt: skip
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "csv-excel": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
}
VERSION = 1  # of the columns
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
Rows = Iterable[tuple[Any, ...]]
AT_ONCE = 2  # a process makes no more files at once: lessons need the other threads
_turns = threading.BoundedSemaphore(AT_ONCE)
XLSX_ROWS = 200_000  # about a minute of work; a sheet ends at 1_048_576


class TooManyRows(Invalid):
    message = N_(
        "%(count)s baris terlalu banyak untuk XLSX (paling banyak %(limit)s)."
        " Persempit saringannya, atau pilih CSV."
    )


class ExportsRunning(TooMany):
    message = N_("Ekspor lain sedang dibuat. Tunggu sebentar, lalu coba lagi.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for the file, when, and for which agency it is named.

    person_id  None = the command line
    agency     None = several
    """

    person_id: int | None
    person_name: str
    agency: Agency | None
    now: datetime

    @property
    def local_time(self) -> datetime:
        return self.now.astimezone(ZoneInfo(self.zone))

    @property
    def zone(self) -> str:
        return self.agency.timezone if self.agency else "Asia/Jakarta"


def asked(
    person_id: int | None, person_name: str, unit_id: int | None, now: datetime
) -> Asked:
    """Return who asks; `unit_id` any unit of the agency the file is named after."""
    agency = units.agency_of(unit_id) if unit_id else _only_agency()
    if agency is not None:
        db.session.expunge(agency)  # it outlives this transaction
    return Asked(person_id, person_name, agency, now)


def _only_agency() -> Agency | None:
    found = db.session.scalars(select(Agency).limit(2)).all()
    return found[0] if len(found) == 1 else None


def stamp(now: datetime, zone: str) -> str:
    """Return the moment as it stands in file names: 20261122-1400."""
    return f"{now.astimezone(ZoneInfo(zone)):%Y%m%d-%H%M}"


def file_name(asked: Asked, wanted: Wanted, fmt: str) -> str:
    """Return {kind}_{kodeCepat}_{YYYYMMDD-HHMM}.ext, by the agency's clock."""
    code = asked.agency.code if asked.agency else "semua"
    return f"{wanted.kind}_{code}_{stamp(asked.now, asked.zone)}.{FORMATS[fmt]}"


def count(wanted: Wanted) -> int:
    """Return how many rows the export has now."""
    with snapshot() as connection:
        return KINDS[wanted.kind].count(connection, wanted)


def check_size(count: int, fmt: str) -> None:
    """Raise TooManyRows for an XLSX that would be too long."""
    if fmt == "xlsx" and count > XLSX_ROWS:
        raise TooManyRows(count=number_id(count), limit=number_id(XLSX_ROWS))


def write(
    wanted: Wanted,
    fmt: str,
    asked: Asked,
    base_url: str,
    file: BinaryIO,
    *,
    watch: Callable[[Rows], Rows] = iter,
) -> Written:
    """Write the export into `file` in one snapshot of the database.

    fmt    one of FORMATS
    watch  wraps the rows on their way, for a progress bar
    raises TooManyRows  for an XLSX
    """
    kind = KINDS[wanted.kind]
    with snapshot() as connection:
        seq = changes.head(connection)
        people: set[int] = set()
        if fmt == "xlsx":
            check_size(kind.count(connection, wanted), fmt)
        rows = watch(kind.rows(connection, wanted, _check_url(base_url), people))
        if fmt == "xlsx":
            written = workbook.write(rows, kind.shape, _about(wanted, asked), file)
        else:
            pieces = encoded(rows, wanted, fmt, asked)
            written = delimited.write(pieces, file)
    return replace(written, people=frozenset(people), seq=seq)


def encoded(rows: Rows, wanted: Wanted, fmt: str, asked: Asked) -> Pieces:
    """Yield a file that can be sent while it is made, piece by piece."""
    shape = KINDS[wanted.kind].shape
    if fmt == "ndjson":
        return objects.lines(rows, shape)
    if fmt == "json":
        return objects.document(rows, shape, _heading(wanted, asked))
    dialect = delimited.EXCEL if fmt == "csv-excel" else delimited.STANDARD
    return delimited.encoded(rows, shape, dialect)


def _heading(wanted: Wanted, asked: Asked) -> dict[str, Any]:
    """Return what stands before the rows of a JSON file."""
    return {
        "format": wanted.kind,
        "versi": VERSION,
        "dibuat": asked.local_time.isoformat(timespec="seconds"),
        "saringan": wanted.described(),
        "sejak_urutan": wanted.since.seq if wanted.since else None,
    }


def _check_url(base_url: str) -> str:
    return base_url.rstrip("/") + "/cek/"


class Stream:
    """An export that is sent while the database is read. Close it in any case.

    total   rows expected
    written what has gone by so far; all of it once the stream ended

    raises  ExportsRunning
    """

    def __init__(self, wanted: Wanted, fmt: str, asked: Asked, base_url: str) -> None:
        self._open = ExitStack()
        with ExitStack() as opening:
            opening.enter_context(turn())
            connection = opening.enter_context(snapshot())
            kind = KINDS[wanted.kind]
            self._seq = changes.head(connection)
            self._people: set[int] = set()
            self._sha, self._count, self.size = hashlib.sha256(), 0, 0
            self.total = kind.count(connection, wanted)
            rows = kind.rows(connection, wanted, _check_url(base_url), self._people)
            opening.callback(rows.close)  # before its connection
            self._pieces = encoded(rows, wanted, fmt, asked)
            self._open = opening.pop_all()

    def __iter__(self) -> Iterator[bytes]:
        for piece, rows in self._pieces:
            self._sha.update(piece)
            self._count += rows
            self.size += len(piece)
            yield piece

    @property
    def written(self) -> Written:
        return Written(
            self._count, self._sha.hexdigest(), frozenset(self._people), self._seq
        )

    def close(self) -> None:
        self._open.close()


@contextmanager
def turn() -> Iterator[None]:
    """Hold one of the few turns of this process. Raises ExportsRunning."""
    if not _turns.acquire(blocking=False):
        raise ExportsRunning(retry_after=20)
    try:
        yield
    finally:
        _turns.release()


def _about(wanted: Wanted, asked: Asked) -> list[tuple[str, str]]:
    """Return the lines of "Baca Saya"."""
    zone, kind = ZONE_NAMES.get(asked.zone, asked.zone), KINDS[wanted.kind]
    return [
        *kind.notes,
        *((("Kolom belum ada", ", ".join(kind.missing)),) if kind.missing else ()),
        ("Dibuat", f"{asked.local_time:%Y-%m-%d %H.%M} {zone}"),
        ("Oleh", asked.person_name),
        ("Unit kerja", wanted.unit.name if wanted.unit else "semua yang diampu"),
        *_filter_lines(wanted),
        ("Sejak", _since_text(wanted, asked)),
        ("Tanggal", "tahun-bulan-hari menurut zona waktu instansi"),
        ("Rahasia", "Berisi data pribadi. Simpan dan kirim hanya untuk tugas Anda."),
    ]


def _filter_lines(wanted: Wanted) -> list[tuple[str, str]]:
    if KINDS[wanted.kind].is_yearly:
        return [("Tahun", str(wanted.year))]
    return [
        ("Selesai dari", str(wanted.first or "awal")),
        ("Selesai sampai", str(wanted.last or "sekarang")),
        ("Kursus", wanted.course or "semua"),
    ]


def _since_text(wanted: Wanted, asked: Asked) -> str:
    if wanted.since is None:
        return "awal: berkas ini memuat semuanya"
    when = wanted.since.at.astimezone(ZoneInfo(asked.zone))
    return f"pengambilan {when:%Y-%m-%d %H.%M}, urutan buku besar {wanted.since.seq}"
