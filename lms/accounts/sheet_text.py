"""Text tables (CSV with ",", ";" or tab) -> rows of texts. Pure."""

import csv
from collections import Counter
from io import StringIO

MARKS = (";", ",", "\t")
LOOKED_AT = 50  # lines by which the separator is told
_MARKED = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb": "utf-8-sig",
}


def read(data: bytes, most_rows: int) -> list[list[str]] | tuple[str, int]:
    """Return the rows, one more than `most_rows` at most; or (why not, row).

    why  nul, letters, quotes
    """
    text = _decode(data)
    if isinstance(text, tuple):
        return text
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        text = "\n" + rest  # Excel's own hint; the numbers of the rows stay
    lines = csv.reader(StringIO(text, newline=""), delimiter=_mark(text), strict=True)
    rows: list[list[str]] = []
    try:
        for cells in lines:
            rows.append(cells)
            if len(rows) > most_rows:
                break
    except csv.Error:
        return "quotes", lines.line_num
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _decode(data: bytes) -> str | tuple[str, int]:
    encoding = _MARKED.get(data[:2])
    if encoding is None and data[1:2] == b"\0" and data[3:4] == b"\0":
        encoding = "utf-16-le"  # without its mark
    if encoding is None and data[:1] == b"\0" and data[2:3] == b"\0":
        encoding = "utf-16-be"
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as err:
            return "letters", data.count(b"\n", 0, err.start) + 1
    if "\0" in text:
        return "nul", text.count("\n", 0, text.index("\0")) + 1
    return text


def _mark(text: str) -> str:
    """Return the separator that cuts most lines into equally many cells.

    Titles above the table, and commas within names, have no say in it.
    """
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:LOOKED_AT]
    best, found = 0, ","
    for mark in MARKS:
        cells = csv.reader(lines, delimiter=mark)
        try:
            widths = Counter(n for n in map(len, cells) if n > 1)
        except csv.Error:
            continue
        score = max((n * width for width, n in widths.items()), default=0)
        if score > best:
            best, found = score, mark
    return found
