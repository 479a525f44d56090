"""Write rows as JSON (one document) or NDJSON (one object a line), piece by piece.

An empty cell is "" in a column of texts and null in the others; texts are as they are.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from .delimited import CHUNK, Pieces
from .tables import Shape


def lines(rows: Iterable[tuple[Any, ...]], shape: Shape) -> Pieces:
    """Yield NDJSON."""
    for texts in _chunks(rows, shape):
        yield "".join(f"{text}\n" for text in texts).encode("utf-8"), len(texts)


def document(
    rows: Iterable[tuple[Any, ...]], shape: Shape, about: dict[str, Any]
) -> Pieces:
    """Yield {…about, "rekaman": [rows], "jumlah": how many}."""
    head = json.dumps(about, ensure_ascii=False)[:-1]
    yield f'{head}, "rekaman": ['.encode(), 0
    count = 0
    for texts in _chunks(rows, shape):
        start = ",\n" if count else "\n"
        yield (start + ",\n".join(texts)).encode("utf-8"), len(texts)
        count += len(texts)
    yield f'\n], "jumlah": {count}}}\n'.encode(), 0


def _chunks(rows: Iterable[tuple[Any, ...]], shape: Shape) -> Iterator[list[str]]:
    write = json.JSONEncoder(ensure_ascii=False, default=_day).encode
    names, parts = shape.names, shape.of_kind("hundredths")
    texts_at = shape.of_kind("text")
    found: list[str] = []
    for row in rows:
        values = list(row)
        for place in parts:
            values[place] = number(values[place])
        for place in texts_at:
            values[place] = values[place] or ""
        found.append(write(dict(zip(names, values, strict=True))))
        if len(found) == CHUNK:
            yield found
            found = []
    if found:
        yield found


def number(value: int | None) -> float | int | None:
    """Return hundredths as a number: 7_345 -> 73.45, 8_000 -> 80."""
    if value is None:
        return None
    return value // 100 if value % 100 == 0 else value / 100


def _day(value: date) -> str:
    return value.isoformat()
