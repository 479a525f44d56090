"""Upload: `Unggah: pdf, docx`; `Ukuran maksimal: 5 MB`; `Rubrik:` may say how."""

import re
from typing import Any

from lms.courseware.answers.essay import read_rubric
from lms.courseware.answers.form import Answer, Form
from lms.courseware.guess import meant
from lms.courseware.notes import Notes
from lms.courseware.schema import Upload
from lms.courseware.schema.task import MB

LABEL, SIZE = "Unggah", "Ukuran maksimal"
# Kinds of files whose content the site can look at; lms.uploads has the same.
FILE_KINDS = ("pdf", "docx", "xlsx", "pptx", "jpg", "png", "mp4")
USUAL_MB, LARGEST_MB = 5, 20
_SIZE = re.compile(r"(?P<number>[0-9]{1,4})\s*MB", re.IGNORECASE)


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    accept = _accept(answer, notes)
    size = _size(answer, notes)
    rubric = read_rubric(answer, notes)
    if accept is None or size is None or rubric is None:
        return None
    return {"kind": "upload", "asks": Upload(accept, size * MB, rubric)}


def _accept(answer: Answer, notes: Notes) -> tuple[str, ...] | None:
    before, column = notes.errors, answer.column
    found: dict[str, None] = {}
    for piece in answer.value.split(",")[: len(FILE_KINDS) + 1]:
        at = column + len(piece) - len(piece.lstrip())
        column += len(piece) + 1
        name = piece.strip().casefold().removeprefix(".")
        if name not in FILE_KINDS:
            notes.error(
                "A138",
                answer.line,
                at,
                f'isi "{piece.strip()}" tidak dikenal untuk "{LABEL}"'
                if name
                else f'"{LABEL}:" belum diisi',
                meant(name, FILE_KINDS) or "pilihan: " + ", ".join(FILE_KINDS),
            )
        if name in found:
            message = f'"{name}" ditulis dua kali'
            notes.error("C344", answer.line, at, message, "hapus salah satu")
        found[name] = None
    return tuple(found) if notes.errors == before else None


def _size(answer: Answer, notes: Notes) -> int | None:
    value, line, column = answer.labels.get(SIZE, (f"{USUAL_MB} MB", 0, 0))
    match = _SIZE.fullmatch(value)
    if match and 1 <= int(match.group("number")) <= LARGEST_MB:
        return int(match.group("number"))
    message = f'"{SIZE}" harus 1–{LARGEST_MB} MB, bukan "{value}"'
    notes.error("A135", line, column, message, f"{SIZE}: {USUAL_MB} MB")
    return None


FORM = Form("unggah", LABEL, read, uses=frozenset({"quiz"}))
