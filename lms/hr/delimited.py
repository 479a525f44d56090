"""Write rows as CSV: standard (RFC 4180), or as Indonesian Excel reads it."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from . import cells
from .history import COLUMNS, FREE, SCORE

CHUNK = 1000  # rows encoded at a time


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
    """How many rows went out, the SHA-256 of the file, and ids of whom they tell."""

    count: int
    sha: str
    people: frozenset[int] = frozenset()


def write(rows: Iterable[tuple[Any, ...]], dialect: Dialect, file: BinaryIO) -> Written:
    """Write header and rows; dates as ISO, lines end in CRLF."""
    sha, count = hashlib.sha256(), 0
    for chunk, size in encoded(rows, dialect):
        file.write(chunk)
        sha.update(chunk)
        count += size
    return Written(count, sha.hexdigest())


def encoded(
    rows: Iterable[tuple[Any, ...]], dialect: Dialect
) -> Iterator[tuple[bytes, int]]:
    """Yield the file in pieces, each with the number of rows in it."""
    text = io.StringIO(newline="")
    out = csv.writer(text, delimiter=dialect.separator, lineterminator="\r\n")
    text.write(dialect.mark.decode("utf-8"))
    out.writerow(COLUMNS)
    pending = 0
    safe, decimal, mark = cells.safe, cells.decimal, dialect.decimal
    for row in rows:
        values = list(row)
        for place in FREE:
            if values[place]:
                values[place] = safe(values[place])
        values[SCORE] = decimal(values[SCORE], mark)
        out.writerow(values)
        pending += 1
        if pending == CHUNK:
            yield text.getvalue().encode("utf-8"), pending
            text.seek(0)
            text.truncate()
            pending = 0
    yield text.getvalue().encode("utf-8"), pending
