"""Likert: `Skala: a | b | c`, then `- pernyataan {#kode}`. For surveys only."""

import re
from typing import Any

from lms.courseware import fixed_codes
from lms.courseware.answers import lists
from lms.courseware.answers.form import Answer, Form
from lms.courseware.guess import code_from
from lms.courseware.notes import Notes
from lms.courseware.schema import Scale

LABEL = "Skala"
EXAMPLE = "Skala: Tidak setuju | Netral | Setuju"
MAX_LABELS = 11
MAX_STATEMENTS = 50
_LINE = re.compile(r"^\s*-\s+(?P<rest>\S(?:.*\S)?)\s*$")


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    before = notes.errors
    labels = _labels(answer, notes)
    statements = _statements(answer, notes)
    if notes.errors != before:
        return None
    return {"kind": "likert", "asks": Scale(labels, statements)}


def _labels(answer: Answer, notes: Notes) -> tuple[str, ...]:
    place = (answer.line, answer.column)
    found: list[str] = []
    seen: dict[str, int] = {}
    column = answer.column
    for piece in answer.value.split("|"):
        at = (answer.line, column + len(piece) - len(piece.lstrip()))
        column += len(piece) + 1
        label = " ".join(piece.split())
        if not label and answer.value:
            notes.error("C315", *at, "tingkat skala kosong", EXAMPLE)
        elif label:
            lists.check_length(label, *at, notes)
            key = lists.check_same(label, "tingkat", at, seen, notes)
            seen.setdefault(key, answer.line)
            found.append(label)
    if len(found) < 2:
        message = 'skala perlu paling sedikit dua tingkat, dipisah "|"'
        notes.error("C361", *place, message, EXAMPLE)
    lists.check_count(len(found), MAX_LABELS, "tingkat", place, notes)
    return tuple(found)


def _statements(answer: Answer, notes: Notes) -> tuple[tuple[str, str], ...]:
    before, place = notes.errors, (answer.line, answer.column)
    found: list[tuple[str, str]] = []
    codes: dict[str, int] = {}
    texts: dict[str, int] = {}
    rows = [row for row in lists.written(answer) if row[0] != answer.line]
    lists.check_count(len(rows), MAX_STATEMENTS, "pernyataan", place, notes)
    for number, text, is_code_block in rows[:MAX_STATEMENTS]:
        line = None if is_code_block else _LINE.match(text)
        if line is None:
            rest, _column = lists.bulleted(text)
            message = 'baris ini bukan pernyataan; tulis "- pernyataan {#kode}"'
            fix = f"- {rest or 'pernyataan'}"
            notes.error("C362", number, lists.place(text), message, fix)
            continue
        column = line.start("rest") + 1
        code, statement = _code(line.group("rest"), number, column, codes, notes)
        lists.check_length(statement, number, column, notes)
        key = lists.check_same(statement, "pernyataan", (number, column), texts, notes)
        texts.setdefault(key, number)
        found.append((code, statement))
    if not found and notes.errors == before:
        message = "skala belum punya pernyataan"
        notes.error("C343", *place, message, "- Materi sesuai tugas saya {#sesuai}")
    return tuple(found)


def _code(
    text: str, line: int, column: int, codes: dict[str, int], notes: Notes
) -> tuple[str, str]:
    """Code and text of a statement; what is wrong with them is noted."""
    found = fixed_codes.cut(text, column)
    if not found.title:
        notes.error("C315", line, column, "teks pernyataan kosong", "tulis teksnya")
    if found.code is None:
        notes.error(
            "C362",
            line,
            column,
            "pernyataan skala belum punya kode tetap",
            f"tambahkan {{#{code_from(found.title)}}} di ujung baris",
        )
    else:
        fixed_codes.check(found.code, line, found.column, codes, notes)
    return found.code or "", found.title


FORM = Form("skala", LABEL, read, lines="list", uses=frozenset({"survey"}))
