"""Make an export file, and log who took what."""

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from lms.accounts import units
from lms.accounts.models import Agency
from lms.audit import accesses, log
from lms.db import db, reading
from lms.kernel.errors import Invalid, TooMany
from lms.kernel.i18n import N_

from . import delimited, history, workbook
from .delimited import Written
from .history import Wanted

FORMATS = {"csv": "csv", "csv-excel": "csv", "xlsx": "xlsx"}  # format -> file ending
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "csv-excel": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
WHAT = N_("Riwayat kursus yang selesai, dengan nama, NIP, unit, JP, dan nilai")
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


@contextmanager
def snapshot() -> Iterator[Connection]:
    """Open a connection that only reads: on SQLite nobody who writes waits for it."""
    token = reading.set(True)
    try:
        with db.engine.connect() as connection:
            yield connection
    finally:
        reading.reset(token)


def file_name(asked: Asked, fmt: str) -> str:
    """Return riwayat_kursus_{kodeCepat}_{YYYYMMDD-HHMM}.ext, by the agency's clock."""
    code = asked.agency.code if asked.agency else "semua"
    return f"riwayat_kursus_{code}_{asked.local_time:%Y%m%d-%H%M}.{FORMATS[fmt]}"


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
    check_url = base_url.rstrip("/") + "/cek/"
    with snapshot() as connection:
        if fmt == "xlsx":
            _check_size(history.count(connection, wanted))
        people: set[int] = set()
        rows = watch(history.rows(connection, wanted, check_url, people))
        if fmt == "xlsx":
            written = workbook.write(rows, _about(wanted, asked), file)
        else:
            dialect = delimited.EXCEL if fmt == "csv-excel" else delimited.STANDARD
            written = delimited.write(rows, dialect, file)
    return replace(written, people=frozenset(people))


def make(
    wanted: Wanted, fmt: str, asked: Asked, base_url: str
) -> tuple[BinaryIO, Written]:
    """Return the export as an open temporary file without a name, at its end.

    Whole before it is sent: a download that begins is complete, counted and logged.

    raises  ExportsRunning, TooManyRows
    """
    if not _turns.acquire(blocking=False):
        raise ExportsRunning(retry_after=20)
    try:
        return _made(wanted, fmt, asked, base_url)
    finally:
        _turns.release()


def _made(
    wanted: Wanted, fmt: str, asked: Asked, base_url: str
) -> tuple[BinaryIO, Written]:
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the caller closes it)
    try:
        return file, write(wanted, fmt, asked, base_url, file)
    except BaseException:
        file.close()
        raise


def _check_size(count: int) -> None:
    if count > XLSX_ROWS:
        raise TooManyRows(count=count, limit=XLSX_ROWS)


def note(wanted: Wanted, fmt: str, asked: Asked, written: Written) -> None:
    """Write into the audit log who took which rows, and to each person that it was."""
    log.record(
        "export.riwayat_kursus",
        actor_id=asked.person_id,
        object_kind="export",
        object_id="riwayat_kursus",
        facts=wanted.described()
        | {"format": fmt, "rows": written.count, "sha256": written.sha},
        now=asked.now,
    )
    accesses.record(
        "exported",
        WHAT,
        written.people,
        actor_id=asked.person_id,
        now=asked.now,
        facts={"format": fmt} | ({"role": "hr"} if asked.person_id else {}),
    )


def _about(wanted: Wanted, asked: Asked) -> list[tuple[str, str]]:
    """Return the lines of "Baca Saya"."""
    zone = ZONE_NAMES.get(asked.zone, asked.zone)
    return [
        ("Berkas", "riwayat_kursus, satu baris per orang per kursus selesai"),
        ("Dibuat", f"{asked.local_time:%Y-%m-%d %H.%M} {zone}"),
        ("Oleh", asked.person_name),
        ("Unit kerja", wanted.unit.name if wanted.unit else "semua yang diampu"),
        ("Selesai dari", str(wanted.first or "awal")),
        ("Selesai sampai", str(wanted.last or "sekarang")),
        ("Kursus", wanted.course or "semua"),
        ("Unit", "Unit dan jabatan adalah yang tercatat pada hari selesai."),
        ("Tanggal", "tahun-bulan-hari menurut zona waktu instansi"),
        ("Rahasia", "Berisi data pribadi. Simpan dan kirim hanya untuk tugas Anda."),
    ]
