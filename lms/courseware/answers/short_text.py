"""Short text: `Jawaban: satu | dua`, compared without case unless `Huruf: persis`."""

from dataclasses import dataclass
from typing import Any

from lms.courseware.answers.form import Answer, Form
from lms.courseware.notes import Notes
from lms.courseware.numbers import is_foreign, read_strict

LABEL = "Jawaban"
MAX_LENGTH = 200
MAX_ACCEPTED = 50
EXACT = {"persis": True, "bebas": False}


@dataclass(frozen=True, slots=True)
class Place:
    """Where accepted answers stand, and how they and numbers are written there."""

    line: int
    column: int
    mending: str = LABEL + ": {}"
    number: str = LABEL + " angka: {}"


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    if not answer.is_keyed:
        return {"kind": "short_text"} if no_answer(answer, LABEL, notes) else None
    found = accepted(answer.value, Place(answer.line, answer.column), notes)
    exact = exact_case(answer, notes)
    if found is None or exact is None:
        return None
    return {"kind": "short_text", "accepted": found, "exact_case": exact}


def no_answer(answer: Answer, label: str, notes: Notes) -> bool:
    """Say whether the label of a survey is empty, as it must be; else note it."""
    if answer.value:
        notes.error(
            "C340",
            answer.line,
            answer.column,
            "soal survei tidak punya jawaban benar",
            f'kosongkan: "{label}:"',
        )
    return not answer.value


def accepted(text: str, place: Place, notes: Notes) -> tuple[str, ...] | None:
    """The answers between bars, or None after noting one that is none."""
    pieces: dict[str, None] = {}
    column, good = place.column, True
    for piece in text.split("|"):
        at = column + len(piece) - len(piece.lstrip())
        column += len(piece) + 1
        found = " ".join(piece.split())
        if not any(sign.isalnum() for sign in found):
            fix = "tulis paling sedikit satu huruf"
            fix = fix if found else place.mending.format("satu | dua")
            notes.error("C346", place.line, at, "jawaban kosong", fix)
            good = False
        elif len(found) > MAX_LENGTH:
            notes.error(
                "C346",
                place.line,
                at,
                f"jawaban lebih panjang dari {MAX_LENGTH} huruf",
                "jawaban singkat cukup beberapa kata",
            )
            good = False
        elif read_strict(found) is not None or is_foreign(found):
            _warn_of_number(found, at, place, notes)
        pieces[found] = None
    if len(pieces) > MAX_ACCEPTED:
        message = f"lebih dari {MAX_ACCEPTED} jawaban"
        notes.error("C366", place.line, place.column, message, "sisakan yang perlu")
        good = False
    return tuple(pieces) if good else None


def _warn_of_number(text: str, column: int, place: Place, notes: Notes) -> None:
    number = text.replace(".", ",") if is_foreign(text) else text
    notes.warn(
        "C347",
        place.line,
        column,
        'jawaban berupa angka; "Jawaban:" membandingkan huruf demi huruf',
        f"pakai {place.number.format(number)}",
    )


def exact_case(answer: Answer, notes: Notes) -> bool | None:
    """Whether `Huruf:` asks for the very letters; None after noting a mistake."""
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
