"""A survey's page as it is filled in: fields read into answers, and shown again. Pure.

Fields are named by the place of their question: "j0"; a statement of a scale adds its
own place: "j0-2". Answers are JSON, as lms.courseware.grading says; a scale's is
{"statement code": 1…n}, a text's the text.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.catalog.items import Version
from lms.courseware import grading
from lms.courseware.numbers import read_number, written
from lms.kernel.i18n import N_

MAX_SHORT = grading.MAX_TEXT
MAX_ESSAY = 20_000
PICKED = ("single", "multiple")
MISSING = N_("Pertanyaan ini wajib dijawab.")
MISSING_ROW = N_("Ada pernyataan yang belum dinilai.")
UNREADABLE = N_("Jawaban tidak dapat dibaca. Pilih atau tulis ulang jawaban Anda.")
NO_NUMBER = N_("Tulis angka saja, misalnya 78,5.")
TOO_LONG = N_("Jawaban terlalu panjang. Tulis paling banyak %(letters)s karakter.")
TOO_SHORT = N_("Tulis paling sedikit %(words)s kata; sekarang %(count)s.")
TOO_WORDY = N_("Tulis paling banyak %(words)s kata; sekarang %(count)s.")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with an answer: a text of ours, and what fills its places."""

    text: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the page.

    chosen   values of the fields that are ticked: places of options as text, or of a
             scale "statement place-level"
    typed    what was written
    """

    place: int
    version: Version
    chosen: frozenset[str] = frozenset()
    typed: str = ""
    mistake: Mistake | None = None

    @property
    def name(self) -> str:
        return f"j{self.place}"

    @property
    def body(self) -> Mapping[str, Any]:
        return self.version.body

    @property
    def is_required(self) -> bool:
        return self.version.body.get("required", True)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All questions, and what was answered; None = left open."""

    asked: tuple[Asked, ...]
    answers: tuple[Any, ...] = ()

    @property
    def wrong(self) -> list[Asked]:
        return [one for one in self.asked if one.mistake]


class _Wrong(Exception):
    def __init__(self, text: str, **facts: object) -> None:
        self.mistake = Mistake(text, facts)


Fields = Mapping[str, Sequence[str]]


def blank(questions: Iterable[Version]) -> Sheet:
    """Return the page before anything is filled in."""
    return Sheet(tuple(Asked(n, version) for n, version in enumerate(questions)))


def read(questions: Iterable[Version], fields: Fields, language: str = "id") -> Sheet:
    """Read what was sent; whatever is wrong stands beside its question.

    fields    name -> values
    language  in which numbers were typed
    """
    asked, answers = [], []
    for place, version in enumerate(questions):
        shown = _as_sent(Asked(place, version), fields)
        answer, mistake = None, None
        try:
            answer = READERS[version.kind](shown, language)
            if answer is None and shown.is_required:
                raise _Wrong(MISSING)
        except _Wrong as wrong:
            mistake = wrong.mistake
        asked.append(_with(shown, mistake))
        answers.append(answer)
    return Sheet(tuple(asked), tuple(answers))


def _as_sent(asked: Asked, fields: Fields) -> Asked:
    body, name = asked.body, asked.name
    if asked.version.kind == "likert":
        chosen = frozenset(
            f"{row}-{value}"
            for row in range(len(body["statements"]))
            for value in fields.get(f"{name}-{row}", ())
        )
        return Asked(asked.place, asked.version, chosen)
    values = [value for value in fields.get(name, ()) if value.strip()]
    if asked.version.kind in PICKED:
        return Asked(asked.place, asked.version, frozenset(values))
    typed = "\n".join(values).replace("\r\n", "\n")[: MAX_ESSAY + 1]
    return Asked(asked.place, asked.version, typed=typed)


def _with(asked: Asked, mistake: Mistake | None) -> Asked:
    return Asked(asked.place, asked.version, asked.chosen, asked.typed, mistake)


def _single(asked: Asked, _language: str) -> int | None:
    numbers = _numbers(asked)
    if len(numbers) > 1:
        raise _Wrong(UNREADABLE)
    return numbers[0] if numbers else None


def _multiple(asked: Asked, _language: str) -> list[int] | None:
    return sorted(_numbers(asked)) or None


def _numbers(asked: Asked) -> list[int]:
    """Return the numbers of the options ticked; the page sends their places."""
    options = asked.body["options"]
    return [
        options[_place(value, len(options))]["number"] for value in sorted(asked.chosen)
    ]


def _place(value: str, count: int) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 3):
        raise _Wrong(UNREADABLE)
    if int(value) >= count:
        raise _Wrong(UNREADABLE)
    return int(value)


def _likert(asked: Asked, _language: str) -> dict[str, int] | None:
    statements, levels = asked.body["statements"], len(asked.body["scale"])
    found: dict[str, int] = {}
    for value in sorted(asked.chosen):
        row, _dash, level = value.partition("-")
        code = statements[int(row)]["code"]
        if code in found:
            raise _Wrong(UNREADABLE)
        found[code] = _place(level, levels) + 1
    if found and len(found) < len(statements) and asked.is_required:
        raise _Wrong(MISSING_ROW)
    return found or None


def _short_text(asked: Asked, _language: str) -> str | None:
    text = " ".join(asked.typed.split())
    if len(text) > MAX_SHORT:
        raise _Wrong(TOO_LONG, letters=MAX_SHORT)
    return _clean(text)


def _essay(asked: Asked, _language: str) -> str | None:
    text = asked.typed.strip()
    if len(text) > MAX_ESSAY:
        raise _Wrong(TOO_LONG, letters=MAX_ESSAY)
    if not text:
        return None
    count = len(text.split())
    least, most = asked.body.get("min_words"), asked.body.get("max_words")
    if least and count < least:
        raise _Wrong(TOO_SHORT, words=least, count=count)
    if most and count > most:
        raise _Wrong(TOO_WORDY, words=most, count=count)
    return _clean(text)


def _clean(text: str) -> str | None:
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
        raise _Wrong(UNREADABLE)
    return text or None


def _numeric(asked: Asked, language: str) -> str | None:
    text = asked.typed.strip()
    if not text:
        return None
    number = read_number(text, language)
    if number is None:
        raise _Wrong(NO_NUMBER)
    return written(number).replace(".", ",")


READERS = {
    "single": _single,
    "multiple": _multiple,
    "likert": _likert,
    "short_text": _short_text,
    "essay": _essay,
    "numeric": _numeric,
}
