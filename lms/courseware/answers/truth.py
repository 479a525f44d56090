"""True or false: `Pernyataan ini: benar`."""

from typing import Any

from lms.courseware.answers.form import KEYED, Answer, Form
from lms.courseware.guess import meant
from lms.courseware.notes import Notes

LABEL = "Pernyataan ini"
WORDS = {"benar": True, "salah": False}


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    truth = WORDS.get(answer.value.casefold())
    if truth is None:
        notes.error(
            "C345",
            answer.line,
            answer.column,
            f'isi "{LABEL}:" hanya "benar" atau "salah"',
            meant(answer.value, WORDS, LABEL + ": {}") or f"{LABEL}: benar",
        )
        return None
    return {"kind": "true_false", "truth": truth}


FORM = Form("benar-salah", LABEL, read, uses=KEYED)
