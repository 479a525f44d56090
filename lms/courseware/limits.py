"""Cheap refusals before a text reaches the Markdown engine, whose cost can explode."""

import re
from collections.abc import Iterator

from lms.courseware.schema import Finding

LONGEST_TEXT = 256 * 1024  # characters of one fragment
MOST_MARKS = 200  # of one kind in a line; 5,000 "[" took 2.8 s when measured
DEEPEST = 20  # boxes, quotes or lists inside each other
CODE_COMPLEX = "B243"
CODE_LETTER = "B242"

_BOX = re.compile(r"\s*(/{3,})\s*(\S?)")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
_LISTS = re.compile(rf"\s*(?:(?:\d+[.)]|[-*+])\s+){{{DEEPEST},}}")
_QUOTES = re.compile(rf"\s*(?:>\s?){{{DEEPEST},}}")
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def check_text(path: str, text: str, line: int, *, exact: bool = True) -> list[Finding]:
    """What makes this text too costly or impossible to show.

    line   where the text begins in its file
    exact  False when the text does not stand in the file line by line
    """
    if len(text) > LONGEST_TEXT:
        return [
            Finding(
                path,
                line,
                1,
                CODE_COMPLEX,
                f"teks lebih panjang dari {LONGEST_TEXT // 1024} KB",
                "pecah menjadi beberapa modul",
            )
        ]
    return [
        Finding(path, line + offset if exact else line, column, code, message, fix)
        for offset, column, code, message, fix in _faults(text)
    ]


def _faults(text: str) -> Iterator[tuple[int, int, str, str, str]]:
    """(line offset, column, code, message, fix) per fault."""
    depth, is_code = 0, False
    for offset, row in enumerate(text.split("\n")):
        broken = _BROKEN.search(row)
        if broken:
            letter = f"U+{ord(broken.group()):04X}"
            yield (
                offset,
                broken.start() + 1,
                CODE_LETTER,
                f"huruf {letter} tidak dapat ditampilkan",
                "hapus huruf itu, lalu ketik ulang barisnya",
            )
        crowded = next((m for m in "[]<>" if row.count(m) > MOST_MARKS), "")
        if crowded:
            yield (
                offset,
                row.index(crowded) + 1,
                CODE_COMPLEX,
                f'baris terlalu rumit: lebih dari {MOST_MARKS} tanda "{crowded}"',
                "pecah menjadi beberapa baris",
            )
            continue
        if _FENCE.match(row):
            is_code = not is_code
        if is_code:
            continue
        box = _BOX.match(row)
        if box:
            depth += 1 if box.group(2) else -1
        if depth > DEEPEST or _LISTS.match(row) or _QUOTES.match(row):
            yield (
                offset,
                1,
                CODE_COMPLEX,
                f"baris terlalu rumit: bersarang lebih dari {DEEPEST} tingkat",
                "kurangi tingkat kotak, kutipan, atau daftar",
            )
            return
