"""Findings as text for the terminal and as plain values for tools."""

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from lms.courseware.schema import Finding

PER_FILE = 50
WIDTH = 100


def text(findings: Iterable[Finding], sources: Mapping[str, str]) -> str:
    """All findings in order, each with its mending and the place in the file.

    sources  text of the files by the path that findings show; may lack some
    """
    blocks: list[str] = []
    for path, group in groupby(sorted(findings), key=lambda f: f.path):
        own = list(group)
        lines = sources.get(path, "").split("\n")
        blocks += [_block(finding, lines) for finding in own[:PER_FILE]]
        if len(own) > PER_FILE:
            blocks.append(f"{_safe(path)}: dan {len(own) - PER_FILE} temuan lain")
    return "\n".join(blocks)


def as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """All findings in order, as values that `json.dumps` takes."""
    return [
        {
            "path": f.path,
            "line": f.line,
            "column": f.column,
            "level": "error" if f.is_error else "warning",
            "code": f.code,
            "message": f.message,
            "fix": f.fix,
        }
        for f in sorted(findings)
    ]


def _block(finding: Finding, lines: list[str]) -> str:
    level = "galat" if finding.is_error else "peringatan"
    place = f"{finding.path}:{finding.line}:{finding.column}"
    found = [_safe(f"{place}: {level} {finding.code}: {finding.message}")]
    if finding.fix:
        found.append(_safe(f"    Perbaikan: {finding.fix}"))
    if lines != [""] and finding.line <= len(lines):
        found += _context(finding, lines)
    return "\n".join(found)


def _context(finding: Finding, lines: list[str]) -> list[str]:
    """The line meant with the one before it, and a caret under the column."""
    width = len(str(finding.line))
    first = max(finding.line - 1, 1)
    start = max(0, finding.column - WIDTH * 3 // 4)
    found = []
    for number in range(first, finding.line + 1):
        shown = _safe(lines[number - 1][start : start + WIDTH].replace("\t", " "))
        found.append(f"    {number:>{width}} | {shown}".rstrip())
    before = lines[finding.line - 1][start : finding.column - 1].replace("\t", " ")
    gap = " " * sum(_cells(sign) for sign in _safe(before))
    gap += " " * (finding.column - 1 - start - len(before))
    found.append(f"    {' ' * width} | {gap}^")
    return found


def _cells(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _safe(words: str) -> str:
    """The words on one line, with signs that could trick a terminal spelt out."""
    return "".join(
        sign if sign.isprintable() or sign == " " else f"\\u{ord(sign):04x}"
        for sign in words
    )
