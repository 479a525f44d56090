"""Essay: `Uraian: 80 sampai 300 kata` or `Uraian: bebas`; `Rubrik:` may say how."""

import re
from typing import Any

from lms.courseware import rubrics
from lms.courseware.answers.form import Answer, Form
from lms.courseware.notes import Notes
from lms.courseware.schema import Criterion, Essay

LABEL = "Uraian"
EXAMPLE = "Uraian: 80 sampai 300 kata"
MAX_WORDS = 3_000  # of a text of 20,000 characters
FREE = "bebas"
_SPAN = re.compile(
    r"(?:(?P<low>[0-9]{1,6})\s+(?:sampai|hingga)\s+(?P<high>[0-9]{1,6})"
    r"|paling sedikit\s+(?P<least>[0-9]{1,6})"
    r"|paling banyak\s+(?P<most>[0-9]{1,6}))\s+kata",
    re.IGNORECASE,
)


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    words = _words(answer, notes)
    rubric = read_rubric(answer, notes)
    if words is None or rubric is None:
        return None
    return {"kind": "essay", "asks": Essay(*words, rubric)}


def read_rubric(answer: Answer, notes: Notes) -> tuple[Criterion, ...] | None:
    """The criteria a person grades by, () for none; None after noting a mistake."""
    if answer.rubric is None:
        return ()
    rows, place = answer.rubric
    return rubrics.read([(number, text) for number, text, _code in rows], place, notes)


def _words(answer: Answer, notes: Notes) -> tuple[int | None, int | None] | None:
    text = " ".join(answer.value.split())
    if text.casefold() == FREE:
        return None, None
    match = _SPAN.fullmatch(text)
    if match is None:
        message = f'isi "{text}" tidak dikenal untuk "{LABEL}"'
        notes.error(
            "A138",
            answer.line,
            answer.column,
            message if text else f'"{LABEL}:" belum diisi',
            f"{EXAMPLE}, atau {LABEL}: {FREE}",
        )
        return None
    low, high = match.group("low", "high")
    least = int(low or match.group("least") or 0)
    most = int(high or match.group("most") or MAX_WORDS)
    if max(least, most) > MAX_WORDS or not most:
        message = f"jumlah kata harus 1–{MAX_WORDS}"
        notes.error("C366", answer.line, answer.column, message, EXAMPLE)
        return None
    if least >= most:
        message = "batas bawah harus lebih kecil dari batas atas"
        fix = f"{LABEL}: {most} sampai {least} kata" if least > most else EXAMPLE
        notes.error("C351", answer.line, answer.column, message, fix)
        return None
    return least or None, most if high or match.group("most") else None


FORM = Form("uraian", LABEL, read, uses=frozenset({"quiz", "survey"}))
