"""Write rows as CSV: standard (RFC 4180), or as Indonesian Excel reads it."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from . import cells
from .tables import Shape

CHUNK = 1000  # rows encoded at a time
Pieces = Iterator[tuple[bytes, int]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """Separator, decimal mark, and whether a byte order mark comes first."""

    separator: str
    decimal: str
    mark: bytes


STANDARD = Dialect(",", ".", b"")
EXCEL = Dialect(";", ",", b"\xef\xbb\xbf")


@dataclass(frozen=True, slots=True)
class Written:
    """What went out.

    count   rows
    sha     SHA-256 of the data: of the file, but for XLSX of the same rows as CSV
    people  ids of whom the rows tell
    seq     the ledger's newest number that the rows may hold
    """

    count: int
    sha: str
    people: frozenset[int] = frozenset()
    seq: int = 0


def write(pieces: Pieces, file: BinaryIO) -> Written:
    """Write a file that comes in pieces."""
    sha, count = hashlib.sha256(), 0
    for chunk, size in pieces:
        file.write(chunk)
        sha.update(chunk)
        count += size
    return Written(count, sha.hexdigest())


def encoded(rows: Iterable[tuple[Any, ...]], shape: Shape, dialect: Dialect) -> Pieces:
    """Yield header and rows in pieces, each with the number of rows in it.

    Dates as ISO, lines end in CRLF.
    """
    text = io.StringIO(newline="")
    out = csv.writer(text, delimiter=dialect.separator, lineterminator="\r\n")
    text.write(dialect.mark.decode("utf-8"))
    out.writerow(shape.names)
    pending = 0
    safe, decimal, mark = cells.safe, cells.decimal, dialect.decimal
    free, parts = shape.free, shape.of_kind("hundredths")
    for row in rows:
        values = list(row)
        for place in free:
            if values[place]:
                values[place] = safe(values[place])
        for place in parts:
            values[place] = decimal(values[place], mark)
        out.writerow(values)
        pending += 1
        if pending == CHUNK:
            yield text.getvalue().encode("utf-8"), pending
            text.seek(0)
            text.truncate()
            pending = 0
    yield text.getvalue().encode("utf-8"), pending
