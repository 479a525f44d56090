"""Short text: `Jawaban: satu | dua`, compared without case unless `Huruf: persis`."""

from typing import Any

from lms.courseware.answers.form import Answer, Form
from lms.courseware.notes import Notes
from lms.courseware.numbers import is_foreign, read_strict

LABEL = "Jawaban"
MAX_LENGTH = 200
EXACT = {"persis": True, "bebas": False}


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    pieces, column, good = [], answer.column, True
    for piece in answer.value.split("|"):
        at = column + len(piece) - len(piece.lstrip())
        column += len(piece) + 1
        text = " ".join(piece.split())
        if not any(sign.isalnum() for sign in text):
            notes.error("C346", answer.line, at, "jawaban kosong", _fix(text))
            good = False
        elif len(text) > MAX_LENGTH:
            notes.error(
                "C346",
                answer.line,
                at,
                f"jawaban lebih panjang dari {MAX_LENGTH} huruf",
                "jawaban singkat cukup beberapa kata",
            )
            good = False
        elif read_strict(text) is not None or is_foreign(text):
            _warn_of_number(text, answer.line, at, notes)
        if text not in pieces:
            pieces.append(text)
    exact = _exact(answer, notes)
    if not good or exact is None:
        return None
    return {"kind": "short_text", "accepted": tuple(pieces), "exact_case": exact}


def _fix(text: str) -> str:
    return f"{LABEL}: satu | dua" if not text else "tulis paling sedikit satu huruf"


def _warn_of_number(text: str, line: int, column: int, notes: Notes) -> None:
    notes.warn(
        "C347",
        line,
        column,
        'jawaban berupa angka; "Jawaban:" membandingkan huruf demi huruf',
        f"pakai Jawaban angka: {text.replace('.', ',') if is_foreign(text) else text}",
    )


def _exact(answer: Answer, notes: Notes) -> bool | None:
    value, line, column = answer.labels.get("Huruf", ("bebas", 0, 0))
    exact = EXACT.get(value.casefold())
    if exact is None:
        notes.error(
            "A138",
            line,
            column,
            f'isi "{value}" tidak dikenal untuk "Huruf"',
            "pilihan: persis, bebas",
        )
    return exact


FORM = Form("isian-singkat", LABEL, read)
