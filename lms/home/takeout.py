"""A copy of everything stored about one person, as JSON or XLSX; noted as taken."""

import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from lms.audit import accesses
from lms.db import db, reading
from lms.kernel.errors import Invalid, TooMany
from lms.kernel.i18n import N_

from . import sections, takeout_workbook
from .takeout_workbook import About

TYPES = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WHAT = N_("Salinan Data saya")
AT_ONCE = 2  # a process makes no more files at once: lessons need the other threads
_turns = threading.BoundedSemaphore(AT_ONCE)


class FormatUnknown(Invalid):
    message = N_("Pilih JSON atau XLSX.")


class CopiesRunning(TooMany):
    message = N_("Salinan lain sedang dibuat. Tunggu sebentar, lalu coba lagi.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose data, in which kind of file.

    translate  writes our own texts in the person's language
    """

    person_id: int
    uid: str
    fmt: str
    now: datetime
    zone: str
    translate: Callable[[str], str]


def check(fmt: str) -> str:
    """Return the kind of file. Raises FormatUnknown."""
    if fmt not in TYPES:
        raise FormatUnknown
    return fmt


def file_name(asked: Asked) -> str:
    """Return data-saya_YYYYMMDD-HHMM.json, by the person's clock."""
    when = asked.now.astimezone(ZoneInfo(asked.zone))
    return f"data-saya_{when:%Y%m%d-%H%M}.{asked.fmt}"


def make(asked: Asked) -> BinaryIO:
    """Return the copy as an open temporary file without a name, at its end.

    Whole before it is sent, and made of one state of the database.
    raises  CopiesRunning
    """
    if not _turns.acquire(blocking=False):
        raise CopiesRunning(retry_after=20)
    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115  (the caller closes it)
        try:
            with _snapshot() as connection:
                _write(connection, asked, file)
        except BaseException:
            file.close()
            raise
        return file
    finally:
        _turns.release()


def note(asked: Asked) -> None:
    """Note that the person took a copy; the trail shows it like any other."""
    accesses.record(
        "exported",
        WHAT,
        [asked.person_id],
        actor_id=asked.person_id,
        now=asked.now,
        facts={"format": asked.fmt},
    )


@contextmanager
def _snapshot() -> Iterator[Connection]:
    """Open a connection that reads one state and keeps nobody waiting."""
    token = reading.set(True)
    try:
        with db.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection
    finally:
        reading.reset(token)


def _write(connection: Connection, asked: Asked, file: BinaryIO) -> None:
    every = sections.every()
    if asked.fmt == "json":
        for piece in _json(connection, every, asked):
            file.write(piece.encode())
        return
    about = About(asked.now, asked.zone, asked.translate)
    takeout_workbook.write(connection, every, asked.person_id, about, file)


def _json(connection: Connection, every, asked: Asked) -> Iterator[str]:
    """Yield the document row by row: nothing is kept in memory."""
    head = {
        "format": "kelas-asn/data-saya/1",
        "orang": asked.uid,
        "dibuat": asked.now.isoformat(),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "bagian": {'
    for place, section in enumerate(every):
        about = {
            "judul": asked.translate(section.title),
            "kolom": {
                name: asked.translate(column)
                for name, column in zip(section.names, section.columns, strict=True)
            },
        }
        if section.remark:
            about["catatan"] = asked.translate(section.remark)
        yield ("," if place else "") + f"\n{json.dumps(section.key)}: "
        yield json.dumps(about, ensure_ascii=False)[:-1] + ', "baris": ['
        for number, row in enumerate(section.read(connection, asked.person_id)):
            values = dict(zip(section.names, map(_plain, row), strict=True))
            yield ("," if number else "") + "\n  "
            yield json.dumps(values, ensure_ascii=False)
        yield "]}"
    yield "\n}}\n"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def pieces(file: IO[bytes], size: int = 64 * 1024) -> Iterator[bytes]:
    """Yield a file in pieces and close it, whatever becomes of the answer."""
    with file:
        yield b""
        while piece := file.read(size):
            yield piece
